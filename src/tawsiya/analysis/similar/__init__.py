"""Which recommendations ask for the same thing, across mechanisms, cycles and languages.

A library of its own: texts in, groups and their reasons out. It knows neither Django nor the database
(docs/groups.md).
"""

from tawsiya.analysis.similar.grouping import LARGEST, Similarity, group_texts
from tawsiya.analysis.similar.learning import refit
from tawsiya.analysis.similar.model import FEATURES, Model, load_model
from tawsiya.analysis.similar.reading import Reading, guess_language, read
from tawsiya.analysis.similar.reasons import Reason, reason_between

__all__ = [
    "FEATURES",
    "LARGEST",
    "Model",
    "Reading",
    "Reason",
    "Similarity",
    "group_texts",
    "guess_language",
    "load_model",
    "read",
    "reason_between",
    "refit",
]
