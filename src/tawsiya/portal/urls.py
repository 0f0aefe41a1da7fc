"""Addresses of portal: the public pages first, then those of the delegation."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.portal.views import (
    consultations,
    grade_files,
    internal,
    machines,
    programmes,
    public,
    rules,
    voices,
)

app_name = "portal"
ASKED = "public/consultations/<int:pk>"
urlpatterns = [
    path("", public.home, name="home"),
    path("public/recommendations/", public.browse, {"form": "html"}, name="list"),
    path("public/recommendations.csv", public.export, {"form": "csv"}, name="list-csv"),
    path("public/recommendations.json", public.export, {"form": "json"}, name="list-json"),
    path("public/recommendations/<int:pk>/", public.detail, name="detail"),
    path("public/voices.csv", public.export_voices, {"form": "csv"}, name="voices-csv"),
    path("public/voices.json", public.export_voices, {"form": "json"}, name="voices-json"),
    path("public/programmes/", programmes.browse, {"form": "html"}, name="programmes"),
    path("public/programmes.csv", programmes.browse_data, {"form": "csv"}, name="programmes-csv"),
    path("public/programmes.json", programmes.browse_data, {"form": "json"}, name="programmes-json"),
    path("public/programmes/<slug:key>/", programmes.show, {"form": "html"}, name="programme"),
    path("public/programmes/<slug:key>.csv", programmes.show_data, {"form": "csv"}, name="programme-csv"),
    path("public/programmes/<slug:key>.json", programmes.show_data, {"form": "json"}, name="programme-json"),
    path("public/programmes/<slug:key>/indicators/", programmes.indicators, name="programme-indicators"),
    path(
        "public/programmes/<slug:key>/indicators.csv",
        programmes.indicators_data,
        {"form": "csv"},
        name="programme-indicators-csv",
    ),
    path(
        "public/programmes/<slug:key>/indicators.json",
        programmes.indicators_data,
        {"form": "json"},
        name="programme-indicators-json",
    ),
    path("public/programmes/<slug:key>/<str:code>/", programmes.measure, name="programme-measure"),
    path("public/consultations/", consultations.browse, {"form": "html"}, name="consultations"),
    path("public/consultations.csv", consultations.browse_data, {"form": "csv"}, name="consultations-csv"),
    path("public/consultations.json", consultations.browse_data, {"form": "json"}, name="consultations-json"),
    path(f"{ASKED}/", consultations.show, {"form": "html"}, name="consultation"),
    path(f"{ASKED}.csv", consultations.show_data, {"form": "csv"}, name="consultation-csv"),
    path(f"{ASKED}.json", consultations.show_data, {"form": "json"}, name="consultation-json"),
    path(f"{ASKED}/<str:code>/", consultations.measure, name="consultation-measure"),
    path(f"{ASKED}/<str:code>/comment/", consultations.comment, name="consultation-comment"),
    path("public/files/<int:pk>/", public.file, name="file"),
    path("public/rule/", rules.public_rule, name="rule"),
    path("public/feed.atom", machines.feed, name="feed"),
    *twins("publish/", internal.publications, "publications"),
    path("publish/many/", internal.many, name="publish-many"),
    path("submissions/<int:pk>/accept/", voices.accept, name="submission-accept"),
    path("submissions/<int:pk>/withdraw/", voices.withdraw, name="submission-withdraw"),
    path("recommendations/<int:pk>/un-grade/", voices.grade_add, name="grade"),
    path("grades/file/", grade_files.upload, name="grade-file"),
    path("grades/file/preview/", grade_files.preview, name="grade-file-preview"),
    path("grades/<int:pk>/take-back/", voices.grade_take_back, name="grade-take-back"),
    path("questions/add/", voices.question_add, name="question-add"),
    path("questions/<int:pk>/edit/", voices.question_edit, name="question-edit"),
    path("publish/rule/<int:pk>/", rules.publish, name="publish-rule"),
    path("publish/consultations/<int:pk>/", consultations.answers, name="publish-answers"),
    path("publish/programmes/<int:pk>/", programmes.publish, name="publish-programme"),
    path("publish/programmes/<int:pk>/withdraw/", programmes.withdraw, name="withdraw-programme"),
    path("publish/<int:pk>/", internal.edit, name="publish"),
    path("publish/<int:pk>/withdraw/", internal.withdraw, name="withdraw"),
]
