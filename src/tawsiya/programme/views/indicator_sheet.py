"""Between the form of an indicator and its sheet."""

from typing import Any
from uuid import UUID

from django import forms
from django.forms import formset_factory
from django.http import HttpRequest

from tawsiya.accounts.reader import Reader
from tawsiya.programme.commands.indicators import Goal, Sheet
from tawsiya.programme.forms.indicators import GoalForm, IndicatorForm
from tawsiya.programme.forms.plan import label_of
from tawsiya.programme.indicator_queries import links_of
from tawsiya.programme.models import Indicator, Measure
from tawsiya.programme.queries import measures_for

LABELS = {
    "name": "names",
    "attribute": "attributes",
    "definition": "definitions",
    "unit": "units",
    "source": "sources",
    "method": "methods",
}
_PLAIN = ("code", "kind", "right", "measured", "decimals", "better", "periodicity")
Lines = formset_factory(GoalForm, extra=3)


def _newest(reader: Reader) -> list[Measure]:
    """Return the measures that the reader sees, each in its newest version."""
    newest = {row.key: row for row in measures_for(reader).order_by("version__number")}
    return sorted(newest.values(), key=lambda row: (row.version.programme_id, row.sort_key))


def sheet_form(request: HttpRequest, reader: Reader, indicator: Indicator | None) -> IndicatorForm:
    """Return the form, with what is there or what the address asks for (`measure`, `item`)."""
    links = links_of(reader, indicator) if indicator else None
    linked = [item.pk for item in links.items] if links else []
    asked = request.GET.get("item", "")
    if asked.isdecimal():
        linked.append(int(asked))
    measures = _newest(reader)
    initial: dict[str, Any] = {"items": linked}
    if indicator:
        initial |= {name: getattr(indicator, name) for name in _PLAIN}
        initial |= {
            "institution": indicator.institution_id,
            "dimensions": indicator.dimensions,
            "sdg": ", ".join(indicator.sdg),
            "measures": [str(link.measure_key) for link in indicator.measure_links.all()],
            "seen_version": indicator.row_version,
        }
        for field, name in LABELS.items():
            initial |= {f"{field}_{code}": text for code, text in getattr(indicator, name).items()}
    elif request.GET.get("measure", "").isdecimal():
        pk = int(request.GET["measure"])
        initial["measures"] = [str(row.key) for row in measures if row.pk == pk]
    # What was ticked when the form was sent is offered again.
    linked += [int(pk) for pk in request.POST.getlist("items") if pk.isdecimal()]
    return IndicatorForm(
        request.POST or None, reader=reader, measures=measures, linked=linked, initial=initial
    )


def goal_lines(request: HttpRequest, indicator: Indicator | None) -> forms.BaseFormSet[GoalForm]:
    """Return the lines of baseline and targets."""
    rows = indicator.goals.all() if indicator else ()
    initial = [
        {"kind": goal.kind, "year": goal.year, "value": goal.value.normalize(), "source": goal.source}
        for goal in rows
    ]
    return Lines(request.POST or None, prefix="goals", initial=initial)


def sheet_of(form: IndicatorForm, lines: forms.BaseFormSet[GoalForm]) -> Sheet:
    """Return what was typed; a line whose year and value are empty is dropped."""
    data = form.cleaned_data
    goals = [
        Goal(line["kind"], line["year"], line["value"], line["source"])
        for line in lines.cleaned_data
        if line.get("year") is not None and line.get("value") is not None
    ]
    fields: dict[str, Any] = {name: data[name] for name in _PLAIN}
    fields |= {plural: label_of(form, name) for name, plural in LABELS.items()}
    return Sheet(
        **fields,
        institution=data["institution"],
        dimensions=tuple(data["dimensions"]),
        sdg=data["sdg"],
        goals=tuple(goals),
        measures=tuple(UUID(key) for key in data.get("measures", ())),
        items=tuple(dict.fromkeys([*data.get("items", ()), *data["more_items"]])),
    )
