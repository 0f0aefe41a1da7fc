"""Action programmes: versions, axes and objectives, measures with all that belongs to them."""

from tawsiya.programme.models.comments import Comment, CommentContact
from tawsiya.programme.models.exchange import PlanFile
from tawsiya.programme.models.execution import ReportAmount, ReportFile, ReportStage
from tawsiya.programme.models.indicators import (
    Indicator,
    IndicatorBreak,
    IndicatorGoal,
    IndicatorMeasure,
    IndicatorRecommendation,
    IndicatorValue,
    ValueRequest,
)
from tawsiya.programme.models.measures import (
    BudgetLine,
    Legislation,
    Measure,
    MeasureAnswer,
    MeasureInstitution,
    MeasureReport,
    MeasureWait,
    Milestone,
)
from tawsiya.programme.models.programmes import Consultation, Node, Programme, Version

__all__ = [
    "BudgetLine",
    "Comment",
    "CommentContact",
    "Consultation",
    "Indicator",
    "IndicatorBreak",
    "IndicatorGoal",
    "IndicatorMeasure",
    "IndicatorRecommendation",
    "IndicatorValue",
    "Legislation",
    "Measure",
    "MeasureAnswer",
    "MeasureInstitution",
    "MeasureReport",
    "MeasureWait",
    "Milestone",
    "Node",
    "PlanFile",
    "Programme",
    "ReportAmount",
    "ReportFile",
    "ReportStage",
    "ValueRequest",
    "Version",
]
