"""What a person is typing, and what stands saved: joined so that neither text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings

from tawsiya.accounts.reader import Reader
from tawsiya.core import clock, worddiff
from tawsiya.core.worddiff import Segment
from tawsiya.followup.content import CONTENT, plain
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Contribution, TypedText


def item_place(pk: int) -> str:
    """Return the name of the form of a new contribution on an item."""
    return f"item:{pk}"


def contribution_place(pk: int) -> str:
    """Return the name of the form of a contribution."""
    return f"contribution:{pk}"


def typed_in(place: str, *, by: Reader) -> TypedText | None:
    """Return what `by` typed in a place and has not saved, unless it expired."""
    limit = clock.now() - timedelta(days=settings.TYPED_TEXT_DAYS)
    return TypedText.objects.filter(user_id=by.user_id or 0, place=place, saved_at__gte=limit).first()


def as_saved(contribution: Contribution, version: int) -> dict[str, Any]:
    """Return what stood in a contribution at a version, from the versions kept of its row; {} if unknown."""
    kept = apps.get_model("followup", "ContributionEvent")
    rows = kept.objects.filter(pgh_obj_id=contribution.pk, version=version).order_by("pgh_id")
    found = rows.values(*CONTENT).last() or {}
    return {name: plain(value) for name, value in found.items()}


@dataclass(frozen=True)
class Differing:
    """A field in which the saved and the typed text differ; `segments` lead from the saved to the typed."""

    name: str
    saved: Any
    typed: Any
    segments: tuple[Segment, ...]

    @property
    def saved_text(self) -> str:
        """The saved value in words."""
        return in_words(self.saved)

    @property
    def typed_text(self) -> str:
        """The typed value in words."""
        return in_words(self.typed)


def in_words(value: Any) -> str:
    """Return the value of a field as text: figures one a line."""
    return as_text(value) if isinstance(value, list) else str(value)


def differing(saved: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Differing]:
    """Return the fields that differ, in the order of the form, each with the difference word by word."""
    return [
        Differing(
            name,
            saved[name],
            typed[name],
            tuple(worddiff.compare(in_words(saved[name]), in_words(typed[name]))),
        )
        for name in CONTENT
        if name in saved and name in typed and saved[name] != typed[name]
    ]


def joined(base: Mapping[str, Any], saved: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form shows after two people wrote: what was typed, and the other's saved words where
    the person changed nothing.

    Args:
        base: what stood there when the person began; {} where that is unknown, and all that was typed counts.
        saved: what stands there now.
        typed: what the person typed.
    """
    return {
        name: saved[name] if name in base and value == base[name] and name in saved else value
        for name, value in typed.items()
    }
