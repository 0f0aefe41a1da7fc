"""Learn from pairs that people confirmed or rejected: few of them move the shipped weights only a little."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawsiya.analysis.similar.features import FEATURES
from tawsiya.analysis.similar.model import Model

_STEPS = 40
_ENOUGH = 1e-7


def refit(
    features: NDArray[np.float32],
    same: NDArray[np.bool_],
    *,
    start: Model | None = None,
    trust: float = 1.0,
    version: str = "learnt",
) -> Model:
    """Fit a logistic model to pairs, held near another one.

    Args:
        features: one row per pair, one column per feature.
        same: whether a person said that the pair asks for the same thing.
        start: the model to stay near; none: learn from nothing.
        trust: how far the pairs may move it; the inverse of the penalty.

    Returns:
        the fitted model; `start` itself when there is no pair.
    """
    if start is not None and not len(same):
        return start
    prior = np.zeros(len(FEATURES) + 1)
    if start is not None:
        prior = np.array([*start.weights, start.bias])
    rows = np.hstack([features.astype(np.float64), np.ones((len(same), 1))])
    weights, wanted = prior.copy(), same.astype(np.float64)
    penalty = np.full(len(prior), 1 / trust)
    if start is None:
        penalty[-1] = 1e-6  # the bias is free
    for _step in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - wanted) + penalty * (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        move = np.linalg.solve(curve, slope)
        weights -= move
        if np.abs(move).max() < _ENOUGH:
            break
    about: dict[str, Any] = {"pairs": len(same), "same": int(same.sum())}
    return Model(
        version, tuple(round(float(w), 5) for w in weights[:-1]), round(float(weights[-1]), 5), about
    )
