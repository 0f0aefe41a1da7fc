"""Forms of follow-up: they clean what was typed; the commands decide."""

from tawsiya.followup.forms.work import AssignForm, EvidenceForm, StatusForm
from tawsiya.followup.forms.writing import ContributionForm, MessageForm, ReferenceForm

__all__ = ["AssignForm", "ContributionForm", "EvidenceForm", "MessageForm", "ReferenceForm", "StatusForm"]
