"""One annotation of UHRI, whatever it came in: a record of the export, of the interface, of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from tawsiya.intake.readers import language as languages
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Record, Review
from tawsiya.intake.readers.uhri import fields, wording
from tawsiya.mechanisms import symbols

READER_VERSION = 1
"""Raised with every change that derives other values: what is stored is then derived again."""

LANGUAGES = ("en", "fr", "ar", "es", "ru", "zh")
"""Languages of the live interface; the first that a record has is its own, the others are versions."""

Raw = Mapping[str, Any]
_MAX_ID = 80
_MAX_SYMBOL = 120


class Annotation(NamedTuple):
    """The derived record; empty where the file says nothing. ``states``: ISO3 of the States concerned.

    ``translations`` are (language, text) of the further languages, ``unrecognised`` the names of
    recommending States that no State has, ``filled`` how rich the record is: the higher of two
    records of one annotation is kept.
    """

    external_id: str
    symbol: str
    body: str
    states: tuple[str, ...]
    states_as_written: tuple[str, ...]
    kind: str
    paragraph: str
    subparagraph: str
    heading: str
    text: str
    language: str
    translations: tuple[tuple[str, str], ...]
    document_type: str
    published_on: date | None
    themes: tuple[str, ...]
    persons: tuple[str, ...]
    sdgs: tuple[str, ...]
    sdg_labels: tuple[str, ...]
    cycle: int | None
    session: int | None
    position: str
    recommending_states: tuple[str, ...]
    unrecognised: tuple[str, ...]
    filled: int


class Symbol(NamedTuple):
    """What a symbol says of a record: its canonical text, the body and State it names, its kind."""

    text: str
    body: str | None
    state: str | None
    kind: symbols.Kind


def is_annotation(raw: object) -> bool:
    """Whether a JSON value is a record of the export or of the live interface."""
    return isinstance(raw, dict) and (
        {"AnnotationId", "Text"} <= raw.keys() or {"annotationId", "symbol"} <= raw.keys()
    )


def derive(raw: Raw, default_language: str | None = None) -> Annotation:
    """Derive a record. Total: whatever the values are, an annotation comes out, poor at worst."""
    return _from_export(raw, default_language) if "AnnotationId" in raw else _from_interface(raw)


def _from_export(raw: Raw, default_language: str | None) -> Annotation:
    get = raw.get
    symbol = symbol_of(_text(get("Symbol")))
    listed = fields.values(get("Countries"))
    found, other = fields.countries(listed)
    body = fields.body(_text(get("Body"))) or symbol.body or ""
    text = wording.clean(_text(get("Text")))
    paragraph, part, heading, words = wording.split_number(text)
    in_session = fields.session(fields.values(get("UprSession")))
    recommending, unknown = fields.countries(fields.values(get("UprRecommendingCountry")))
    if body == "UPR":
        words, bracketed = wording.split_states(words)
        recommending = recommending or bracketed
    labels = fields.values(get("Sdgs"))
    themes, persons = fields.values(get("Themes")), fields.values(get("AffectedPersons"))
    cycle = get("UprCycle")
    position = fields.position(fields.values(get("UprPositions"))) or ""
    states = found or ((symbol.state,) if symbol.state and not other else ())
    published = fields.day(get("PublicationDate"))
    filled = sum(
        map(bool, (symbol.text, body, states, published, themes, persons, labels, recommending, position))
    )
    return Annotation(
        _text(get("AnnotationId")).strip()[:_MAX_ID],
        symbol.text,
        body,
        states,
        other,
        fields.kind(_text(get("AnnotationType"))),
        paragraph or "",
        part or "",
        heading or "",
        words,
        language_of(text, default_language),
        (),
        document_type(symbol.kind, body),
        published,
        themes,
        persons,
        fields.sdg_codes(labels),
        labels,
        fields.cycle(_label(cycle), in_session) if cycle is not None or in_session else None,
        in_session,
        position,
        recommending,
        unknown,
        min(32_000, filled * 1_000 + min(999, len(themes) + len(persons) + len(labels) + len(words) // 50)),
    )


def _from_interface(raw: Raw) -> Annotation:
    """As an export's record: identifiers where that has labels, a text per language."""
    texts = [(code, _text(raw.get(code))) for code in LANGUAGES]
    texts = [(code, text) for code, text in texts if text.strip()]
    body = fields.identifier("bodies", raw.get("bodyId"))
    like = {
        "AnnotationId": raw.get("annotationId"),
        "AnnotationType": raw.get("annotationType"),
        "Body": body or raw.get("body"),
        "Symbol": raw.get("symbol"),
        "Text": texts[0][1] if texts else raw.get("text"),
        "PublicationDate": raw.get("publicationDate"),
        "Countries": raw.get("countryIds"),
        "Themes": raw.get("themes"),
        "AffectedPersons": raw.get("affectedPersons"),
        "Sdgs": raw.get("sdgsIds") or raw.get("sdgLabels"),
        "UprCycle": raw.get("uprCycle"),
        "UprPositions": raw.get("uprPositionIds"),
        "UprRecommendingCountry": raw.get("uprRecommendingCountryIds"),
        "UprSession": raw.get("uprSessionIds"),
    }
    made = _from_export(like, texts[0][0] if texts else None)
    others = []
    for code, text in texts[1:]:
        words = wording.split_number(wording.clean(text)).text
        others.append((code, wording.split_states(words)[0] if made.body == "UPR" else words))
    own = texts[0][0] if texts else made.language
    labels = tuple(label for label in made.sdg_labels if not fields.is_identifier(label))
    return made._replace(language=own, translations=tuple(others), sdg_labels=labels)


def states_of(raw: Raw) -> tuple[str, ...]:
    """The States a record concerns (ISO3), as `derive` gives them."""
    found, other = fields.countries(fields.values(raw.get("Countries") or raw.get("countryIds")))
    state = symbol_of(_text(raw.get("Symbol") or raw.get("symbol"))).state
    return found or ((state,) if state and not other else ())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _label(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)[:100] if isinstance(value, (str, int)) else ""


@lru_cache(maxsize=20_000)
def symbol_of(text: str) -> Symbol:
    """Parse a symbol as the export writes it; what is no symbol stays as written."""
    parsed = symbols.parse(text[:_MAX_SYMBOL])
    return Symbol(parsed.text[:_MAX_SYMBOL], parsed.body, parsed.state, parsed.kind)


@lru_cache(maxsize=1_000)
def document_type(kind: symbols.Kind, body: str) -> str:
    """What the document is, by the body that annotated it and the form of its symbol."""
    if body == "UPR":
        return "upr_addendum" if kind == symbols.Kind.HRC_REPORT_ADDENDUM else "upr_report"
    if body.startswith(("SR-", "IE-", "WG-")):
        return "visit_report"
    return "concluding_observations" if kind == symbols.Kind.CONCLUDING_OBSERVATIONS else "other"


def language_of(text: str, default: str | None) -> str:
    """The language of a text; the file's own where a short text does not tell."""
    if " the " in text:
        return "en"
    return languages.detect(text) or default or ""


def to_record(made: Annotation, row: int) -> Record:
    """The annotation as the record that imports take; ``row`` is its place in the file, from 1."""
    state = made.states[0] if len(made.states) == 1 else None
    return Record(
        kind=made.kind,
        mechanism=made.body or None,
        symbol=made.symbol or None,
        document=DocumentInfo(
            date=made.published_on,
            review=Review(cycle=made.cycle, session=made.session, state=state),
            type=made.document_type,
        ),
        paragraph=made.paragraph or None,
        subparagraph=made.subparagraph or None,
        heading=made.heading or None,
        text=made.text,
        language=made.language or None,
        recommending_states=made.recommending_states,
        recommending_states_unrecognised=made.unrecognised,
        position=made.position or None,
        external_id=made.external_id or None,
        themes=made.themes,
        affected_persons=made.persons,
        sdgs=made.sdg_labels,
        sdg_codes=made.sdgs,
        warnings=tuple(_warnings(made)),
        row=row,
        concerns=made.states,
        translations=made.translations,
    )


def _warnings(made: Annotation) -> list[ReaderWarning]:
    found = []
    if not made.paragraph:
        found.append(ReaderWarning("no_number"))
    found += [ReaderWarning("state_unrecognised", {"name": name}) for name in made.unrecognised]
    if not made.states and made.states_as_written:
        found.append(ReaderWarning("state_unrecognised", {"name": made.states_as_written[0]}))
    return found
