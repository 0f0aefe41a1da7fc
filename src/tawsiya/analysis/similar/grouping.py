"""Texts in, groups out."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tawsiya.analysis.similar.clusters import LARGEST, average_linkage
from tawsiya.analysis.similar.features import Features
from tawsiya.analysis.similar.model import Model, distance_for, load_model
from tawsiya.analysis.similar.reading import Reading, read
from tawsiya.core.text.types import Language

__all__ = ["LARGEST", "Similarity", "group_texts"]

# Log odds under which a pair is not kept (a chance of 0.03): it counts as different.
_FLOOR = -3.5

Pair = tuple[int, int]


class Similarity:
    """All pairs of a list of texts, with the probability that both ask for the same thing.

    Args:
        readings: what was read of the texts.
        model: the weights; those that come with the system where none are given.
    """

    def __init__(self, readings: Sequence[Reading], model: Model | None = None) -> None:
        self.readings = readings
        self.model = model or load_model()
        self.features = Features(readings)
        self.likely = self._compare()

    def _compare(self) -> sparse.csr_matrix:
        rows, columns, values = (
            list[NDArray[np.int64]](),
            list[NDArray[np.int64]](),
            list[NDArray[np.float32]](),
        )
        for start, block in self.features.blocks():
            scores = self.model.scores(block)
            row, column = np.nonzero(scores > _FLOOR)
            values.append(np.asarray(1 / (1 + np.exp(-scores[row, column])), np.float32))
            rows.append(row + start)
            columns.append(column + start)
        size = len(self.readings)
        if not size:
            return sparse.csr_matrix((0, 0), dtype=np.float32)
        found = sparse.csr_matrix(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size)
        )
        found.setdiag(0)
        found.eliminate_zeros()
        return found.maximum(found.T).tocsr()

    def between(self, left: int, right: int) -> float:
        """Return the probability of one pair; 0 below what is kept."""
        return float(self.likely[left, right])

    def to_group(self, member: int, others: Sequence[int]) -> float:
        """Return the mean probability of a text with the members of a group."""
        return float(self.likely[[member]][:, list(others)].sum() / max(len(others), 1))

    def nearest(self, member: int, count: int) -> list[tuple[int, float]]:
        """Return the texts most like one, the likeliest first."""
        row = self.likely[[member]]
        order = np.argsort(-row.data, kind="stable")[:count]
        return [(int(row.indices[place]), float(row.data[place])) for place in order]

    def groups(
        self,
        *,
        among: Sequence[int] | None = None,
        distance: float | None = None,
        apart: Iterable[Pair] = (),
    ) -> NDArray[np.int64]:
        """Return the number of each text's group; a text that is like no other is a group of its own.

        Args:
            among: the texts to group, all by default; the numbers come in this order.
            distance: greatest mean distance in a group; by default after the number of all texts.
            apart: pairs that a person rejected: never left in one group, the later one leaves it.
        """
        members = list(range(len(self.readings)) if among is None else among)
        place = {member: number for number, member in enumerate(members)}
        rejected = [(place[a], place[b]) for a, b in apart if a in place and b in place]
        likely = self.likely[members][:, members]
        if rejected:
            edited = likely.tolil()
            for left, right in rejected:
                edited[left, right] = edited[right, left] = 0.0
            likely = edited.tocsr()
        labels = average_linkage(likely, self.distance if distance is None else distance)
        return _kept_apart(labels, rejected)

    @property
    def distance(self) -> float:
        """The greatest mean distance in a group for this number of texts."""
        return distance_for(len(self.readings))


def _kept_apart(labels: NDArray[np.int64], rejected: Sequence[Pair]) -> NDArray[np.int64]:
    following = int(labels.max()) + 1 if len(labels) else 0
    for left, right in rejected:
        if labels[left] == labels[right]:
            labels[max(left, right)] = following
            following += 1
    return labels


def group_texts(
    texts: Sequence[str], languages: Sequence[Language | None] | None = None, *, model: Model | None = None
) -> list[int]:
    """Return the number of each text's group, from 0 in the order of the texts.

    Args:
        languages: each text's language; guessed where it is not known.
    """
    known = languages or [None] * len(texts)
    pairs = list(zip(texts, known, strict=True))
    # A text that comes again is read once.
    read_once = {pair: read(*pair) for pair in dict.fromkeys(pairs)}
    similarity = Similarity([read_once[pair] for pair in pairs], model)
    return [int(label) for label in similarity.groups()]
