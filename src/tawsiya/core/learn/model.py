"""A fitted model: from texts to probabilities of labels, and to those that can be applied by themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tawsiya.core.learn.calibration import Calibration
from tawsiya.core.learn.features import Floats, Matrix, Vectoriser

BATCH = 2_000


@dataclass(frozen=True)
class Prediction:
    """What a model says of one text.

    predicted: the labels it would give, the most probable first.
    scores: the probability of every label, in the order of `Model.labels`.
    auto: those of the predicted labels that may be applied without a person, at the stated precision.
    """

    predicted: tuple[str, ...]
    scores: Floats
    auto: tuple[str, ...]


@dataclass
class Model:
    """A linear model on words, with calibrated probabilities.

    single: every text has exactly one label.
    weights: by feature and label. `bias`: by label.
    threshold: a label of a probability from here on is predicted (not where `single`).
    cuts: by label, the probability from which it may be applied by itself; above 1 never. The first row is
        for the most probable label of a text, the second for its further labels.
    figures: what held-back data showed (`figures.measure`), with the counts of the data.
    fingerprint: SHA-256 of the data that the model learnt from.
    """

    labels: tuple[str, ...]
    single: bool
    vectoriser: Vectoriser
    weights: Floats
    bias: Floats
    calibration: Calibration
    threshold: float
    cuts: Floats
    precision: float
    figures: dict[str, Any] = field(default_factory=dict)
    fingerprint: str = ""

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return the raw score of every label for every text."""
        return margins_of(self.vectoriser.matrix(texts), self.weights, self.bias)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the calibrated probability of every label for every text."""
        return self.calibration.probabilities(self.margins(texts))

    def predict(self, texts: Iterable[str]) -> Iterator[Prediction]:
        """Yield the prediction of each text, a batch of texts at a time."""
        batch: list[str] = []
        for text in texts:
            batch.append(text)
            if len(batch) == BATCH:
                yield from self._predicted(batch)
                batch = []
        if batch:
            yield from self._predicted(batch)

    def _predicted(self, texts: Sequence[str]) -> Iterator[Prediction]:
        scores = self.probabilities(texts)
        given = chosen(scores, self.single, self.threshold)
        applied = applicable(scores, given, self.cuts)
        names = self.labels
        for row, line in enumerate(scores):
            places = np.flatnonzero(given[row])
            if len(places) > 1:
                places = places[np.argsort(-line[places], kind="stable")]
            auto = applied[row]
            yield Prediction(
                tuple([names[place] for place in places]),
                line,
                tuple([names[place] for place in places if auto[place]]),
            )


def margins_of(matrix: Matrix, weights: Floats, bias: Floats) -> Floats:
    """Return the raw scores of a matrix of texts."""
    scores: Floats = matrix @ weights
    scores += bias
    return scores


def chosen(scores: Floats, single: bool, threshold: float) -> Any:
    """Return which labels are predicted, as booleans by text and label."""
    if not single:
        return scores >= threshold
    return most_probable(scores)


def most_probable(scores: Floats) -> Any:
    """Return the most probable label of each text, as booleans by text and label."""
    best = np.zeros(scores.shape, bool)
    best[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return best


def applicable(scores: Floats, given: Any, cuts: Floats) -> Any:
    """Return which of the predicted labels may be applied without a person."""
    return given & (scores >= np.where(most_probable(scores), cuts[0], cuts[1]))
