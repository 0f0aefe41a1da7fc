"""Write a plan: bodies, reviews, documents, tags, then each recommendation with an event of its own.

Runs inside the audited act of applying (`commands.apply`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tawsiya.accounts.reader import Acting
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.intake.incoming import Incoming
from tawsiya.intake.models import ImportRun
from tawsiya.intake.planning import Changes, Plan, PlannedRow
from tawsiya.intake.readers.records import ReadResult
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
from tawsiya.recommendations.choices import Kind, TagOrigin, Taxonomy
from tawsiya.recommendations.issued import Issued, create_issued, register_tag, write_states
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    Tag,
)


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
    "upr_addendum": DocumentKind(DocumentType.UPR_REPORT, ReviewKind.UPR_REVIEW, None),
    "concluding_observations": DocumentKind(
        DocumentType.CONCLUDING_OBSERVATIONS, ReviewKind.TREATY_REVIEW, Edition.Kind.FINAL
    ),
    "visit_report": DocumentKind(DocumentType.VISIT_REPORT, ReviewKind.VISIT, Edition.Kind.FINAL),
    "upr_matrix": DocumentKind(DocumentType.UPR_REPORT, ReviewKind.UPR_REVIEW, Edition.Kind.COMPILATION),
}
_OTHER = DocumentKind(DocumentType.OTHER, ReviewKind.TREATY_REVIEW, Edition.Kind.FINAL)


def write_plan(run: ImportRun, plan: Plan, result: ReadResult, actor: Acting) -> dict[int, int]:
    """Write every row that writes; return by the row's order the id of the recommendation created."""
    tags = _tags(plan)
    writing = [(order, row) for order, row in enumerate(plan.rows, start=1) if row.writes]
    documents = _documents([row for _order, row in writing], result)
    _language_versions(run, [row for _order, row in writing], documents)
    created: dict[int, int] = {}
    # A paragraph before its lettered parts: a part looks for its paragraph.
    for order, row in sorted(writing, key=lambda pair: (_depth(pair[1]), pair[0])):
        if row.item is None and row.incoming is not None:
            document = documents[row.incoming.identity.symbol]
            chosen = [tags[taxonomy, code] for taxonomy, codes in row.tags.items() for code in codes]
            created[order] = _create(run, row.incoming, document, chosen, actor)
        elif row.item is not None and row.incoming is not None:
            _update(run, row.item.pk, row.incoming, row.changes, tags, actor)
        elif row.item is not None:
            _withdraw(run, row.item.pk, actor)
    return created


def _depth(row: PlannedRow) -> int:
    path = row.incoming.identity.subparagraph if row.incoming else ""
    return len([step for step in path.split(".") if step])


def _tags(plan: Plan) -> dict[tuple[str, str], Tag]:
    """Return all tags the plan needs, the new ones created."""
    for (taxonomy, code), names in plan.new_tags.items():
        parent = None
        if taxonomy == Taxonomy.SDG_TARGET:
            parent = Tag.objects.filter(taxonomy=Taxonomy.SDG_GOAL, code=code.partition(".")[0]).first()
        register_tag(Taxonomy(taxonomy), code, dict(names), parent=parent)
    wanted = {code for row in plan.rows for codes in row.tags.values() for code in codes}
    return {(tag.taxonomy, tag.code): tag for tag in Tag.objects.filter(code__in=wanted)}


def _documents(rows: list[PlannedRow], result: ReadResult) -> dict[str, Document]:
    """Return the documents of the rows by symbol, with body and review, created where they are new."""
    kind = KINDS.get(result.document.type or "", _OTHER)
    found: dict[str, Document] = {}
    for row in rows:
        incoming = row.incoming
        if incoming is None or incoming.identity.symbol in found:
            continue
        symbol = incoming.identity.symbol
        document = Document.objects.filter(symbol=symbol).first()
        if document is None:
            body = _body(incoming.body)
            info, about = result.document, result.document.review
            review = None
            if about.cycle or info.adopted:
                facts = ReviewFacts(
                    kind=kind.review, cycle=about.cycle, session=about.session, held_on=info.adopted
                )
                review = register_review(body=body, facts=facts)
            # The title and date of another file are not the document's: those stay unknown.
            own = kind.edition == Edition.Kind.FINAL
            document = register_document(
                facts=DocumentFacts(
                    symbol=symbol,
                    type=kind.type,
                    titles={incoming.language: info.title} if own and info.title else {},
                    published_on=info.date if own else None,
                ),
                body=body,
                review=review,
            )
        found[symbol] = document
    return found


def _body(code: str) -> Body:
    known = Body.objects.filter(code=code).first()
    if known is not None:
        return known
    for row in loaders.mechanisms():
        if row.code == code:
            return register_body(
                code=code, mechanism=MechanismKind(row.kind), names=row.names, aliases=row.aliases
            )
    return register_body(code=code, mechanism=MechanismKind.REGIONAL, names={"en": code})


def _language_versions(run: ImportRun, rows: list[PlannedRow], documents: dict[str, Document]) -> None:
    """Note for each document and language the file it was read from; a further file, a further edition."""
    kind = KINDS.get(run.file_kind, _OTHER).edition
    if kind is None:
        return
    pairs = {(row.incoming.identity.symbol, row.incoming.language) for row in rows if row.incoming}
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


def _create(run: ImportRun, incoming: Incoming, document: Document, tags: list[Tag], actor: Acting) -> int:
    with audit.change("recommendation.imported", by=actor) as event:
        item = create_issued(document, _issued(incoming, tags))
        event.subject, event.item_id = item, item.pk
        event.after = {"file": run.file_name, "import": run.pk}
    return item.pk


def _issued(incoming: Incoming, tags: list[Tag]) -> Issued:
    due = date.fromisoformat(incoming.follow_up_due_on) if incoming.follow_up_due_on else None
    return Issued(
        paragraph=incoming.identity.paragraph,
        subparagraph=incoming.identity.subparagraph,
        ordinal=incoming.identity.ordinal,
        kind=Kind(incoming.kind),
        headings={incoming.language: incoming.heading} if incoming.heading else {},
        texts={incoming.language: incoming.text},
        recommending_states=incoming.states,
        states_as_written=incoming.as_written,
        position=incoming.position,
        source_of_position=incoming.source_of_position,
        addressee=incoming.addressee,
        comment=incoming.comment,
        external_id=incoming.external_id,
        follow_up_due_on=due,
        is_follow_up_priority=due is not None,
        tags=tags,
    )


def _update(
    run: ImportRun,
    item_id: int,
    incoming: Incoming,
    changes: Changes,
    tags: dict[tuple[str, str], Tag],
    actor: Acting,
) -> None:
    with audit.change("recommendation.updated", by=actor, item_id=item_id) as event:
        item = Recommendation.objects.select_related("document").get(pk=item_id)
        for key, (_old, new) in changes.items():
            name, _dot, detail = key.partition(".")
            if name == "text":
                _write_text(item, detail, new)
            elif name == "tags":
                _write_tags(item, detail, set(new), tags)
            elif name == "recommending_states":
                write_states(item, incoming.states, incoming.as_written)
            else:
                _set(item, name, detail, new)
        item.version += 1
        item.save()
        event.subject = item
        event.before = {key: old for key, (old, _new) in changes.items()}
        event.after = {key: new for key, (_old, new) in changes.items()} | {
            "file": run.file_name,
            "import": run.pk,
        }


def _set(item: Recommendation, name: str, detail: str, value: Any) -> None:
    setters: dict[str, Callable[[], None]] = {
        "heading": lambda: item.headings.update({detail: value}),
        "withdrawn": lambda: setattr(item, "withdrawn_at", clock.now() if value else None),
        "follow_up_due_on": lambda: _set_follow_up(item, value),
    }
    setters.get(name, lambda: setattr(item, name, value))()


def _set_follow_up(item: Recommendation, value: str) -> None:
    item.is_follow_up_priority, item.follow_up_due_on = True, date.fromisoformat(value)


def _write_text(item: Recommendation, language: str, text: str) -> None:
    RecommendationText.objects.update_or_create(
        recommendation=item, language=language, defaults={"text": text, "status": TextStatus.OFFICIAL}
    )


def _write_tags(
    item: Recommendation, taxonomy: str, wanted: set[str], tags: dict[tuple[str, str], Tag]
) -> None:
    """Make the imported tags of a taxonomy what the file says; a person's tags are not touched."""
    links = RecommendationTag.objects.filter(recommendation=item, tag__taxonomy=taxonomy)
    present = set(links.values_list("tag__code", flat=True))
    links.filter(origin=TagOrigin.IMPORT).exclude(tag__code__in=wanted).delete()
    RecommendationTag.objects.bulk_create(
        RecommendationTag(recommendation=item, tag=tags[taxonomy, code], origin=TagOrigin.IMPORT)
        for code in sorted(wanted - present)
    )


def _withdraw(run: ImportRun, item_id: int, actor: Acting) -> None:
    with audit.change("recommendation.withdrawn", by=actor, item_id=item_id) as event:
        item = Recommendation.objects.select_related("document").get(pk=item_id)
        item.withdrawn_at = clock.now()
        item.version += 1
        item.save(update_fields=["withdrawn_at", "version"])
        event.subject = item
        event.before, event.after = {"withdrawn": False}, {"withdrawn": True, "file": run.file_name}
