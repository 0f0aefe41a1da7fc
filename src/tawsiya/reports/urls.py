"""Addresses of exports."""

from django.urls import path

from tawsiya.reports import views

app_name = "reports"
urlpatterns = [
    path("exports/recommendations.xlsx", views.recommendations_xlsx, name="recommendations-xlsx"),
    path("exports/matrix/", views.matrix, name="matrix"),
    path("exports/matrix.docx", views.matrix_docx, name="matrix-docx"),
    path("exports/matrix.xlsx", views.matrix_xlsx, name="matrix-xlsx"),
]
