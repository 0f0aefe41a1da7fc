"""Which words of a text spoke for a label."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tawsiya.core.learn.features import LINKS, PAIR_REACH, Block, Floats, pair_of
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

    A feature of several words gives each an equal part of what it says.

    Raises:
        ValueError: the model does not know the label.
    """
    column = model.labels.index(label)
    places = [span for span in spans(text) if text[span[0] : span[1]]]
    words = model.vectoriser.lexicon.words(forms(text))
    if len(words) != len(places):
        # Unified forms cut differently (a ligature that is two words): nothing can be pointed at.
        return []
    given = said_by_words(model, words, column)
    # A common word can weigh something and still tells a person nothing.
    given[[not word.stem for word in words]] = 0
    top = given.max(initial=0.0)
    if top <= 0:
        return []
    chosen = [k for k in np.argsort(-given)[:most] if given[k] >= 0.15 * top]
    return [Spoken(places[k][0], places[k][1], round(float(given[k] / top), 3)) for k in sorted(chosen)]


def said_by_words(model: Model, words: list[Word], column: int) -> NDArray[np.float64]:
    """Return what each word adds to the raw score of a label.

    Together they are that score without its bias, but for what the opening says of the length of the text.
    """
    given = np.zeros(len(words))
    start = 0
    for block in model.vectoriser.blocks:
        weights = model.weights[start : start + len(block.vocabulary), column]
        start += len(block.vocabulary)
        _give(given, block, words, weights)
    return given


def _give(given: NDArray[np.float64], block: Block, words: list[Word], weights: Floats) -> None:
    """Add what each feature of a block says in this text to the words it is made of, wherever it is met."""
    met: dict[int, list[tuple[int, ...]]] = {}
    for name, where in _PLACES[block.name](words):
        place = block.vocabulary.get(name)
        if place is not None:
            met.setdefault(place, []).append(where)
    row = block.matrix([words])
    for place, value in zip(row.indices.tolist(), row.data.tolist(), strict=True):
        spots = met.get(place, ())
        for where in spots:
            given[list(where)] += weights[place] * value / len(where) / len(spots)


def _body(words: list[Word]) -> Iterator[tuple[str, tuple[int, ...]]]:
    said = [k for k, word in enumerate(words) if word.stem]
    for k, word in enumerate(words):
        yield word.form, (k,)
        for beginning in word.beginnings:
            yield beginning, (k,)
    for size in (2, 3):
        for k in range(len(words) - size + 1):
            yield " ".join(words[j].form for j in range(k, k + size)), tuple(range(k, k + size))
    for k in said:
        yield f"~{words[k].stem}", (k,)
    for k, after in pairwise(said):
        yield f"~{words[k].stem} ~{words[after].stem}", (k, after)


def _pairs(words: list[Word]) -> Iterator[tuple[str, tuple[int, ...]]]:
    said = [k for k, word in enumerate(words) if word.stem]
    for order, k in enumerate(said, start=1):
        for other in said[order : order + PAIR_REACH]:
            yield pair_of(words[k].stem, words[other].stem), (k, other)


def _opening(words: list[Word]) -> Iterator[tuple[str, tuple[int, ...]]]:
    written = [word.form for word in words]
    for size in range(1, min(6, len(words)) + 1):
        yield f"^{' '.join(written[:size])}", tuple(range(size))
    for k, form in enumerate(written[:8]):
        yield f"^~{form}", (k,)
    for k, form in enumerate(written[:4]):
        yield f"^{k}:{form}", (k,)
    for k in range(1, len(written)):
        if k < 12:
            yield f"^{written[0]}_{written[k]}", (0, k)
        if written[k - 1] in LINKS:
            yield f"^>{written[k]}", (k,)


_PLACES = {"body": _body, "pairs": _pairs, "opening": _opening}
