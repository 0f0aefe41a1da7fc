"""Assignments, contributions, evidence, assessments, conversations, questionnaires, other voices."""

from tawsiya.followup.models.paces import AssignmentPace, ReminderStart
from tawsiya.followup.models.requests import (
    Answer,
    CalendarAddress,
    Extension,
    Question,
    Questionnaire,
    Reply,
    ReplyAuthor,
)
from tawsiya.followup.models.rules import AssessmentRule
from tawsiya.followup.models.voices import Grade, ParliamentQuestion, ParliamentQuestionItem, Submission
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
    "AssessmentRule",
    "Assignment",
    "AssignmentPace",
    "CalendarAddress",
    "Contribution",
    "ContributionAuthor",
    "Evidence",
    "Extension",
    "Grade",
    "Message",
    "MessageMention",
    "ParliamentQuestion",
    "ParliamentQuestionItem",
    "Question",
    "Questionnaire",
    "ReadMark",
    "Reference",
    "ReminderStart",
    "Reply",
    "ReplyAuthor",
    "Submission",
    "TypedText",
]
