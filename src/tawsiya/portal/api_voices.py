"""The public API of what others say, apart from the recommendations with the State's status."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from tawsiya.portal.models import PublishedVoice
from tawsiya.portal.opening import public_data
from tawsiya.portal.queries import as_public, voices_of_published
from tawsiya.portal.voices import KINDS, as_open_data, voices_of

_LARGEST = 2**63 - 1


class VoiceSerializer(serializers.Serializer[Any]):
    """What somebody other than the State says: what `portal.voices.as_open_data` gives."""

    kind = serializers.ChoiceField(KINDS)
    recommendation = serializers.IntegerField()
    url = serializers.URLField()
    symbol = serializers.CharField()
    paragraph = serializers.CharField()
    speaker = serializers.DictField(
        child=serializers.CharField(), help_text="a body or an author; {} of a question of parliament"
    )
    deputy = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    limb = serializers.CharField(allow_blank=True)
    assessment = serializers.CharField(
        allow_blank=True, help_text="a grade of the body, or a status as the author sees it"
    )
    assessment_names = serializers.DictField(child=serializers.CharField())
    scale = serializers.ListField(child=serializers.CharField())
    date = serializers.DateField()
    document = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()


class PublicVoiceViewSet(GenericViewSet[PublishedVoice]):
    """What others say of published recommendations. Every query runs with the rights of the portal's role."""

    permission_classes = [AllowAny]
    authentication_classes = []
    serializer_class = VoiceSerializer
    queryset = PublishedVoice.objects.none()

    @extend_schema(
        responses=VoiceSerializer(many=True),
        parameters=[
            OpenApiParameter("kind", OpenApiTypes.STR, enum=KINDS),
            OpenApiParameter("recommendation", OpenApiTypes.INT),
        ],
    )
    def list(self, request: Request) -> Response:
        """Return what others say, the newest first."""
        with as_public():
            rows = voices_of_published()
            if kind := request.query_params.get("kind", ""):
                rows = rows.filter(kind=kind[:20])
            if asked := request.query_params.get("recommendation", ""):
                pk = int(asked) if asked.isdecimal() and len(asked) < 20 else 0
                rows = rows.filter(recommendation_id=pk) if pk <= _LARGEST else rows.none()
            found = voices_of(self.paginate_queryset(rows) or [])
            items = [as_open_data(voice) for voice in found]
        return self.get_paginated_response(VoiceSerializer(items, many=True).data)


voices = public_data(PublicVoiceViewSet.as_view({"get": "list"}))
