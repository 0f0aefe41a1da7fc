"""Forms of what is written: contributions part by part, references, messages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.followup.choices import EvidenceMark, ReferenceKind
from tawsiya.followup.commands.references import Cited
from tawsiya.followup.content import CONTENT, Content, plain
from tawsiya.followup.figures import KEYS, LENGTHS, MOST, Figure, tidy
from tawsiya.followup.forms.fields import InstitutionChoice, language_choices, set_choices
from tawsiya.followup.visibility import PARTS
from tawsiya.recommendations.choices import scale_for

# Rows that stand empty below the figures, for pages without scripts.
EMPTY_ROWS = 2
_FIGURE_LABELS = {
    "label": _("What is counted"),
    "value": _("Value"),
    "unit": _("Unit"),
    "period": _("Period"),
    "source": _("Source"),
}


class FiguresInput(forms.Widget):
    """Rows of figures; each input is named `figures-<row>-<key>`."""

    template = "followup/_figures.html"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the rows, some empty ones after them."""
        written = list(value or [])[:MOST]
        rows = [*written, *({} for _row in range(min(EMPTY_ROWS, MOST - len(written))))]
        shown = [
            {
                "number": number,
                "is_empty": not any(row.values()),
                "cells": [
                    {
                        "key": key,
                        "name": f"{name}-{number}-{key}",
                        "label": _FIGURE_LABELS[key],
                        "value": row.get(key, ""),
                        "most": LENGTHS[key],
                    }
                    for key in KEYS
                ],
            }
            for number, row in enumerate(rows)
        ]
        context = {"name": name, "rows": shown, "most": MOST}
        return SafeString(render_to_string(self.template, context))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Figure] | None:
        """Return the rows that were sent, None where the form had none."""
        rows = [
            {key: data.get(f"{name}-{number}-{key}", "") for key in KEYS}
            for number in range(MOST + EMPTY_ROWS)
            if f"{name}-{number}-value" in data
        ]
        return tidy(rows) if rows or f"{name}-rows" in data else None

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first input."""
        return f"{id_}-0-label"


class FiguresField(forms.Field):
    """Figures as `followup.figures` has them; None where the form sent no rows."""

    widget = FiguresInput

    def clean(self, value: Any) -> list[Figure] | None:
        """Check that each figure says what it counts, and how much."""
        if value is None:
            return None
        for figure in value:
            if not (figure["label"] and figure["value"]):
                raise forms.ValidationError(_("Each figure needs what it counts and its value."))
            if any(len(figure[key]) > LENGTHS[key] for key in KEYS):
                raise forms.ValidationError(_("A figure is a few words, not a text."))
        return list(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the rows."""
        return bool((initial or []) != (data or []))


def _mark_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Confidentiality"),
        choices=EvidenceMark.choices,
        initial=EvidenceMark.INTERNAL,
        required=False,
    )


class ContributionForm(forms.Form):
    """What an institution reports on a recommendation, and who may receive each part of it."""

    institution = InstitutionChoice(
        label=_("Institution"), queryset=Institution.objects.none(), empty_label=None
    )
    language = forms.ChoiceField(label=_("Language of the contribution"))
    measures_taken = forms.CharField(
        label=_("Measures taken"),
        required=False,
        widget=long_text(8),
        help_text=_("Laws, decisions, programmes and their results, with dates. Needed before you submit."),
    )
    measures_taken_mark = _mark_field()
    obstacles = forms.CharField(label=_("Obstacles"), required=False, widget=long_text(4))
    obstacles_mark = _mark_field()
    next_steps = forms.CharField(label=_("Next steps"), required=False, widget=long_text(4))
    next_steps_mark = _mark_field()
    figures = FiguresField(
        label=_("Figures"),
        required=False,
        help_text=_("Each with its unit, its period and where it comes from."),
    )
    figures_mark = _mark_field()
    proposed_status = forms.ChoiceField(
        label=_("Proposed status"),
        required=False,
        help_text=_("The delegation decides on the status; this is your institution's proposal."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, position: str, institutions: Iterable[Institution] = (), **kwargs: Any
    ) -> None:
        """Offer the statuses that fit the State's position, and the institutions the reader writes for.

        Args:
            position: the position on the recommendation ("" outside the UPR).
            institutions: empty where a contribution exists already.
        """
        super().__init__(*args, **kwargs)
        ids = [institution.pk for institution in institutions]
        if len(ids) > 1:
            field = self.fields["institution"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Institution.objects.filter(pk__in=ids)
        else:
            del self.fields["institution"]
        set_choices(self, "language", language_choices())
        scale = [(status.value, status.label) for status in scale_for(position)]
        set_choices(self, "proposed_status", [("", _("No proposal")), *scale])

    def content(self) -> Content:
        """Return what was written as the command takes it; what the form did not send stays as it was."""
        return Content(**{name: self._written(name) for name in CONTENT})

    def _written(self, name: str) -> Any:
        value = plain(self.cleaned_data.get(name))
        kept = name == "figures" or name.endswith("_mark")
        if kept and (value is None or value == ""):
            default = [] if name == "figures" else EvidenceMark.INTERNAL.value
            return self.get_initial_for_field(self.fields[name], name) or default
        return value

    @property
    def sections(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The parts, each with the field of its confidentiality."""
        return [(self[part], self[f"{part}_mark"]) for part in PARTS]


def typed_values(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form held, from the fields that it sent while somebody typed: its initial values."""
    values: dict[str, Any] = {
        name: plain(fields[name])
        for name in ("institution", *CONTENT)
        if name in fields and name != "figures"
    }
    figures = FiguresInput().value_from_datadict(fields, None, "figures")
    return values if figures is None else values | {"figures": figures}


class ReferenceForm(forms.Form):
    """A link or a law that proves what a contribution says. Stands beside the form of files on one page."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_reference_%s")

    kind = forms.ChoiceField(
        label=_("Kind"), choices=ReferenceKind.choices, initial=ReferenceKind.LAW, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    number = forms.CharField(
        label=_("Number"), max_length=80, required=False, help_text=_("Of a law, decree or circular.")
    )
    dated = forms.DateField(label=_("Date"), required=False, widget=DateInput, input_formats=DATE_FORMATS)
    url = forms.URLField(
        label=_("Address"), max_length=500, required=False, assume_scheme="https", help_text="https://…"
    )
    mark = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=EvidenceMark.choices,
        initial=EvidenceMark.INTERNAL,
        widget=forms.RadioSelect,
    )

    def cited(self) -> Cited:
        """Return what was cited as the command takes it."""
        data = self.cleaned_data
        return Cited(
            kind=ReferenceKind(data["kind"]),
            title=data["title"].strip(),
            url=data["url"],
            number=data["number"].strip(),
            dated=data["dated"],
            mark=EvidenceMark(data["mark"]),
        )


class MessageForm(forms.Form):
    """A message, and whom it mentions."""

    text = forms.CharField(label=_("Message"), widget=long_text(4))
    mentions = forms.MultipleChoiceField(
        label=_("Mention"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Iterable[User], language: str, **kwargs: Any) -> None:
        """Offer the people of the conversation, and nobody else."""
        super().__init__(*args, **kwargs)
        field = self.fields["mentions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(person.pk), person.name_in(language)) for person in people]
        if not field.choices:
            del self.fields["mentions"]

    def chosen(self) -> list[int]:
        """Return the ids of those chosen to be mentioned."""
        return [int(pk) for pk in self.cleaned_data.get("mentions", ())]
