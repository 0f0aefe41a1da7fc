"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.groups import GroupModel, KeptApart
from tawsiya.analysis.models.search import (
    SavedSearch,
    SavedSearchMatch,
    SearchEntry,
    SearchPending,
    SearchWorldVersion,
)
from tawsiya.analysis.models.views import SavedView

__all__ = [
    "GroupModel",
    "KeptApart",
    "SavedSearch",
    "SavedSearchMatch",
    "SavedView",
    "SearchEntry",
    "SearchPending",
    "SearchWorldVersion",
]
