"""What several pages of the analyst's desk need."""

from collections.abc import Iterable
from typing import Any

from tawsiya.analysis.models import ModelVersion
from tawsiya.core.learn import Spoken


def total_of(version: ModelVersion | None) -> dict[str, Any]:
    """Return the figures of a model over all labels on held-back data; empty where there are none."""
    figures = version.about.get("figures") if version else None
    total: dict[str, Any] = (figures or {}).get("total", {})
    return total


def label_figures(version: ModelVersion | None) -> dict[str, dict[str, Any]]:
    """Return the figures of each label by its code."""
    figures = version.about.get("figures") if version else None
    return {row["label"]: row for row in (figures or {}).get("labels", [])}


def distinct_words(text: str, spoken: Iterable[Spoken]) -> list[str]:
    """Return the words that spoke, each once, in the order of the text."""
    return list(dict.fromkeys(text[word.start : word.end] for word in spoken))
