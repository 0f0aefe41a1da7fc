"""Assignments, contributions with their evidence, assessments, and conversations."""

from tawsiya.followup.models.work import (
    Assessment,
    Assignment,
    Contribution,
    ContributionAuthor,
    Evidence,
)
from tawsiya.followup.models.writing import (
    Message,
    MessageMention,
    ReadMark,
    Reference,
    TypedText,
)

__all__ = [
    "Assessment",
    "Assignment",
    "Contribution",
    "ContributionAuthor",
    "Evidence",
    "Message",
    "MessageMention",
    "ReadMark",
    "Reference",
    "TypedText",
]
