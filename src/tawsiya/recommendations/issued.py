"""Write recommendations as issued: the rows that an import or the sample State brings in.

Runs inside the audited act of its caller (`audit.change`).
"""

from collections.abc import Sequence
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
    parent = None
    if issued.subparagraph:
        # A paragraph may worry first and ask then, each with parts of its own.
        paragraphs = list(
            Recommendation.objects.filter(
                document=document, paragraph=issued.paragraph, subparagraph=""
            ).order_by("ordinal")
        )
        alike = [paragraph for paragraph in paragraphs if paragraph.kind == issued.kind]
        parent = next(iter([*alike, *paragraphs]), None)
    item = Recommendation.objects.create(
        document=document,
        kind=issued.kind,
        paragraph=issued.paragraph,
        subparagraph=issued.subparagraph,
        ordinal=issued.ordinal,
        sort_key=sort_key(issued.paragraph, issued.subparagraph, issued.ordinal),
        parent=parent,
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
    RecommendationText.objects.bulk_create(
        RecommendationText(recommendation=item, language=code, text=text, status=issued.text_status)
        for code, text in issued.texts.items()
    )
    write_states(item, issued.recommending_states, issued.states_as_written)
    RecommendationTag.objects.bulk_create(
        RecommendationTag(recommendation=item, tag=tag, origin=TagOrigin.IMPORT) for tag in issued.tags
    )
    return item


def write_states(item: Recommendation, codes: Sequence[str], as_written: Sequence[str]) -> None:
    """Write the recommending States in order, recognised ones first."""
    RecommendingState.objects.filter(recommendation=item).delete()
    RecommendingState.objects.bulk_create(
        [
            RecommendingState(recommendation=item, order=order, state=code)
            for order, code in enumerate(codes, start=1)
        ]
        + [
            RecommendingState(recommendation=item, order=order, as_written=text[:120])
            for order, text in enumerate(as_written, start=len(codes) + 1)
        ]
    )


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
