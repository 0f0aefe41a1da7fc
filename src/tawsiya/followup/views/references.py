"""Links and laws as evidence: add and remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.references import add_reference, remove_reference
from tawsiya.followup.forms import ReferenceForm
from tawsiya.followup.permissions import may_act_on_contribution
from tawsiya.followup.queries import references_for
from tawsiya.followup.views.common import author_ids
from tawsiya.followup.views.contributions import contribution_or_404, page


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie a link or a law to a contribution that can be edited."""
    reader = reader_of(request)
    contribution = contribution_or_404(reader, pk)
    acting(reader, may_act_on_contribution(reader, contribution, "edit", author_ids(contribution)))
    form = ReferenceForm(request.POST)
    if form.is_valid():
        try:
            add_reference(contribution=contribution, cited=form.cited(), by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reference is added."))
            return redirect("followup:contribution", pk)
    return page(request, contribution, reference_form=form, status=422)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link or a law off a contribution that can be edited."""
    reader = reader_of(request)
    reference = get_object_or_404(references_for(reader), pk=pk)
    remove_reference(reference=reference, by=reader)
    messages.success(request, _("The reference is removed."))
    return redirect("followup:contribution", reference.contribution_id)
