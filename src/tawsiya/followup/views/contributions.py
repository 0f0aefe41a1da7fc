"""The list of contributions, the page of one, and the decisions on it."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.queries import history_of
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.commands.groups import act_with_its_group
from tawsiya.followup.content import content_of
from tawsiya.followup.figures import as_text
from tawsiya.followup.filters import (
    CONTRIBUTION_FACETS,
    EXPECTED_WORDS,
    ContributionFilter,
    expected_contributions,
)
from tawsiya.followup.forms import EvidenceForm, ReferenceForm
from tawsiya.followup.forms.writing import typed_values
from tawsiya.followup.models import Contribution
from tawsiya.followup.queries import contributions_for, evidence_for, references_for
from tawsiya.followup.queries_of_groups import written_together
from tawsiya.followup.queries_of_messages import threads_on
from tawsiya.followup.queries_of_writing import contribution_place, typed_in
from tawsiya.followup.timeline import timeline
from tawsiya.followup.turns import turn_of
from tawsiya.followup.views.common import actions_on, counted_list, words_for
from tawsiya.followup.views.differences import shown

COLUMNS = (
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.recommendation.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.recommendation.label),
    Column("recommendation", gettext_lazy("Recommendation"), lambda row: words_for(row.recommendation)),
    Column("institution", gettext_lazy("Institution"), lambda row: text_of(row.institution.names)),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("language", gettext_lazy("Language"), lambda row: row.language),
    Column("proposed_status", gettext_lazy("Proposed status"), lambda row: row.proposed_status),
    Column("measures_taken", gettext_lazy("Measures taken"), lambda row: row.measures_taken),
    Column("obstacles", gettext_lazy("Obstacles"), lambda row: row.obstacles),
    Column("next_steps", gettext_lazy("Next steps"), lambda row: row.next_steps),
    Column("figures", gettext_lazy("Figures"), lambda row: as_text(row.figures)),
    Column("changed_at", gettext_lazy("Changed"), lambda row: row.changed_at),
)

DONE = {
    "submit": gettext_lazy("Submitted to the validator of your institution."),
    "approve": gettext_lazy("Approved and sent to the delegation."),
    "return": gettext_lazy("Returned to its author with your reason."),
    "validate": gettext_lazy("Validated; the institution is told."),
    "send_back": gettext_lazy("Sent back to the institution with your reason."),
}


@require_safe
def contribution_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the contributions that the reader sees, as page, CSV or JSON."""
    reader = reader_of(request)
    seen: QuerySet[Contribution] = contributions_for(reader)
    expected = request.GET.get("expected", "")
    waiting = expected_contributions(reader, expected)
    if waiting is not None:
        seen = waiting
    rows = (
        ContributionFilter(request.GET, queryset=seen)
        .qs.order_by("-changed_at", "-pk")
        .select_related("institution", "recommendation__document")
        .prefetch_related("recommendation__texts")
    )
    context: dict[str, Any] = {}
    count = None
    if form == "html":
        found, count = counted_list(
            request, reader, "followup.contributions", CONTRIBUTION_FACETS, ContributionFilter, seen
        )
        chips = facets.chips(found, request.GET)
        if waiting is not None:
            chips.insert(0, facets.chip(request.GET, "expected", EXPECTED_WORDS[expected]))
        context = {
            "facets": found,
            "chips": chips,
            "clear_url": request.path,
            "search_query": request.GET.get("q", ""),
            "expected": expected if waiting is not None else "",
        }
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="followup/contributions.html",
        context=context,
        count=count,
    )


def contribution_or_404(reader: Reader, pk: int) -> Contribution:
    """Return a contribution that the reader sees, with what its page needs.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    rows = contributions_for(reader).prefetch_related("authors", "recommendation__texts")
    return get_object_or_404(rows, pk=pk)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one contribution."""
    return page(request, contribution_or_404(reader_of(request), pk))


def page(
    request: HttpRequest,
    contribution: Contribution,
    *,
    evidence_form: EvidenceForm | None = None,
    reference_form: ReferenceForm | None = None,
    typed_reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a contribution's page; with a refused form, what was typed stays in it."""
    reader = reader_of(request)
    allowed = actions_on(reader, contribution)
    events = (
        history_of(contribution.recommendation_id, reader)
        .filter(subject_type="followup.contribution", subject_id=contribution.pk)
        .order_by("-at", "-position")
    )
    context = {
        "contribution": contribution,
        "item": contribution.recommendation,
        "evidence": evidence_for(reader).filter(contribution=contribution),
        "allowed": allowed,
        "references": references_for(reader).filter(contribution=contribution),
        "reference_form": (reference_form or ReferenceForm()) if "edit" in allowed else None,
        "turn": turn_of(reader, contribution),
        "typed": _typed(reader, contribution),
        "threads": threads_on(reader, contribution.recommendation),
        "written": request.session.pop("written", ""),
        "evidence_form": (evidence_form or EvidenceForm()) if "edit" in allowed else None,
        "typed_reason": typed_reason,
        "together": together(reader, contribution),
        "steps": steps_of(contribution.state),
        "events": timeline(events),
    }
    return render(request, "followup/contribution.html", context, status=status)


def _typed(reader: Reader, contribution: Contribution) -> dict[str, Any] | None:
    """Return what the reader typed and never saved: the moment, and the words that are not in what stands."""
    kept = typed_in(contribution_place(contribution.pk), by=reader)
    if kept is None:
        return None
    saved = asdict(content_of(contribution))
    rows = shown(saved, {name: value for name, value in typed_values(kept.fields).items() if name in saved})
    return {"saved_at": kept.saved_at, "rows": rows} if rows else None


def together(reader: Reader, contribution: Contribution) -> list[Contribution]:
    """Return the contributions written with one for its group that stand as it does."""
    if contribution.written_for_id is None:
        return []
    seen = contributions_for(reader).filter(written_for=contribution.written_for_id)
    return written_together(reader, contribution, list(seen))


_ORDER = (
    ContributionState.DRAFT,
    ContributionState.WITH_VALIDATOR,
    ContributionState.WITH_DELEGATION,
    ContributionState.VALIDATED,
)
_STEP_LABELS = (
    gettext_lazy("Writing"),
    gettext_lazy("Validator of the institution"),
    gettext_lazy("Delegation"),
    gettext_lazy("Validated"),
)
# A return leads back to writing; the step that returned it says so.
_RETURNED_AT = {ContributionState.RETURNED_BY_VALIDATOR: 1, ContributionState.RETURNED_BY_DELEGATION: 2}


def steps_of(state: str) -> list[dict[str, Any]]:
    """Return the way of a contribution as the component `steps` takes it."""
    returned_at = _RETURNED_AT.get(ContributionState(state))
    current = 0 if returned_at is not None else _ORDER.index(ContributionState(state))
    steps = []
    for place, label in enumerate(_STEP_LABELS):
        finished = place < current or state == ContributionState.VALIDATED
        kind = "done" if finished else "current" if place == current else "next"
        hint = ""
        if place == returned_at:
            kind, hint = "stopped", _("Returned")
        steps.append({"label": label, "state": kind, "hint": hint})
    return steps


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Submit, approve, return, validate or send back a contribution."""
    reader = reader_of(request)
    contribution = contribution_or_404(reader, pk)
    reason = request.POST.get("reason", "")
    seen = request.POST.get("seen_version", "")
    try:
        take = act_with_its_group if request.POST.get("with_group") else act_on_contribution
        take(
            contribution=contribution,
            action=action,
            by=reader,
            reason=reason,
            seen_version=int(seen) if seen.isdigit() else None,
        )
    except (RuleViolated, StaleData) as refusal:
        messages.error(request, str(refusal))
        status = 409 if isinstance(refusal, StaleData) else 422
        return page(request, contribution_or_404(reader, pk), typed_reason=reason, status=status)
    messages.success(request, str(DONE[action]))
    if contributions_for(reader).filter(pk=pk).exists():
        return redirect("followup:contribution", pk)
    return redirect("followup:item", contribution.recommendation_id)
