"""Write recommendations as issued: the rows that an import or the sample State brings in.

Runs inside the audited act of its caller (`audit.change`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tawsiya.core.labels import Label
from tawsiya.mechanisms.choices import TextStatus
from tawsiya.mechanisms.models import Document
from tawsiya.mechanisms.paragraphs import paragraph_key
from tawsiya.recommendations.choices import Kind, NationalGrade, TagOrigin, Taxonomy
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
    Tag,
)

BATCH = 500


@dataclass(frozen=True)
class Issued:
    """A recommendation as its document gives it. `subparagraph` is a path: `a.i`."""

    paragraph: str
    subparagraph: str = ""
    ordinal: int = 1
    kind: Kind = Kind.RECOMMENDATION
    headings: Label = field(default_factory=dict)
    texts: Label = field(default_factory=dict)
    text_status: TextStatus = TextStatus.OFFICIAL
    recommending_states: Sequence[str] = ()
    states_as_written: Sequence[str] = ()
    position: str = ""
    national_grade: NationalGrade | None = None
    source_of_position: str = ""
    addressee: str = ""
    comment: str = ""
    external_id: str = ""
    follow_up_due_on: date | None = None
    is_follow_up_priority: bool = False
    tags: Sequence[Tag] = ()


def sort_key(paragraph: str, subparagraph: str, ordinal: int) -> str:
    """Return the key that sorts rows of a document as the document does, as text."""
    label = paragraph + "".join(f"({step})" for step in subparagraph.split(".") if step)
    return f"{paragraph_key(label)}#{ordinal:02d}"


def create_issued(document: Document, issued: Issued) -> Recommendation:
    """Create one recommendation with its texts, States and tags; a part finds its paragraph."""
    return create_many([(document, issued)])[0]


def create_many(rows: Sequence[tuple[Document, Issued]]) -> list[Recommendation]:
    """Create recommendations in a few statements, paragraphs before their lettered parts.

    Returns:
        The recommendations in the order of `rows`.
    """
    made: dict[int, Recommendation] = {}
    for parts in (False, True):
        places = [
            place for place, (_document, issued) in enumerate(rows) if bool(issued.subparagraph) == parts
        ]
        parents = _paragraphs([rows[place] for place in places]) if parts else {}
        items = [_item(*rows[place], parents) for place in places]
        Recommendation.objects.bulk_create(items, batch_size=BATCH)
        made.update(zip(places, items, strict=True))
    created = [made[place] for place in range(len(rows))]
    _write_details(created, [issued for _document, issued in rows])
    return created


def _paragraphs(parts: Sequence[tuple[Document, Issued]]) -> dict[tuple[int, str, str], Recommendation]:
    """Return the paragraphs that lettered parts belong to, by document, number and kind.

    A paragraph may worry first and ask then, each with parts of its own; under the kind "" stands the
    first, for parts of a kind that no paragraph has.
    """
    documents = {document.pk for document, _issued in parts}
    numbers = {issued.paragraph for _document, issued in parts}
    found: dict[tuple[int, str, str], Recommendation] = {}
    for item in Recommendation.objects.filter(
        document__in=documents, paragraph__in=numbers, subparagraph=""
    ).order_by("sort_key", "pk"):
        for kind in (item.kind, ""):
            found.setdefault((item.document_id, item.paragraph, kind), item)
    return found


def _item(
    document: Document, issued: Issued, parents: Mapping[tuple[int, str, str], Recommendation]
) -> Recommendation:
    paragraph = (document.pk, issued.paragraph)
    return Recommendation(
        document=document,
        kind=issued.kind,
        paragraph=issued.paragraph,
        subparagraph=issued.subparagraph,
        ordinal=issued.ordinal,
        sort_key=sort_key(issued.paragraph, issued.subparagraph, issued.ordinal),
        parent=parents.get((*paragraph, issued.kind)) or parents.get((*paragraph, "")),
        headings=issued.headings,
        position=issued.position,
        national_grade=issued.national_grade or "",
        source_of_position=issued.source_of_position,
        addressee=issued.addressee,
        comment=issued.comment,
        external_id=issued.external_id,
        is_follow_up_priority=issued.is_follow_up_priority,
        follow_up_due_on=issued.follow_up_due_on,
    )


def _write_details(items: Sequence[Recommendation], rows: Sequence[Issued]) -> None:
    RecommendationText.objects.bulk_create(
        (
            RecommendationText(recommendation=item, language=code, text=text, status=issued.text_status)
            for item, issued in zip(items, rows, strict=True)
            for code, text in issued.texts.items()
        ),
        batch_size=BATCH,
    )
    RecommendingState.objects.bulk_create(
        (
            state
            for item, issued in zip(items, rows, strict=True)
            for state in states_of(item, issued.recommending_states, issued.states_as_written)
        ),
        batch_size=BATCH,
    )
    RecommendationTag.objects.bulk_create(
        (
            RecommendationTag(recommendation=item, tag=tag, origin=TagOrigin.IMPORT)
            for item, issued in zip(items, rows, strict=True)
            for tag in issued.tags
        ),
        batch_size=BATCH,
    )


def states_of(
    item: Recommendation, codes: Sequence[str], as_written: Sequence[str]
) -> list[RecommendingState]:
    """Return the recommending States as rows in order, recognised ones first; not written yet."""
    return [
        RecommendingState(recommendation=item, order=order, state=code)
        for order, code in enumerate(codes, start=1)
    ] + [
        RecommendingState(recommendation=item, order=order, as_written=text[:120])
        for order, text in enumerate(as_written, start=len(codes) + 1)
    ]


def register_tag(
    taxonomy: Taxonomy,
    code: str,
    names: Label,
    *,
    aliases: Sequence[str] = (),
    parent: Tag | None = None,
    sort_key: str = "",
) -> Tag:
    """Return the tag of a code, created where it is new."""
    tag, _created = Tag.objects.get_or_create(
        taxonomy=taxonomy,
        code=code,
        defaults={
            "names": names,
            "aliases": list(aliases),
            "parent": parent,
            "sort_key": sort_key or code,
        },
    )
    return tag
