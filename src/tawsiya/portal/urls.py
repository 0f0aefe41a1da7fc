"""Addresses of portal: the public pages first, then those of the delegation."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.portal.views import internal, machines, public, rules, voices

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("public/recommendations/", public.browse, {"form": "html"}, name="list"),
    path("public/recommendations.csv", public.export, {"form": "csv"}, name="list-csv"),
    path("public/recommendations.json", public.export, {"form": "json"}, name="list-json"),
    path("public/recommendations/<int:pk>/", public.detail, name="detail"),
    path("public/files/<int:pk>/", public.file, name="file"),
    path("public/rule/", rules.public_rule, name="rule"),
    path("public/feed.atom", machines.feed, name="feed"),
    *twins("publish/", internal.publications, "publications"),
    path("publish/many/", internal.many, name="publish-many"),
    path("submissions/<int:pk>/accept/", voices.accept, name="submission-accept"),
    path("submissions/<int:pk>/withdraw/", voices.withdraw, name="submission-withdraw"),
    path("recommendations/<int:pk>/un-grade/", voices.grade_add, name="grade"),
    path("grades/file/", voices.grade_file, name="grade-file"),
    path("grades/<int:pk>/take-back/", voices.grade_take_back, name="grade-take-back"),
    path("questions/add/", voices.question_add, name="question-add"),
    path("questions/<int:pk>/edit/", voices.question_edit, name="question-edit"),
    path("publish/rule/<int:pk>/", rules.publish, name="publish-rule"),
    path("publish/<int:pk>/", internal.edit, name="publish"),
    path("publish/<int:pk>/withdraw/", internal.withdraw, name="withdraw"),
]
