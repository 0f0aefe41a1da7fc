"""Addresses of the demo."""

from django.urls import path

from tawsiya.sample import views

app_name = "sample"
urlpatterns = [path("demo/enter/", views.enter, name="enter")]
