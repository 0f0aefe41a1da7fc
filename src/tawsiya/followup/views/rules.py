"""The rule of assessment: its versions, the form that edits a draft, and what it would change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of, reader_with_role
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.core.errors import RuleViolated
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.followup.commands.rules import begin_rule, discard_rule
from tawsiya.followup.models import AssessmentRule
from tawsiya.followup.permissions import may_act_on_rule, may_begin_rule
from tawsiya.followup.rule.proposals import Proposed, changes_by, differing, rule_in_force, rules_for
from tawsiya.followup.rule.showing import shown_rule
from tawsiya.followup.timeline import timeline
from tawsiya.followup.views.common import words_for
from tawsiya.followup.visibility import sees_proposals

HISTORY = 30
COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("version", gettext_lazy("Version"), lambda row: row.number),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("in_force_from", gettext_lazy("In force from"), lambda row: row.in_force_from),
    Column("note", gettext_lazy("What changes, and why"), lambda row: row.note),
)


def _proposed(now: Any, then: Any) -> tuple[Column, ...]:
    return (
        Column("id", gettext_lazy("Id"), lambda row: row.item.pk),
        Column("reference", gettext_lazy("Recommendation"), lambda row: str(row.item)),
        Column("text", gettext_lazy("Text"), lambda row: words_for(row.item)),
        Column("now", now, lambda row: row.now),
        Column("then", then, lambda row: row.then),
    )


CHANGES = _proposed(gettext_lazy("Proposed now"), gettext_lazy("Would be proposed"))
PROPOSALS = _proposed(gettext_lazy("Confirmed status"), gettext_lazy("Proposed status"))


def rule_or_404(reader: Reader, pk: int) -> AssessmentRule:
    """Return a version of the rule that the reader sees.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    rule = rules_for(reader).filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


@require_safe
def rule_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the versions of the rule, as page, CSV or JSON."""
    reader = reader_with_role(request)
    rules = rules_for(reader)
    begins = may_begin_rule(reader) and not any(row.state == "draft" for row in rules)
    return respond(
        request,
        rows=rules,
        columns=COLUMNS,
        form=form,
        template="followup/rules.html",
        context={
            "holds": rule_in_force(),
            "begins": begins,
            "sees_proposals": sees_proposals(reader),
        },
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of the rule; a draft with its buttons for whoever may change it."""
    reader = reader_of(request)
    rule = rule_or_404(reader, pk)
    events = Event.objects.filter(
        visible_to(reader), subject_type="followup.assessmentrule", subject_id=rule.pk
    )
    context = {
        "rule": rule,
        "scales": shown_rule(rule.content),
        "holds": rule_in_force() == rule,
        "edits": bool(may_act_on_rule(reader, rule, "edit")),
        "changes": len(changes_by(reader, rule)) if rule.state == "draft" else None,
        "events": timeline(with_people(events).order_by("-position")[:HISTORY]),
    }
    return render(request, "followup/rule.html", context)


@require_safe
def changes(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """List the recommendations for which a draft proposes another status than the rule in force."""
    reader = reader_of(request)
    rule = rule_or_404(reader, pk)
    if not sees_proposals(reader):
        raise Http404
    return _list(request, changes_by(reader, rule), CHANGES, form, "followup/rule_changes.html", rule=rule)


@require_safe
def proposals(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the recommendations whose confirmed status is not what the rule in force proposes."""
    reader = reader_of(request)
    if not sees_proposals(reader):
        raise Http404
    rows = differing(reader)
    return _list(request, rows, PROPOSALS, form, "followup/proposals.html", rule=rule_in_force())


def _list(
    request: HttpRequest,
    rows: Any,
    columns: tuple[Column, ...],
    form: str,
    template: str,
    *,
    rule: AssessmentRule | None,
) -> HttpResponseBase:
    found: list[Proposed] = list(rows)
    return respond(
        request, rows=Listed(found), columns=columns, form=form, template=template, context={"rule": rule}
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the next version."""
    reader = reader_with_role(request)
    try:
        rule = begin_rule(by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect("followup:rules")
    messages.success(request, _("The next version of the rule is begun, as a draft."))
    return redirect("followup:rule", rule.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    reader = reader_of(request)
    rule = rule_or_404(reader, pk)
    try:
        discard_rule(rule=rule, reason=request.POST.get("reason", ""), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect("followup:rule", pk)
    messages.success(request, _("The draft is discarded; it stays in the history."))
    return redirect("followup:rules")
