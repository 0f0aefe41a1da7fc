"""Assignments, contributions with their evidence, the rule of assessment, and assessments."""

from tawsiya.followup.models.rules import AssessmentRule
from tawsiya.followup.models.work import (
    Assessment,
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
)

__all__ = ["Assessment", "AssessmentRule", "Assignment", "Contribution", "ContributionAuthor", "Evidence"]
