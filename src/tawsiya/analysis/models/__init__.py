"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.world import WorldChange, WorldLoad, WorldRecord

__all__ = ["WorldChange", "WorldLoad", "WorldRecord"]
