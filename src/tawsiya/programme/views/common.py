"""What several pages of programmes need."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseFormSet
from django.urls import reverse

from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.sentences import render as sentence_of
from tawsiya.audit.visibility import visible_to
from tawsiya.core import instance
from tawsiya.programme.models import Version
from tawsiya.programme.permissions import may_act_on_version

HISTORY = 30


def state_of_instance() -> str:
    """Return the State that this instance serves, alpha-3; "" before it is set up."""
    row = instance.current()
    return row.state if row else ""


def actions_on(reader: Reader, version: Version) -> frozenset[str]:
    """Return what the reader may do with a version now."""
    every = ("edit", "open", "close", "adopt", "revise")
    return frozenset(action for action in every if may_act_on_version(reader, version, action))


def history(reader: Reader, subjects: Mapping[str, Iterable[int]]) -> list[dict[str, Any]]:
    """Return the events on some subjects that the reader sees, newest first, as the timeline takes them.

    Args:
        subjects: ids by type, such as `{"programme.version": [3]}`.
    """
    found: list[Event] = []
    for subject_type, ids in subjects.items():
        rows = Event.objects.filter(visible_to(reader), subject_type=subject_type, subject_id__in=list(ids))
        found += with_people(rows).order_by("-position")[:HISTORY]
    found.sort(key=lambda event: -event.position)
    return [
        {"when": event.at, "who": event.who, "text": sentence_of(event), "reason": event.reason}
        for event in found[:HISTORY]
    ]


def filled_lines(formset: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Return the lines of a formset that were filled in and not taken away."""
    return [
        form.cleaned_data
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and form not in formset.deleted_forms
    ]


def page_of(version: Version) -> str:
    """Return the address of a version's page."""
    return reverse("programme:version", args=[version.pk])
