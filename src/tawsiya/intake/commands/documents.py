"""Register what the records of a file belong to: bodies, reviews, documents, editions, tags.

Runs inside the audited act of applying (`commands.apply`).
"""

from dataclasses import dataclass, replace

from tawsiya.intake.models import ImportRun
from tawsiya.intake.planning import Plan, PlannedRow
from tawsiya.intake.readers.records import DocumentInfo, ReadResult
from tawsiya.intake.readers.sheets.rows import SPREADSHEET
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
        found[symbol] = document_of(symbol, incoming.body, incoming.language, _about(row, result))
    return found


def _about(row: PlannedRow, result: ReadResult) -> ReadResult:
    """A file of many documents says of each, in its row, what a person named a column for: the date."""
    if result.document.type != SPREADSHEET:
        return result
    return replace(result, document=DocumentInfo.from_json(row.record["document"]))


def _kind_by_symbol(symbol: str, body: str) -> DocumentType:
    """What a document is by its symbol, or by the body where the symbol leaves it open."""
    if symbols.parse(symbol).kind == symbols.Kind.CONCLUDING_OBSERVATIONS:
        return DocumentType.CONCLUDING_OBSERVATIONS
    return DocumentType.UPR_REPORT if body == "UPR" else DocumentType.OTHER


def document_of(symbol: str, body_code: str, language: str, result: ReadResult) -> Document:
    """Return the document of a symbol, registered as the file describes it where it is new."""
    known = Document.objects.filter(symbol=symbol).first()
    if known is not None:
        return known
    kind, info, about = kind_of(result.document.type), result.document, result.document.review
    body = body_of(body_code)
    review = None
    if about.cycle or info.adopted:
        facts = ReviewFacts(kind=kind.review, cycle=about.cycle, session=about.session, held_on=info.adopted)
        review = register_review(body=body, facts=facts)
    # The title and date of another file are not the document's: those stay unknown.
    own = kind.edition == Edition.Kind.FINAL
    named = info.type == SPREADSHEET
    return register_document(
        facts=DocumentFacts(
            symbol=symbol,
            type=_kind_by_symbol(symbol, body_code) if named else kind.type,
            titles={language: info.title} if own and info.title else {},
            published_on=info.date if own or named else None,
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
    return register_body(code=code, mechanism=MechanismKind.REGIONAL, names={"en": code})


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
