"""Addresses of recommendations. The page of one recommendation is follow-up's, which shows more."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.recommendations import views

app_name = "recommendations"
urlpatterns = [
    *twins("recommendations/", views.recommendation_list, "list"),
    path("recommendations/<int:pk>/tags/", views.tags, name="tags"),
    path("recommendations/<int:pk>/grade/", views.grade, name="grade"),
    path("recommendations/<int:pk>/translate/", views.translate, name="translate"),
]
