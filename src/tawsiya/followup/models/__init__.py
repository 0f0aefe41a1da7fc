"""Assignments, contributions with their evidence, assessments, questionnaires with their replies."""

from tawsiya.followup.models.requests import (
    Answer,
    CalendarAddress,
    Extension,
    Question,
    Questionnaire,
    Reply,
    ReplyAuthor,
)
from tawsiya.followup.models.work import (
    Assessment,
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
)

__all__ = [
    "Answer",
    "Assessment",
    "Assignment",
    "CalendarAddress",
    "Contribution",
    "ContributionAuthor",
    "Evidence",
    "Extension",
    "Question",
    "Questionnaire",
    "Reply",
    "ReplyAuthor",
]
