"""The sample State's documents and recommendations, as issued."""

from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.labels import Label
from tawsiya.mechanisms.choices import DocumentType, ObligationKind, ReviewKind
from tawsiya.mechanisms.commands import (
    DocumentFacts,
    ReviewFacts,
    register_document,
    register_language_version,
    register_obligation,
    register_review,
    register_treaty,
)
from tawsiya.mechanisms.models import Body, Document
from tawsiya.mechanisms.reference import loaders
from tawsiya.recommendations.choices import Kind, NationalGrade, Taxonomy
from tawsiya.recommendations.issued import Issued, create_issued, register_tag
from tawsiya.recommendations.models import Recommendation, Tag
from tawsiya.recommendations.setup import register_reference_bodies, register_sdgs
from tawsiya.recommendations.vocabularies import register_known_vocabularies
from tawsiya.sample.data import Row, day, moment, read

Items = dict[tuple[str, str, str], Recommendation]

# Fictional years of accession.
PARTY_SINCE = {"ICERD": 1972, "ICCPR": 1981, "ICESCR": 1981, "CEDAW": 1994, "CRC": 1990, "CAT": 1996}


def load_vocabularies() -> dict[str, Body]:
    """Create bodies, treaties, themes, groups of persons and SDG tags; return the bodies by code."""
    with audit.change("instance.created", by=audit.SYSTEM):
        bodies = register_reference_bodies()
        for treaty in loaders.treaties():
            register_treaty(
                code=treaty.code,
                names=treaty.names,
                body=bodies.get(treaty.body),
                party_since=PARTY_SINCE.get(treaty.code),
            )
        register_known_vocabularies()
        taxonomies = read("taxonomies")
        for row in taxonomies["themes"]:
            register_tag(Taxonomy.THEME, row["slug"], row["names"])
        for row in taxonomies["affected_persons"]:
            register_tag(Taxonomy.PERSONS, row["slug"], row["names"])
        for number, row in enumerate(taxonomies["axes"], start=1):
            register_tag(Taxonomy.AXIS, row["code"], row["names"], sort_key=f"{number:02d}")
        register_sdgs()
    return bodies


def load_documents(bodies: dict[str, Body]) -> dict[str, Document]:
    """Create reviews, documents, their language versions; return the documents by symbol."""
    documents = {}
    for row in read("documents"):
        with (
            clock.at(moment(row["date"])),
            audit.change("document.registered", by=audit.SYSTEM) as event,
        ):
            document = _document(row, bodies)
            event.subject = document
            documents[row["symbol"]] = document
    return documents


def _document(row: Row, bodies: dict[str, Body]) -> Document:
    body = _body(row["body"], bodies)
    review = row["review"]
    document = register_document(
        facts=DocumentFacts(
            symbol=row["symbol"],
            type=DocumentType(row["type"]),
            titles=row["titles"],
            published_on=day(row["date"]),
            authentic_language=row["authentic_language"],
        ),
        body=body,
        review=register_review(
            body=body,
            facts=ReviewFacts(
                kind=ReviewKind(review["kind"]),
                cycle=review["cycle"],
                session=review["session"] if body.code == "UPR" else None,
                held_on=day(review["date"]),
            ),
        ),
    )
    for language in ("en", "fr", "ar"):
        register_language_version(document=document, language=language)
    return document


def _body(code: str, bodies: dict[str, Body]) -> Body:
    if code in bodies:
        return bodies[code]
    mechanism = loaders.recognise_mechanism(code)
    assert mechanism is not None, code
    return bodies[mechanism.code]


def load_recommendations(documents: dict[str, Document]) -> Items:
    """Create the recommendations of both files; return them by (symbol, paragraph, sub-paragraph)."""
    tags = {(tag.taxonomy, tag.code): tag for tag in Tag.objects.all()}
    items: Items = {}
    seen: dict[tuple[str, str, str], int] = {}
    rows = [*read("upr"), *read("bodies")]
    for symbol, document in documents.items():
        mine = [row for row in rows if row["document"] == symbol]
        if not mine:
            continue
        date = (document.published_on or moment("2020-01-01").date()).isoformat()
        with clock.at(moment(date)):
            for row in sorted(mine, key=lambda row: row["subparagraph"] or ""):
                key = (symbol, row["paragraph"], row["subparagraph"] or "")
                seen[key] = seen.get(key, 0) + 1
                item = _recommendation(document, row, seen[key], tags)
                if row["kind"] == "recommendation" or key not in items:
                    items[key] = item
    return items


def _recommendation(
    document: Document, row: Row, ordinal: int, tags: dict[tuple[str, str], Tag]
) -> Recommendation:
    follow_up = row["follow_up"] or {}
    with audit.change("recommendation.imported", by=audit.SYSTEM) as event:
        item = create_issued(
            document,
            Issued(
                paragraph=row["paragraph"],
                subparagraph=row["subparagraph"] or "",
                ordinal=ordinal,
                kind=Kind(row["kind"]),
                headings=_label(row["heading"]),
                texts=row["texts"],
                recommending_states=row["recommending_states"],
                position=row["position"] or "",
                national_grade=NationalGrade(row["national_grade"]) if row["national_grade"] else None,
                source_of_position=f"{document.symbol}/Add.1" if row["position"] else "",
                # As a document does, name an addressee only where it is not the State.
                addressee="" if row["addressee"] == "State" else row["addressee"] or "",
                is_follow_up_priority=bool(follow_up),
                follow_up_due_on=day(follow_up.get("deadline")),
                tags=[*_tags(row, tags)],
            ),
        )
        if follow_up.get("deadline"):
            register_obligation(
                body=document.body,
                kind=ObligationKind.FOLLOW_UP,
                due_on=day(follow_up["deadline"]),
                source=document,
            )
        event.subject, event.item_id = item, item.pk
        event.after = {"file": document.symbol}
    return item


def _label(value: Label | None) -> Label:
    return {code: text for code, text in (value or {}).items() if text}


def _tags(row: Row, tags: dict[tuple[str, str], Tag]) -> list[Tag]:
    keys = [(Taxonomy.THEME.value, slug) for slug in row["themes"]]
    keys += [(Taxonomy.PERSONS.value, slug) for slug in row["affected_persons"]]
    keys += [(Taxonomy.AXIS.value, code) for code in _axes_of(row["themes"])]
    for code in row["sdgs"]:
        target = "." in code
        keys.append(((Taxonomy.SDG_TARGET if target else Taxonomy.SDG_GOAL).value, code))
    return [tags[key] for key in dict.fromkeys(keys)]


def _axes_of(themes: list[str]) -> list[str]:
    """Return the axis of the first theme: each recommendation stands under one."""
    axis_of = {theme: axis["code"] for axis in read("taxonomies")["axes"] for theme in axis["themes"]}
    return [axis_of[theme] for theme in themes[:1]]
