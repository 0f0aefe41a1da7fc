"""The saved and the typed text of a contribution side by side, in words."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from tawsiya.core.errors import Message
from tawsiya.core.worddiff import Segment
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.content import CONTENT
from tawsiya.followup.figures import as_text
from tawsiya.followup.queries_of_writing import differing
from tawsiya.followup.timeline import FIELDS
from tawsiya.recommendations.choices import Status

TEXTS = frozenset({"measures_taken", "obstacles", "next_steps"})
_WORDS: dict[str, dict[str, str | Promise]] = {
    "proposed_status": dict(Status.choices),
    "language": dict(settings.LANGUAGES),
    **{
        f"{part}_mark": dict(EvidenceMark.choices)
        for part in ("measures_taken", "obstacles", "next_steps", "figures")
    },
}


@dataclass(frozen=True)
class Shown:
    """A field that differs; `…_value` are what a script puts into the form again, as JSON.

    is_text: whether the two can stand one after the other, and be compared word by word.
    """

    name: str
    label: str
    saved: str
    typed: str
    saved_value: str
    typed_value: str
    segments: tuple[Segment, ...]
    is_text: bool


def shown(
    saved: Mapping[str, Any],
    typed: Mapping[str, Any],
    labels: Mapping[str, Message] = FIELDS,
    texts: Collection[str] = TEXTS,
) -> list[Shown]:
    """Return the fields that differ between what is saved and what was typed.

    Args:
        labels: the fields of the form in their order; those of a contribution where omitted.
        texts: those that are long texts.
    """
    names = CONTENT if labels is FIELDS else labels
    return [
        Shown(
            name=row.name,
            label=str(labels[row.name]),
            saved=_words(row.name, row.saved),
            typed=_words(row.name, row.typed),
            saved_value=json.dumps(row.saved),
            typed_value=json.dumps(row.typed),
            segments=row.segments if row.name in texts else (),
            is_text=row.name in texts,
        )
        for row in differing(saved, typed, names)
    ]


def _words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return as_text(value)
    return str(_WORDS.get(name, {}).get(value, value))
