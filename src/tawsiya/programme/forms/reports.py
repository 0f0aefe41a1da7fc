"""What an institution reports on its measure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.core.fields import long_text
from tawsiya.core.labels import text_of
from tawsiya.programme.choices import BudgetKind, LawStage, Progress
from tawsiya.programme.forms.plan import date_field
from tawsiya.programme.models import Legislation, Milestone


class AmountForm(forms.Form):
    """What is committed or spent for a year, in all since its beginning."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[row for row in BudgetKind.choices if row[0] != BudgetKind.PLANNED],
        initial=BudgetKind.COMMITTED,
    )
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)
    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Z]{3}$", max_length=3, help_text=_("Three letters.")
    )
    source = forms.CharField(label=_("Source"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))


class StageForm(forms.Form):
    """How far a text of law is."""

    law = forms.ChoiceField(label=_("Text"))
    stage = forms.ChoiceField(label=_("Stage"), choices=LawStage.choices, initial=LawStage.PREPARED)
    since = date_field(_("Since"), required=True)
    number = forms.CharField(label=pgettext_lazy("of a list", "Number"), max_length=60, required=False)

    def __init__(self, *args: Any, laws: Sequence[Legislation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.laws = {str(law.pk): law for law in laws}
        choices = [("", "—"), *((pk, text_of(law.titles)) for pk, law in self.laws.items())]
        self.fields["law"].choices = choices  # type: ignore[attr-defined]  # a choice field


class ReportForm(forms.Form):
    """What the lead institution reports on its measure."""

    progress = forms.ChoiceField(label=_("Progress"), choices=Progress.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What was done"), widget=long_text(6))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    milestone = forms.ChoiceField(label=_("Milestone reached"), required=False)
    reached_on = date_field(_("Reached on"))
    proof = forms.CharField(
        label=_("Proof"),
        required=False,
        widget=long_text(2),
        help_text=_("What shows it: a number of the gazette, a reference, an address."),
    )
    file = forms.FileField(
        label=_("File that proves it"),
        required=False,
        help_text=_("PDF, Word, Excel, OpenDocument, a picture or plain text."),
    )
    file_title = forms.CharField(label=_("Title of the file"), required=False, max_length=200)

    def __init__(self, *args: Any, steps: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = {str(step.pk): step for step in steps}
        self.fields["milestone"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("None")),
            *((pk, text_of(step.titles)) for pk, step in self.steps.items()),
        ]
