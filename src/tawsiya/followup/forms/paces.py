"""The pace of reminders as it is typed, of a questionnaire and of assignments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tawsiya.followup.pace import Pace


class PaceForm(forms.Form):
    """On which days institutions are reminded, and from when on a reminder climbs."""

    remind_before = forms.CharField(
        label=_("Remind before the deadline"),
        required=False,
        help_text=_("Days before it, with commas: 14, 7, 1"),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    remind_every = forms.IntegerField(
        label=_("Remind after the deadline every … days"), min_value=1, max_value=90
    )
    validator_after = forms.IntegerField(
        label=_("Tell the validator after … days overdue"), min_value=1, max_value=365
    )
    head_after = forms.IntegerField(
        label=_("Tell the head of the institution after … days overdue"), min_value=1, max_value=365
    )

    @staticmethod
    def initial_of_pace(pace: Pace) -> dict[str, Any]:
        """Return what the form shows of a pace."""
        return {
            "remind_before": ", ".join(str(day) for day in pace.before),
            "remind_every": pace.every,
            "validator_after": pace.validator_after,
            "head_after": pace.head_after,
        }

    def clean_remind_before(self) -> tuple[int, ...]:
        """Return the days; refuses what is no number between 1 and 365."""
        parts = self.cleaned_data["remind_before"].replace("،", ",").replace(";", ",").split(",")
        typed = [part.strip() for part in parts if part.strip()]
        if not all(part.isdecimal() and 1 <= int(part) <= 365 for part in typed):
            raise forms.ValidationError(_("Write whole days between 1 and 365, with commas."))
        return tuple(int(part) for part in typed)

    def pace(self) -> Pace:
        """Return the pace that was typed."""
        data = self.cleaned_data
        return Pace(data["remind_before"], data["remind_every"], data["validator_after"], data["head_after"])


class AssignmentPaceForm(PaceForm):
    """The pace of assignments; those that nobody answered are reminded of too."""

    answer_within = forms.IntegerField(
        label=_("An institution accepts or refuses within … days"), min_value=1, max_value=365
    )
    field_order = ("answer_within",)
