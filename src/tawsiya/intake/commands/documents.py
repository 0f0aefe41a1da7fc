"""Register what the records of a file belong to: bodies, reviews, documents, editions, tags.

Runs inside the audited act of applying (`commands.apply`).
"""

from dataclasses import dataclass

from tawsiya.intake.models import ImportRun
from tawsiya.intake.planning import Plan, PlannedRow
from tawsiya.intake.readers.records import DocumentInfo, ReadResult
from tawsiya.intake.readers.sheets.rows import SPREADSHEET
from tawsiya.intake.readers.uhri.files import UHRI_EXPORT
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ReviewKind, TextStatus
from tawsiya.mechanisms.commands import (
    DocumentFacts,
    ReviewFacts,
    register_body,
    register_document,
    register_review,
)
from tawsiya.mechanisms.models import Body, Document, Edition, LanguageVersion
from tawsiya.mechanisms.reference import loaders
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import Tag


@dataclass(frozen=True)
class DocumentKind:
    """What a kind of file says of the document its records belong to.

    `edition` is what the file is an issue of; None where it only speaks about the document.
    """

    type: DocumentType
    review: ReviewKind
    edition: Edition.Kind | None


# By the reader's `DocumentInfo.type`.
KINDS: dict[str, DocumentKind] = {
    "upr_report": DocumentKind(DocumentType.UPR_REPORT, ReviewKind.UPR_REVIEW, Edition.Kind.FINAL),
    "upr_addendum": DocumentKind(DocumentType.UPR_ADDENDUM, ReviewKind.UPR_REVIEW, Edition.Kind.FINAL),
    "concluding_observations": DocumentKind(
        DocumentType.CONCLUDING_OBSERVATIONS, ReviewKind.TREATY_REVIEW, Edition.Kind.FINAL
    ),
    "visit_report": DocumentKind(DocumentType.VISIT_REPORT, ReviewKind.VISIT, Edition.Kind.FINAL),
    "upr_matrix": DocumentKind(DocumentType.UPR_REPORT, ReviewKind.UPR_REVIEW, Edition.Kind.COMPILATION),
    # What each of its records stands in, the record says itself.
    UHRI_EXPORT: DocumentKind(DocumentType.OTHER, ReviewKind.TREATY_REVIEW, Edition.Kind.COMPILATION),
}
_COMPILED = DocumentKind(DocumentType.OTHER, ReviewKind.TREATY_REVIEW, Edition.Kind.COMPILATION)
_OTHER = DocumentKind(DocumentType.OTHER, ReviewKind.TREATY_REVIEW, Edition.Kind.FINAL)


def kind_of(file_kind: str | None) -> DocumentKind:
    """Return what a kind of file is to the documents of its records."""
    return _COMPILED if file_kind == SPREADSHEET else KINDS.get(file_kind or "", _OTHER)


def tags_of(plan: Plan) -> dict[tuple[str, str], Tag]:
    """Return all tags the plan needs, the new ones created."""
    for (taxonomy, code), names in plan.new_tags.items():
        parent = None
        if taxonomy == Taxonomy.SDG_TARGET:
            parent = Tag.objects.filter(taxonomy=Taxonomy.SDG_GOAL, code=code.partition(".")[0]).first()
        register_tag(Taxonomy(taxonomy), code, dict(names), parent=parent)
    wanted = {code for row in plan.rows for codes in row.tags.values() for code in codes}
    # A person's tags stay in the lists of an update.
    wanted |= {
        code
        for row in plan.rows
        for key, pair in row.changes.items()
        if key.startswith("tags.")
        for code in pair[1]
    }
    return {(tag.taxonomy, tag.code): tag for tag in Tag.objects.filter(code__in=wanted)}


def documents_of(rows: list[PlannedRow], result: ReadResult) -> dict[str, Document]:
    """Return the documents of the rows by symbol, with body and review, created where they are new."""
    found: dict[str, Document] = {}
    for row in rows:
        incoming = row.incoming
        if incoming is None or incoming.identity.symbol in found:
            continue
        symbol = incoming.identity.symbol
        found[symbol] = document_of(symbol, incoming.body, incoming.language, _said_of(row, result))
    return found


@dataclass(frozen=True)
class Said:
    """What is said of a document, and whether title and date are the document's own."""

    kind: DocumentKind
    info: DocumentInfo
    own: bool


def said_by(result: ReadResult) -> Said:
    """Return what a file says of the one document that it is about."""
    kind = kind_of(result.document.type)
    # The title and date of another file are not the document's: those stay unknown.
    return Said(kind, result.document, own=kind.edition == Edition.Kind.FINAL)


def _said_of(row: PlannedRow, result: ReadResult) -> Said:
    """Return what is said of a row's document: by the file, or by the row where the file has many."""
    if result.document.type == SPREADSHEET:
        return _said_of_line(row)
    if result.document.type != UHRI_EXPORT:
        return said_by(result)
    kind, info = kind_of(UHRI_EXPORT), DocumentInfo.from_json(row.record["document"])
    review = ReviewKind.UPR_REVIEW if info.review.cycle else kind.review
    named = DocumentKind(DocumentType(info.type or DocumentType.OTHER), review, kind.edition)
    return Said(named, info, own=True)


def _said_of_line(row: PlannedRow) -> Said:
    """Return what a line of a spreadsheet says: the date, where a column was named so, and the symbol."""
    info = DocumentInfo.from_json(row.record["document"])
    upr = row.record["mechanism"] == "UPR"
    type_ = DocumentType.UPR_REPORT if upr else DocumentType.OTHER
    if symbols.parse(row.record["symbol"]).kind == symbols.Kind.CONCLUDING_OBSERVATIONS:
        type_ = DocumentType.CONCLUDING_OBSERVATIONS
    review = ReviewKind.UPR_REVIEW if upr else ReviewKind.TREATY_REVIEW
    return Said(DocumentKind(type_, review, Edition.Kind.COMPILATION), info, own=True)


def document_of(symbol: str, body_code: str, language: str, said: Said) -> Document:
    """Return the document of a symbol, registered as it is described where it is new."""
    known = Document.objects.filter(symbol=symbol).first()
    if known is not None:
        return known
    kind, info, about = said.kind, said.info, said.info.review
    body = body_of(body_code)
    review = None
    if about.cycle or info.adopted:
        facts = ReviewFacts(kind=kind.review, cycle=about.cycle, session=about.session, held_on=info.adopted)
        review = register_review(body=body, facts=facts)
    return register_document(
        facts=DocumentFacts(
            symbol=symbol,
            type=kind.type,
            titles={language: info.title} if said.own and info.title else {},
            published_on=info.date if said.own else None,
        ),
        body=body,
        review=review,
    )


def body_of(code: str) -> Body:
    """Return the body of a code, registered from the reference list where it is new."""
    known = Body.objects.filter(code=code).first()
    if known is not None:
        return known
    for row in loaders.mechanisms():
        if row.code == code:
            return register_body(
                code=code, mechanism=MechanismKind(row.kind), names=row.names, aliases=row.aliases
            )
    # A mandate on one country, which UHRI names: "SR Myanmar".
    special = code.startswith(("SR-", "IE-", "WG-"))
    mechanism = MechanismKind.SPECIAL_PROCEDURE if special else MechanismKind.REGIONAL
    return register_body(code=code, mechanism=mechanism, names={"en": code})


def register_versions(run: ImportRun, rows: list[PlannedRow], documents: dict[str, Document]) -> None:
    """Note for each document and language the file it was read from; a further file, a further edition."""
    kind = kind_of(run.file_kind).edition
    if kind is None:
        return
    pairs = {
        (row.incoming.identity.symbol, row.incoming.language)
        for row in rows
        if row.incoming and row.incoming.language
    }
    for symbol, language in sorted(pairs):
        document = documents[symbol]
        versions = LanguageVersion.objects.filter(edition__document=document, language=language)
        if versions.filter(sha256=run.sha256).exists():
            continue
        edition = Edition.objects.filter(document=document, kind=kind).order_by("-number").first()
        if edition is None or versions.filter(edition=edition).exists():
            number = Edition.objects.filter(document=document).count() + 1
            edition = Edition.objects.create(document=document, number=number, kind=kind)
        LanguageVersion.objects.create(
            edition=edition,
            language=language,
            status=TextStatus.OFFICIAL,
            file_name=run.file_name,
            sha256=run.sha256,
        )
