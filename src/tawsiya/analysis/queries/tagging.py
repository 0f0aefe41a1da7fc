"""Read taxonomies, models, and what waits to be reviewed."""

from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import ModelVersion, Suggestion
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.models import Recommendation, RecommendationTag, Tag, TagRefusal, Vocabulary
from tawsiya.recommendations.queries import recommendations_for


def vocabularies_for(reader: Reader) -> QuerySet[Vocabulary]:
    """Return the taxonomies, for everyone with a role."""
    rows = Vocabulary.objects.order_by("sort_order", "code").select_related("replaces", "replaced_by")
    return rows.none() if reader.is_public else rows


def vocabulary_for(reader: Reader, code: str) -> Vocabulary:
    """Return one taxonomy.

    Raises:
        Http404: there is none, or the reader has no role.
    """
    row = vocabularies_for(reader).filter(code=code).first()
    if row is None:
        raise Http404
    return row


def counts_of(reader: Reader, vocabulary: Vocabulary) -> dict[int, dict[str, int]]:
    """Return by tag how many recommendations have it, and how many of those automatically."""
    rows = (
        RecommendationTag.objects.filter(
            tag__taxonomy=vocabulary.code, recommendation__in=recommendations_for(reader)
        )
        .order_by()
        .values("tag_id")
        .annotate(all=Count("pk"), automatic=Count("pk", filter=Q(origin=TagOrigin.AUTOMATIC)))
    )
    return {row["tag_id"]: {"all": row["all"], "automatic": row["automatic"]} for row in rows}


def tags_of(vocabulary: Vocabulary) -> QuerySet[Tag]:
    """Return the labels of a taxonomy in order."""
    return Tag.objects.filter(taxonomy=vocabulary.code).select_related("parent").order_by("sort_key", "code")


def tag_for(reader: Reader, vocabulary: Vocabulary, pk: int) -> Tag:
    """Return one label of a taxonomy.

    Raises:
        Http404: there is none.
    """
    row = tags_of(vocabulary).filter(pk=pk).first()
    if row is None or reader.is_public:
        raise Http404
    return row


def versions_of(vocabulary: Vocabulary | None) -> QuerySet[ModelVersion]:
    """Return the model's versions, the newest first."""
    return ModelVersion.objects.filter(vocabulary=vocabulary).select_related("trained_by").order_by("-number")


def newest_version(vocabulary: Vocabulary | None) -> ModelVersion | None:
    """Return the newest version; None where nothing was trained yet."""
    return versions_of(vocabulary).first()


def version_for(reader: Reader, pk: int) -> ModelVersion:
    """Return one version, with its taxonomy.

    Raises:
        Http404: there is none, or the reader may not know of it: of institutions only the delegation does.
    """
    rows = ModelVersion.objects.select_related("vocabulary", "trained_by").filter(pk=pk)
    if not reader.is_delegation:
        rows = rows.filter(vocabulary__isnull=False)
    row = None if reader.is_public else rows.first()
    if row is None:
        raise Http404
    return row


def untagged(vocabulary: Vocabulary) -> QuerySet[Recommendation]:
    """Return the recommendations for which neither a document nor a person said anything in a taxonomy."""
    said = RecommendationTag.objects.filter(
        recommendation=OuterRef("pk"), tag__taxonomy=vocabulary.code
    ).exclude(origin=TagOrigin.AUTOMATIC)
    return Recommendation.objects.filter(~Exists(said), withdrawn_at=None)


def waiting(reader: Reader, version: ModelVersion | None, mode: str = "sure") -> QuerySet[Any, Any]:
    """Return the recommendations whose suggestions wait for a person, annotated with their best `score`.

    Args:
        mode: `sure` the most certain first, `unsure` the least certain first, `automatic` those that a model
            tagged and no person confirmed.
    """
    if version is None or version.vocabulary is None:
        return Recommendation.objects.none()
    refused = TagRefusal.objects.filter(recommendation=OuterRef("recommendation"), tag=OuterRef("tag"))
    shown = Suggestion.objects.filter(~Exists(refused), version=version)
    automatic = RecommendationTag.objects.filter(
        recommendation=OuterRef("pk"), tag__taxonomy=version.vocabulary.code, origin=TagOrigin.AUTOMATIC
    )
    rows = untagged(version.vocabulary).filter(pk__in=recommendations_for(reader).values("pk"))
    rows = rows.filter(Exists(automatic) if mode == "automatic" else ~Exists(automatic))
    rows = rows.filter(Exists(shown.filter(recommendation=OuterRef("pk"))))
    best = (
        Suggestion.objects.filter(version=version, recommendation=OuterRef("pk"))
        .order_by()
        .values("recommendation")
    )
    rows = rows.annotate(score=best.annotate(best=Max("score")).values("best"))
    return rows.order_by("score" if mode == "unsure" else "-score", "pk")


def proposals(version: ModelVersion, item: Recommendation) -> list[Suggestion]:
    """Return what a version suggests for a recommendation, the most probable first; nothing refused."""
    refused = TagRefusal.objects.filter(recommendation=item).values("tag_id")
    rows = Suggestion.objects.filter(version=version, recommendation=item).exclude(tag_id__in=refused)
    return list(rows.select_related("tag").order_by("-score", "tag__sort_key"))
