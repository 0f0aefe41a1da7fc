"""One's own absence, on the page of one's account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tawsiya.accounts.commands import declare_absence, return_early
from tawsiya.accounts.forms import DeputyForm
from tawsiya.accounts.models import Deputy, User
from tawsiya.accounts.permissions import acting, may_be_absent
from tawsiya.accounts.queries import colleagues_of
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.views.common import carry_out
from tawsiya.accounts.views.people import own_page
from tawsiya.core.errors import RuleViolated


@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Say who replaces me, and when."""
    reader = reader_of(request)
    acting(reader, may_be_absent(reader))
    form = DeputyForm(request.POST, people=colleagues_of(get_object_or_404(User, pk=reader.user_id)))
    done = carry_out(
        form,
        lambda: declare_absence(
            deputy=form.cleaned_data["deputy"],
            starts_on=form.cleaned_data["deputy_from"],
            ends_on=form.cleaned_data["deputy_to"],
            by=reader,
        ),
    )
    if not done:
        return own_page(request, absence_form=form)
    messages.success(request, _("Your absence is recorded; the history will name both of you."))
    return redirect("accounts:profile")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Be back: the replacement ends at once."""
    reader = reader_of(request)
    row = get_object_or_404(Deputy.objects.filter(person_id=reader.user_id), pk=pk)
    try:
        return_early(replacement=row, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The replacement is ended."))
    return redirect("accounts:profile")
