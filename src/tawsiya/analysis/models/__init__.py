"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.groups import GroupModel, KeptApart
from tawsiya.analysis.models.search import (
    SavedSearch,
    SavedSearchMatch,
    SearchEntry,
    SearchPending,
    SearchWorldVersion,
)
from tawsiya.analysis.models.tagging import Decision, ModelArrays, ModelVersion, Suggestion
from tawsiya.analysis.models.views import SavedView
from tawsiya.analysis.models.world import WorldChange, WorldLoad, WorldRecord

__all__ = [
    "Decision",
    "GroupModel",
    "KeptApart",
    "ModelArrays",
    "ModelVersion",
    "SavedSearch",
    "SavedSearchMatch",
    "SavedView",
    "SearchEntry",
    "SearchPending",
    "SearchWorldVersion",
    "Suggestion",
    "WorldChange",
    "WorldLoad",
    "WorldRecord",
]
