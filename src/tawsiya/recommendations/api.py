"""The API of recommendations: the same rows, filters and sight as the pages. Signed-in readers only."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.viewsets import ReadOnlyModelViewSet

from tawsiya.accounts.api import SignedIn
from tawsiya.accounts.reader import Reader
from tawsiya.recommendations.filters import RecommendationFilter
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import as_issued, recommendations_for, with_parts
from tawsiya.recommendations.reading import states_named
from tawsiya.recommendations.visibility import sight_of


def reader_of(request: Request) -> Reader:
    """Return who asks."""
    reader: Reader = request._request.reader  # type: ignore[attr-defined]  # set by ReaderMiddleware
    return reader


class _Pages(LimitOffsetPagination):
    max_limit = 500


class _Body(serializers.Serializer[Any]):
    code = serializers.CharField()
    mechanism = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())


class _Review(serializers.Serializer[Any]):
    kind = serializers.CharField()
    cycle = serializers.IntegerField(allow_null=True)
    session = serializers.IntegerField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)


class _Document(serializers.Serializer[Any]):
    symbol = serializers.CharField()
    type = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    body = _Body()
    review = _Review(allow_null=True)


class _Text(serializers.Serializer[Any]):
    language = serializers.CharField()
    text = serializers.CharField()
    status = serializers.CharField(help_text="official or unofficial")


class _State(serializers.Serializer[Any]):
    code = serializers.CharField(
        allow_blank=True, help_text="ISO 3166 alpha-3; empty where the State was not recognised"
    )
    name = serializers.CharField()


class _Tag(serializers.Serializer[Any]):
    taxonomy = serializers.CharField(source="tag.taxonomy")
    code = serializers.CharField(source="tag.code")
    names = serializers.DictField(child=serializers.CharField(), source="tag.names")
    origin = serializers.CharField(help_text="import or person")


class _Institution(serializers.Serializer[Any]):
    key = serializers.CharField(source="institution.key")
    names = serializers.DictField(child=serializers.CharField(), source="institution.names")
    level = serializers.CharField(help_text="lead or support")


class PartSerializer(serializers.Serializer[Recommendation]):
    """A paragraph or a lettered part. What depends on follow-up is left out for whoever may not see it."""

    id = serializers.IntegerField()
    part_of = serializers.IntegerField(source="parent_id", allow_null=True)
    document = _Document()
    cited_as = serializers.CharField(source="label", help_text="the paragraph as people cite it")
    paragraph = serializers.CharField()
    subparagraph = serializers.CharField(allow_blank=True, help_text="a path: a.i")
    ordinal = serializers.IntegerField()
    kind = serializers.CharField()
    headings = serializers.DictField(child=serializers.CharField())
    texts = _Text(many=True)
    recommending_states = serializers.SerializerMethodField()
    position = serializers.CharField(allow_blank=True)
    national_grade = serializers.CharField(allow_blank=True)
    source_of_position = serializers.CharField(allow_blank=True)
    addressee = serializers.CharField(allow_blank=True)
    follow_up_priority = serializers.BooleanField(source="is_follow_up_priority")
    follow_up_due_on = serializers.DateField(allow_null=True)
    tags = _Tag(many=True, source="tag_links")
    external_id = serializers.CharField(allow_blank=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    status = serializers.CharField(allow_blank=True, required=False, help_text="only for those who see it")
    institutions = _Institution(
        many=True,
        source="access_seen",
        required=False,
        help_text="only those that the reader may know of",
    )

    @extend_schema_field(_State(many=True))
    def get_recommending_states(self, item: Recommendation) -> list[dict[str, str]]:
        """Return the States with their names in the asked language."""
        return [{"code": state.code, "name": state.name} for state in states_named(item)]

    def to_representation(self, instance: Recommendation) -> Any:
        """Leave out what the reader may not see (DOMAIN §9)."""
        shown = super().to_representation(instance)
        sight = sight_of(reader_of(self.context["request"]))
        if not sight.status:
            shown.pop("status")
        if not sight.lead:
            shown.pop("institutions")
        return shown


class RecommendationSerializer(PartSerializer):
    """A recommendation with its lettered parts."""

    parts = PartSerializer(many=True)


class _FilterBackend(DjangoFilterBackend):
    """Hands the reader to the filters."""

    def get_filterset_kwargs(self, request: Request, queryset: Any, view: Any) -> dict[str, Any]:
        """Return the arguments of the filter set."""
        return {**super().get_filterset_kwargs(request, queryset, view), "reader": reader_of(request)}


@extend_schema(tags=["recommendations"])
class RecommendationViewSet(ReadOnlyModelViewSet[Recommendation]):
    """Recommendations as issued, each with its lettered parts; a part can be asked for by its id."""

    permission_classes = [SignedIn]
    serializer_class = RecommendationSerializer
    pagination_class = _Pages
    filter_backends = [_FilterBackend]
    filterset_class = RecommendationFilter
    queryset = Recommendation.objects.none()  # for the schema; readers get theirs below

    def get_queryset(self) -> QuerySet[Recommendation]:
        """Return what the reader may see."""
        reader = reader_of(self.request)
        rows = as_issued(reader) if self.action == "list" else recommendations_for(reader)
        return with_parts(rows, reader)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter lists only: one recommendation is there or not."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset
