"""Forms of programmes: they clean what was typed; the commands decide."""

from tawsiya.programme.forms.exchange import NamingForm
from tawsiya.programme.forms.plan import (
    AdoptionForm,
    BudgetForm,
    ConsultationForm,
    LawForm,
    MeasureForm,
    MilestoneForm,
    NodeForm,
    PlanForm,
    ProgrammeForm,
    initial_of,
    label_of,
    named_item,
)
from tawsiya.programme.forms.reports import AmountForm, ReportForm, StageForm

__all__ = [
    "AdoptionForm",
    "AmountForm",
    "BudgetForm",
    "ConsultationForm",
    "LawForm",
    "MeasureForm",
    "MilestoneForm",
    "NamingForm",
    "NodeForm",
    "PlanForm",
    "ProgrammeForm",
    "ReportForm",
    "StageForm",
    "initial_of",
    "label_of",
    "named_item",
]
