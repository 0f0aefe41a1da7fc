"""Addresses of taxonomies and suggestions."""

from django.urls import path

from tawsiya.analysis.views import institutions, models, review, taxonomies
from tawsiya.core.tables import twins

app_name = "tagging"
urlpatterns = [
    *twins("taxonomies/", taxonomies.taxonomy_list, "taxonomies"),
    path("taxonomies/import/", taxonomies.import_file, name="import"),
    path("taxonomies/import/apply/", taxonomies.apply_import, name="import-apply"),
    *twins("taxonomies/<slug:code>/labels/", taxonomies.labels, "taxonomy"),
    path("taxonomies/<slug:code>/labels/<int:pk>/", taxonomies.label, name="label"),
    path("taxonomies/<slug:code>/settings/", taxonomies.settings, name="settings"),
    path("taxonomies/<slug:code>/carry-over/", taxonomies.carry, name="carry-over"),
    path("taxonomies/<slug:code>/train/", models.train_taxonomy, name="train"),
    path("taxonomies/<slug:code>/review/", review.review, name="review"),
    path("models/institutions/", institutions.models, name="institutions"),
    path("models/institutions/train/", models.train_institutions, name="train-institutions"),
    path("models/<int:pk>/", models.model, name="model"),
    path("models/<int:pk>/apply/", models.apply, name="apply"),
    path("models/<int:pk>/undo/", models.undo, name="undo"),
    path("suggestions/institutions/", institutions.suggested, name="suggested-institutions"),
]
