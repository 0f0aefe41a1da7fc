"""Which words of a text spoke for a label."""

from dataclasses import dataclass

import numpy as np

from tawsiya.core.learn.features import BODY_LENGTH, Block
from tawsiya.core.learn.model import Model
from tawsiya.core.learn.words import Word, forms, spans


@dataclass(frozen=True)
class Spoken:
    """A word of a text, from `start` to `end`, and how much it spoke for the label (1 the strongest)."""

    start: int
    end: int
    weight: float


def spoken_words(model: Model, text: str, label: str, most: int = 8) -> list[Spoken]:
    """Return the words that spoke for a label, in the order of the text; none that spoke against.

    A feature of several words gives each an equal part of its weight.

    Raises:
        ValueError: the model does not know the label.
    """
    column = model.labels.index(label)
    places = [span for span in spans(text) if text[span[0] : span[1]]]
    words = model.vectoriser.lexicon.words(forms(text))
    if len(words) != len(places):
        # Unified forms cut differently (a ligature that is two words): nothing can be pointed at.
        return []
    given = np.zeros(len(words))
    start = 0
    for block in model.vectoriser.blocks:
        weights = model.weights[start : start + len(block.vocabulary), column]
        start += len(block.vocabulary)
        if block.name == "body":
            _give(given, block, words, weights)
        else:
            _give_opening(given, block, words, weights)
    # A common word can weigh something and still tells a person nothing.
    given[[not word.stem for word in words]] = 0
    top = given.max(initial=0.0)
    if top <= 0:
        return []
    chosen = [k for k in np.argsort(-given)[:most] if given[k] >= 0.15 * top]
    return [Spoken(places[k][0], places[k][1], round(float(given[k] / top), 3)) for k in sorted(chosen)]


def _give(given: np.ndarray, block: Block, words: list[Word], weights: np.ndarray) -> None:
    """Add what each feature of the body weighs to the words it is made of (each meeting counts alike)."""
    said = [k for k, word in enumerate(words) if word.stem]
    met: list[tuple[str, tuple[int, ...]]] = []
    for k, word in enumerate(words):
        met.append((word.form, (k,)))
        met += [(beginning, (k,)) for beginning in word.beginnings]
    for size in (2, 3):
        for k in range(len(words) - size + 1):
            run = range(k, k + size)
            met.append((" ".join(words[j].form for j in run), tuple(run)))
    for order, k in enumerate(said):
        met.append((f"~{words[k].stem}", (k,)))
        if order + 1 < len(said):
            after = said[order + 1]
            met.append((f"~{words[k].stem} ~{words[after].stem}", (k, after)))
    _add(given, block, met, weights, len(words) ** -BODY_LENGTH)


def _give_opening(given: np.ndarray, block: Block, words: list[Word], weights: np.ndarray) -> None:
    """Add what the features of the opening weigh: its runs to their words, single words to themselves."""
    written = [word.form for word in words]
    met: list[tuple[str, tuple[int, ...]]] = []
    for size in range(1, min(6, len(words)) + 1):
        met.append((f"^{' '.join(written[:size])}", tuple(range(size))))
    for k, form in enumerate(written[:8]):
        met.append((f"^~{form}", (k,)))
    for k, form in enumerate(written[:4]):
        met.append((f"^{k}:{form}", (k,)))
    for k in range(1, len(written)):
        if k < 12:
            met.append((f"^{written[0]}_{written[k]}", (0, k)))
        met.append((f"^>{written[k]}", (k,)))
    _add(given, block, met, weights, max(len(met), 1) ** -0.5)


def _add(
    given: np.ndarray,
    block: Block,
    met: list[tuple[str, tuple[int, ...]]],
    weights: np.ndarray,
    scale: float,
) -> None:
    for name, where in met:
        place = block.vocabulary.get(name)
        if place is not None:
            given[list(where)] += weights[place] * block.idf[place] * scale / len(where)
