"""What the columns of a plan from elsewhere hold."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tawsiya.programme.exchange.foreign import FIELDS, Naming, axes_of, propose_columns, shape_of
from tawsiya.programme.exchange.stored import Table, letters
from tawsiya.programme.models import Version

MAX_COLUMNS = 60


class NamingForm(forms.Form):
    """A table of a file, the row of its headers, and a field for each column."""

    table = forms.ChoiceField(label=_("Table"))
    header = forms.IntegerField(label=_("Row of the headers"), min_value=1, max_value=100)
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    axis = forms.ChoiceField(
        label=_("Axis of the rows that name none"), required=False, choices=[("", _("None"))]
    )
    year = forms.IntegerField(label=_("Year of the amounts"), required=False, min_value=1990, max_value=2100)
    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Z]{3}$", required=False, help_text=_("Three letters.")
    )
    source = forms.CharField(label=_("Source of the money"), required=False, max_length=120)

    def __init__(
        self, *args: Any, tables: Sequence[Table], shown: Naming, version: Version, **kwargs: Any
    ) -> None:
        """Offer the tables of the file, and for the columns of the one shown what they may hold."""
        self.shown = shown
        row = tables[shown.table]["rows"][shown.header - 1 : shown.header]
        self.headers: list[str] = list(row[0] if row else ())[:MAX_COLUMNS]
        columns = shown.columns or propose_columns(self.headers)
        super().__init__(*args, **kwargs)
        self.initial = shown.as_json() | {"table": str(shown.table)}
        axes = axes_of(version)
        if shown.axis not in dict(axes):  # of another version, whose columns were named so
            self.initial["axis"] = ""
        choices = [(str(place), table["name"]) for place, table in enumerate(tables)]
        self.fields["table"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["axis"].choices = [("", _("None")), *axes]  # type: ignore[attr-defined]
        for place, header in enumerate(self.headers):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header or letters(place),
                required=False,
                choices=[("", _("Nothing that is read")), *FIELDS.items()],
                initial=columns[place] if place < len(columns) else "",
            )

    def column_fields(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Yield the letter of each column with its field."""
        for place in range(len(self.headers)):
            yield letters(place), self[f"column-{place}"]

    def other_fields(self) -> list[forms.BoundField]:
        """Return the fields that hold for all rows."""
        return [self[name] for name in ("language", "axis", "year", "currency", "source")]

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns claim, and ask for the title."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = [name for place in range(len(self.headers)) if (name := cleaned.get(f"column-{place}"))]
        if twice := next((name for name in named if named.count(name) > 1), ""):
            raise forms.ValidationError(
                _("Two columns hold the same: %(name)s"), params={"name": FIELDS[twice]}
            )
        if "title" not in named:
            raise forms.ValidationError(_("Say which column holds the title of the measure."))
        return cleaned

    def naming(self) -> Naming:
        """Return what was said."""
        data = self.cleaned_data
        return Naming(
            table=int(data["table"]),
            header=data["header"],
            columns=tuple(data.get(f"column-{place}", "") for place in range(len(self.headers))),
            language=data["language"],
            axis=data["axis"],
            year=str(data["year"] or ""),
            currency=data["currency"],
            source=data["source"],
            shape=shape_of(self.headers),
        )
