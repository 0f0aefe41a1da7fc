"""Forms of other voices: a submission, its refusal, UN grades, a question of parliament."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.followup.commands.voices import Asked, Assessed, Said
from tawsiya.followup.forms.fields import language_choices, set_choices
from tawsiya.programme.choices import RefusalGround
from tawsiya.programme.forms import named_item
from tawsiya.recommendations.choices import scale_for
from tawsiya.recommendations.models import Recommendation


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput, input_formats=DATE_FORMATS)


class SubmissionForm(forms.Form):
    """What the national human rights institution or an organisation sees."""

    text = forms.CharField(
        label=_("What you see"),
        max_length=20_000,
        widget=long_text(8),
        help_text=_("It is refused for insult or personal data only; once accepted, everybody reads it."),
    )
    status = forms.ChoiceField(
        label=_("Your own assessment"),
        required=False,
        help_text=_("It stands beside the State's status and never changes it."),
    )
    link = forms.URLField(
        label=_("Link to your report"), required=False, max_length=500, assume_scheme="https"
    )
    language = forms.ChoiceField(label=_("Language"))
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, position: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = [(status.value, status.label) for status in scale_for(position)]
        set_choices(self, "status", [("", _("No assessment")), *scale])
        set_choices(self, "language", language_choices())

    def said(self) -> Said:
        """Return what was written as the command takes it."""
        names = ("text", "language", "status", "link")
        return Said(**{name: self.cleaned_data[name] for name in names})


class RefuseForm(forms.Form):
    """The ground on which a submission is refused, and where it lies."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), widget=long_text(3), help_text=_("Its author reads it, and can revise the text.")
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class GradeForm(forms.Form):
    """A grade of a UN body on one recommendation."""

    grade = forms.CharField(label=_("Grade"), max_length=40)
    limb = forms.CharField(
        label=_("Part of the paragraph"),
        required=False,
        max_length=40,
        help_text=_("As the body writes it, such as (a)–(d); empty for the whole."),
    )
    symbol = forms.CharField(label=_("Symbol of the assessment"), max_length=80)
    assessed_on = _day(_("Date of the assessment"))
    reasons = forms.CharField(label=_("The body's reasons"), required=False, widget=long_text(4))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, names: dict[str, Any], **kwargs: Any) -> None:
        """Offer the body's scale; where it is not known, the grade is typed as the body writes it.

        Args:
            names: grades by code, each with its name in the reader's language, or empty.
        """
        super().__init__(*args, **kwargs)
        if names:
            choices = [(code, f"{code} — {name}" if name else code) for code, name in names.items()]
            self.fields["grade"] = forms.ChoiceField(label=_("Grade"), choices=choices)
        set_choices(self, "language", language_choices())

    def assessed(self) -> Assessed:
        """Return what was typed as the command takes it."""
        return Assessed(**self.cleaned_data)


class GradeFileForm(forms.Form):
    """A spreadsheet or CSV file of grades."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, OpenDocument or CSV, 5 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,text/csv"}),
    )


class ParliamentQuestionForm(forms.Form):
    """A question of parliament, and the recommendations that it is about."""

    number = forms.CharField(label=_("Reference number"), max_length=60)
    asked_on = _day(_("Date of the question"))
    deputy = forms.CharField(label=_("Member of parliament"), max_length=120)
    group = forms.CharField(label=_("Parliamentary group"), max_length=120, required=False)
    text = forms.CharField(label=_("Question"), max_length=20_000, widget=long_text(5))
    language = forms.ChoiceField(label=_("Language"))
    answer = forms.CharField(label=_("Answer"), required=False, max_length=40_000, widget=long_text(5))
    answered_on = _day(_("Date of the answer"), required=False)
    items = forms.CharField(
        label=_("Recommendations"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_("One on a line, such as A/HRC/36/6 § 140.7."),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        set_choices(self, "language", language_choices())

    def clean_items(self) -> list[Recommendation]:
        """Return the recommendations of the lines."""
        found: list[Recommendation] = []
        for line in self.cleaned_data["items"].splitlines():
            if not line.strip():
                continue
            item = named_item(self.reader, line)
            if item is None:
                raise forms.ValidationError(_("No such recommendation: %(line)s") % {"line": line.strip()})
            if item not in found:
                found.append(item)
        return found

    def asked(self) -> Asked:
        """Return the question as the command takes it."""
        return Asked(**{name: value for name, value in self.cleaned_data.items() if name != "items"})
