"""Assignments, contributions with their evidence, assessments, conversations, questionnaires."""

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
from tawsiya.followup.models.writing import (
    Message,
    MessageMention,
    ReadMark,
    Reference,
    TypedText,
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
    "Message",
    "MessageMention",
    "Question",
    "Questionnaire",
    "ReadMark",
    "Reference",
    "Reply",
    "ReplyAuthor",
    "TypedText",
]
