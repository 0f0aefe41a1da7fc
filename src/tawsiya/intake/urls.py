"""Addresses of imports and of filled matrices."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.intake.views import columns, compare, issues, languages, matrix, plans, rows, runs, world

app_name = "intake"
urlpatterns = [
    *twins("imports/", runs.runs, "runs"),
    path("imports/new/", runs.upload, name="upload"),
    *twins("imports/world/", world.world, "world"),
    *twins("imports/<int:pk>/", runs.run, "run"),
    path("imports/<int:pk>/columns/", columns.columns, name="columns"),
    path("imports/<int:pk>/apply/", runs.apply, name="apply"),
    path("imports/<int:pk>/discard/", runs.discard, name="discard"),
    path("imports/<int:pk>/again/", runs.again, name="again"),
    path("imports/<int:pk>/scope/", runs.declare, name="declare"),
    path("imports/<int:pk>/compare/", compare.compare, name="compare"),
    path("imports/<int:pk>/pages/<int:number>.png", compare.picture, name="picture"),
    path("imports/<int:pk>/rows/<int:row>/seen/", compare.seen, name="seen"),
    path("imports/<int:pk>/progress/", runs.progress, name="progress"),
    path("imports/<int:pk>/stop/", runs.stop, name="stop"),
    path("imports/<int:pk>/undo/", runs.undo, name="undo"),
    path("imports/<int:pk>/settle/", rows.settle, name="settle"),
    path("imports/<int:pk>/rows/<int:row>/exclude/", rows.exclude, name="exclude"),
    path("imports/<int:pk>/rows/<int:row>/include/", rows.include, name="include"),
    path("imports/<int:pk>/rows/<int:row>/confirm/", rows.confirm, name="confirm"),
    path("imports/<int:pk>/rows/<int:row>/correct/", rows.correct, name="correct"),
    path("imports/<int:pk>/rows/<int:row>/merge/", rows.merge, name="merge"),
    path("imports/<int:pk>/corrections/<int:correction>/undo/", rows.undo_correction, name="undo-correction"),
    *twins("documents/<int:pk>/languages/", languages.languages, "languages"),
    path("programmes/versions/<int:pk>/read/", plans.plan, name="plan"),
    path("questionnaires/<int:pk>/read/", issues.issues, name="issues"),
    path("questionnaires/<int:pk>/read/apply/", issues.apply, name="issues-apply"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/apply/", matrix.apply, name="matrix-apply"),
]
