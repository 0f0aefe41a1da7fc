"""Give one or many recommendations to institutions: choose, see what will happen, apply all or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.query import ids_in
from tawsiya.followup.choices import OPEN
from tawsiya.followup.commands.assignments import assign_recommendations, is_new
from tawsiya.followup.forms import AssignForm
from tawsiya.followup.models import Assignment
from tawsiya.followup.permissions import may_assign
from tawsiya.followup.queries_of_groups import members_to_assign
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import group_or_404
from tawsiya.recommendations.visibility import visible_to

# Rows of the preview that are laid out; refused ones come first and are all shown.
PREVIEWED = 200


@dataclass
class Row:
    """What assigning would do with one recommendation."""

    item: Recommendation
    new: list[tuple[Institution, str]] = field(default_factory=list)
    kept: list[Institution] = field(default_factory=list)
    ended: list[Institution] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Take a selection (`ids` or `selected`), then the form, its preview and its application.

    `step` says what a POST asks for: nothing (a selection arrives), `preview`, `apply`, or `edit`
    (back from the preview).
    """
    reader = reader_of(request)
    acting(reader, may_assign(reader))
    asked = request.POST if request.method == "POST" else request.GET
    ids = ids_in([*asked.getlist("ids"), *asked.getlist("selected")])
    skipped: list[Recommendation] = []
    if "group" in asked:
        members, skipped = members_to_assign(reader, group_or_404(reader, _number(asked["group"])))
        ids = [item.pk for item in members]
    items = list(
        Recommendation.objects.filter(visible_to(reader), pk__in=ids)
        .select_related("document")
        .prefetch_related("texts")
        .order_by("document__symbol", "sort_key", "pk")
    )
    step = request.POST.get("step", "")
    if step not in ("preview", "apply", "edit"):
        form = AssignForm(initial={"ids": _joined(items)})
        return _choose(request, items, form, skipped)
    form = AssignForm(request.POST)
    if step == "edit" or not items or not form.is_valid():
        return _choose(request, items, form)
    replacing = form.cleaned_data["replace_lead"]
    rows = preview(items, form.cleaned_data["lead"], list(form.cleaned_data["supporting"]), replacing)
    if step == "apply" and not any(row.refusals for row in rows):
        try:
            made = assign_recommendations(
                recommendations=items,
                lead=form.cleaned_data["lead"],
                supporting=list(form.cleaned_data["supporting"]),
                deadline=form.cleaned_data["deadline"],
                note=form.cleaned_data["note"],
                letter=form.letter(),
                replace_lead=form.replacing(),
                by=reader,
            )
        except RuleViolated as refusal:
            # Somebody else assigned between the preview and now: nothing was written.
            form.add_error(None, str(refusal))
        else:
            return _done(request, items, made)
    return _preview(request, items, form, rows)


def _joined(items: Sequence[Recommendation]) -> str:
    return ",".join(str(item.pk) for item in items)


def preview(
    items: Sequence[Recommendation],
    lead: Institution | None,
    supporting: Sequence[Institution],
    replacing: bool = False,
) -> list[Row]:
    """Return what assigning would do with each recommendation, refused ones first; writes nothing."""
    existing: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in Assignment.objects.filter(recommendation__in=items, state__in=OPEN).select_related(
        "institution"
    ):
        existing[assignment.recommendation_id].append(assignment)
    wanted = [(lead, AccessLevel.LEAD.value)] if lead else []
    wanted += [(institution, AccessLevel.SUPPORT.value) for institution in supporting]
    rows = [_row(item, existing[item.pk], wanted, replacing) for item in items]
    return sorted(rows, key=lambda row: not row.refusals)


def _row(
    item: Recommendation,
    existing: Sequence[Assignment],
    wanted: Sequence[tuple[Institution, str]],
    replacing: bool,
) -> Row:
    row = Row(item)
    for institution, level in wanted:
        try:
            if is_new(existing, item, institution, level, replaces=replacing):
                if replacing and level == AccessLevel.LEAD:
                    row.ended = [
                        one.institution
                        for one in existing
                        if (one.level == AccessLevel.LEAD) != (one.institution_id == institution.pk)
                    ]
                row.new.append((institution, str(AccessLevel(level).label)))
            else:
                row.kept.append(institution)
        except RuleViolated as refusal:
            row.refusals.append(str(refusal))
    return row


def _number(value: str) -> int:
    return int(value) if value.isdecimal() else 0


def _choose(
    request: HttpRequest,
    items: Sequence[Recommendation],
    form: AssignForm,
    skipped: Sequence[Recommendation] = (),
) -> HttpResponse:
    context = {"items": items[:PREVIEWED], "count": len(items), "form": form, "skipped": skipped}
    return render(request, "followup/assign.html", context)


def _preview(
    request: HttpRequest, items: Sequence[Recommendation], form: AssignForm, rows: Sequence[Row]
) -> HttpResponse:
    refused = [row for row in rows if row.refusals]
    deadline = form.cleaned_data.get("deadline")
    context: dict[str, Any] = {
        "form": form,
        "data": form.cleaned_data,
        "hidden": _hidden(form),
        "rows": rows[: max(PREVIEWED, len(refused))],
        "count": len(items),
        "new": sum(len(row.new) for row in rows),
        "kept": sum(len(row.kept) for row in rows),
        "refused": len(refused),
        "accepted_ids": _joined([row.item for row in rows if not row.refusals]),
        "past_deadline": deadline is not None and deadline < timezone.localdate(),
    }
    return render(request, "followup/assign_preview.html", context)


def _hidden(form: AssignForm) -> list[tuple[str, str]]:
    """Return what was chosen as hidden fields, the selection apart."""
    data = cast(QueryDict, form.data)
    return [(name, value) for name in form.fields if name != "ids" for value in data.getlist(name)]


def _done(request: HttpRequest, items: Sequence[Recommendation], made: Sequence[Assignment]) -> HttpResponse:
    text = ngettext(
        "%(count)s assignment was made; the institution is told.",
        "%(count)s assignments were made; the institutions are told.",
        len(made),
    ) % {"count": localise_number(len(made))}
    if made:
        messages.success(request, text)
    else:
        messages.info(request, _("Nothing changed: the institutions had these assignments already."))
    if len(items) == 1:
        return redirect("followup:item", items[0].pk)
    return redirect("followup:assignments")
