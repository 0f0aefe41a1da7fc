"""From raw scores to probabilities, learnt on scores that the model gave to texts it had not seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tawsiya.core.learn.features import Floats

# How strongly a label with few examples is drawn to what all labels have in common.
_DRAW = 5.0
_STEPS = 25


@dataclass
class Calibration:
    """Either a slope and an offset for each label, or for exclusive labels a matrix and a soft maximum.

    slopes: by label, or a square matrix (label scored × label judged) where `exclusive`.
    """

    slopes: Floats
    offsets: Floats
    exclusive: bool

    def probabilities(self, margins: Floats) -> Floats:
        """Return probabilities of raw scores; those of exclusive labels add up to one."""
        if self.exclusive:
            scores = margins @ self.slopes + self.offsets
            scores -= scores.max(axis=1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=1, keepdims=True)
            return scores
        scores = margins * self.slopes + self.offsets
        np.clip(scores, -30, 30, out=scores)
        result: Floats = 1 / (1 + np.exp(-scores))
        return result


def for_many(margins: Floats, truth: NDArray[np.bool_]) -> Calibration:
    """Learn a slope and an offset for each label (Platt), rare labels drawn to the common ones."""
    common = _slope(margins.ravel(), truth.ravel(), np.array([3.0, 0.0]), 1e-3)
    pairs = [_slope(margins[:, k], truth[:, k], common, _DRAW) for k in range(truth.shape[1])]
    both = np.array(pairs, np.float32).reshape(-1, 2)
    return Calibration(both[:, 0].copy(), both[:, 1].copy(), exclusive=False)


def for_one(margins: Floats, truth: NDArray[np.bool_]) -> Calibration:
    """Learn the matrix that turns the scores of exclusive labels into probabilities."""
    from sklearn.linear_model import LogisticRegression  # only where a model is fitted: it is slow to load

    size = truth.shape[1]
    answers = truth.argmax(axis=1)
    if len(set(answers)) < size or size < 3:
        # Too little to learn from: two labels, or one that held-back data never show.
        return Calibration(np.eye(size, dtype=np.float32) * 2, np.zeros(size, np.float32), exclusive=True)
    learnt = LogisticRegression(C=1.0, max_iter=300).fit(margins, answers)
    return Calibration(
        learnt.coef_.T.astype(np.float32), learnt.intercept_.astype(np.float32), exclusive=True
    )


def _slope(
    scores: Floats, truth: NDArray[np.bool_], around: NDArray[np.float64], draw: float
) -> NDArray[np.float64]:
    """Return slope and offset of a label by Newton's steps, drawn to `around`; the slope stays positive."""
    pair = around.copy()
    design = np.stack([scores.astype(float), np.ones(len(scores))], axis=1)
    answers = truth.astype(float)
    for _step in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ pair, -30, 30)))
        gradient = design.T @ (chance - answers) + draw * (pair - around)
        weighed = design * (chance * (1 - chance))[:, None]
        curve = design.T @ weighed + (draw + 1e-6) * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        pair = pair - np.clip(step, -2, 2)
        pair[0] = max(pair[0], 0.1)
        if np.abs(step).max() < 1e-4:
            break
    return pair
