"""Addresses of the analyst's desk."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from tawsiya.analysis.views import crossing, ready, saved, saved_searches, search
from tawsiya.core.tables import twins

app_name = "analysis"


def _ready(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """Return the addresses of a ready-made analysis: page, CSV, JSON, workbook and pictures of its chart."""
    files = (
        path(f"analysis/{route}.{form}", view, {"form": form}, name=f"{name}-{form}")
        for form in ("xlsx", "svg", "png")
    )
    return [*twins(f"analysis/{route}/", view, name), *files]


urlpatterns = [
    *twins("analysis/", crossing.crossing_page, "crossing"),
    path("analysis.xlsx", crossing.crossing_xlsx, name="crossing-xlsx"),
    path("analysis.<str:form>/picture", crossing.crossing_picture, name="crossing-picture"),
    *_ready("repeated", ready.repeated_page, "repeated"),
    *_ready("lacking", ready.lacking_page, "lacking"),
    *_ready("one-body", ready.alone_page, "alone"),
    *_ready("other-states", ready.abroad_page, "abroad"),
    *twins("analysis/views/", saved.saved_views, "views"),
    path("analysis/views/save/", saved.save, name="view-save"),
    path("analysis/views/<int:pk>/", saved.opened, name="view"),
    path("analysis/views/<int:pk>/share/", saved.share, name="view-share"),
    path("analysis/views/<int:pk>/delete/", saved.delete, name="view-delete"),
    *twins("search/", search.search_page, "search"),
    *twins("saved-searches/", saved_searches.saved_list, "saved"),
    path("saved-searches/save/", saved_searches.save, name="saved-save"),
    path("saved-searches/<int:pk>/", saved_searches.open_saved, name="saved-open"),
    path("saved-searches/<int:pk>/rename/", saved_searches.change, {"action": "rename"}, name="saved-rename"),
    path("saved-searches/<int:pk>/delete/", saved_searches.change, {"action": "delete"}, name="saved-delete"),
    path("saved-searches/<int:pk>/alerts/", saved_searches.change, {"action": "alerts"}, name="saved-alerts"),
]
