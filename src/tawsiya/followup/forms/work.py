"""Forms of follow-up: they clean what was typed; the commands decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.commands.assignments import Letter
from tawsiya.followup.forms.fields import (
    InstitutionChoice,
    InstitutionsChoice,
    language_choices,
    named,
    set_choices,
)
from tawsiya.recommendations.choices import Status, scale_for


class AssignForm(forms.Form):
    """Whom to give recommendations to, until when, and by which letter."""

    ids = forms.CharField(widget=forms.HiddenInput)
    lead = InstitutionChoice(
        label=_("Lead institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("No lead now"),
    )
    supporting = InstitutionsChoice(
        label=_("Supporting institutions"),
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    replace_lead = forms.BooleanField(
        label=_("Take the lead over from another institution"),
        required=False,
        help_text=_("Its assignment ends; what it wrote stays. Without this, a second lead is refused."),
    )
    reason = forms.CharField(label=_("Reason of the change of lead"), required=False, widget=long_text(2))
    deadline = forms.DateField(
        label=_("Deadline"), required=False, widget=DateInput, input_formats=DATE_FORMATS
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=long_text(3), help_text=_("The institutions read it.")
    )
    letter_reference = forms.CharField(label=_("Reference of the letter"), required=False, max_length=80)
    letter_date = forms.DateField(
        label=_("Date of the letter"), required=False, widget=DateInput, input_formats=DATE_FORMATS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = assignable_institutions().select_related("parent")
        for name in ("lead", "supporting"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = possible
            blank = [("", field.empty_label)] if field.empty_label else []
            field.choices = [*blank, *sorted(named(possible), key=lambda choice: choice[1])]

    def clean(self) -> dict[str, Any]:
        """Say at once what the command would refuse for every row."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lead, supporting = cleaned.get("lead"), cleaned.get("supporting")
        if "lead" in cleaned and not lead and not supporting:
            self.add_error("lead", _("Choose a lead or a supporting institution."))
        if lead and supporting and lead in supporting:
            self.add_error("supporting", _("An institution either leads or supports, not both."))
        if cleaned.get("replace_lead") and not lead:
            self.add_error("lead", _("Choose the institution that takes the lead over."))
        if cleaned.get("replace_lead") and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Give the reason."))
        return cleaned

    def replacing(self) -> str:
        """Return the reason for which the lead changes, empty where it does not."""
        return self.cleaned_data["reason"] if self.cleaned_data["replace_lead"] else ""

    def letter(self) -> Letter:
        """Return the official letter as the command takes it."""
        return Letter(self.cleaned_data["letter_reference"], self.cleaned_data["letter_date"])


class EvidenceForm(forms.Form):
    """A file that proves what a contribution says."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, OpenDocument, PNG, JPEG or plain text; 25 MB at most."),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("The file's name where it is left empty."),
    )
    mark = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=EvidenceMark.choices,
        initial=EvidenceMark.INTERNAL,
        widget=forms.RadioSelect,
    )


class StatusForm(forms.Form):
    """The status of implementation and its justification."""

    status = forms.ChoiceField(label=_("Status of implementation"), widget=forms.RadioSelect)
    justification = forms.CharField(
        label=_("Justification"),
        required=False,
        widget=long_text(5),
        help_text=_(
            "What the status rests on: measures, laws, figures. It stays in the history. Needed unless you "
            "confirm what the rule proposes."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the justification"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    seen_proposal = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, position: str, **kwargs: Any) -> None:
        """Offer the statuses that fit the State's position on the recommendation."""
        super().__init__(*args, **kwargs)
        set_choices(self, "status", [(status.value, status.label) for status in scale_for(position)])
        set_choices(self, "language", language_choices())

    def chosen(self) -> Status:
        """Return the status chosen."""
        return Status(self.cleaned_data["status"])
