"""What models learn from: the recommendations that are tagged or assigned already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tawsiya.recommendations.choices import AccessLevel, TagOrigin
from tawsiya.recommendations.models import Access, RecommendationTag, RecommendationText, Vocabulary

# Fewer labelled recommendations teach nothing that could be measured.
FEWEST = 20
_DOCUMENTS = 5


@dataclass
class Examples:
    """Texts with their labels: codes of tags, or keys of institutions. One row per text and language.

    groups: texts of a group are held back together: a document, or where these are few a recommendation.
    items: the recommendation of each row.
    """

    texts: list[str] = field(default_factory=list)
    labels: list[list[str]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    items: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many recommendations there are."""
        return len(set(self.items))

    @property
    def enough(self) -> bool:
        """Whether there is something to learn: enough recommendations, and labels that differ."""
        kinds = {tuple(sorted(given)) for given in self.labels}
        return self.count >= FEWEST and len(kinds) > 1


def examples_of(vocabulary: Vocabulary | None) -> Examples:
    """Return what is tagged by the UN or by people in a taxonomy; without one, what lead institutions have.

    What a model applied is left out: a model does not learn from itself.
    """
    given: dict[int, set[str]] = defaultdict(set)
    pairs: Iterable[tuple[int, str]]
    if vocabulary is None:
        leads = Access.objects.filter(level=AccessLevel.LEAD, recommendation__withdrawn_at=None)
        pairs = leads.values_list("recommendation_id", "institution__key")
    else:
        links = RecommendationTag.objects.filter(
            tag__taxonomy=vocabulary.code, tag__is_retired=False, recommendation__withdrawn_at=None
        ).exclude(origin=TagOrigin.AUTOMATIC)
        pairs = links.values_list("recommendation_id", "tag__code")
    for pk, label in pairs:
        given[pk].add(label)
    rows = list(
        RecommendationText.objects.filter(recommendation__in=given)
        .order_by("recommendation__document_id", "recommendation__sort_key", "recommendation_id", "language")
        .values_list("recommendation_id", "recommendation__document_id", "text")
    )
    by_document = len({document for _pk, document, _text in rows}) >= _DOCUMENTS
    found = Examples()
    for pk, document, text in rows:
        found.texts.append(text)
        found.labels.append(sorted(given[pk]))
        found.groups.append(str(document if by_document else pk))
        found.items.append(pk)
    return found
