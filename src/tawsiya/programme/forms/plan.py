"""Forms of programmes: they clean what was typed; the commands decide."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Reader
from tawsiya.core.fields import DATE_FORMATS, DateInput, long_text
from tawsiya.core.labels import Label, language_within, text_of
from tawsiya.programme.choices import (
    Audience,
    BudgetKind,
    LawKind,
    LawStage,
    NodeKind,
    Reach,
)
from tawsiya.programme.models import Measure, Milestone, Node, Version
from tawsiya.programme.queries import Outline, regions
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.models import Recommendation, Tag
from tawsiya.recommendations.queries import recommendations_for

_REFERENCE = re.compile(r"^\s*(?P<symbol>\S+)\s*(?:§|:)?\s+(?P<paragraph>.+?)\s*$")


def date_field(label: Any, *, required: bool = False) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, required=required, widget=DateInput, input_formats=DATE_FORMATS)


def label_fields(form: forms.Form, name: str, label: Any, *, rows: int = 0, limit: int = 300) -> None:
    """Add one field for each language of the system: `name_ar`, `name_fr`, …"""
    for code, language in settings.LANGUAGES:
        form.fields[f"{name}_{code}"] = forms.CharField(
            label=f"{label} ({language_within(language)})",
            required=False,
            max_length=4000 if rows else limit,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code, "dir": "auto"})
            if rows
            else forms.TextInput(attrs={"lang": code, "dir": "auto"}),
        )


def label_of(form: forms.Form, name: str) -> Label:
    """Return what was typed in the fields of `label_fields`."""
    texts = {code: form.cleaned_data.get(f"{name}_{code}", "").strip() for code, _name in settings.LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def initial_of(name: str, label: Label) -> dict[str, str]:
    """Return a label as the initial values of `label_fields`."""
    return {f"{name}_{code}": text for code, text in label.items()}


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {text_of(obj.names)}" if isinstance(obj, Node) else text_of(obj.names)


class _Several(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if isinstance(obj, Recommendation) else text_of(obj.names)


class _Measures(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {text_of(obj.titles)}"


class ProgrammeForm(forms.Form):
    """The name of a programme, and the axes to begin with."""

    def __init__(self, *args: Any, ready: Sequence[Outline], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_fields(self, "name", _("Name"))
        choices = [("", _("None: I write them myself")), *((row.code, text_of(row.names)) for row in ready)]
        if ready:
            self.fields["outline"] = forms.ChoiceField(
                label=_("Axes to begin with"), choices=choices, required=False, widget=forms.RadioSelect
            )


class NodeForm(forms.Form):
    """An axis or an objective."""

    code = forms.CharField(label=pgettext_lazy("of a list", "Number"), max_length=20)
    kind = forms.ChoiceField(label=_("Kind"), choices=NodeKind.choices, initial=NodeKind.AXIS)
    parent = _Named(
        label=_("Stands under"), queryset=Node.objects.none(), required=False, empty_label=_("Nothing")
    )

    def __init__(self, *args: Any, version: Version, node: Node | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_fields(self, "name", _("Name"))
        rows = Node.objects.filter(version=version).order_by("sort_key")
        self.fields["parent"].queryset = rows.exclude(pk=node.pk) if node else rows  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """What a measure says, apart from its milestones, money and laws."""

    code = forms.CharField(label=pgettext_lazy("of a list", "Number"), max_length=20)
    node = _Named(label=_("Axis or objective"), queryset=Node.objects.none(), empty_label=None)
    lead = _Named(
        label=_("Lead institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("None yet"),
    )
    supporting = _Several(
        label=_("Supporting institutions"),
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = date_field(_("Start date"))
    ends_on = date_field(_("End date"))
    reach = forms.ChoiceField(label=_("Place"), choices=Reach.choices, initial=Reach.NATIONAL)
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.CharField(
        label=_("Other places"),
        required=False,
        widget=long_text(2),
        help_text=_("Regions or communes by name, one on each line."),
    )
    targets = forms.CharField(
        label=_("SDG targets"), required=False, help_text=_("Their numbers with commas, such as 16.3, 5.2.")
    )
    risks = forms.CharField(label=_("Risks"), required=False, widget=long_text(3))
    waits_for = _Measures(
        label=_("Waits for"),
        queryset=Measure.objects.none(),
        required=False,
        help_text=_("Measures that must be completed before this one can begin."),
    )
    answers = _Several(
        label=_("Recommendations it answers"),
        queryset=Recommendation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    more_answers = forms.CharField(
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
        version: Version,
        state: str,
        answered: Iterable[int] = (),
        measure: Measure | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the axes of the version and the regions of the State.

        Args:
            state: the State of the instance, alpha-3.
            answered: ids of the recommendations the measure answers now.
            measure: the one that is changed: it waits for others only.
        """
        super().__init__(*args, **kwargs)
        self.reader = reader
        label_fields(self, "title", _("Title"))
        label_fields(self, "description", _("Description"), rows=4)
        possible = assignable_institutions()
        others = Measure.objects.filter(version=version).order_by("sort_key", "pk")
        sets: dict[str, Any] = {
            "waits_for": others.exclude(pk=measure.pk) if measure else others,
            "node": Node.objects.filter(version=version).order_by("sort_key"),
            "lead": possible,
            "supporting": possible,
            "answers": recommendations_for(reader).filter(pk__in=list(answered)).select_related("document"),
        }
        for name, rows in sets.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # all choose among models
        known = [(code, text_of(names)) for code, names in regions(state)]
        if known:
            self.fields["regions"].choices = known  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["regions"]
        titles = [name for name in self.fields if name.startswith(("title_", "description_"))]
        self.order_fields(["code", "node", *titles])

    def clean_targets(self) -> tuple[str, ...]:
        """Return the codes of the targets.

        Raises:
            ValidationError: one is no SDG target.
        """
        codes = [code for code in re.split(r"[\s,;،]+", self.cleaned_data["targets"]) if code]
        known = set(
            Tag.objects.filter(taxonomy=Taxonomy.SDG_TARGET, code__in=codes).values_list("code", flat=True)
        )
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("This is no SDG target: %(code)s"), params={"code": unknown[0]})
        return tuple(codes)

    def clean_more_answers(self) -> list[Recommendation]:
        """Return the recommendations named.

        Raises:
            ValidationError: none is called so.
        """
        found = []
        for line in self.cleaned_data["more_answers"].splitlines():
            if not line.strip():
                continue
            item = named_item(self.reader, line)
            if item is None:
                raise forms.ValidationError(
                    _("No recommendation is called “%(name)s”."), params={"name": line.strip()}
                )
            found.append(item)
        return found

    def all_places(self) -> tuple[str, ...]:
        """Return the regions chosen and the places typed."""
        typed = [line.strip()[:80] for line in self.cleaned_data["places"].splitlines()]
        return tuple(
            dict.fromkeys([*self.cleaned_data.get("regions", ()), *(line for line in typed if line)])
        )


def named_item(reader: Reader, line: str) -> Recommendation | None:
    """Return the recommendation of a line such as `A/HRC/36/6 § 140.7`; None where there is none."""
    match = _REFERENCE.match(line)
    if match is None:
        return None
    wanted = "".join(match["paragraph"].split())
    paragraph = wanted.split("(")[0]
    rows = recommendations_for(reader).filter(
        Q(document__symbol__iexact=match["symbol"]), paragraph__iexact=paragraph
    )
    return next(
        (row for row in rows.select_related("document") if "".join(row.label.split()) == wanted), None
    )


class MilestoneForm(forms.Form):
    """A step with its day, and the steps that come before it."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Milestone"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    due_on = date_field(_("Due"), required=True)
    waits_for = forms.MultipleChoiceField(label=_("Waits for"), required=False)

    def __init__(self, *args: Any, steps: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = str(self.initial.get("key") or "")
        choices = [
            (str(step.key), f"{step.measure.code} · {text_of(step.titles)}")
            for step in steps
            if str(step.key) != own
        ]
        self.fields["waits_for"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not choices:
            del self.fields["waits_for"]


class BudgetForm(forms.Form):
    """An amount for a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("Kind"), choices=BudgetKind.choices, initial=BudgetKind.PLANNED)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)
    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Z]{3}$", max_length=3, help_text=_("Three letters.")
    )
    source = forms.CharField(label=_("Source"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))


class LawForm(forms.Form):
    """A text of law that the measure needs, and its stage."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Text"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=LawKind.choices, initial=LawKind.LAW)
    number = forms.CharField(label=pgettext_lazy("of a list", "Number"), max_length=60, required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=LawStage.choices, initial=LawStage.PREPARED)
    stage_since = date_field(_("Since"))


class PlanForm(forms.Form):
    """Which measure is to answer the recommendations chosen: a new one under an axis, or one there is."""

    ids = forms.CharField(widget=forms.HiddenInput)
    measure = forms.ChoiceField(label=_("A measure there is"), required=False)
    node = forms.ChoiceField(label=_("Or a new one under"), required=False)
    title = forms.CharField(
        label=_("Title of the new measure"), required=False, max_length=300, widget=long_text(2)
    )

    def __init__(self, *args: Any, nodes: Sequence[Node], measures: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_node = {str(row.pk): row for row in nodes}
        self.by_measure = {str(row.pk): row for row in measures}
        for name, rows, words in (
            ("node", self.by_node, lambda row: f"{row.code} {text_of(row.names)}"),
            ("measure", self.by_measure, lambda row: f"{row.code} {text_of(row.titles)}"),
        ):
            choices = [(pk, f"{row.version} · {words(row)}") for pk, row in rows.items()]
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for a measure, or for an axis with a title."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("measure"):
            if not cleaned.get("node"):
                self.add_error("node", _("Choose a measure, or an axis for a new one."))
            if not cleaned.get("title", "").strip():
                self.add_error("title", _("Give the new measure a title."))
        return cleaned


class ConsultationForm(forms.Form):
    """Who is consulted, and until when."""

    audiences = forms.MultipleChoiceField(
        label=_("Who is consulted"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "“Everybody”: from the first day to the last, the draft is on the public pages with its axes,"
            " measures, institutions, dates, money, laws and milestones. Risks, proofs, indicators and"
            " comments stay inside."
        ),
    )
    opens_on = date_field(_("Opens"), required=True)
    closes_on = date_field(_("Closes"), required=True)

    def chosen(self) -> list[Audience]:
        """Return the audiences."""
        return [Audience(code) for code in self.cleaned_data["audiences"]]


class AdoptionForm(forms.Form):
    """The act by which a version is adopted."""

    act_number = forms.CharField(label=_("Number of the act"), max_length=60)
    act_date = date_field(_("Date of the act"), required=True)
