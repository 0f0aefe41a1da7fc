"""Write the UN side: bodies, treaties, reviews, documents, obligations.

`register_*` functions return the row that is there or create it; they run inside the audited
act of their caller (`audit.change`), since a body or a document never enters alone: a set-up or
an import brings it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tawsiya.core.labels import Label
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ObligationKind, ReviewKind, TextStatus
from tawsiya.mechanisms.models import (
    Body,
    Document,
    Edition,
    LanguageVersion,
    Obligation,
    Review,
    Treaty,
)


def register_body(*, code: str, mechanism: MechanismKind, names: Label, aliases: Sequence[str] = ()) -> Body:
    """Return the body of a code, created where it is new."""
    body, _created = Body.objects.get_or_create(
        code=code, defaults={"mechanism": mechanism, "names": names, "aliases": list(aliases)}
    )
    return body


def register_treaty(*, code: str, names: Label, body: Body | None, party_since: int | None) -> Treaty:
    """Return the treaty of a code, created where it is new."""
    treaty, _created = Treaty.objects.get_or_create(
        code=code, defaults={"names": names, "body": body, "party_since": party_since}
    )
    return treaty


@dataclass(frozen=True)
class ReviewFacts:
    """What is known of a review; `session` is a Working Group session for the UPR."""

    kind: ReviewKind
    cycle: int | None = None
    session: int | None = None
    year: int | None = None
    held_on: date | None = None


def register_review(*, body: Body, facts: ReviewFacts) -> Review:
    """Return the body's review that the facts describe, created where it is new.

    A UPR review is known by its cycle, another by its date or year.
    """
    year = facts.year or (facts.held_on.year if facts.held_on else None)
    known = Review.objects.filter(body=body, kind=facts.kind)
    known = known.filter(cycle=facts.cycle) if facts.cycle else known.filter(year=year)
    review = known.first()
    if review is not None:
        return review
    return Review.objects.create(
        body=body, kind=facts.kind, cycle=facts.cycle, session=facts.session, year=year, held_on=facts.held_on
    )


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document; an empty title or date is missing, not invented."""

    symbol: str
    type: DocumentType
    titles: Label = field(default_factory=dict)
    published_on: date | None = None
    authentic_language: str = ""


def register_document(*, facts: DocumentFacts, body: Body, review: Review | None) -> Document:
    """Return the document of a symbol, created with its parsed parts where it is new."""
    parsed = symbols.parse(facts.symbol)
    document, _created = Document.objects.get_or_create(
        symbol=parsed.text,
        defaults={
            "symbol_parts": asdict(parsed),
            "type": facts.type,
            "body": body,
            "review": review,
            "titles": facts.titles,
            "published_on": facts.published_on,
            "authentic_language": facts.authentic_language,
        },
    )
    return document


def register_language_version(
    *,
    document: Document,
    language: str,
    kind: Edition.Kind = Edition.Kind.FINAL,
    status: TextStatus = TextStatus.OFFICIAL,
    file_name: str = "",
    sha256: str = "",
) -> LanguageVersion:
    """Return the language version of a document's edition of a kind, created where it is new."""
    edition = Edition.objects.filter(document=document, kind=kind).first()
    if edition is None:
        number = Edition.objects.filter(document=document).count() + 1
        edition = Edition.objects.create(
            document=document, number=number, kind=kind, issued_on=document.published_on
        )
    version, _created = LanguageVersion.objects.get_or_create(
        edition=edition,
        language=language,
        defaults={"status": status, "file_name": file_name[:200], "sha256": sha256},
    )
    return version


def register_obligation(
    *, body: Body, kind: ObligationKind, due_on: date | None, source: Document | None
) -> Obligation:
    """Return the obligation that a document creates, created where it is new."""
    obligation, _created = Obligation.objects.get_or_create(
        body=body, kind=kind, source=source, defaults={"due_on": due_on}
    )
    return obligation


@dataclass(frozen=True)
class ObligationFacts:
    """What a document says that the State owes; see `Obligation`."""

    kind: ObligationKind
    due_on: date | None = None
    within_months: int | None = None
    paragraph: str = ""
    items: Sequence[str] = ()
    note: str = ""


def create_obligation(*, body: Body, source: Document, facts: ObligationFacts) -> Obligation:
    """Create the obligation that a paragraph of a document states."""
    return Obligation.objects.create(
        body=body,
        source=source,
        kind=facts.kind,
        due_on=facts.due_on,
        within_months=facts.within_months,
        paragraph=facts.paragraph,
        items=list(facts.items),
        note=facts.note,
    )


_CHANGEABLE = ("due_on", "within_months", "paragraph", "items", "note")


def change_obligation(pk: int, values: Mapping[str, Any]) -> Obligation:
    """Write new values of an obligation: dates as ISO text, "" for none. Returns it as it is now."""
    obligation = Obligation.objects.get(pk=pk)
    given = {name: values[name] for name in _CHANGEABLE if name in values}
    for name, value in given.items():
        empty = None if name in ("due_on", "within_months") else value
        value = date.fromisoformat(value) if name == "due_on" and value else value
        setattr(obligation, name, value or empty)
    obligation.save(update_fields=list(given))
    return obligation
