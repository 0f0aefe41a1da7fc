"""Assignments, contributions with their evidence, and assessments."""

from tawsiya.followup.models.work import (
    Assessment,
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
)

__all__ = ["Assessment", "Assignment", "Contribution", "ContributionAuthor", "Evidence"]
