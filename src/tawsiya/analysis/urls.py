"""Addresses of the analyst's desk."""

from django.urls import path

from tawsiya.analysis.views import crossing, ready, saved, saved_searches, search
from tawsiya.core.tables import twins

app_name = "analysis"
urlpatterns = [
    *twins("analysis/", crossing.crossing_page, "crossing"),
    path("analysis.xlsx", crossing.crossing_xlsx, name="crossing-xlsx"),
    path("analysis.<str:form>/picture", crossing.crossing_picture, name="crossing-picture"),
    *twins("analysis/repeated/", ready.repeated_page, "repeated"),
    *twins("analysis/lacking/", ready.lacking_page, "lacking"),
    *twins("analysis/one-body/", ready.alone_page, "alone"),
    *twins("analysis/other-states/", ready.abroad_page, "abroad"),
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
