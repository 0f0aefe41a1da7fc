"""Addresses of analysis."""

from django.urls import path

from tawsiya.analysis.views import crossing, saved
from tawsiya.core.tables import twins

app_name = "analysis"
urlpatterns = [
    *twins("analysis/", crossing.crossing_page, "crossing"),
    path("analysis.xlsx", crossing.crossing_xlsx, name="crossing-xlsx"),
    path("analysis.<str:form>/picture", crossing.crossing_picture, name="crossing-picture"),
    *twins("analysis/views/", saved.saved_views, "views"),
    path("analysis/views/save/", saved.save, name="view-save"),
    path("analysis/views/<int:pk>/", saved.opened, name="view"),
    path("analysis/views/<int:pk>/share/", saved.share, name="view-share"),
    path("analysis/views/<int:pk>/delete/", saved.delete, name="view-delete"),
]
