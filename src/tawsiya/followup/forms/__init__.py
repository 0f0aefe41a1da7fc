"""Forms of follow-up: they clean what was typed; the commands decide."""

from tawsiya.followup.forms.rules import PublishRuleForm
from tawsiya.followup.forms.voices import (
    GradeFileForm,
    GradeForm,
    ParliamentQuestionForm,
    RefuseForm,
    SubmissionForm,
)
from tawsiya.followup.forms.work import AssignForm, EvidenceForm, StatusForm
from tawsiya.followup.forms.writing import ContributionForm, MessageForm, ReferenceForm

__all__ = [
    "AssignForm",
    "ContributionForm",
    "EvidenceForm",
    "GradeFileForm",
    "GradeForm",
    "MessageForm",
    "ParliamentQuestionForm",
    "PublishRuleForm",
    "ReferenceForm",
    "RefuseForm",
    "StatusForm",
    "SubmissionForm",
]
