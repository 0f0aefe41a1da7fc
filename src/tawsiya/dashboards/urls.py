"""Addresses of dashboards."""

from django.urls import path

from tawsiya.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("home/", views.home, name="home"),
]
