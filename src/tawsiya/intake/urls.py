"""Addresses of imports and of filled matrices."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.intake.views import compare, matrix, runs

app_name = "intake"
urlpatterns = [
    *twins("imports/", runs.runs, "runs"),
    path("imports/new/", runs.upload, name="upload"),
    *twins("imports/<int:pk>/", runs.run, "run"),
    path("imports/<int:pk>/apply/", runs.apply, name="apply"),
    path("imports/<int:pk>/discard/", runs.discard, name="discard"),
    path("imports/<int:pk>/again/", runs.again, name="again"),
    path("imports/<int:pk>/scope/", runs.declare, name="declare"),
    path("imports/<int:pk>/rows/<int:row>/exclude/", runs.exclude, name="exclude"),
    path("imports/<int:pk>/rows/<int:row>/include/", runs.include, name="include"),
    path("imports/<int:pk>/compare/", compare.compare, name="compare"),
    path("imports/<int:pk>/pages/<int:number>.png", compare.picture, name="picture"),
    path("imports/<int:pk>/rows/<int:row>/seen/", compare.seen, name="seen"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/apply/", matrix.apply, name="matrix-apply"),
]
