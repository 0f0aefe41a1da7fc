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
from tawsiya.intake.errors import listed
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
    "no_report": _("The report that this answers was not recognised."),
    "report_not_here": _("The report %(symbol)s is not here: import it first, then this addendum again."),
    "answer_unknown": _("%(symbol)s has no recommendation %(paragraph)s here; an answer never creates one."),
    "answered_twice": _("%(name)s was answered already in this file."),
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
    "only_in_this_language": _("The language version that was imported first does not have this paragraph."),
    "parts_differ": _(
        "This language version has %(file)s lettered parts in this paragraph, the first one %(kept)s."
    ),
    "missing_in_language": _(
        "Paragraphs of %(symbol)s that this language version does not have: %(numbers)s."
    ),
    "known_elsewhere": _("The external reference of this row is known already at %(name)s."),
    "position_contradicts": _(
        "The same answer was recorded as “%(kept)s” before; this file gives “%(file)s”."
    ),
    "answer_text_differs": _("The text that the addendum quotes is not the text of this recommendation."),
    "answer_of_several": _("Several recommendations stand at %(name)s; the answer goes to the first."),
    "national_status_kept": _("The tracker says “%(file)s”; the status that is here was kept: %(status)s."),
    "national_status_unfit": _(
        "The status “%(status)s” does not fit the State's position on the recommendation; it is left out."
    ),
    "national_lead_kept": _(
        "The assignments that are here were kept; “%(institution)s” of the tracker does not become the lead."
    ),
    "national_institution_gone": _(
        "“%(institution)s” is no institution to which recommendations can be assigned today; it is left out."
    ),
    "national_future": _("The date %(date)s lies in the future; what it dates is left out."),
    "national_no_lead": _("The measures taken are left out: no lead institution is named whose they are."),
    "another_report": _(
        "Recommendations of this review are here already, from %(symbol)s: with this file they would stand"
        " twice. If that was the draft of this report, undo its import first, while nothing was built on it."
    ),
    "corrections_lost": _(
        "%(count)s corrections no longer find what they were made on, because the file is read otherwise now."
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
    "paragraph": _("Paragraph"),
    "subparagraph": _("Lettered part"),
    "due_on": _("Due date"),
    "within_months": _("Months after adoption"),
    "items": _("Paragraphs chosen"),
    "note": _("Note"),
    "national.status": _("Status of implementation"),
    "national.lead": _("Will be led by"),
    "national.support": _("Will be supported by"),
    "national.measures": _("Measures taken, as a first contribution"),
}
"""Names of the fields of a change."""


COLUMNS: dict[str, Promise | str] = {
    "symbol": _("Document symbol"),
    "paragraph": _("Paragraph"),
    "subparagraph": _("Lettered part"),
    "text": _("Text"),
    "text_ar": _("Text in Arabic"),
    "text_fr": _("Text in French"),
    "text_en": _("Text in English"),
    "states": _("Recommending States"),
    "position": _("Position of the State"),
    "themes": _("Themes"),
    "persons": _("Affected persons"),
    "sdgs": _("SDGs"),
    "kind": _("Kind"),
    "body": _("Body"),
    "heading": _("Heading"),
    "date": _("Date of the document"),
    "external_id": _("External reference"),
    "language": _("Language of the text"),
    "status": _("Status of implementation"),
    "status_on": _("Date of the status"),
    "lead": _("Lead institution"),
    "support": _("Supporting institutions"),
    "deadline": _("Deadline"),
    "letter": _("Reference of the letter"),
    "letter_on": _("Date of the letter"),
    "measures": _("Measures taken"),
}
"""What a column of a spreadsheet can hold."""

DOUBTS: dict[str, Promise | str] = {
    "number_by_order": _("Number counted, not printed"),
    "number_unexpected": _("Number out of order"),
    "same_paragraph": _("Two texts under one number"),
    "cell_split": _("One cell, several numbers"),
    "unnumbered_joined": _("A paragraph without number was joined"),
    "row_joined": _("Joined with the next row"),
    "text_damaged": _("Damaged letters"),
    "text_too_long": _("Text cut"),
    "answers_differ": _("Two answers"),
    "answer_excepted": _("Excepted from an answer"),
    "answer_missing": _("Answer not recognised"),
    "language_differs": _("Another kind or position in this language"),
    "only_in_this_language": _("Not in the first language version"),
    "parts_differ": _("Another number of lettered parts"),
    "known_elsewhere": _("Known under another paragraph"),
    "position_contradicts": _("Position contradicts"),
    "answer_text_differs": _("Quoted text of another recommendation"),
    "answer_of_several": _("Several recommendations under this number"),
}
"""Short names of what makes a row doubtful, to filter by."""

PROBLEMS: dict[str, Promise | str] = {
    "stopped": _("The work was stopped; nothing was written."),
    "worker_died": _("The worker stopped in the middle of its work; nothing was written. Go on from here."),
    "ChangedSincePreview": _("Changed since the preview: %(names)s. Nothing was applied; preview again."),
    "RejectedRows": _("Rejected rows stop the import until they are left out: %(names)s."),
    "DoubtfulRows": _(
        "Doubtful rows stop the import until each is confirmed, corrected or left out: %(names)s."
    ),
    "unexpected": _("Something unexpected happened (%(kind)s); nothing was written. Tell the administrator."),
}
"""Why the last job of an import ended without its work done."""


def doubt(code: str) -> str:
    """Return the short name of a doubt."""
    return str(DOUBTS.get(code, code))


def problem(value: Mapping[str, Any]) -> str:
    """Return why the last job of an import stopped, in the active language; "" where it did not."""
    code = str(value.get("code", ""))
    if code == "unreadable":
        return refusal(UnreadableFile(str(value["error"]), **value["params"]))
    if code == "refused":
        return str(value["sentence"])
    names = listed([str(name) for name in value.get("names", ())])
    return str(PROBLEMS[code]) % {**value, "names": names} if code in PROBLEMS else ""


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
        return gettext("This is %(kind)s; a filled matrix is a Word (.docx) or Excel (.xlsx) file.") % {
            "kind": kind
        }
    return refusal(error)


def refusal_of_issues(error: UnreadableFile) -> str:
    """Return why a file is no list of issues, in the active language."""
    if error.code in ("other_kind", "legacy_office"):
        kind = gettext(readers.KINDS[str(error.params.get("kind_code", "kind_unknown"))])
        return gettext("This is %(kind)s; a list of issues is a Word (.docx) or PDF file.") % {"kind": kind}
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
