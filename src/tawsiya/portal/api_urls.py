"""Addresses of the API, the public part first."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from tawsiya.followup.api import GradeViewSet, QuestionViewSet, SubmissionViewSet
from tawsiya.portal import api, api_voices
from tawsiya.recommendations.api import RecommendationViewSet

app_name = "api"

# For readers signed in.
router = SimpleRouter()
router.register("recommendations", RecommendationViewSet, basename="recommendation")
router.register("un-grades", GradeViewSet, basename="grade")
router.register("submissions", SubmissionViewSet, basename="submission")
router.register("parliament-questions", QuestionViewSet, basename="question")

urlpatterns: list[URLPattern | URLResolver] = [
    path("public/recommendations/", api.recommendations, name="public-recommendations"),
    path("public/recommendations/<int:pk>/", api.recommendation, name="public-recommendation"),
    path("public/voices/", api_voices.voices, name="public-voices"),
    # The description of the API holds no data: declared public.
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]),
        name="schema",
    ),
    *router.urls,
]
