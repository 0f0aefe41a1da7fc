"""Learn a model from labelled texts, and measure it on texts held back."""

import hashlib
import json
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tawsiya.core.learn import figures
from tawsiya.core.learn.calibration import Calibration, for_many, for_one
from tawsiya.core.learn.errors import LearnError
from tawsiya.core.learn.features import Block, Floats, Matrix, Vectoriser
from tawsiya.core.learn.model import Model, chosen, margins_of

Truth = NDArray[np.bool_]
_STRETCHES = 25  # rows that follow each other are held back together, in this many stretches
_TRIAL_TEXTS = 6_000
_TRIAL_LABELS = 12
_FEWEST = 4
_ALWAYS = ("body", "pairs")


@dataclass(frozen=True)
class Settings:
    """How to learn.

    precision: what automatic application has to reach on held-back data, 0.5 to 0.999.
    folds: how many parts the data are held back in, one after the other.
    cost: how much an error on the data costs beside large weights.
    """

    precision: float = 0.98
    folds: int = 5
    cost: float = 0.5


def fit(
    texts: Sequence[str],
    labels: Sequence[Sequence[str]],
    *,
    groups: Sequence[str] | None = None,
    settings: Settings | None = None,
    say: Callable[[str], None] | None = None,
) -> Model:
    """Learn the labels of texts.

    Args:
        texts: in any of Arabic, French, English.
        labels: for each text, none, one or several.
        groups: texts of a group (a State, a document) are held back together; without, rows that follow each
            other are.
        settings: `Settings()` unless given.
        say: told what is being done.

    Raises:
        LearnError: fewer than four texts, no label at all, or not as many lists of labels as texts.
    """
    settings = settings or Settings()
    say = say or (lambda _sentence: None)
    names, truth = _truth(texts, labels)
    single = bool(len(names) > 1 and (truth.sum(axis=1) == 1).all())
    folds = folds_of(len(texts), groups, settings.folds)
    opening = ["opening"] if _opening_helps(texts, truth, folds, settings.cost) else []
    vectoriser = Vectoriser([Block(name) for name in (*_ALWAYS, *opening)])
    say(f"{len(texts)} texts, {len(names)} labels{', one for each text' if single else ''}")
    matrix = vectoriser.learn(texts)
    say(f"{vectoriser.width} features")
    held = _held_back(matrix, truth, folds, settings.cost, say)
    weights, bias = _weights(matrix, truth, settings.cost)
    calibration = (
        (for_one if single else for_many)(held, truth)
        if len(set(folds)) > 1
        else _unknown(len(names), single)
    )
    scores = calibration.probabilities(held)
    threshold = figures.best_threshold(scores, truth) if not single else 0.0
    given = chosen(scores, single, threshold)
    cuts = figures.auto_cuts(scores, truth, given, settings.precision)
    measured = figures.measure(names, single, scores, truth, threshold, cuts)
    if len(set(folds)) == 1:
        measured, cuts = {}, np.full((2, len(names)), figures.NEVER, np.float32)
    return Model(
        labels=names,
        single=single,
        vectoriser=vectoriser,
        weights=weights,
        bias=bias,
        calibration=calibration,
        threshold=threshold,
        cuts=cuts,
        precision=settings.precision,
        figures=measured,
        fingerprint=fingerprint(texts, labels),
    )


def fingerprint(texts: Sequence[str], labels: Sequence[Sequence[str]]) -> str:
    """Return the SHA-256 of texts with their labels, whatever the order of the labels of one text."""
    digest = hashlib.sha256()
    for text, given in zip(texts, labels, strict=True):
        digest.update(json.dumps([text, sorted(given)], ensure_ascii=True).encode())
    return digest.hexdigest()


def folds_of(count: int, groups: Sequence[str] | None, folds: int) -> NDArray[np.int64]:
    """Return for each text the part in which it is held back; parts are of about the same size."""
    if groups is None:
        stretch = np.arange(count) * _STRETCHES // max(count, 1)
        return np.asarray(stretch % folds if count >= _STRETCHES else np.arange(count) % folds, np.int64)
    sizes: dict[str, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    filled = [0] * folds
    place: dict[str, int] = {}
    # The largest groups first, each to the part that is emptiest; ties by name, so that a rerun is the same.
    for group, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        place[group] = filled.index(min(filled))
        filled[place[group]] += size
    return np.array([place[group] for group in groups], np.int64)


def _truth(texts: Sequence[str], labels: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], Truth]:
    if len(texts) != len(labels):
        raise LearnError("There are not as many lists of labels as texts.")
    names = sorted({label for given in labels for label in given})
    if len(texts) < _FEWEST:
        raise LearnError(
            f"At least {_FEWEST} labelled texts are needed to learn from; there are {len(texts)}."
        )
    if not names:
        raise LearnError("No text has a label: there is nothing to learn.")
    place = {name: number for number, name in enumerate(names)}
    truth = np.zeros((len(texts), len(names)), bool)
    for row, given in enumerate(labels):
        for label in given:
            truth[row, place[label]] = True
    return tuple(names), truth


def _weights(matrix: Matrix, truth: Truth, cost: float) -> tuple[Floats, Floats]:
    """Return the weights and the bias of each label against all others."""
    from sklearn.exceptions import ConvergenceWarning  # only where a model is fitted: they are slow to load
    from sklearn.svm import LinearSVC

    matrix = matrix.astype(np.float64)
    telling = _telling(matrix, truth)
    weights = np.zeros((matrix.shape[1], truth.shape[1]), np.float32)
    bias = np.zeros(truth.shape[1], np.float32)
    for k in range(truth.shape[1]):
        answers = truth[:, k]
        if answers.all() or not answers.any():
            bias[k] = 1.0 if answers.all() else -1.0
            continue
        with warnings.catch_warnings():
            # A label that contradicts itself need not settle; its held-back figures tell.
            warnings.simplefilter("ignore", ConvergenceWarning)
            machine = LinearSVC(C=cost, random_state=0).fit(_scaled(matrix, telling[:, k]), answers)
        weights[:, k], bias[k] = machine.coef_[0] * telling[:, k], machine.intercept_[0]
    return weights, bias


def _telling(matrix: Matrix, truth: Truth) -> Floats:
    """Return how much each feature tells about each label: the more, the cheaper its weight.

    The root of the naive Bayes log ratio (Wang and Manning, 2012): how much likelier the feature is in texts
    with the label than in those without, or the other way round. The mean square of a column is one.
    """
    count, width = matrix.shape
    met = sp.csr_matrix((np.ones(matrix.nnz, np.float32), matrix.indices, matrix.indptr), matrix.shape)
    having = truth.sum(axis=0).astype(np.float32)
    share = np.clip(having / count, 0.5 / count, 1 - 0.5 / count)
    inside: Floats = met.T @ truth.astype(np.float32)
    outside = np.bincount(matrix.indices, minlength=width).astype(np.float32)[:, None] - inside
    found = np.log((inside + share) / (having + 1)) - np.log((outside + 1 - share) / (count - having + 1))
    np.sqrt(np.abs(found, out=found), out=found)
    found /= np.maximum(np.sqrt((found**2).sum(axis=0) / max(width, 1)), 1e-6)
    return found


def _scaled(matrix: Matrix, by: Floats) -> Matrix:
    return sp.csr_matrix((matrix.data * by[matrix.indices], matrix.indices, matrix.indptr), matrix.shape)


def _held_back(
    matrix: Matrix, truth: Truth, folds: NDArray[np.int64], cost: float, say: Callable[[str], None]
) -> Floats:
    """Return the score of each text by a model that has not seen its part."""
    held = np.zeros(truth.shape, np.float32)
    parts = sorted(set(folds.tolist()))
    for number, part in enumerate(parts, start=1):
        back = folds == part
        if len(parts) == 1:
            break
        say(f"part {number} of {len(parts)} held back")
        held[back] = margins_of(matrix[back], *_weights(matrix[~back], truth[~back], cost))
    return held


def _opening_helps(texts: Sequence[str], truth: Truth, folds: NDArray[np.int64], cost: float) -> bool:
    """Try the features of the opening on one part of the data, for the commonest labels."""
    step = -(-len(texts) // _TRIAL_TEXTS)
    some = np.arange(0, len(texts), step)
    back = folds[some] == folds[some[0]]
    if back.all() or not back.any():
        return False
    labels = np.argsort(-truth.sum(axis=0), kind="stable")[:_TRIAL_LABELS]
    answers = truth[some][:, labels]
    tried = [texts[int(row)] for row in some]
    errors = []
    for blocks in (_ALWAYS, (*_ALWAYS, "opening")):
        matrix = Vectoriser([Block(name) for name in blocks]).learn(tried)
        scores = margins_of(matrix[back], *_weights(matrix[~back], answers[~back], cost))
        errors.append(int(((scores > 0) != answers[back]).sum()))
    return errors[1] < errors[0]


def _unknown(size: int, single: bool) -> Calibration:
    """Return a calibration for data of which nothing could be held back."""
    slopes: Any = np.eye(size) * 2 if single else np.full(size, 2.0)
    return Calibration(slopes.astype(np.float32), np.zeros(size, np.float32), exclusive=single)
