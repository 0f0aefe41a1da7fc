"""How a status looks: tone, shape and default words by code, for `{% status_badge %}`.

Presentation only: which statuses exist, and when, is told by each app's `workflow.py`. The shape says
the same as the colour, so that no reading depends on colour; words differ where a page passes its own
(a workflow has one label per audience).
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Tone = Literal["neutral", "info", "progress", "success", "warning", "danger", "muted"]


@dataclass(frozen=True)
class Look:
    """Tone (a group of colour tokens), icon (a symbol of the sprite) and default words."""

    tone: Tone
    icon: str
    label: str | Promise


# Implementation of a supported recommendation: the disc fills as work goes on.
_IMPLEMENTATION = {
    "not_started": Look("neutral", "status-empty", _("Not started")),
    "in_progress": Look("progress", "status-quarter", _("In progress")),
    "partly_implemented": Look("info", "status-half", _("Partly implemented")),
    "implemented": Look("success", "status-full", _("Implemented")),
    "no_longer_applicable": Look("muted", "status-none", _("No longer applicable")),
    "not_implemented": Look("danger", "x-circle", _("Not implemented")),
    "no_status": Look("neutral", "dash-lg", _("No status yet")),
}
# What became of a noted recommendation.
_NOTED = {
    "no_action": Look("neutral", "status-empty", _("No action")),
    "under_study": Look("progress", "search", _("Under study")),
    "acted_upon": Look("success", "status-full", _("Acted upon")),
}
_POSITIONS = {
    "supported": Look("success", "check-lg", _("Supported")),
    "noted": Look("muted", "bookmark", _("Noted")),
    "supported_noted": Look("info", "circle-half", _("Supported in part")),
    "supported/noted": Look("info", "circle-half", _("Supported in part")),
    "pending": Look("progress", "hourglass-split", _("Position to come")),
}
_ASSIGNMENTS = {
    "unassigned": Look("neutral", "dash-circle", _("Not assigned")),
    "proposed": Look("progress", "hourglass-split", _("Awaiting acceptance")),
    "assigned": Look("progress", "hourglass-split", _("Awaiting acceptance")),
    "accepted": Look("success", "check-lg", _("Accepted")),
    "refused": Look("danger", "x-circle", _("Refused")),
    "ended": Look("muted", "archive", _("Ended")),
    "withdrawn": Look("muted", "slash-circle", _("Withdrawn")),
}
_CONTRIBUTIONS = {
    "draft": Look("neutral", "pencil", _("Draft")),
    "with_validator": Look("progress", "hourglass-split", _("With the validator")),
    "returned_by_validator": Look("warning", "reply", _("Returned by the validator")),
    "with_delegation": Look("info", "hourglass-split", _("With the delegation")),
    "returned_by_delegation": Look("warning", "reply", _("Returned by the delegation")),
    "validated": Look("success", "check-circle-fill", _("Validated")),
    "submitted": Look("progress", "hourglass-split", _("Submitted")),
    "received": Look("progress", "hourglass-split", pgettext_lazy("of a comment", "Received")),
    "taken_back": Look("muted", "arrow-counterclockwise", _("Taken back")),
    "discarded": Look("muted", "slash-circle", _("Discarded")),
    "confirmed": Look("success", "check-circle-fill", _("Confirmed")),
}
_PROGRAMMES = {
    "in_consultation": Look("info", "megaphone", _("In consultation")),
    "adopted": Look("success", "patch-check", _("Adopted")),
    "revised": Look("muted", "archive", _("Replaced by a revision")),
    "planned": Look("neutral", "status-empty", _("Planned")),
    "under_way": Look("progress", "status-half", _("Under way")),
    "completed": Look("success", "status-full", _("Completed")),
    "suspended": Look("warning", "clock", _("Suspended")),
    "abandoned": Look("muted", "slash-circle", _("Abandoned")),
    "approved": Look("success", "check-circle-fill", _("Approved")),
    "returned": Look("warning", "reply", _("Returned by the validator")),
}
_INDICATORS = {
    "in_use": Look("success", "check-circle", _("In use")),
    "not_applicable": Look("muted", "slash-circle", _("Not applicable")),
    "retired": Look("muted", "archive", _("No longer followed")),
    "met": Look("success", "check-circle-fill", _("Target met")),
    "missed": Look("danger", "x-circle", _("Target not met")),
    "no_target": Look("neutral", "flag", _("No target due yet")),
    "unknown": Look("warning", "question-circle", _("Last value unknown")),
    "no_value": Look("neutral", "dash-circle", _("No value yet")),
    "open": Look("progress", "hourglass-split", _("Awaiting values")),
    "answered": Look("success", "check-circle-fill", _("Answered")),
    "declined": Look("danger", "x-circle", _("Declined")),
}
_PUBLICATION = {
    "published": Look("success", "globe2", _("Published")),
    "unpublished": Look("neutral", "lock", _("Not published")),
    "changed": Look("warning", "arrow-repeat", _("Changed since publication")),
}
_IMPORT = {
    "created": Look("success", "plus-lg", _("Created")),
    "updated": Look("info", "arrow-repeat", _("Updated")),
    "unchanged": Look("neutral", "dash-lg", _("Unchanged")),
    "rejected": Look("danger", "x-circle", _("Rejected")),
    "excluded": Look("muted", "slash-circle", _("Excluded")),
    "uploaded": Look("neutral", "upload", _("Uploaded")),
    "previewed": Look("info", "eye", _("Previewed")),
    "applied": Look("success", "check-circle-fill", _("Applied")),
    "failed": Look("danger", "x-circle", _("Failed")),
}
_GENERAL = {
    "overdue": Look("danger", "exclamation-triangle-fill", _("Overdue")),
    "due_soon": Look("warning", "clock", _("Due soon")),
    "follow_up": Look("warning", "flag-fill", _("Follow-up priority")),
    "official": Look("success", "patch-check", _("Official text")),
    "unofficial": Look("warning", "translate", _("Unofficial translation")),
    "public": Look("info", "globe2", _("Public")),
    "internal": Look("neutral", "building", _("Internal")),
    "restricted": Look("danger", "shield-lock", _("Restricted")),
    "active": Look("success", "check-lg", _("Active")),
    "inactive": Look("muted", "slash-circle", _("Inactive")),
    "invited": Look("progress", "envelope", _("Invited")),
    "expired": Look("muted", "clock-history", _("Expired")),
    "unread": Look("warning", "circle-fill", _("Unread")),
}
LOOKS: dict[str, Look] = {
    **_IMPLEMENTATION,
    **_NOTED,
    **_POSITIONS,
    **_ASSIGNMENTS,
    **_CONTRIBUTIONS,
    **_PROGRAMMES,
    **_INDICATORS,
    **_PUBLICATION,
    **_IMPORT,
    **_GENERAL,
}


def look_of(code: str, label: str | Promise = "") -> Look:
    """Return the look of a status; an unknown code stays neutral and shows its own words.

    Args:
        code: the status as stored, for example `partly_implemented`.
        label: the words to show in place of the default ones.
    """
    known = LOOKS.get(code)
    if known is None:
        return Look("neutral", "circle", label or capfirst(code.replace("_", " ")))
    return Look(known.tone, known.icon, label) if label else known
