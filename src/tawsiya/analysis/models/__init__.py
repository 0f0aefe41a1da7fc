"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.groups import GroupModel, KeptApart

__all__ = ["GroupModel", "KeptApart"]
