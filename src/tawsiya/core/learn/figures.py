"""What held-back data show: figures by label and over all, and the cuts for automatic application."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawsiya.core.learn.features import Floats
from tawsiya.core.learn.model import applicable, chosen, most_probable

Truth = NDArray[np.bool_]
# Half a standard error: with few held-back examples the cut is set more carefully.
_CAREFUL = 0.5
# How far a label's own precision may fall behind that of all labels together.
_BEHIND = 0.06
# A label joins in automatic application once held-back data hold this many right ones above the cut.
_ENOUGH = 10
NEVER = 2.0


def lower_bound(right: Any, tried: Any) -> Any:
    """Return the lower end of Wilson's interval, half a standard error wide, for `right` among `tried`."""
    share, square = right / tried, _CAREFUL * _CAREFUL
    centre = share + square / (2 * tried)
    spread = _CAREFUL * np.sqrt(share * (1 - share) / tried + square / (4 * tried * tried))
    return (centre - spread) / (1 + square / tried)


def best_threshold(scores: Floats, truth: Truth) -> float:
    """Return the probability from which on labels are best given: micro-F1 and half of macro-F1.

    Held-back scores come from fewer examples, which rare labels feel most: with macro-F1 at full weight the
    threshold came out too low for the model that has seen all.
    """
    best, at = -1.0, 0.5
    for step in np.arange(0.2, 0.62, 0.02):
        given = scores >= step
        hits, wrong, missed = _counts(given, truth)
        value = _f1(hits.sum(), wrong.sum(), missed.sum()) + _macro(hits, wrong, missed) / 2
        if value > best:
            best, at = value, float(step)
    return round(at, 2)


def auto_cuts(scores: Floats, truth: Truth, given: Truth, precision: float) -> Floats:
    """Return the probabilities from which labels may be applied without a person: (first, further) × label.

    Further labels of a text are held to half the errors, so that the most probable label, which most texts
    have alone, can have what is left: together they reach `precision`. A label that falls behind above the
    cut gets a higher one of its own, and one that never showed enough right ones above it gets none.
    """
    first = most_probable(scores)
    top, further = given & first, given & ~first
    low = _cut(scores[further], truth[further], (1 + precision) / 2)
    floor = precision - _BEHIND
    rest = _own_cuts(scores, truth, further, low, floor)
    best = np.full(truth.shape[1], NEVER, np.float32)
    for common in np.arange(0.995, 0.3, -0.01):
        cuts = np.stack([_own_cuts(scores, truth, top, float(common), floor), rest])
        applied = applicable(scores, given, cuts)
        tried = applied.sum()
        if tried and lower_bound(truth[applied].sum(), tried) >= precision:
            best = cuts[0]
    return np.stack([best, rest if (best < NEVER).any() else np.full_like(best, NEVER)])


def _own_cuts(scores: Floats, truth: Truth, among: Truth, common: float, floor: float) -> Floats:
    columns = range(truth.shape[1])
    cuts = [_own_cut(scores[among[:, k], k], truth[among[:, k], k], common, floor) for k in columns]
    return np.array(cuts, np.float32)


def _own_cut(scores: Floats, right: Truth, common: float, floor: float) -> float:
    above = scores >= common
    if right[above].sum() < _ENOUGH:
        return NEVER
    return common if right[above].mean() >= floor else max(common, _cut(scores, right, floor))


def _cut(scores: Floats, right: Truth, precision: float) -> float:
    """Return the lowest score from which on the lower bound of what is right reaches `precision`."""
    order = np.argsort(-scores, kind="stable")
    if not len(order):
        return NEVER
    share = lower_bound(np.cumsum(right[order]), np.arange(1, len(order) + 1))
    reached = np.flatnonzero(share >= precision)
    return float(scores[order[reached[-1]]]) if len(reached) else NEVER


def measure(
    labels: tuple[str, ...], single: bool, scores: Floats, truth: Truth, threshold: float, cuts: Floats
) -> dict[str, Any]:
    """Return the figures of held-back texts: `total`, and `labels` one by one.

    Shares are between 0 and 1, None where there is nothing to divide by.
    """
    given = chosen(scores, single, threshold)
    auto = applicable(scores, given, cuts)
    hits, wrong, missed = _counts(given, truth)
    right = (auto & truth).sum(axis=0)
    applied = auto.sum(axis=0)
    rows = [
        {
            "label": label,
            "examples": int(truth[:, k].sum()),
            "precision": _share(hits[k], hits[k] + wrong[k]),
            "recall": _share(hits[k], hits[k] + missed[k]),
            "f1": _share(2 * hits[k], 2 * hits[k] + wrong[k] + missed[k]),
            "auto": int(applied[k]),
            "auto_precision": _share(right[k], applied[k]),
        }
        for k, label in enumerate(labels)
    ]
    total = {
        "texts": len(truth),
        "micro_f1": _round(_f1(hits.sum(), wrong.sum(), missed.sum())),
        "macro_f1": _round(_macro(hits, wrong, missed)),
        "accuracy": _share((given == truth).all(axis=1).sum(), len(truth)),
        "auto": int(applied.sum()),
        "auto_precision": _share(right.sum(), applied.sum()),
        "auto_covered": _share(auto.any(axis=1).sum(), len(truth)),
    }
    return {"total": total, "labels": rows}


def _counts(given: Truth, truth: Truth) -> tuple[Any, Any, Any]:
    return (
        (given & truth).sum(axis=0),
        (given & ~truth).sum(axis=0),
        (~given & truth).sum(axis=0),
    )


def _f1(hits: Any, wrong: Any, missed: Any) -> float:
    whole = 2 * hits + wrong + missed
    return float(2 * hits / whole) if whole else 0.0


def _macro(hits: Any, wrong: Any, missed: Any) -> float:
    return float(np.mean([_f1(*three) for three in zip(hits, wrong, missed, strict=True)]))


def _share(part: Any, whole: Any) -> float | None:
    return _round(float(part) / float(whole)) if whole else None


def _round(value: float) -> float:
    return round(value, 4) if math.isfinite(value) else 0.0
