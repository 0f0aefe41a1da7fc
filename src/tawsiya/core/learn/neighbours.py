"""The already labelled texts that are nearest to a text."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from tawsiya.core.learn.features import Matrix, Vectoriser


class Neighbours:
    """Texts to look among, by the features of a model."""

    def __init__(self, vectoriser: Vectoriser, texts: Sequence[str]) -> None:
        self._vectoriser = vectoriser
        self._matrix: Matrix = self._of(texts) if texts else None

    def nearest(
        self, text: str, among: Sequence[int], most: int = 3, least: float = 0.1
    ) -> list[tuple[int, float]]:
        """Return the places of the nearest texts among those named, with their likeness (1: the same)."""
        if self._matrix is None or not len(among):
            return []
        rows = np.asarray(among)
        likeness = (self._matrix[rows] @ self._of([text]).T).toarray().ravel()
        order = np.argsort(-likeness, kind="stable")[:most]
        return [(int(rows[k]), round(float(likeness[k]), 3)) for k in order if likeness[k] >= least]

    def _of(self, texts: Sequence[str]) -> Matrix:
        matrix = self._vectoriser.matrix(texts)
        length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return sp.diags_array(1 / np.maximum(length, 1e-9)) @ matrix
