"""Every sentence of an import, in the reader's language: refusals, warnings, reasons.

The readers' own sentences stand in `readers.messages` by code; here they are translated, with
those that only the database can give cause for.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tawsiya.intake.choices import Scope
from tawsiya.intake.readers import messages as readers
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.mechanisms import states
from tawsiya.recommendations.choices import NationalGrade, Position, Status

REASONS: dict[str, Promise | str] = {
    "no_instance": _("This installation does not serve a State yet; set it up first."),
    "state_not_served": _("The import is for %(state)s, but this installation serves %(instance)s."),
    "other_state": _("The document is about %(state)s, but this installation serves %(instance)s."),
    "no_symbol": _("No document symbol was found for this row."),
    "no_paragraph": _("The row has no paragraph number, so the recommendation cannot be known again."),
    "no_text": _("The row has no text."),
    "no_language": _("The language of the text was not recognised."),
    "no_mechanism": _("The mechanism that recommends was not recognised."),
    "symbol_not_understood": _("“%(symbol)s” is no document symbol of the United Nations."),
    "paragraph_not_understood": _("“%(paragraph)s” is no paragraph number."),
    "other_body": _("%(symbol)s is a document of %(body)s; the file gives it to %(file)s."),
    "value_not_understood": _("The value “%(value)s” is not known."),
    "repeated": _("The same recommendation stands at %(name)s already; its themes were added there."),
    "not_in_file": _("The file, declared complete, no longer has this recommendation."),
    "excluded": _("Left out by decision."),
}
"""Why a row does what it does."""

WARNINGS: dict[str, Promise | str] = {
    "translation_kept": _(
        "The file has a text in this language; the translation that a person entered was kept."
    ),
    "language_differs": _(
        "In this language version %(field)s differs (%(file)s); what is there was kept (%(kept)s)."
    ),
    "grade_no_longer_fits": _(
        "The national grade “%(grade)s” does not fit the new position; it was kept: look at it again."
    ),
    "place_kept": _(
        "UHRI now gives this record as %(file)s; the place by which it is known here was kept (%(kept)s)."
    ),
    "status_no_longer_fits": _(
        "The status “%(status)s” does not fit the new position; it was kept: look at it again."
    ),
}
"""What a person should look at, besides what the readers say."""

FIELDS: dict[str, Promise | str] = {
    "kind": _("Kind"),
    "text": _("Text"),
    "heading": _("Heading"),
    "position": _("Position"),
    "source_of_position": _("Source of the position"),
    "addressee": _("Addressee"),
    "comment": _("Comment"),
    "external_id": _("External reference"),
    "follow_up_due_on": _("Follow-up due"),
    "recommending_states": _("Recommending States"),
    "tags.theme": _("Themes"),
    "tags.persons": _("Affected persons"),
    "tags.sdg_goal": _("SDG goals"),
    "tags.sdg_target": _("SDG targets"),
    "withdrawn": _("Withdrawn"),
}
"""Names of the fields of a change."""


def refusal(error: UnreadableFile) -> str:
    """Return why a file cannot be read, in the active language."""
    params: dict[str, Any] = dict(error.params)
    if "kind_code" in params:
        params["kind"] = gettext(readers.KINDS[str(params["kind_code"])])
    return gettext(readers.ERRORS[error.code]) % params


def refusal_of_matrix(error: UnreadableFile) -> str:
    """Return why a file is no filled matrix, in the active language."""
    if error.code == "other_kind":
        kind = gettext(readers.KINDS[str(error.params["kind_code"])])
        return gettext("This is %(kind)s; a filled matrix is a Word file (.docx).") % {"kind": kind}
    return refusal(error)


def reason(code: str, params: Mapping[str, Any]) -> str:
    """Return a row's reason in the active language; "" for none, an unknown code as it stands."""
    sentence = REASONS.get(code)
    return code if sentence is None else str(sentence) % _worded(params)


def warning(value: Mapping[str, Any]) -> str:
    """Return a warning (`{code, params}`) in the active language."""
    code = str(value["code"])
    params = {
        key: ", ".join(map(str, item)) if isinstance(item, (list, tuple)) else item
        for key, item in value.get("params", {}).items()
    }
    if code in WARNINGS:
        return str(WARNINGS[code]) % _worded(params)
    sentence = readers.MESSAGES.get(code)
    return str(value.get("message", code)) if sentence is None else gettext(sentence) % params


def field_name(key: str) -> str:
    """Return the name of a field of a change: `text.fr` is the text."""
    return str(FIELDS.get(key) or FIELDS.get(key.partition(".")[0]) or key)


def state_name(code: str) -> str:
    """Return the UN's short name of a State in the active language; an unknown code as it stands."""
    try:
        return states.name(code, (get_language() or "en").split("-")[0])
    except KeyError:
        return code


_WORDS: dict[str, Promise | str] = {
    **dict(NationalGrade.choices),
    **dict(Status.choices),
    **dict(Position.choices),
    **dict(Scope.choices),
}


def _worded(params: Mapping[str, Any]) -> dict[str, Any]:
    """Codes of fields and values in words."""
    shown = {key: _WORDS.get(value, value) if key != "name" else value for key, value in params.items()}
    if "field" in shown:
        shown["field"] = field_name(str(shown["field"]))
    for key in ("state", "instance"):
        if key in shown:
            shown[key] = state_name(str(shown[key]))
    return shown
