"""Pairs of texts in figures: what they share and what keeps them apart."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tawsiya.analysis.similar.lexicon import FIELD, INSTRUMENT, OBJECT, PERSONS, entries
from tawsiya.analysis.similar.reading import Reading, weight_at

Matrix = NDArray[np.float32]

FEATURES = (
    "objects",
    "context",
    "words",
    "act",
    "acts",
    "rarest",
    "instrument",
    "other_instrument",
    "ratify_one",
    "other_persons",
    "objects_and_act",
    "objects_and_words",
    "objects_squared",
    "deeds",
    "best",
    "sharp",
    "shorter",
)
# Rows compared at once: few enough for the processor to keep their figures at hand.
BLOCK = 64
_GENERAL_RARITY = 0.35
_SHARPLY = 4
# Words between an act and its object.
_NEAR = 12


class Features:
    """The features of all pairs of a list of texts, given row by row so that no list is too long."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.size = len(readings)
        concepts = entries("concepts")
        self._kinds = np.array([entry.kind for entry in concepts])
        weights = _concept_weights(readings)
        self._rarity = _rarity(weights)
        weighted = weights.multiply(self._rarity[None, :]).tocsr()
        self._objects = _unit(weighted[:, np.isin(self._kinds, (INSTRUMENT, OBJECT))])
        self._context = _unit(weighted[:, np.isin(self._kinds, (FIELD, PERSONS))])
        self._words = _unit(_words(readings))
        self._instruments = _presence(weights[:, self._kinds == INSTRUMENT])
        self._persons = _presence(weights[:, self._kinds == PERSONS])
        # The fourth power makes a sum of what two texts share nearly its largest part: the one object they
        # share most fully, however many others either names.
        self._best = weighted[:, np.isin(self._kinds, (INSTRUMENT, OBJECT))].power(_SHARPLY).tocsr()
        self._sharp = _unit(self._words.power(2))
        self._length = np.log1p(np.array([reading.length for reading in readings], np.float32))
        self._strong = _strongest(weighted[:, np.isin(self._kinds, (INSTRUMENT, OBJECT))])
        self._deeds = _unit(_deeds(readings))
        self._acts, self._first_act, self._ratifies = _acts(readings)
        self._someone = np.asarray(self._persons.sum(axis=1)).ravel() > 0
        # Narrow tables multiply faster dense; wide ones are almost empty.
        self._dense = {
            name: np.asarray(getattr(self, name).toarray(), np.float32)
            for name in ("_context", "_instruments", "_persons", "_acts", "_first_act")
        }
        self._columns = {
            name: getattr(self, name).T.tocsc()
            for name in ("_objects", "_words", "_deeds", "_strong", "_best", "_sharp")
        }
        self._room = np.empty((len(FEATURES), min(BLOCK, self.size), self.size), np.float32)

    def block(self, start: int) -> Matrix:
        """Return the features of `BLOCK` rows from `start` against the texts from `start` on.

        Features × rows × texts. The memory is used again by the next block.
        """
        rows, texts = slice(start, min(start + BLOCK, self.size)), slice(start, self.size)
        out = self._room[:, : rows.stop - start, : self.size - start]
        place = {name: out[number] for number, name in enumerate(FEATURES)}
        for name, source in (("context", "_context"), ("acts", "_acts"), ("act", "_first_act")):
            np.matmul(self._dense[source][rows], self._dense[source][texts].T, out=place[name])
        for name in ("objects", "words", "deeds", "best", "sharp"):
            place[name][:] = (getattr(self, f"_{name}")[rows] @ self._columns[f"_{name}"][:, texts]).toarray()
        rarest = (self._strong[rows] @ self._columns["_strong"][:, texts]).toarray()
        np.sqrt(rarest, out=place["rarest"])
        np.power(place["best"], 1 / (2 * _SHARPLY), out=place["best"])
        np.minimum(self._length[rows][:, None], self._length[None, texts], out=place["shorter"])
        self._differences(rows, texts, place)
        np.multiply(place["objects"], place["act"], out=place["objects_and_act"])
        np.multiply(place["objects"], place["words"], out=place["objects_and_words"])
        np.multiply(place["objects"], place["objects"], out=place["objects_squared"])
        return out

    def _differences(self, rows: slice, texts: slice, place: dict[str, Matrix]) -> None:
        instruments, persons = self._dense["_instruments"], self._dense["_persons"]
        left, right = self._ratifies[rows][:, None], self._ratifies[texts][None, :]
        both = left & right
        same = both.copy()
        if both.any():
            same &= instruments[rows] @ instruments[texts].T > 0
        place["instrument"][:] = same
        place["other_instrument"][:] = both & ~same
        place["ratify_one"][:] = left != right
        someone = self._someone[rows][:, None] & self._someone[texts][None, :]
        place["other_persons"][:] = someone & (persons[rows] @ persons[texts].T == 0)

    def blocks(self) -> Iterator[tuple[int, Matrix]]:
        """Yield every block with the place of its first row and first text."""
        for start in range(0, self.size, BLOCK):
            yield start, self.block(start)

    def pairs(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Matrix:
        """Return the features of some pairs, one row each."""
        first, second = np.minimum(left, right), np.maximum(left, right)
        found = np.zeros((len(left), len(FEATURES)), np.float32)
        for start in range(0, self.size, BLOCK):
            here = (first >= start) & (first < start + BLOCK)
            if here.any():
                found[here] = self.block(start)[:, first[here] - start, second[here] - start].T
        return found


def _matrix(
    readings: Sequence[Reading], row: Callable[[Reading], dict[int, float]], width: int
) -> sparse.csr_matrix:
    pointers, columns, values = [0], list[int](), list[float]()
    for reading in readings:
        cells = row(reading)
        columns.extend(cells)
        values.extend(cells.values())
        pointers.append(len(columns))
    return sparse.csr_matrix(
        (np.array(values, np.float32), np.array(columns, np.int32), np.array(pointers, np.int32)),
        shape=(len(readings), width),
    )


def _concept_weights(readings: Sequence[Reading]) -> sparse.csr_matrix:
    width = len(entries("concepts"))
    return _matrix(
        readings, lambda r: {c: weight_at(found.position) for c, found in r.concepts.items()}, width
    )


def _rarity(weights: sparse.csr_matrix) -> Matrix:
    """Return how rare each concept is among these texts, between `_GENERAL_RARITY` and 1."""
    count = np.asarray((weights > 0).sum(axis=0)).ravel()
    total = max(weights.shape[0], 2)
    rarity = np.log((total + 1) / (count + 1)) / math.log(total + 1)
    return np.maximum(rarity, _GENERAL_RARITY).astype(np.float32)


def _words(readings: Sequence[Reading]) -> sparse.csr_matrix:
    columns: dict[str, int] = {}
    for reading in readings:
        for word in reading.words:
            columns.setdefault(f"{reading.language}:{word}", len(columns))
    counts = _matrix(
        readings,
        lambda r: {columns[f"{r.language}:{word}"]: math.sqrt(n) for word, n in r.words.items()},
        len(columns),
    )
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + len(readings)) / (1 + frequency)) + 1
    return counts.multiply(rarity[None, :]).tocsr().astype(np.float32)


def _deeds(readings: Sequence[Reading]) -> sparse.csr_matrix:
    """Return each text's acts with the objects that stand near them: training and torture, say."""
    objects = {
        place
        for place, entry in enumerate(entries("concepts"))
        if entry.kind in (INSTRUMENT, OBJECT, PERSONS)
    }
    width = len(entries("acts"))

    def row(reading: Reading) -> dict[int, float]:
        return {
            concept * width + act: math.sqrt(weight_at(found.position) * weight_at(done.position))
            for concept, found in reading.concepts.items()
            if concept in objects
            for act, done in reading.acts.items()
            if abs(found.position - done.position) <= _NEAR
        }

    deeds = _matrix(readings, row, width * len(entries("concepts")))
    return deeds.multiply(_rarity(deeds)[None, :]).tocsr()


def _acts(readings: Sequence[Reading]) -> tuple[sparse.csr_matrix, sparse.csr_matrix, NDArray[np.bool_]]:
    """Return each text's acts, its first act, and whether it asks for a ratification."""
    acts = entries("acts")
    ratify = next(place for place, entry in enumerate(acts) if entry.name == "ratify")
    every = _unit(
        _matrix(readings, lambda r: {a: weight_at(f.position) for a, f in r.acts.items()}, len(acts))
    )
    first = _matrix(readings, _first_act, len(acts))
    asks = np.array(
        [ratify in reading.acts and reading.acts[ratify].position < 8 for reading in readings], bool
    )
    return every, first, asks


def _first_act(reading: Reading) -> dict[int, float]:
    if not reading.acts:
        return {}
    return {min(reading.acts, key=lambda act: (reading.acts[act].position, act)): 1.0}


def _strongest(weighted: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return each text's weightiest object alone."""
    kept = weighted.tocsr().copy()
    for row in range(kept.shape[0]):
        values = kept.data[kept.indptr[row] : kept.indptr[row + 1]]
        if len(values):
            values[values < values.max()] = 0
    kept.eliminate_zeros()
    return kept


def _presence(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    return (matrix > 0).astype(np.float32).tocsr()


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the rows at length one; empty ones stay empty."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.diags(1 / length).dot(matrix).tocsr().astype(np.float32)
