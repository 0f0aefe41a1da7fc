"""The history of a recommendation as the timeline component takes it, in the reader's language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.audit.models import Event
from tawsiya.audit.sentences import render
from tawsiya.core.errors import Message
from tawsiya.core.formats import localise_date
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.recommendations.choices import AccessLevel, Status

# What changed, by the keys of an event's `before` and `after`; other keys are in the sentence.
FIELDS: dict[str, Message] = {
    "state": gettext_lazy("State"),
    "status": gettext_lazy("Status"),
    "level": gettext_lazy("Part"),
    "deadline": gettext_lazy("Deadline"),
    "letter": gettext_lazy("Reference of the letter"),
    "mark": gettext_lazy("Confidentiality"),
    "language": gettext_lazy("Language"),
    "proposed_status": gettext_lazy("Proposed status"),
    "measures_taken": gettext_lazy("Measures taken"),
    "obstacles": gettext_lazy("Obstacles"),
    "next_steps": gettext_lazy("Next steps"),
}
# Their sentence has said the state already, as those of contributions do.
_SAID = frozenset({"assignment.accepted", "assignment.refused", "assignment.ended"})
LONG = frozenset({"measures_taken", "obstacles", "next_steps"})
_WORDS: dict[str, dict[str, Any]] = {
    "status": dict(Status.choices),
    "proposed_status": dict(Status.choices),
    "level": dict(AccessLevel.choices),
    "mark": dict(EvidenceMark.choices),
    "state": dict(AssignmentState.choices) | dict(ContributionState.choices),
}
# Icon and tone by the event's code, else by its first part.
_DRAWN: dict[str, tuple[str, str]] = {
    "assignment.created": ("person-plus", "info"),
    "assignment.accepted": ("check-lg", "success"),
    "assignment.refused": ("x-circle", "danger"),
    "assignment.ended": ("archive", "muted"),
    "assignment.brought_over": ("person-plus", "info"),
    "assignment.taken_back": ("arrow-counterclockwise", "warning"),
    "contribution.taken_back": ("arrow-counterclockwise", "warning"),
    "assessment.taken_back": ("arrow-counterclockwise", "warning"),
    "contribution.brought_over": ("check-circle-fill", "success"),
    "contribution.started": ("pencil", "neutral"),
    "contribution.edited": ("pencil", "neutral"),
    "contribution.with_validator": ("send", "progress"),
    "contribution.with_delegation": ("send", "info"),
    "contribution.returned_by_validator": ("reply", "warning"),
    "contribution.returned_by_delegation": ("reply", "warning"),
    "contribution.validated": ("check-circle-fill", "success"),
    "evidence": ("paperclip", "neutral"),
    "assessment": ("flag", "info"),
    "publication": ("globe2", "success"),
    "recommendation": ("file-earmark-text", "neutral"),
    "import": ("upload", "neutral"),
    "group": ("collection", "info"),
    "groups": ("collection", "neutral"),
}


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the events as the component `timeline` takes them."""
    return [_row(event) for event in events]


def _row(event: Event) -> dict[str, Any]:
    icon, tone = _DRAWN.get(event.code) or _DRAWN.get(event.code.split(".")[0]) or ("circle-fill", "neutral")
    changes = _changes(event)
    return {
        "when": event.at,
        "who": _who(event),
        "text": render(event),
        "reason": event.reason,
        "detail": render_to_string("followup/_changes.html", {"changes": changes}) if changes else "",
        "icon": icon,
        "tone": tone,
    }


def _who(event: Event) -> str:
    if not event.on_behalf_of_name:
        return event.actor_name
    return _("%(actor)s, in the name of %(person)s") % {
        "actor": event.actor_name,
        "person": event.on_behalf_of_name,
    }


def _changes(event: Event) -> list[dict[str, Any]]:
    keys = [key for key in FIELDS if key in event.before or key in event.after]
    if event.code in _SAID or (
        event.code.startswith("contribution.") and event.code != "contribution.edited"
    ):
        keys = [key for key in keys if key != "state"]
    return [
        {
            "label": FIELDS[key],
            "old": _value(key, event.before.get(key)),
            "new": _value(key, event.after.get(key)),
            "long": key in LONG,
            "had": key in event.before,
        }
        for key in keys
        if event.before.get(key) or event.after.get(key)
    ]


def _value(key: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if key == "deadline":
        return _date(str(value))
    return str(_WORDS.get(key, {}).get(value, value))


def _date(text: str) -> str:
    try:
        return localise_date(date.fromisoformat(text))
    except ValueError:
        return text
