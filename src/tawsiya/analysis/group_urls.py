"""Addresses of groups."""

from django.urls import path

from tawsiya.analysis.views import groups
from tawsiya.core.tables import twins

app_name = "groups"
urlpatterns = [
    *twins("groups/", groups.group_list, "list"),
    path("groups/propose/", groups.propose, name="propose"),
    path("groups/<int:pk>/", groups.show, name="show"),
    path("groups/<int:pk>/decide/", groups.decide, name="decide"),
    path("groups/<int:pk>/rename/", groups.rename, name="rename"),
    path("groups/<int:pk>/merge/", groups.merge, name="merge"),
    path("groups/<int:pk>/add/", groups.add, name="add"),
    path("groups/<int:pk>/dissolve/", groups.dissolve, name="dissolve"),
]
