"""Addresses of dashboards."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.dashboards.views import home, steering

app_name = "dashboards"
urlpatterns = [
    path("home/", home.home, name="home"),
    path("steering/", steering.steering, name="steering"),
    path("steering.pdf", steering.steering_pdf, name="steering-pdf"),
    *twins("steering/institutions/", steering.institutions, "institutions"),
    *twins("steering/answers/", steering.answers, "answers"),
    *twins("steering/moved/", steering.moved, "moved"),
    *twins("steering/due/", steering.falling_due, "due"),
]
