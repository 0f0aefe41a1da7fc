"""Addresses of exports."""

from django.urls import path

from tawsiya.reports import handover_views, views

app_name = "reports"
urlpatterns = [
    path("exports/recommendations.xlsx", views.recommendations_xlsx, name="recommendations-xlsx"),
    path("exports/matrix/", views.matrix, name="matrix"),
    path("exports/matrix.docx", views.matrix_docx, name="matrix-docx"),
    path("exports/matrix.xlsx", views.matrix_xlsx, name="matrix-xlsx"),
    path("people/<int:pk>/handover/", handover_views.handover, name="handover"),
    path("people/<int:pk>/handover.docx", handover_views.handover_file, name="handover-docx"),
]
