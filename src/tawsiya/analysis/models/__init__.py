"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.views import SavedView

__all__ = ["SavedView"]
