"""Addresses of programmes."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.programme import indicator_urls
from tawsiya.programme.views import (
    comments,
    compare,
    exchange,
    measures,
    nodes,
    plan,
    programmes,
    reports,
    timeline,
    versions,
)

app_name = "programme"
urlpatterns = [
    *indicator_urls.urlpatterns,
    *twins("programmes/", programmes.programme_list, "list"),
    path("programmes/add/", programmes.create, name="create"),
    path("programmes/plan/", plan.plan, name="plan"),
    *twins("programmes/versions/<int:pk>/", versions.show, "version"),
    *twins("programmes/versions/<int:pk>/coverage/", versions.coverage, "coverage"),
    *twins("programmes/versions/<int:pk>/comments/", comments.comment_list, "comments"),
    *twins("programmes/versions/<int:pk>/compare/", compare.show, "compare"),
    *twins("programmes/versions/<int:pk>/timeline/", timeline.show, "timeline"),
    path("programmes/versions/<int:pk>/plan.xlsx", exchange.export, name="export"),
    *twins("programmes/files/<int:pk>/", exchange.show, "file"),
    path("programmes/files/<int:pk>/columns/", exchange.columns, name="file-columns"),
    path("programmes/files/<int:pk>/correct/", exchange.correct, name="file-correct"),
    path("programmes/files/<int:pk>/corrections.xlsx", exchange.marked, name="file-marked"),
    path("programmes/files/<int:pk>/apply/", exchange.apply, name="file-apply"),
    path("programmes/files/<int:pk>/drop/", exchange.drop, name="file-drop"),
    path("programmes/versions/<int:pk>/consultation/", versions.open_to, name="open"),
    path("programmes/versions/<int:pk>/close/", versions.close, name="close"),
    path("programmes/versions/<int:pk>/adopt/", versions.adopt, name="adopt"),
    path("programmes/versions/<int:pk>/revise/", versions.revise, name="revise"),
    path("programmes/versions/<int:pk>/axes/add/", nodes.add, name="node-add"),
    path("programmes/axes/<int:pk>/", nodes.edit, name="node-edit"),
    path("programmes/axes/<int:pk>/remove/", nodes.remove, name="node-remove"),
    path("programmes/versions/<int:pk>/measures/add/", measures.add, name="measure-add"),
    path("programmes/measures/<int:pk>/", measures.show, name="measure"),
    path("programmes/measures/<int:pk>/edit/", measures.edit, name="measure-edit"),
    path("programmes/measures/<int:pk>/remove/", measures.remove, name="measure-remove"),
    path("programmes/measures/<int:pk>/comment/", comments.write, name="comment"),
    path("programmes/comments/<int:pk>/accept/", comments.decide, {"accept": True}, name="comment-accept"),
    path("programmes/comments/<int:pk>/refuse/", comments.decide, {"accept": False}, name="comment-refuse"),
    path("programmes/comments/<int:pk>/answer/", comments.answer, name="comment-answer"),
    path("programmes/measures/<int:pk>/report/", reports.write, name="report"),
    path("programmes/reports/files/<int:pk>/", reports.download, name="report-file"),
    path("programmes/reports/<int:pk>/approve/", reports.act, {"action": "approve"}, name="report-approve"),
    path("programmes/reports/<int:pk>/return/", reports.act, {"action": "return"}, name="report-return"),
]
