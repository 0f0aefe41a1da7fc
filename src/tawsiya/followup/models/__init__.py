"""Assignments, contributions with their evidence, assessments with their rule, and other voices."""

from tawsiya.followup.models.rules import AssessmentRule
from tawsiya.followup.models.voices import Grade, Question, QuestionItem, Submission
from tawsiya.followup.models.work import (
    Assessment,
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
)

__all__ = [
    "Assessment",
    "AssessmentRule",
    "Assignment",
    "Contribution",
    "ContributionAuthor",
    "Evidence",
    "Grade",
    "Question",
    "QuestionItem",
    "Submission",
]
