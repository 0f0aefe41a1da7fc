"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.search import (
    SavedSearch,
    SavedSearchMatch,
    SearchEntry,
    SearchPending,
    SearchWorldVersion,
)

__all__ = ["SavedSearch", "SavedSearchMatch", "SearchEntry", "SearchPending", "SearchWorldVersion"]
