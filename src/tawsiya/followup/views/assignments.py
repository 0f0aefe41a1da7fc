"""The list of assignments, and the answers to one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.followup.commands.assignments import act_on_assignment
from tawsiya.followup.commands.handing import pass_on, reassign, take_back
from tawsiya.followup.filters import (
    ASSIGNMENT_FACETS,
    EXPECTED_WORDS,
    AssignmentFilter,
    expected_assignments,
)
from tawsiya.followup.models import Assignment
from tawsiya.followup.permissions import may_act_on_assignment, may_assign
from tawsiya.followup.queries import assignments_for, texts_under_way
from tawsiya.followup.views.common import counted_list, words_for

COLUMNS = (
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.recommendation.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.recommendation.label),
    Column("recommendation", gettext_lazy("Recommendation"), lambda row: words_for(row.recommendation)),
    Column("institution", gettext_lazy("Institution"), lambda row: text_of(row.institution.names)),
    Column("level", gettext_lazy("Part"), lambda row: row.level),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("deadline", gettext_lazy("Deadline"), lambda row: row.deadline),
    Column("late", gettext_lazy("Overdue"), lambda row: row.is_late),
    Column("letter_reference", gettext_lazy("Reference of the letter"), lambda row: row.letter_reference),
    Column("letter_date", gettext_lazy("Date of the letter"), lambda row: row.letter_date),
    Column("assigned_at", gettext_lazy("Assigned"), lambda row: row.assigned_at),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
)

DONE = {
    "accept": gettext_lazy("The assignment is accepted."),
    "refuse": gettext_lazy("The assignment is refused; the delegation is told."),
    "end": gettext_lazy("The assignment is ended; the institution is told."),
    "ask_reassign": gettext_lazy("The delegation is asked to give it to another institution."),
    "keep": gettext_lazy("The assignment stays where it is; the institution is told."),
}
MOVED = {
    "reassign": gettext_lazy("The assignment is given to another institution; both are told."),
    "pass_on": gettext_lazy("The assignment is passed on to the directorate."),
    "take_back": gettext_lazy("The assignment is taken back."),
}
PASSED_ON_WITH_TEXTS = gettext_lazy(
    "The assignment is passed on to the directorate, with what your institution had begun to write."
)


@require_safe
def assignment_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the assignments that the reader sees, as page, CSV or JSON."""
    reader = reader_of(request)
    seen: QuerySet[Assignment] = assignments_for(reader)
    expected = request.GET.get("expected", "")
    waiting = expected_assignments(reader, expected)
    if waiting is not None:
        seen = waiting
    rows = (
        AssignmentFilter(request.GET, queryset=seen)
        .qs.order_by("deadline", "recommendation__sort_key", "pk")
        .select_related("institution", "recommendation__document")
        .prefetch_related("recommendation__texts")
    )
    context: dict[str, Any] = {"may_assign": bool(may_assign(reader))}
    count = None
    if form == "html":
        found, count = counted_list(
            request, reader, "followup.assignments", ASSIGNMENT_FACETS, AssignmentFilter, seen
        )
        context |= _shell(request, found, expected if waiting is not None else "")
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="followup/assignments.html",
        context=context,
        count=count,
    )


def _shell(request: HttpRequest, found: list[dict[str, Any]], expected: str) -> dict[str, Any]:
    chips = facets.chips(found, request.GET)
    if expected:
        chips.insert(0, facets.chip(request.GET, "expected", EXPECTED_WORDS[expected]))
    return {
        "facets": found,
        "chips": chips,
        "clear_url": request.path,
        "search_query": request.GET.get("q", ""),
        "expected": expected,
    }


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Accept, refuse or end an assignment, or ask to reassign it, then show its recommendation."""
    reader = reader_of(request)
    assignment = get_object_or_404(assignments_for(reader), pk=pk)
    try:
        act_on_assignment(
            assignment=assignment,
            action=action,
            by=reader,
            reason=request.POST.get("reason", ""),
            proposed=_chosen(request),
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DONE[action]))
    return redirect("followup:item", assignment.recommendation_id)


def _chosen(request: HttpRequest) -> Institution | None:
    """Return the institution chosen in a dialog, None where none was."""
    typed = request.POST.get("institution", "")
    return assignable_institutions().filter(pk=int(typed)).first() if typed.isdecimal() else None


@require_POST
def move(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Give an assignment to another institution, to a directorate, or take it back from one."""
    reader = reader_of(request)
    assignment = get_object_or_404(assignments_for(reader), pk=pk)
    acting(reader, may_act_on_assignment(reader, assignment, action))
    to, said = _chosen(request), MOVED[action]
    try:
        if action == "take_back":
            take_back(assignment=assignment, by=reader)
        elif to is None:
            raise RuleViolated(_("Choose an institution."))
        elif action == "pass_on":
            with_drafts = "drafts" in request.POST and texts_under_way(assignment, to).exists()
            pass_on(assignment=assignment, to=to, by=reader, with_drafts=with_drafts)
            said = PASSED_ON_WITH_TEXTS if with_drafts else said
        else:
            reassign(assignment=assignment, to=to, reason=request.POST.get("reason", ""), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))
    return redirect("followup:item", assignment.recommendation_id)


def choices_for(request: HttpRequest, assignment: Assignment) -> frozenset[str]:
    """Return what the reader may answer to an assignment now."""
    reader = reader_of(request)
    return frozenset(action for action in DONE if may_act_on_assignment(reader, assignment, action))
