"""The page on which a coordinator sets the pace of the reminders of assignments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.paces import set_pace
from tawsiya.followup.forms.paces import AssignmentPaceForm
from tawsiya.followup.permissions import may_assign
from tawsiya.followup.queries_of_reminders import pace_of_assignments
from tawsiya.followup.timeline import timeline

HISTORY = 10
PACE_SUBJECTS = ("followup.assignmentpace", "followup.reminderstart")


@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest) -> HttpResponse:
    """Show the pace in force with its history, and set another."""
    reader = reader_of(request)
    acting(reader, may_assign(reader))
    now, within = pace_of_assignments()
    initial = AssignmentPaceForm.initial_of_pace(now) | {"answer_within": within}
    form = AssignmentPaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_pace(pace=form.pace(), answer_within=form.cleaned_data["answer_within"], by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The pace of the reminders is set."))
            return redirect("followup:assignments")
    acts = Event.objects.filter(visible_to(reader), subject_type__in=PACE_SUBJECTS)
    context = {"form": form, "events": timeline(with_people(acts).order_by("-position")[:HISTORY])}
    return render(request, "followup/pace.html", context, status=422 if form.errors else 200)
