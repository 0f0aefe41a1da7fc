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
    ReportForm,
    initial_of,
    label_of,
    named_item,
)

__all__ = [
    "AdoptionForm",
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
    "initial_of",
    "label_of",
    "named_item",
]
