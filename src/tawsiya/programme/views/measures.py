"""The page of a measure, and the form that writes one."""

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.queries import in_charge
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import text_of
from tawsiya.programme import smart
from tawsiya.programme.choices import Reach, RefusalGround
from tawsiya.programme.commands.measures import (
    BudgetFacts,
    Content,
    LawFacts,
    MilestoneFacts,
    remove_measure,
    save_measure,
)
from tawsiya.programme.execution import Execution, executions, laws, money
from tawsiya.programme.forms import (
    BudgetForm,
    LawForm,
    MeasureForm,
    MilestoneForm,
    initial_of,
    label_of,
)
from tawsiya.programme.indicator_queries import followed_by_measure
from tawsiya.programme.models import Measure, Milestone, Node, Version
from tawsiya.programme.permissions import (
    may_act_on_report,
    may_act_on_version,
    may_comment,
    may_plan,
    may_report,
)
from tawsiya.programme.queries import (
    comments_for,
    consultation_of,
    lead_of,
    measure_or_404,
    measures_for,
    parliaments,
    regions,
    reports_for,
    supporting,
    version_or_404,
)
from tawsiya.programme.views.common import (
    actions_on,
    filled_lines,
    history,
    page_of,
    state_of_instance,
)
from tawsiya.recommendations.reading import reader_language, reading_text

EMPTY_LINES = 2  # for new milestones, amounts and laws, at the end of each


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a measure with all that belongs to it."""
    reader = reader_of(request)
    return render(request, "programme/measure.html", page(reader, measure_or_404(reader, pk)))


def page(reader: Reader, measure: Measure) -> dict[str, Any]:
    """Return what the page of a measure shows (a measure of `measure_or_404`)."""
    can = actions_on(reader, measure.version)
    execution = executions(reader, [measure.key]).get(measure.key, Execution())
    lead = lead_of(measure)
    today = in_charge(lead) if lead else None
    # Of the measure as of its former versions: what was reported stays true of it.
    reports = (
        reports_for(reader)
        .filter(measure__key=measure.key)
        .order_by("-written_at", "-pk")
        .prefetch_related("amounts", "stages__legislation", "files")
    )
    return {
        "measure": measure,
        "version": measure.version,
        "lead": lead,
        "in_charge": None if today == lead else today,
        "supporting": supporting(measure),
        "answers": [
            {"item": row.recommendation, "text": reading_text(row.recommendation)}
            for row in measure.answers.all()
        ],
        "milestones": _milestones(reader, measure),
        "standings": followed_by_measure(reader, measure),
        "places": _places(measure),
        "money": money(measure, execution),
        "laws": laws(measure, execution),
        "waits": _waits(reader, measure),
        "notes": smart.check(measure) if "edit" in can else [],
        "shows_notes": "edit" in can,
        "can": can,
        "comments": list(comments_for(reader).filter(measure=measure).select_related("contact")),
        "may_comment": bool(may_comment(reader, consultation_of(measure.version), parliaments())),
        "may_answer": bool(may_plan(reader)),
        "may_moderate": bool(may(reader, Act.MODERATE)),
        "grounds": RefusalGround.choices,
        "may_report": bool(may_report(reader, measure.version, today.pk if today else None)),
        "reports": [
            {
                "row": row,
                "dialog": f"return-{row.pk}",
                "approve": bool(may_act_on_report(reader, row, "approve")),
            }
            for row in reports
        ],
        "events": history(
            reader,
            {
                "programme.measure": [measure.pk],
                "programme.measurereport": [row.pk for row in reports],
                "programme.comment": measure.comments.values_list("pk", flat=True),
            },
        ),
    }


def _milestones(reader: Reader, measure: Measure) -> list[dict[str, Any]]:
    """Return the milestones with those they wait for, as far as the reader sees them."""
    rows = list(measure.milestones.all())
    wanted = {key for row in rows for key in row.waits_for}
    visible = measures_for(reader).filter(version=measure.version)
    steps = Milestone.objects.filter(key__in=wanted, measure__in=visible).select_related("measure")
    by_key = {step.key: step for step in steps}
    return [{"row": row, "waits": [by_key[key] for key in row.waits_for if key in by_key]} for row in rows]


def _waits(reader: Reader, measure: Measure) -> list[Measure]:
    """Return the measures that come first, as far as the reader sees them."""
    wanted = [row.waits_for_id for row in measure.waits.all()]
    return list(measures_for(reader).filter(pk__in=wanted).order_by("sort_key")) if wanted else []


def _places(measure: Measure) -> list[str]:
    names = {code: text_of(label) for code, label in regions(state_of_instance())}
    return [names.get(place, place) for place in measure.places]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a measure in a draft."""
    reader = reader_of(request)
    return _write(request, reader, version_or_404(reader, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a measure of a draft."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    return _write(request, reader, measure.version, measure)


def _write(request: HttpRequest, reader: Reader, version: Version, measure: Measure | None) -> HttpResponse:
    acting(reader, may_act_on_version(reader, version, "edit"))
    data = request.POST or None
    answered = [row.recommendation_id for row in measure.answers.all()] if measure else []
    form = MeasureForm(
        data,
        reader=reader,
        version=version,
        state=state_of_instance(),
        answered=answered,
        measure=measure,
        initial=_initial(measure)
        if measure
        else {"node": request.GET.get("axis"), "code": _next_code(version, request)},
    )
    sets = _formsets(data, version, measure)
    status = 200
    # Every part is looked at, so that all errors show at once.
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in sets.values())]):
        try:
            saved = save_measure(
                version=version,
                content=_content(form, sets, measure),
                measure=measure,
                seen_version=form.cleaned_data["seen_version"],
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The measure is saved."))
            return redirect("programme:measure", saved.pk)
    context = {
        "form": form,
        "sets": sets,
        "version": version,
        "measure": measure,
        "has_axes": version.nodes.exists(),
    }
    return render(request, "programme/measure_form.html", context, status=status)


def _next_code(version: Version, request: HttpRequest) -> str:
    axis = request.GET.get("axis", "")
    node = Node.objects.filter(version=version, pk=int(axis)).first() if axis.isdecimal() else None
    return next_code(node) if node else ""


def next_code(node: Node) -> str:
    """Return the first free number of a measure under an axis: `2.1.4` under 2.1 with three measures."""
    taken = set(Measure.objects.filter(version_id=node.version_id).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{node.code}.{n}") not in taken)


def _initial(measure: Measure) -> dict[str, Any]:
    known = {code for code, _label in regions(state_of_instance())}
    lead = lead_of(measure)
    return {
        "code": measure.code,
        "node": measure.node_id,
        "lead": lead.pk if lead else None,
        "supporting": [row.pk for row in supporting(measure)],
        "starts_on": measure.starts_on,
        "ends_on": measure.ends_on,
        "reach": measure.reach,
        "regions": [place for place in measure.places if place in known],
        "places": "\n".join(place for place in measure.places if place not in known),
        "targets": ", ".join(measure.targets),
        "risks": measure.risks,
        "answers": [row.recommendation_id for row in measure.answers.all()],
        "waits_for": [row.waits_for_id for row in measure.waits.all()],
        "seen_version": measure.row_version,
        **initial_of("title", measure.titles),
        **initial_of("description", measure.descriptions),
    }


def _formsets(data: Any, version: Version, measure: Measure | None) -> dict[str, BaseFormSet[Any]]:
    """Return the lines of milestones, money and laws, each with empty ones at the end."""
    steps = list(
        Milestone.objects.filter(measure__version=version)
        .select_related("measure")
        .order_by("measure__sort_key", "order")
    )
    own = list(measure.milestones.all()) if measure else []
    initial: dict[str, list[dict[str, Any]]] = {
        "milestones": [
            {
                "key": row.key,
                "title": text_of(row.titles),
                "due_on": row.due_on,
                "waits_for": [str(key) for key in row.waits_for],
            }
            for row in own
        ],
        "budget": [
            {name: getattr(row, name) for name in ("year", "kind", "amount", "currency", "source")}
            for row in (measure.budget.all() if measure else ())
        ],
        "legislation": [
            {"key": row.key, "title": text_of(row.titles)}
            | {name: getattr(row, name) for name in ("kind", "number", "stage", "stage_since")}
            for row in (measure.legislation.all() if measure else ())
        ],
    }
    kinds: dict[str, tuple[type[Any], dict[str, Any]]] = {
        "milestones": (MilestoneForm, {"steps": steps}),
        "budget": (BudgetForm, {}),
        "legislation": (LawForm, {}),
    }
    return {
        name: formset_factory(kind, extra=EMPTY_LINES, can_delete=True)(
            data, prefix=name, initial=initial[name], form_kwargs=more
        )
        for name, (kind, more) in kinds.items()
    }


def _content(form: MeasureForm, sets: dict[str, BaseFormSet[Any]], measure: Measure | None) -> Content:
    """Return what was typed as the command takes it; titles of lines are in the page's language."""
    data, language = form.cleaned_data, reader_language()
    steps = {row.key: row.titles for row in measure.milestones.all()} if measure else {}
    texts = {row.key: row.titles for row in measure.legislation.all()} if measure else {}
    return Content(
        node=data["node"],
        code=data["code"],
        titles=label_of(form, "title"),
        descriptions=label_of(form, "description"),
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        reach=data["reach"] or Reach.NATIONAL,
        places=form.all_places(),
        risks=data["risks"],
        targets=data["targets"],
        lead=data["lead"],
        supporting=tuple(data["supporting"]),
        answers=(*data["answers"], *data["more_answers"]),
        waits_for=tuple(data["waits_for"]),
        milestones=tuple(
            MilestoneFacts(
                _titled(steps.get(line["key"], {}), line["title"], language),
                line["due_on"],
                line["key"],
                tuple(
                    step.key
                    for step in Milestone.objects.filter(
                        key__in=line.get("waits_for", ()), measure__version=data["node"].version
                    )
                ),
            )
            for line in filled_lines(sets["milestones"])
        ),
        budget=tuple(
            BudgetFacts(line["year"], line["kind"], line["amount"], line["currency"], line["source"])
            for line in filled_lines(sets["budget"])
        ),
        legislation=tuple(
            LawFacts(
                line["kind"],
                _titled(texts.get(line["key"], {}), line["title"], language),
                line["number"],
                line["stage"],
                line["stage_since"],
                line["key"],
            )
            for line in filled_lines(sets["legislation"])
        ),
    )


def _titled(known: dict[str, str], title: str, language: str) -> dict[str, str]:
    """Return a label with the title typed; a title left as it was shown stays in its own language."""
    return known if title == text_of(known) else known | {language: title}


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a measure out of a draft."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    try:
        remove_measure(measure=measure, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect("programme:measure", pk)
    messages.success(request, _("The measure is removed."))
    return redirect(page_of(measure.version))
