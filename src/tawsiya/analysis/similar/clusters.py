"""From pairs that look alike to groups: average linkage, piece by piece."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

LARGEST = 4000
"""The largest piece that is held in memory at once; a larger one is cut at its weakest links."""


def average_linkage(likely: sparse.csr_matrix, distance: float) -> NDArray[np.int64]:
    """Return the number of each text's group, from 0 in the order of the texts.

    Args:
        likely: symmetric probabilities of pairs; those left out count as 0.
        distance: greatest mean distance (1 - probability) between two groups that are joined.
    """
    labels = np.zeros(likely.shape[0], np.int64)
    if not len(labels):
        return labels
    for place, members in enumerate(_groups(likely, np.arange(likely.shape[0]), distance, 0.0)):
        labels[members] = place
    return _in_order(labels)


def _groups(
    likely: sparse.csr_matrix, members: NDArray[np.int64], distance: float, floor: float
) -> Iterator[NDArray[np.int64]]:
    """Yield groups as places of their members; `floor` is the weakest link still followed."""
    here = likely[members][:, members]
    here.data[here.data < floor] = 0
    here.eliminate_zeros()
    _count, pieces = connected_components(here, directed=False)
    order = np.argsort(pieces, kind="stable")
    for piece in np.split(order, np.flatnonzero(np.diff(pieces[order])) + 1):
        if len(piece) == 1:
            yield members[piece]
        elif len(piece) > LARGEST and floor < 1:
            yield from _groups(likely, members[piece], distance, floor + 0.05)
        else:
            yield from _linked(here, members, piece, distance)


def _linked(
    here: sparse.csr_matrix, members: NDArray[np.int64], piece: NDArray[np.int64], distance: float
) -> Iterator[NDArray[np.int64]]:
    far = 1 - here[piece][:, piece].toarray()
    np.fill_diagonal(far, 0)
    found = fcluster(linkage(squareform(far, checks=False), "average"), distance, "distance")
    for label in np.unique(found):
        yield members[piece[found == label]]


def _in_order(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    _values, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse.reshape(-1)]
