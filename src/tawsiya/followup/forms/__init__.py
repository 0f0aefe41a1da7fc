"""Forms of follow-up: they clean what was typed; the commands decide."""

from tawsiya.followup.forms.rules import PublishRuleForm
from tawsiya.followup.forms.voices import (
    GradeFileForm,
    GradeForm,
    QuestionForm,
    RefuseForm,
    SubmissionForm,
)
from tawsiya.followup.forms.work import AssignForm, ContributionForm, EvidenceForm, StatusForm

__all__ = [
    "AssignForm",
    "ContributionForm",
    "EvidenceForm",
    "GradeFileForm",
    "GradeForm",
    "PublishRuleForm",
    "QuestionForm",
    "RefuseForm",
    "StatusForm",
    "SubmissionForm",
]
