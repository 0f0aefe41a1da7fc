"""Addresses of mechanisms: documents, reviews, bodies."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    *twins("documents/", views.document_list, "documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    *twins("reviews/", views.review_list, "reviews"),
    *twins("obligations/", views.obligation_list, "obligations"),
    *twins("bodies/", views.body_list, "bodies"),
]
