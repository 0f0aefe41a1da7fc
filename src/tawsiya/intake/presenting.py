"""What the pages show of an import's rows: words for codes, names for tags, differences by word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.core import worddiff
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import Label, text_of
from tawsiya.core.worddiff import Segment
from tawsiya.intake import messages
from tawsiya.intake.choices import Action, Fix
from tawsiya.intake.incoming import name_of
from tawsiya.intake.models import Correction, ImportRow, ImportRun
from tawsiya.intake.national import LEAD, SUPPORT
from tawsiya.intake.readers.records import Record
from tawsiya.mechanisms.choices import ObligationKind
from tawsiya.recommendations.choices import Kind, Position, Status
from tawsiya.recommendations.models import Tag

EXCLUDED = "excluded"

# Code of the status badge and words, by what a row does.
SHOWN: dict[str, tuple[str, Promise | str]] = {
    Action.CREATE.value: ("created", _("New")),
    Action.UPDATE.value: ("updated", _("Changed")),
    Action.UNCHANGED.value: ("unchanged", _("Unchanged")),
    Action.WITHDRAW.value: ("withdrawn", _("Withdrawn")),
    Action.REJECT.value: ("rejected", _("Rejected")),
    EXCLUDED: ("excluded", _("Left out")),
}
_VALUES: dict[str, Promise | str] = {
    **dict(Position.choices),
    **dict(Kind.choices),
    **dict(ObligationKind.choices),
    **dict(Status.choices),
}


@dataclass(frozen=True)
class Change:
    """One field of a row that changes: a text by words, a list by what comes and goes."""

    label: str
    segments: Sequence[Segment] = ()
    language: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is common: the old text and the new one, one after the other."""
        return [segment.kind for segment in self.segments] == ["removed", "added"]


@dataclass(frozen=True)
class FixShown:
    """What a person did to a row: the words, who, and the texts that were read before."""

    correction: Correction
    label: Promise | str
    by: str
    before: Sequence[str]


@dataclass(frozen=True)
class RowShown:
    """A row of the preview, in words."""

    row: ImportRow
    badge: str
    action: Promise | str
    text: str
    language: str
    facts: str
    reason: str
    changes: Sequence[Change]
    warnings: Sequence[str]
    doubts: Sequence[str] = ()
    fixes: Sequence[FixShown] = ()
    kind: Promise | str = ""


def rows_shown(run: ImportRun, rows: Iterable[ImportRow]) -> list[RowShown]:
    """Return the rows of a page in words; names of tags and corrections cost a query each."""
    listed = list(rows)
    names, fixes = _tag_names(run, listed) | _institution_names(listed), _fixes(listed)
    return [_shown(row, names, fixes) for row in listed]


def _fixes(rows: Sequence[ImportRow]) -> dict[int, FixShown]:
    ids = {pk for row in rows for pk in row.fixes}
    if not ids:
        return {}
    language = get_language() or ""
    found = {}
    for one in Correction.objects.filter(pk__in=ids).select_related("made_by"):
        before = [str(record.get("text") or "") for record in one.before.get("records", ())]
        # Isolated: a name in another script must not pull the date beside it to its side.
        name = f"\u2068{one.made_by.name_in(language)}\u2069"
        found[one.pk] = FixShown(one, Fix(one.kind).label, name, before)
    return found


def _shown(row: ImportRow, tags: Mapping[tuple[str, str], str], fixes: Mapping[int, FixShown]) -> RowShown:
    badge, action = SHOWN[EXCLUDED if row.excluded else row.action]
    record = row.record
    text, language = str(record.get("text") or ""), str(record.get("language") or "")
    if not text and row.target is not None:
        # An answer names a recommendation and does not repeat its text.
        held = {one.language: one.text for one in row.target.texts.all()}
        language = language if language in held else next(iter(held), "")
        text = held.get(language, "")
    kind = str(record.get("kind") or "")
    return RowShown(
        row=row,
        badge=badge,
        action=action,
        text=text,
        language=language,
        doubts=[messages.doubt(code) for code in row.doubts],
        fixes=[fixes[pk] for pk in row.fixes if pk in fixes],
        kind=_VALUES.get(kind, "") if kind != Kind.RECOMMENDATION else "",
        facts=_facts(record),
        reason=messages.reason(row.reason, row.reason_params),
        changes=[
            _change(key, old, new, tags) for key, (old, new) in row.changes.items() if key != "withdrawn"
        ],
        warnings=[messages.warning(warning) for warning in row.warnings],
    )


def _facts(record: Mapping[str, Any]) -> str:
    """Return the States and the position of a record in one line; of a deadline, what is due and when."""
    deadline = record.get("deadline")
    if deadline:
        parts = [str(_VALUES.get(deadline["kind"], deadline["kind"])), due(deadline)]
        parts += [", ".join(deadline["items"])]
        return " · ".join(part for part in parts if part)
    names = [messages.state_name(code) for code in record.get("recommending_states", [])]
    names += record.get("recommending_states_unrecognised", [])
    position = record.get("position")
    parts = [", ".join(names), str(_VALUES.get(position, "")) if position else ""]
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class RecordShown:
    """A record of a spreadsheet as it would be read, in words."""

    row: int
    name: str
    texts: Sequence[tuple[str, str]]
    facts: Sequence[tuple[Promise | str, str]]
    warnings: Sequence[str]


def record_shown(record: Record) -> RecordShown:
    """Return a record in words: its place, its texts by language, what else was understood."""
    texts = [(record.language or "", record.text), *record.translations]
    return RecordShown(
        row=record.row or 0,
        name=name_of(record),
        texts=[(language, text) for language, text in texts if text],
        facts=[(messages.COLUMNS[name], value) for name, value in _understood(record) if value],
        warnings=[messages.warning(warning.as_json()) for warning in record.warnings],
    )


def _understood(record: Record) -> Iterable[tuple[str, str]]:
    names = [messages.state_name(code) for code in record.recommending_states]
    yield "body", record.mechanism or ""
    yield "kind", str(_VALUES[record.kind]) if record.kind != Kind.RECOMMENDATION else ""
    yield "states", ", ".join((*names, *record.recommending_states_unrecognised))
    yield "position", str(_VALUES[record.position]) if record.position else ""
    yield "heading", record.heading or ""
    yield "themes", " · ".join(record.themes)
    yield "persons", " · ".join(record.affected_persons)
    yield "sdgs", ", ".join(record.sdg_codes) or " · ".join(record.sdgs)
    yield "date", localise_date(record.document.date) if record.document.date else ""
    national = record.national
    if national is None:
        return
    register = institution_names((national.lead, *national.support))
    yield "status", str(Status(national.status).label) if national.status else ""
    yield "lead", register.get(national.lead, national.lead)
    yield "support", " · ".join(register.get(key, key) for key in national.support)
    yield "letter", national.letter
    for name, day in (
        ("status_on", national.status_on),
        ("deadline", national.deadline),
        ("letter_on", national.letter_on),
    ):
        yield name, localise_date(day) if day else ""
    yield "measures", national.measures


def institution_names(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of institutions by key, in the active language."""
    wanted = [key for key in keys if key]
    return {one.key: str(one) for one in Institution.objects.filter(key__in=wanted)} if wanted else {}


def due(deadline: Mapping[str, Any]) -> str:
    """Return when something is due: the date, or how long after adoption."""
    if deadline["due"]:
        return localise_date(date.fromisoformat(deadline["due"]))
    months = deadline["within_months"]
    if not months:
        return ""
    words = ngettext("within %(number)s month of adoption", "within %(number)s months of adoption", months)
    return words % {"number": localise_number(months)}


def _change(key: str, old: Any, new: Any, tags: Mapping[tuple[str, str], str]) -> Change:
    name, _dot, detail = key.partition(".")
    label = messages.field_name(key)
    if isinstance(new, list):
        named = name in ("tags", "national")
        wording = (lambda code: tags.get((detail, code), code)) if named else messages.state_name
        return Change(label, _list_segments(old, new, wording))
    before, after = (str(_VALUES.get(value, tags.get((detail, value), value))) for value in (old, new))
    return Change(label, worddiff.compare(before, after), language="" if name == "national" else detail)


def changes_in_words(row: ImportRow) -> list[str]:
    """Return each change of a row as one line, for CSV and JSON: codes stay codes there."""

    def one(value: Any) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    return [f"{key}: {one(old)} → {one(new)}" for key, (old, new) in row.changes.items()]


def _list_segments(old: Sequence[str], new: Sequence[str], wording: Any) -> list[Segment]:
    kept = [Segment("same", wording(item)) for item in old if item in new]
    gone = [Segment("removed", wording(item)) for item in old if item not in new]
    come = [Segment("added", wording(item)) for item in new if item not in old]
    joined: list[Segment] = []
    for segment in (*kept, *gone, *come):
        joined += [Segment("same", " · "), segment] if joined else [segment]
    return joined


def _institution_names(rows: Sequence[ImportRow]) -> dict[tuple[str, str], str]:
    """Return the names of the institutions that rows would assign, by field of the tracker and key."""
    keys = {
        (detail, key)
        for row in rows
        for detail, found in (
            ("lead", row.changes.get(LEAD, ["", ""])[1:]),
            ("support", row.changes.get(SUPPORT, [[], []])[1]),
        )
        for key in found
    }
    register = institution_names(key for _detail, key in keys)
    return {(detail, key): register.get(key, key) for detail, key in keys}


def _tag_names(run: ImportRun, rows: Sequence[ImportRow]) -> dict[tuple[str, str], str]:
    codes = {
        code
        for row in rows
        for key, pair in row.changes.items()
        if key.startswith("tags.")
        for values in pair
        for code in values
    }
    names: dict[tuple[str, str], str] = {}
    if codes:
        for tag in Tag.objects.filter(code__in=codes):
            names[tag.taxonomy, tag.code] = text_of(tag.names) or tag.code
    return names | {(tag["taxonomy"], tag["code"]): text_of(tag["names"]) for tag in run.new_tags}


def new_labels(run: ImportRun) -> list[tuple[str, Label]]:
    """Return the labels that the file adds to the vocabulary, with the name of their taxonomy."""
    return [(messages.field_name(f"tags.{tag['taxonomy']}"), tag["names"]) for tag in run.new_tags]
