"""Addresses of the API, the public part first."""

from django.urls import URLPattern

app_name = "api"
urlpatterns: list[URLPattern] = []
