"""Action programmes: versions, axes and objectives, measures with all that belongs to them."""

from tawsiya.programme.models.measures import (
    BudgetLine,
    Legislation,
    Measure,
    MeasureAnswer,
    MeasureInstitution,
    Milestone,
)
from tawsiya.programme.models.programmes import Node, Programme, Version

__all__ = [
    "BudgetLine",
    "Legislation",
    "Measure",
    "MeasureAnswer",
    "MeasureInstitution",
    "Milestone",
    "Node",
    "Programme",
    "Version",
]
