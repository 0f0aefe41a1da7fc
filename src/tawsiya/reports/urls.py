"""Addresses of exports."""

from django.urls import path

from tawsiya.reports import handover_views, programme_views, views

app_name = "reports"
urlpatterns = [
    path("exports/recommendations.xlsx", views.recommendations_xlsx, name="recommendations-xlsx"),
    path("exports/matrix/", views.matrix, name="matrix"),
    path("exports/matrix.docx", views.matrix_docx, name="matrix-docx"),
    path("exports/matrix.xlsx", views.matrix_xlsx, name="matrix-xlsx"),
    path("people/<int:pk>/handover/", handover_views.handover, name="handover"),
    path("people/<int:pk>/handover.docx", handover_views.handover_file, name="handover-docx"),
    path(
        "exports/programmes/<int:pk>.docx",
        programme_views.programme_document,
        {"form": "docx"},
        name="programme-docx",
    ),
    path(
        "exports/programmes/<int:pk>.pdf",
        programme_views.programme_document,
        {"form": "pdf"},
        name="programme-pdf",
    ),
    path(
        "exports/programmes/<int:pk>/documents/",
        programme_views.programme_documents,
        name="programme-documents",
    ),
    path("exports/documents/<int:pk>/file/", programme_views.made_document, name="made-document"),
    path("exports/measures/<int:pk>.pdf", programme_views.measure_pdf, name="measure-pdf"),
    path("exports/measures/<int:pk>/", programme_views.measure_sheet, name="measure-sheet"),
    path("exports/template/", programme_views.template, name="template"),
    path("exports/template.docx", programme_views.template_docx, name="template-docx"),
    path("exports/template/restore/", programme_views.template_restore, name="template-restore"),
]
