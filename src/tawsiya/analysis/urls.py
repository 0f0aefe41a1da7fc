"""Addresses of the analyst's desk."""

from django.urls import path

from tawsiya.analysis.views import saved_searches, search
from tawsiya.core.tables import twins

app_name = "analysis"
urlpatterns = [
    *twins("search/", search.search_page, "search"),
    *twins("saved-searches/", saved_searches.saved_list, "saved"),
    path("saved-searches/save/", saved_searches.save, name="saved-save"),
    path("saved-searches/<int:pk>/", saved_searches.open_saved, name="saved-open"),
    path("saved-searches/<int:pk>/rename/", saved_searches.change, {"action": "rename"}, name="saved-rename"),
    path("saved-searches/<int:pk>/delete/", saved_searches.change, {"action": "delete"}, name="saved-delete"),
    path("saved-searches/<int:pk>/alerts/", saved_searches.change, {"action": "alerts"}, name="saved-alerts"),
]
