"""Set the status of implementation of a recommendation."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.forms import StatusForm
from tawsiya.followup.permissions import may_set_status
from tawsiya.followup.queries import assessments_for, contributions_for
from tawsiya.followup.views.item import assessed_by_rule
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form with what the decision rests on, and set the status."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    acting(reader, may_set_status(reader))
    assessments = list(assessments_for(reader).filter(recommendation=item).select_related("decided_by"))
    judged = assessed_by_rule(reader, item, assessments)
    proposed = judged["proposal"]["status"] if judged["proposal"] else ""
    form = StatusForm(
        request.POST or None,
        position=item.position,
        initial={
            "status": proposed or item.status,
            "language": reader_language(),
            "seen_version": item.version,
            "seen_proposal": proposed,
        },
    )
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            set_status(
                recommendation=item,
                status=form.chosen(),
                justification=form.cleaned_data["justification"],
                language=form.cleaned_data["language"],
                by=reader,
                seen_version=form.cleaned_data["seen_version"],
                seen_proposal=form.cleaned_data["seen_proposal"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            stale = True
            form = _renewed(form, item, proposed, str(refusal))
        else:
            messages.success(request, _("The status of implementation is set."))
            return redirect("followup:item", pk)
    context = {
        "item": item,
        "form": form,
        "assessments": assessments,
        **judged,
        "contributions": contributions_for(reader).filter(
            recommendation=item, state=ContributionState.VALIDATED
        ),
    }
    return render(request, "followup/status.html", context, status=409 if stale else 200)


def _renewed(form: StatusForm, item: Recommendation, proposed: str, error: str) -> StatusForm:
    """Return the form with what was typed, now about the version that the page shows."""
    data = cast(QueryDict, form.data).copy()
    data["seen_version"] = str(item.version)
    data["seen_proposal"] = proposed
    renewed = StatusForm(data, position=item.position)
    renewed.full_clean()
    renewed.add_error(None, error)
    return renewed
