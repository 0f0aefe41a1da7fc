"""The reader's saved searches: list, save, open, rename, delete, alerts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import (
    cleaned_state,
    delete_search,
    rename_search,
    save_search,
    switch_alerts,
)
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.queries.saved import saved_search_of, saved_searches_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.tables import Column, respond

COLUMNS = (
    Column("name", gettext_lazy("Name"), lambda row: row.name),
    Column("scope", gettext_lazy("Looks in"), lambda row: row.scope),
    Column("query", gettext_lazy("Words"), lambda row: words_of(row)),
    Column("address", gettext_lazy("Address"), lambda row: address_of(row)),
    Column("alerts", gettext_lazy("Alerts"), lambda row: row.alerts),
    Column("created_at", gettext_lazy("Saved"), lambda row: row.created_at),
    Column("looked_at", gettext_lazy("Last look for new matches"), lambda row: row.looked_at),
)


def words_of(saved: SavedSearch) -> str:
    """Return the words of a saved search."""
    return QueryDict(saved.state).get("q", "")


def address_of(saved: SavedSearch) -> str:
    """Return the address of a saved search's result."""
    state = QueryDict(saved.state, mutable=True)
    state["scope"] = saved.scope
    state["saved"] = str(saved.pk)
    return f"{reverse('analysis:search')}?{state.urlencode()}"


@require_safe
def saved_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the reader's saved searches."""
    rows = saved_searches_of(reader_of(request))
    return respond(request, rows=rows, columns=COLUMNS, form=form, template="analysis/saved_searches.html")


@require_safe
def open_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the result of a saved search as it is now."""
    return redirect(address_of(saved_search_of(reader_of(request), pk)))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the search that the page shows."""
    scope = request.POST.get("scope", "")
    state = cleaned_state(QueryDict(request.POST.get("state", "")[:4000]))
    scope = scope if scope in Scope.values else Scope.RECOMMENDATIONS.value
    try:
        saved = save_search(
            name=request.POST.get("name", ""),
            scope=Scope(scope),
            state=state,
            alerts=request.POST.get("alerts") == "on",
            by=reader_of(request),
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('analysis:search')}?{state}&scope={scope}")
    messages.success(request, _("The search is saved."))
    return redirect(address_of(saved))


@require_POST
def change(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Rename or delete a saved search, switch its alerts."""
    reader = reader_of(request)
    saved = saved_search_of(reader, pk)
    try:
        if action == "rename":
            rename_search(saved=saved, name=request.POST.get("name", ""), by=reader)
            messages.success(request, _("The search has a new name."))
        elif action == "delete":
            delete_search(saved=saved, by=reader)
            messages.success(request, _("The search is deleted."))
        else:
            on = request.POST.get("on") == "yes"
            switch_alerts(saved=saved, on=on, by=reader)
            messages.success(request, _("Alerts are on.") if on else _("Alerts are off."))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    return redirect("analysis:saved")
