"""What is said of the rows of a filled matrix."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise | str] = {
    "altered_mark": _("The hidden mark of the row was altered or doubled; export the matrix again."),
    "unknown_row": _(
        "No recommendation is known by this row: it has neither its mark nor symbol and paragraph."
    ),
    "mark_contradicts": _("The row says %(name)s, but its mark says %(marked)s."),
    "withdrawn": _("The recommendation was withdrawn from its document."),
    "other_institution": _("The matrix was made for an institution that is not yours."),
    "not_assigned": _("Your institution has not accepted this recommendation."),
    "which_institution": _(
        "Several of your institutions are in charge, and the row does not say which one writes."
    ),
    "too_long": _("A cell is longer than what can be kept; shorten it."),
    "being_decided": _("A contribution to this recommendation is being decided; it cannot be changed now."),
    "status_not_understood": _("“%(words)s” is no status of implementation."),
    "status_does_not_fit": _("“%(words)s” does not fit the State's position; possible are: %(allowed)s."),
    "twice": _("%(name)s stands in the matrix more than once."),
}
WARNINGS: dict[str, Promise | str] = {
    "extra_column": _("Text in a column of your own is not read."),
    "recommendation_changed": _("The recommendation changed since the matrix was exported."),
    "draft_changed": _(
        "The draft was written or changed since the matrix was exported: compare before you choose this row."
    ),
}
ACTIONS: dict[str, tuple[str, Promise | str]] = {
    "create": ("created", _("New draft")),
    "change": ("updated", _("Draft changed")),
    "unchanged": ("unchanged", _("Unchanged")),
    "empty": ("unchanged", _("Empty, skipped")),
    "refuse": ("rejected", _("Not read")),
}
FIELDS: dict[str, Promise | str] = {
    "measures_taken": _("Measures taken"),
    "obstacles": _("Obstacles"),
    "next_steps": _("Next steps"),
    "proposed_status": _("Proposed status"),
    "status": _("Proposed status"),
}


def reason(code: str, params: Mapping[str, str]) -> str:
    """Return why a row is not read, in the active language; "" for none."""
    return str(REASONS[code]) % dict(params) if code else ""
