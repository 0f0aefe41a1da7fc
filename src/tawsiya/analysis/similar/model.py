"""The weights that make one figure of a pair's features: stored as JSON, with what they were learnt from."""

import json
import math
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawsiya.analysis.similar.features import FEATURES
from tawsiya.analysis.similar.lexicon import DATA

# The distance at which groups stop growing: the more texts there are, the more pairs look alike by chance.
_LOOSE, _MIDDLE, _STRICT, _AT, _FALL = 0.64, 0.64, 0.40, 500, 0.08


@dataclass(frozen=True)
class Model:
    """A logistic model: the probability that two texts ask for the same thing.

    Attributes:
        version: a name for people: the shipped one, or one learnt from what was confirmed here.
        weights: one per feature, in the order of `FEATURES`.
        about: what it was learnt from (numbers of pairs), for the page that shows it.
    """

    version: str
    weights: tuple[float, ...]
    bias: float
    about: dict[str, Any] = field(default_factory=dict)

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log odds of pairs, given features along the first axis."""
        weighed = np.tensordot(np.array(self.weights, np.float32), features, axes=1)
        return np.asarray(weighed + np.float32(self.bias), np.float32)

    def to_json(self) -> str:
        """Return the model as text, feature by feature."""
        return json.dumps(
            {**asdict(self), "weights": dict(zip(FEATURES, self.weights, strict=True))}, indent=1
        )


def model_of(stored: dict[str, Any]) -> Model:
    """Return a stored model; features it does not know weigh nothing."""
    weights = tuple(float(stored["weights"].get(name, 0.0)) for name in FEATURES)
    return Model(str(stored["version"]), weights, float(stored["bias"]), dict(stored.get("about", {})))


@cache
def load_model() -> Model:
    """Return the model that comes with the system."""
    return model_of(json.loads((DATA / "model.json").read_text(encoding="utf-8")))


def distance_for(size: int) -> float:
    """Return the greatest mean distance within a group, for a number of texts."""
    fallen = _FALL * math.log2(max(size, 1) / _AT)
    return min(_LOOSE, max(_STRICT, _MIDDLE - fallen))
