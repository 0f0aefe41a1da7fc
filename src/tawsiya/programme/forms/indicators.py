"""Forms of indicators: they clean what was typed; the commands decide."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Reader
from tawsiya.core.fields import long_text
from tawsiya.core.labels import Label, text_of
from tawsiya.programme.forms.plan import date_field, label_fields, named_item
from tawsiya.programme.indicator_cells import Refused, read_value
from tawsiya.programme.indicator_choices import (
    Better,
    Dimension,
    GoalKind,
    IndicatorKind,
    Measured,
    Missing,
    Periodicity,
    Quality,
    Right,
    ValueState,
)
from tawsiya.programme.indicator_codes import CODES, code_of, word_of
from tawsiya.programme.indicator_periods import read_period
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.models import Indicator, Measure
from tawsiya.programme.table_files import MAX_FILE
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for

_PERIOD_HELP = _("A year, a half-year, a quarter or a month: 2024, 2024-S1, 2024-Q3, 2024-05.")


class _Institutions(forms.ModelChoiceField):
    def label_from_instance(self, obj: Institution) -> str:
        return text_of(obj.names)


class _Items(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Recommendation) -> str:
        return f"{obj.document.symbol} § {obj.label}"


class IndicatorForm(forms.Form):
    """The metadata sheet of an indicator, and what it follows."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=30,
        help_text=_("Letters, digits, dots and hyphens; files name the indicator by it."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=IndicatorKind.choices,
        help_text=_("Structural: commitments. Process: what is done. Outcome: what came of it."),
    )
    right = forms.ChoiceField(label=_("Right"), choices=Right.choices)
    measured = forms.ChoiceField(label=_("What a value is"), choices=Measured.choices)
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=4, initial=0)
    better = forms.ChoiceField(label=_("Direction"), choices=Better.choices)
    periodicity = forms.ChoiceField(label=_("Periodicity"), choices=Periodicity.choices)
    dimensions = forms.MultipleChoiceField(
        label=_("Disaggregation"),
        choices=Dimension.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    institution = _Institutions(label=_("Responsible institution"), queryset=Institution.objects.none())
    sdg = forms.CharField(
        label=_("SDG indicators"),
        required=False,
        help_text=_("Their official codes with commas, such as 5.2.1, 16.3.2."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures it follows"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    items = _Items(
        label=_("Recommendations it follows"),
        queryset=Recommendation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    more_items = forms.CharField(
        label=_("More recommendations"),
        required=False,
        widget=long_text(2),
        help_text=_("One on each line: the symbol of the document and the paragraph, parts included."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        reader: Reader,
        measures: Sequence[Measure],
        linked: Iterable[int] = (),
        **kwargs: Any,
    ) -> None:
        """Offer measures and the recommendations linked now.

        Args:
            measures: the newest version of each that the reader sees.
            linked: ids of the recommendations offered, ticked or not.
        """
        super().__init__(*args, **kwargs)
        self.reader = reader
        for name, label, rows in (
            ("name", _("Name"), 0),
            ("attribute", _("Attribute of the right"), 0),
            ("definition", _("Definition"), 3),
            ("unit", _("Unit"), 0),
            ("source", _("Source of the data"), 0),
            ("method", _("Method of computation"), 3),
        ):
            label_fields(self, name, label, rows=rows)
        self.fields["institution"].queryset = assignable_institutions()  # type: ignore[attr-defined]  # a model choice
        choices = [(str(row.key), f"{row.code} · {text_of(row.titles)}") for row in measures]
        self.fields["measures"].choices = choices  # type: ignore[attr-defined]  # a choice field
        items = recommendations_for(reader).filter(pk__in=list(linked)).select_related("document")
        self.fields["items"].queryset = items  # type: ignore[attr-defined]  # a model choice
        for name, is_empty in (("measures", not choices), ("items", not items.exists())):
            if is_empty:
                del self.fields[name]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand beside each other: one label in all languages, what belongs together."""
        languages = [code for code, _name in settings.LANGUAGES]
        labels = [
            [f"{name}_{code}" for code in languages]
            for name in ("name", "attribute", "definition", "method", "unit", "source")
        ]
        names = [
            ["code", "kind", "right"],
            *labels,
            ["measured", "decimals", "better", "periodicity"],
            ["institution", "sdg"],
            ["dimensions"],
            ["measures"],
            ["items"],
            ["more_items"],
        ]
        found = [[self[name] for name in row if name in self.fields] for row in names]
        return [row for row in found if row]

    def clean_sdg(self) -> tuple[str, ...]:
        """Return the codes as they were typed; the command knows which exist."""
        return tuple(code.lower() for code in re.split(r"[\s,;،]+", self.cleaned_data["sdg"]) if code)

    def clean_more_items(self) -> list[Recommendation]:
        """Return the recommendations named.

        Raises:
            ValidationError: none is called so.
        """
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["more_items"].splitlines())):
            item = named_item(self.reader, line)
            if item is None:
                raise forms.ValidationError(
                    _("No recommendation is called “%(name)s”."), params={"name": line}
                )
            found.append(item)
        return found


class GoalForm(forms.Form):
    """The baseline or the target of a year."""

    kind = forms.ChoiceField(label=_("Kind"), choices=GoalKind.choices, initial=GoalKind.TARGET)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=4)
    source = forms.CharField(
        label=_("Set by"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


def _dimension_field(dimension: str, regions: Sequence[tuple[str, Label]]) -> forms.Field:
    label = Dimension(dimension).label
    known = [(code, text_of(names)) for code, names in regions] if dimension == Dimension.REGION else []
    if dimension in CODES:
        known = [(code, word_of(dimension, code)) for code in CODES[dimension]]
    if known:
        return forms.ChoiceField(label=label, required=False, choices=[("", _("Total")), *known])
    hint = _("An age band such as 0-14 or 65+; empty for the total.")
    return forms.CharField(
        label=label,
        required=False,
        max_length=60,
        help_text=hint if dimension == Dimension.AGE else _("Empty for the total."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ValueForm(forms.Form):
    """A value, or why there is none, or a correction of one."""

    period = forms.CharField(label=_("Period"), max_length=10, help_text=_PERIOD_HELP)
    state = forms.ChoiceField(
        label=_("What is known"),
        choices=ValueState.choices,
        initial=ValueState.KNOWN,
        widget=forms.RadioSelect,
        help_text=_("Unknown is neither zero nor no."),
    )
    value = forms.CharField(label=_("Value"), required=False, max_length=40)
    quality = forms.ChoiceField(label=_("Quality"), choices=Quality.choices, initial=Quality.FINAL)
    missing = forms.ChoiceField(
        label=_("Why it is missing"), choices=[("", "—"), *Missing.choices], required=False
    )
    source = forms.CharField(
        label=_("Source"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=long_text(3),
        help_text=_("Needed where a value is missing, does not apply, or corrects another."),
    )

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        regions: Sequence[tuple[str, Label]],
        corrects: bool = False,
        **kwargs: Any,
    ) -> None:
        """Offer the dimensions of the indicator; what is corrected keeps its period and breakdown."""
        super().__init__(*args, **kwargs)
        self.indicator, self.corrects = indicator, corrects
        for dimension in indicator.dimensions:
            self.fields[dimension] = _dimension_field(dimension, regions)
        if indicator.measured == Measured.YES_NO:
            self.fields["value"] = forms.ChoiceField(
                label=_("Value"), required=False, choices=[("", "—"), ("1", _("yes")), ("0", _("no"))]
            )
        if corrects:
            self.fields["reason"].required = True
            for name in ("period", *indicator.dimensions):
                self.fields[name].disabled = True
        self.order_fields(["period", *indicator.dimensions])

    def clean_period(self) -> str:
        """Return the period in its one form.

        Raises:
            ValidationError: it is none.
        """
        period = read_period(self.cleaned_data["period"])
        if not period:
            raise forms.ValidationError(_PERIOD_HELP)
        return period

    def clean_value(self) -> Decimal | None:
        """Return the number.

        Raises:
            ValidationError: it is none, or can be two.
        """
        try:
            return read_value(self.cleaned_data["value"])
        except Refused:
            raise forms.ValidationError(_("Write a number, such as 1250 or 12.5.")) from None

    def clean(self) -> dict[str, Any]:
        """Ask for what each state needs, and turn breakdowns into codes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        state = cleaned.get("state")
        if state == ValueState.KNOWN and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Give a value, or say why there is none."))
        if state == ValueState.MISSING and not cleaned.get("missing"):
            self.add_error("missing", _("Say why it is missing."))
        if state != ValueState.KNOWN and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why there is no value."))
        for dimension in self.indicator.dimensions:
            given = cleaned.get(dimension) or ""
            code = code_of(dimension, given) if given else ""
            if given and not code:
                self.add_error(dimension, _("This is no code of the dimension: %(code)s") % {"code": given})
            cleaned[dimension] = code
        return cleaned

    def reading(self) -> Reading:
        """Return what the form says."""
        data = self.cleaned_data
        is_known = data["state"] == ValueState.KNOWN
        return Reading(
            period=data["period"],
            breakdown={name: data[name] for name in self.indicator.dimensions if data[name]},
            state=data["state"],
            value=data["value"] if is_known else None,
            missing=data["missing"] if data["state"] == ValueState.MISSING else "",
            quality=data["quality"] if is_known else "",
            source=data["source"],
            reason=data["reason"],
        )


class BreakForm(forms.Form):
    """From when on the method is another one."""

    period = forms.CharField(label=_("From the period"), max_length=10, help_text=_PERIOD_HELP)
    explanation = forms.CharField(label=_("What changed"), widget=long_text(4))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class AskForm(forms.Form):
    """What is asked, of whom, by when, for whom."""

    institution = _Institutions(label=_("Asked of"), queryset=Institution.objects.none())
    periods = forms.CharField(
        label=_("Periods"),
        max_length=200,
        help_text=_("With commas, such as 2023, 2024."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Disaggregation"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = date_field(_("Deadline"), required=True)
    recipient = _Institutions(
        label=_("For"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("The delegation"),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=long_text(3))

    def __init__(self, *args: Any, indicator: Indicator, for_anybody: bool, **kwargs: Any) -> None:
        """Offer institutions; only the delegation asks for somebody else."""
        super().__init__(*args, **kwargs)
        possible = assignable_institutions()
        self.fields["institution"].queryset = possible  # type: ignore[attr-defined]  # a model choice
        if for_anybody:
            self.fields["recipient"].queryset = possible  # type: ignore[attr-defined]  # a model choice
        else:
            del self.fields["recipient"]
        if indicator.dimensions:
            self.fields["dimensions"].choices = [  # type: ignore[attr-defined]  # a choice field
                (name, Dimension(name).label) for name in indicator.dimensions
            ]
        else:
            del self.fields["dimensions"]

    def clean_periods(self) -> list[str]:
        """Return the periods typed; the command knows which are some."""
        return [part for part in re.split(r"[,;،\s]+", self.cleaned_data["periods"]) if part]


class FileForm(forms.Form):
    """A file of values."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods), CSV or SDMX-CSV, 5 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        """Return the file.

        Raises:
            ValidationError: it is too large.
        """
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file


ROLE_NAMES = {
    "": _("Leave out"),
    "indicator": _("Indicator"),
    "period": _("Period"),
    "value": _("Value"),
    "status": _("Status"),
    "source": _("Source"),
    "reason": _("Reason"),
    "break": _("Break of method"),
    "action": _("SDMX action"),
    **{str(code): label for code, label in Dimension.choices},
}
