"""The public API: the same snapshots as the pages, read only, open to everyone."""

from typing import Any

from django.urls import reverse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from tawsiya.portal.filters import SnapshotFilter
from tawsiya.portal.models import PublishedFile, PublishedItem
from tawsiya.portal.opening import absolute, public_data
from tawsiya.portal.published import as_open_data, item_of
from tawsiya.portal.queries import as_public, current_snapshots, files_of

# A label by language: {"ar": …, "fr": …, "en": …}.
LabelSerializer = serializers.DictField


class NamedSerializer(serializers.Serializer[Any]):
    """A code with its names by language; the code is empty for a State written otherwise."""

    code = serializers.CharField(allow_blank=True)
    names = LabelSerializer(child=serializers.CharField())


class TextSerializer(serializers.Serializer[Any]):
    """A text in one language; `status` is `official` or `unofficial`."""

    language = serializers.CharField()
    text = serializers.CharField()
    status = serializers.CharField()


class ReviewSerializer(serializers.Serializer[Any]):
    """Cycle, session and year of a review, as far as known."""

    cycle = serializers.IntegerField(allow_null=True, required=False)
    session = serializers.IntegerField(allow_null=True, required=False)
    year = serializers.IntegerField(allow_null=True, required=False)


class JustificationSerializer(serializers.Serializer[Any]):
    """Why a status was given, in the language it was written in."""

    text = serializers.CharField()
    language = serializers.CharField()


class StatusSerializer(serializers.Serializer[Any]):
    """The published status of implementation."""

    code = serializers.CharField()
    decided_on = serializers.DateField()
    justification = JustificationSerializer(allow_null=True)


class ContributionSerializer(serializers.Serializer[Any]):
    """The published parts of what an institution reported."""

    institution = LabelSerializer(child=serializers.CharField())
    language = serializers.CharField()
    date = serializers.DateField()
    parts = serializers.DictField(child=serializers.CharField())


class EvidenceSerializer(serializers.Serializer[Any]):
    """A file to download."""

    title = serializers.CharField()
    url = serializers.URLField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class ReferenceSerializer(serializers.Serializer[Any]):
    """A link or a law that proves what was done."""

    kind = serializers.CharField()
    title = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    dated = serializers.DateField(allow_null=True)
    url = serializers.CharField(allow_blank=True)


class IndicatorValueSerializer(serializers.Serializer[Any]):
    """A total of a period; `value` is null where `state` is not `known`, and `missing` says why."""

    period = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    state = serializers.CharField()
    missing = serializers.CharField(allow_blank=True)
    quality = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field of that name


class IndicatorSerializer(serializers.Serializer[Any]):
    """An indicator that follows a recommendation by itself, with its totals."""

    code = serializers.CharField()
    names = LabelSerializer(child=serializers.CharField())
    kind = serializers.CharField()
    units = LabelSerializer(child=serializers.CharField())
    sdg = serializers.ListField(child=serializers.CharField())
    institution = LabelSerializer(child=serializers.CharField())
    goals = serializers.ListField(child=serializers.DictField())
    breaks = serializers.ListField(child=serializers.DictField())
    values = IndicatorValueSerializer(many=True)


class PublishedSerializer(serializers.Serializer[Any]):
    """A published recommendation: what `portal.published.as_open_data` gives."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    url = serializers.URLField()
    symbol = serializers.CharField()
    paragraph = serializers.CharField()
    is_part = serializers.BooleanField()
    document_date = serializers.DateField(allow_null=True)
    body = NamedSerializer()
    mechanism = serializers.CharField()
    review = ReviewSerializer()
    headings = LabelSerializer(child=serializers.CharField())
    lead_in = TextSerializer(many=True)
    texts = TextSerializer(many=True)
    position = serializers.CharField(allow_blank=True)
    recommending_states = NamedSerializer(many=True)
    themes = NamedSerializer(many=True)
    persons = NamedSerializer(many=True)
    sdgs = NamedSerializer(many=True)
    status = StatusSerializer(allow_null=True)
    lead_institution = LabelSerializer(child=serializers.CharField(), allow_null=True)
    deadline = serializers.DateField(allow_null=True)
    contributions = ContributionSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    references = ReferenceSerializer(many=True)
    indicators = IndicatorSerializer(many=True)


class PublicRecommendationViewSet(GenericViewSet[PublishedItem]):
    """Published recommendations. Every query runs with the rights of the portal's role."""

    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = PublishedSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = SnapshotFilter
    queryset = PublishedItem.objects.none()

    @extend_schema(responses=PublishedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return the published recommendations that the filters keep."""
        with as_public():
            rows = self.paginate_queryset(self.filter_queryset(current_snapshots())) or []
            files = _files(rows)
            items = [_open_data(row, files.get(row.pk, [])) for row in rows]
        return self.get_paginated_response(PublishedSerializer(items, many=True).data)

    @extend_schema(responses=PublishedSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        """Return one published recommendation."""
        with as_public():
            snapshot = current_snapshots().filter(recommendation_id=pk).first()
            if snapshot is None:
                raise NotFound
            item = _open_data(snapshot, files_of(snapshot))
        return Response(PublishedSerializer(item).data)


def _files(rows: list[PublishedItem]) -> dict[int, list[PublishedFile]]:
    found: dict[int, list[PublishedFile]] = {}
    for file in PublishedFile.objects.filter(snapshot_row__in=[row.pk for row in rows]).order_by("pk"):
        found.setdefault(file.snapshot_row_id, []).append(file)
    return found


def _open_data(snapshot: PublishedItem, files: list[PublishedFile]) -> dict[str, Any]:
    item = item_of(snapshot, files)
    data = as_open_data(item, absolute(reverse("portal:detail", args=[item.id])))
    for row in data["evidence"]:
        row["url"] = absolute(row["url"])
    return data


recommendations = public_data(PublicRecommendationViewSet.as_view({"get": "list"}))
recommendation = public_data(PublicRecommendationViewSet.as_view({"get": "retrieve"}))
