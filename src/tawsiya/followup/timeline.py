"""The history of a recommendation as the timeline component takes it, in the reader's language."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.audit.models import Event
from tawsiya.audit.sentences import render
from tawsiya.core.errors import Message
from tawsiya.core.formats import localise_date
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.figures import as_text
from tawsiya.followup.visibility import PARTS
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
    "figures": gettext_lazy("Figures"),
    "measures_taken_mark": gettext_lazy("Confidentiality of the measures taken"),
    "obstacles_mark": gettext_lazy("Confidentiality of the obstacles"),
    "next_steps_mark": gettext_lazy("Confidentiality of the next steps"),
    "figures_mark": gettext_lazy("Confidentiality of the figures"),
}
# Their sentence has said the state already, as those of contributions do.
_SAID = frozenset(
    {
        "assignment.accepted",
        "assignment.refused",
        "assignment.ended",
        "assignment.reassign",
        "assignment.proposed",
    }
)
LONG = frozenset({"measures_taken", "obstacles", "next_steps", "figures"})
_WORDS: dict[str, dict[str, Any]] = {
    "status": dict(Status.choices),
    "proposed_status": dict(Status.choices),
    "level": dict(AccessLevel.choices),
    "mark": dict(EvidenceMark.choices),
    **{f"{part}_mark": dict(EvidenceMark.choices) for part in PARTS},
    "state": dict(AssignmentState.choices) | dict(ContributionState.choices),
}
# Icon and tone by the event's code, else by its first part.
_DRAWN: dict[str, tuple[str, str]] = {
    "assignment.created": ("person-plus", "info"),
    "assignment.accepted": ("check-lg", "success"),
    "assignment.refused": ("x-circle", "danger"),
    "assignment.ended": ("archive", "muted"),
    "assignment.reassign": ("arrow-repeat", "warning"),
    "assignment.passed_on": ("arrow-repeat", "info"),
    "assignment.recalled": ("arrow-repeat", "info"),
    "assignment.handed_over": ("arrow-repeat", "info"),
    "assignment.brought_over": ("person-plus", "info"),
    "extension": ("hourglass-split", "neutral"),
    "reply": ("ui-checks", "neutral"),
    "assignment.brought_undone": ("arrow-counterclockwise", "warning"),
    "contribution.brought_undone": ("arrow-counterclockwise", "warning"),
    "assessment.brought_undone": ("arrow-counterclockwise", "warning"),
    "contribution.brought_over": ("check-circle-fill", "success"),
    "contribution.started": ("pencil", "neutral"),
    "contribution.edited": ("pencil", "neutral"),
    "contribution.with_validator": ("send", "progress"),
    "contribution.with_delegation": ("send", "info"),
    "contribution.returned_by_validator": ("reply", "warning"),
    "contribution.returned_by_delegation": ("reply", "warning"),
    "contribution.validated": ("check-circle-fill", "success"),
    "evidence": ("paperclip", "neutral"),
    "reference": ("link-45deg", "neutral"),
    "message": ("chat-square-text", "info"),
    "assessment": ("flag", "info"),
    "publication": ("globe2", "success"),
    "submission": ("megaphone", "info"),
    "submission.accepted": ("check-lg", "success"),
    "submission.refused": ("x-circle", "danger"),
    "grade": ("bank", "info"),
    "question": ("question-circle", "info"),
    "recommendation": ("file-earmark-text", "neutral"),
    "import": ("upload", "neutral"),
    "group": ("collection", "info"),
    "groups": ("collection", "neutral"),
}


# What the time line can be narrowed to: the first part of a code belongs to one kind, others to "other".
KINDS: dict[str, tuple[Message, tuple[str, ...]]] = {
    "assignments": (gettext_lazy("Assignments"), ("assignment",)),
    "contributions": (gettext_lazy("Contributions"), ("contribution",)),
    "evidence": (gettext_lazy("Evidence"), ("evidence", "reference")),
    "conversations": (gettext_lazy("Conversations"), ("message",)),
    "status": (gettext_lazy("Status"), ("assessment",)),
    "voices": (gettext_lazy("Other voices"), ("submission", "grade", "question")),
    "publications": (gettext_lazy("Publications"), ("publication",)),
    "groups": (gettext_lazy("Groups"), ("group", "groups")),
    "document": (gettext_lazy("Text as issued"), ("recommendation", "import", "tags")),
    "other": (gettext_lazy("Other"), ()),
}
_KIND_OF = {first: kind for kind, (_label, firsts) in KINDS.items() for first in firsts}


def of_kind(events: QuerySet[Event], kind: str) -> QuerySet[Event]:
    """Narrow events to a kind; all of them for a kind that is unknown."""
    if kind not in KINDS:
        return events
    firsts = KINDS[kind][1] or tuple(_KIND_OF)
    begins = Q()
    for first in firsts:
        begins |= Q(code__startswith=f"{first}.")
    return events.filter(begins) if KINDS[kind][1] else events.exclude(begins)


def kinds_in(events: QuerySet[Event]) -> list[tuple[str, Message, int]]:
    """Return the kinds that occur in events, in the order of `KINDS`: code, label, how many."""
    counts: Counter[str] = Counter()
    for code, number in events.order_by().values_list("code").annotate(number=Count("pk")):
        counts[_KIND_OF.get(code.split(".")[0], "other")] += number
    return [(kind, label, counts[kind]) for kind, (label, _firsts) in KINDS.items() if counts[kind]]


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
        "url": _address(event),
    }


def _address(event: Event) -> str:
    """Return the page of what an event speaks of, where the sentence does not hold it: a conversation."""
    if event.code == "message.written":
        return reverse("followup:thread", args=[event.item_id, event.state, event.institution_id or 0])
    return ""


def _who(event: Event) -> str:
    if not event.on_behalf_of_name:
        return event.who
    return _("%(actor)s, in the name of %(person)s") % {
        "actor": event.who,
        "person": event.in_the_name_of,
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
    if isinstance(value, list):
        return as_text(value)
    if key == "deadline":
        return _date(str(value))
    return str(_WORDS.get(key, {}).get(value, value))


def _date(text: str) -> str:
    try:
        return localise_date(date.fromisoformat(text))
    except ValueError:
        return text
