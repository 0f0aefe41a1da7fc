"""Addresses of the history."""

from django.urls import path

from tawsiya.audit import views
from tawsiya.core.tables import twins

app_name = "audit"
urlpatterns = [
    *twins("history/", views.history, "history"),
    path("history/check/", views.check, name="check"),
    *twins("history/files/", views.access_log, "access-log"),
]
