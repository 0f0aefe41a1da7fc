"""A record of a reader as the database would hold it, or the reason why it cannot enter. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tawsiya.intake.known import Identity, Known
from tawsiya.intake.readers.records import ReaderWarning, ReadResult, Record
from tawsiya.intake.readers.uhri.files import UHRI_EXPORT
from tawsiya.intake.vocabulary import fold
from tawsiya.mechanisms import symbols
from tawsiya.recommendations.choices import Kind, Position, Taxonomy

# Lengths of the columns: longer than this is no paragraph number, no symbol.
MAX_PARAGRAPH = 20
MAX_SYMBOL = 80
MAX_SOURCE = 200

UNNUMBERED = "–"
"""Stands for the number of a paragraph that has none; the record is then known by its identifier."""


@dataclass(frozen=True)
class Refusal:
    """Why a record cannot enter: a code of `messages.REASONS` with its parameters."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """A record ready to be compared. Empty values say nothing; they never erase what is there."""

    identity: Identity
    body: str
    kind: str
    language: str
    text: str
    heading: str
    states: tuple[str, ...]
    as_written: tuple[str, ...]
    position: str
    source_of_position: str
    addressee: str
    comment: str
    external_id: str
    follow_up_due_on: str
    themes: tuple[str, ...]
    persons: tuple[str, ...]
    sdgs: tuple[str, ...]
    sdg_codes: tuple[str, ...]
    translations: tuple[tuple[str, str], ...] = ()
    place: str = ""

    def labels(self) -> dict[str, tuple[str, ...]]:
        """Return the labels as written of the taxonomies that are matched by label."""
        return {Taxonomy.THEME.value: self.themes, Taxonomy.PERSONS.value: self.persons}


@dataclass(frozen=True)
class Entry:
    """A record of the file in its place: ready, refused, or a repetition of an earlier one."""

    record: Record
    name: str
    incoming: Incoming | None = None
    refusal: Refusal | None = None
    repeats: str = ""
    warnings: tuple[ReaderWarning, ...] = ()


def entries_of(result: ReadResult, *, state: str, known: Known) -> list[Entry]:
    """Return the records of a file in order, each ready or refused.

    A recommendation that the file repeats with the same words (under several themes) is one:
    its labels are joined to the first.

    Args:
        state: the State that the person who imports names, ISO 3166 alpha-3.
    """
    refused = refusal_of_file(result, state, known)
    entries: list[Entry] = []
    places: dict[tuple[str, str, str, str], int] = {}
    ordinals = _Ordinals(known)
    for record in result.records:
        refusal = refused or _refusal(record, known)
        if refusal is not None:
            entries.append(Entry(record, name_of(record), refusal=refusal))
            continue
        symbol = symbols.parse(record.symbol or "").text
        paragraph = (symbol, record.paragraph or UNNUMBERED, record.subparagraph or "")
        words = (*paragraph, fold(record.text))
        if words in places:
            first = entries[places[words]]
            entries[places[words]] = replace(first, incoming=_joined(first.incoming, record))
            entries.append(Entry(record, _name_by_words(record), repeats=first.name))
            continue
        identity = ordinals.identity(paragraph, record)
        places[words] = len(entries)
        entries.append(Entry(record, identity.name, _incoming(record, identity), warnings=record.warnings))
    return entries


def of_this_state(result: ReadResult, known: Known) -> ReadResult:
    """Return a file about many States with the records about this one: others are no rows of an import."""
    if result.document.type != UHRI_EXPORT or result.document.review.state is not None:
        return result
    return replace(result, records=tuple(r for r in result.records if known.state in r.concerns))


class _Ordinals:
    """Gives each record of a paragraph its place, the same one in every later file."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._last: dict[tuple[str, str, str], int] = {}

    def identity(self, paragraph: tuple[str, str, str], record: Record) -> Identity:
        """Return the identity of a record; one known by its identifier keeps the one it has."""
        if record.external_id and (item := self._known.by_external.get(record.external_id)):
            return item.identity
        ordinal = self._last.get(paragraph, 0) + 1
        while record.external_id and self._belongs_to_another(Identity(*paragraph, ordinal=ordinal), record):
            ordinal += 1
        self._last[paragraph] = ordinal
        return Identity(*paragraph, ordinal=ordinal)

    def _belongs_to_another(self, identity: Identity, record: Record) -> bool:
        """Whether a recommendation of that place is another annotation of the paragraph."""
        item = self._known.items.get(identity)
        return item is not None and (bool(item.external_id) or item.kind != record.kind)


def name_of(record: Record) -> str:
    """The usual name of a record that has what a name needs, else a name by its words."""
    if not record.symbol or not record.paragraph:
        return _name_by_words(record)
    part = (record.subparagraph or "")[:MAX_PARAGRAPH]
    return Identity(record.symbol[:MAX_SYMBOL], record.paragraph[:MAX_PARAGRAPH], part, record.ordinal).name


def _name_by_words(record: Record) -> str:
    """A name that the same row also has in the next issue of the file, wherever it stands there."""
    words = hashlib.sha256(fold(record.text).encode()).hexdigest()[:8]
    symbol, paragraph = (record.symbol or "—")[:MAX_SYMBOL], (record.paragraph or "—")[:MAX_PARAGRAPH]
    return f"{symbol} § {paragraph} [{words}]"


def refusal_of_file(result: ReadResult, state: str, known: Known) -> Refusal | None:
    """Why nothing of the file can enter: it is about another State than this instance."""
    if not known.state:
        return Refusal("no_instance")
    if state != known.state:
        return Refusal("state_not_served", {"state": state, "instance": known.state})
    about = result.document.review.state
    if about and about != known.state:
        return Refusal("other_state", {"state": about, "instance": known.state})
    return None


def _refusal(record: Record, known: Known) -> Refusal | None:
    missing = _missing(record)
    if missing is not None and not _names_known(record, known):
        return missing
    symbol = symbols.parse(record.symbol or "")
    if not symbol.valid or len(symbol.text) > MAX_SYMBOL:
        return Refusal("symbol_not_understood", {"symbol": (record.symbol or "")[:MAX_SYMBOL]})
    if symbol.state and symbol.state != known.state:
        return Refusal("other_state", {"state": symbol.state, "instance": known.state})
    if len(record.paragraph or "") > MAX_PARAGRAPH or len(record.subparagraph or "") > MAX_PARAGRAPH:
        return Refusal("paragraph_not_understood", {"paragraph": (record.paragraph or "")[:60]})
    document = known.documents.get(symbol.text)
    body = document.body if document is not None else symbol.body
    if body and record.mechanism and body != record.mechanism:
        return Refusal("other_body", {"symbol": symbol.text, "body": body, "file": record.mechanism or ""})
    if record.kind not in Kind.values or (record.position or "") not in ("", *Position.values):
        value = f"{record.kind} {record.position or ''}".strip()
        return Refusal("value_not_understood", {"value": value[:60]})
    return None


def _names_known(record: Record, known: Known) -> bool:
    """Whether a row of a tracker, without text, names a recommendation that is here."""
    if record.national is None or record.text.strip() or not (record.symbol and record.paragraph):
        return False
    symbol = symbols.parse(record.symbol).text
    identity = Identity(symbol, record.paragraph, record.subparagraph or "", record.ordinal)
    return identity in known.items


def _missing(record: Record) -> Refusal | None:
    if not record.symbol:
        return Refusal("no_symbol")
    if not (record.paragraph or record.external_id):
        return Refusal("no_paragraph")
    if not record.text.strip():
        return Refusal("no_text")
    if not record.language:
        return Refusal("no_language")
    if not record.mechanism:
        return Refusal("no_mechanism")
    return None


def _incoming(record: Record, identity: Identity) -> Incoming:
    return Incoming(
        identity=identity,
        body=record.mechanism or "",
        kind=record.kind,
        language=record.language or "",
        text=record.text.strip(),
        heading=(record.heading or "").strip(),
        states=record.recommending_states,
        as_written=tuple(name[:120] for name in record.recommending_states_unrecognised),
        position=record.position or "",
        source_of_position=(record.source_of_position or "")[:MAX_SOURCE],
        addressee=(record.addressee or "")[:MAX_SOURCE],
        comment=(record.comment or "").strip(),
        external_id=(record.external_id or "")[:80],
        follow_up_due_on=record.follow_up.isoformat() if record.follow_up else "",
        themes=record.themes,
        persons=record.affected_persons,
        sdgs=record.sdgs,
        sdg_codes=record.sdg_codes,
        translations=record.translations,
        place=f"{symbols.parse(record.symbol or '').text} § {record.paragraph}" if record.paragraph else "",
    )


def _joined(first: Incoming | None, again: Record) -> Incoming | None:
    """Return the first with the labels that only the repetition carries."""
    if first is None:
        return None

    def both(mine: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*mine, *other)))

    return replace(
        first,
        themes=both(first.themes, again.themes),
        persons=both(first.persons, again.affected_persons),
        sdgs=both(first.sdgs, again.sdgs),
        sdg_codes=both(first.sdg_codes, again.sdg_codes),
    )
