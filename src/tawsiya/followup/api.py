"""The API of what others say: UN grades, submissions, questions of parliament. Signed-in readers only.

The same rows and sight as the pages, each kind at an address of its own with the scale that it is said on:
never mixed with each other, nor with the State's own status, which the API of recommendations tells.
"""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from tawsiya.accounts.api import SignedIn
from tawsiya.followup.models import Grade, ParliamentQuestion, Submission
from tawsiya.followup.voices import grade_names, grades_for, questions_for, submissions_for
from tawsiya.recommendations.api import reader_of
from tawsiya.recommendations.choices import Status, scale_for

_LARGEST = 2**63 - 1


class _Pages(LimitOffsetPagination):
    max_limit = 500


class _Item(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    symbol = serializers.CharField(source="document.symbol")
    cited_as = serializers.CharField(source="label", help_text="the paragraph as people cite it")


class _Named(serializers.Serializer[Any]):
    code = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())


class _Author(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.CharField(help_text="nhri or civil_society")
    names = serializers.DictField(child=serializers.CharField())


class GradeSerializer(serializers.Serializer[Grade]):
    """What a UN body said of the State's follow-up, on the body's own scale of that day."""

    id = serializers.IntegerField()
    recommendation = _Item()
    body = _Named(source="recommendation.document.body")
    limb = serializers.CharField(allow_blank=True, help_text="the part of the paragraph that it is about")
    grade = serializers.CharField()
    scale = serializers.SerializerMethodField(help_text="the grades of the body on that day; [] if not known")
    symbol = serializers.CharField(help_text="of the document that gives the grade")
    assessed_on = serializers.DateField()
    reasons = serializers.CharField(allow_blank=True)
    language = serializers.CharField()

    @extend_schema_field(_Named(many=True))
    def get_scale(self, row: Grade) -> list[dict[str, Any]]:
        """Return the grades that the body could give on that day."""
        names = grade_names(row.recommendation.document.body.code, row.assessed_on)
        return [{"code": code, "names": label} for code, label in names.items()]


class SubmissionSerializer(serializers.Serializer[Submission]):
    """What the national human rights institution or an organisation says; its assessment is its own."""

    id = serializers.IntegerField()
    recommendation = _Item()
    author = _Author(source="institution")
    state = serializers.CharField(help_text="submitted, accepted, refused, taken_back or withdrawn")
    own_assessment = serializers.CharField(source="status", allow_blank=True)
    scale = serializers.SerializerMethodField(help_text="the assessments it could choose from")
    text = serializers.CharField()
    language = serializers.CharField()
    link = serializers.CharField(allow_blank=True)
    written_at = serializers.DateTimeField()
    ground = serializers.CharField(allow_blank=True, help_text="of a refusal: insult or personal_data")
    reason = serializers.CharField(allow_blank=True)

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Status.choices)))
    def get_scale(self, row: Submission) -> list[str]:
        """Return the statuses that fit the recommendation."""
        return [str(code) for code in scale_for(row.recommendation.position)]


class QuestionSerializer(serializers.Serializer[ParliamentQuestion]):
    """A question of parliament to the government, with its answer where it has one."""

    id = serializers.IntegerField()
    recommendations = serializers.SerializerMethodField()
    number = serializers.CharField()
    asked_on = serializers.DateField()
    deputy = serializers.CharField()
    group = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    language = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_on = serializers.DateField(allow_null=True)

    @extend_schema_field(_Item(many=True))
    def get_recommendations(self, row: ParliamentQuestion) -> Any:
        """Return the recommendations that it is about."""
        return _Item([link.recommendation for link in row.items.all()], many=True).data


class _Voices(ReadOnlyModelViewSet[Any]):
    """One kind of voice. `item_field`: how a row leads to its recommendation."""

    permission_classes = [SignedIn]
    pagination_class = _Pages
    item_field = "recommendation_id"

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what is said of the recommendation that `?recommendation=` names, none where it is strange."""
        asked = self.request.query_params.get("recommendation", "")
        if self.action != "list" or not asked:
            return queryset
        pk = int(asked) if asked.isdecimal() and len(asked) < 20 else 0
        return queryset.filter(**{self.item_field: pk}).distinct() if pk <= _LARGEST else queryset.none()


def _described(view: type) -> type:
    """Tell the description of the API of the filter that the lists share."""
    asked = OpenApiParameter("recommendation", OpenApiTypes.INT, description="the id of a recommendation")
    return extend_schema(tags=["voices"], parameters=[asked])(view)


@_described
class GradeViewSet(_Voices):
    """UN follow-up grades, the newest first; those taken back are left out."""

    serializer_class = GradeSerializer
    queryset = Grade.objects.none()  # for the schema; readers get theirs below

    def get_queryset(self) -> QuerySet[Grade]:
        """Return what the reader may see."""
        return grades_for(reader_of(self.request))


@_described
class SubmissionViewSet(_Voices):
    """Submissions of the national institution and of organisations, the newest first."""

    serializer_class = SubmissionSerializer
    queryset = Submission.objects.none()

    def get_queryset(self) -> QuerySet[Submission]:
        """Return what the reader may see."""
        return submissions_for(reader_of(self.request))


@_described
class QuestionViewSet(_Voices):
    """Questions of parliament, the newest first."""

    serializer_class = QuestionSerializer
    item_field = "items__recommendation_id"
    queryset = ParliamentQuestion.objects.none()

    def get_queryset(self) -> QuerySet[ParliamentQuestion]:
        """Return what the reader may see."""
        return questions_for(reader_of(self.request))
