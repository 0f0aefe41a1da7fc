"""Addresses of notifications."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.notifications import views

app_name = "notifications"
urlpatterns = [
    *twins("notifications/", views.notification_list, "list"),
    path("notifications/read/", views.read_all, name="read-all"),
    path("notifications/<int:pk>/open/", views.open_notification, name="open"),
    *twins("outbox/", views.outbox, "outbox"),
    path("outbox/retry/", views.retry, name="outbox-retry"),
    path("outbox/<int:pk>/settle/", views.settle, name="outbox-settle"),
]
