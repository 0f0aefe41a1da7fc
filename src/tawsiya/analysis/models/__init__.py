"""Finding, classifying and grouping: search index, suggestions, groups, saved views, other States."""

from tawsiya.analysis.models.tagging import Decision, ModelArrays, ModelVersion, Suggestion

__all__ = ["Decision", "ModelArrays", "ModelVersion", "Suggestion"]
