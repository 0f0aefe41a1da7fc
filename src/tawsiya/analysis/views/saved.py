"""The views that people keep of the analysis page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.commands.views import delete_view, save_view, share_view
from tawsiya.analysis.forms.saved import save_form
from tawsiya.analysis.permissions import may_change_view
from tawsiya.analysis.queries.saved import saved_view_for, saved_views_for
from tawsiya.core.errors import RuleViolated
from tawsiya.core.tables import Column, respond

COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda view: view.title),
    Column("owner", gettext_lazy("Saved by"), lambda view: str(view.owner)),
    Column("saved_at", gettext_lazy("Saved"), lambda view: view.saved_at),
    Column("shared", gettext_lazy("Shared"), lambda view: "yes" if view.is_shared else "no"),
    Column("query", gettext_lazy("Query"), lambda view: view.query),
)


@require_safe
def saved_views(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the reader's own views and those that others share."""
    reader = reader_of(request)
    rows = saved_views_for(reader)
    own = {view.pk for view in rows if may_change_view(reader, view)}
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="analysis/views.html", context={"own": own}
    )


@require_safe
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the analysis page as it was saved, counted anew."""
    view = saved_view_for(reader_of(request), pk)
    return redirect(reverse("analysis:crossing") + (f"?{view.query}" if view.query else ""))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the view at hand."""
    form = save_form("", request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a title of at most 120 characters."))
        return redirect("analysis:crossing")
    query = form.cleaned_data["query"]
    try:
        save_view(
            title=form.cleaned_data["title"],
            query=query,
            is_shared=form.cleaned_data["is_shared"],
            by=reader_of(request),
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The view is saved."))
    return redirect(reverse("analysis:crossing") + (f"?{query}" if query else ""))


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a view inside, or stop."""
    reader = reader_of(request)
    view = saved_view_for(reader, pk)
    share_view(view, is_shared=request.POST.get("shared") == "yes", by=reader)
    messages.success(request, _("The view is shared.") if view.is_shared else _("The view is yours alone."))
    return redirect("analysis:views")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view."""
    reader = reader_of(request)
    delete_view(saved_view_for(reader, pk), by=reader)
    messages.success(request, _("The view is deleted."))
    return redirect("analysis:views")
