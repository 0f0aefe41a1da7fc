"""The desk of values: what is asked, of whom, by when, for whom."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.programme.commands.value_requests import Asked, ask_for_values, close_request
from tawsiya.programme.forms.indicators import AskForm
from tawsiya.programme.indicator_choices import RequestState
from tawsiya.programme.indicator_filters import REQUEST_FACETS, RequestFilter, with_lateness
from tawsiya.programme.indicator_permissions import may_ask, may_close, may_define
from tawsiya.programme.indicator_queries import indicator_or_404, requests_for
from tawsiya.programme.models import ValueRequest


def _recipient(row: ValueRequest) -> str:
    return text_of(row.recipient.names) if row.recipient else ""


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("indicator", gettext_lazy("Indicator"), lambda row: row.indicator.code),
    Column("name", gettext_lazy("Name"), lambda row: text_of(row.indicator.names)),
    Column("periods", gettext_lazy("Periods"), lambda row: list(row.periods)),
    Column("dimensions", gettext_lazy("Disaggregation"), lambda row: list(row.dimensions)),
    Column("institution", gettext_lazy("Asked of"), lambda row: text_of(row.institution.names)),
    Column("recipient", gettext_lazy("For"), _recipient),
    Column("due_on", gettext_lazy("Deadline"), lambda row: row.due_on),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("is_late", gettext_lazy("Overdue"), lambda row: row.is_late),
    Column("note", gettext_lazy("Note"), lambda row: row.note),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
)


@require_safe
def desk(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the requests for values that the reader sees, open ones first, as page, CSV or JSON."""
    reader = reader_of(request)
    seen = with_lateness(requests_for(reader))
    is_open = Case(
        When(state=RequestState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = RequestFilter(request.GET, queryset=seen).qs.order_by(is_open, "due_on", "pk")
    context = {"own": reader.own_institutions}
    if form == "html":
        context |= facets.shell(REQUEST_FACETS, RequestFilter, request.GET, seen, request.path)
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="programme/value_requests.html",
        context=context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask an institution for values of an indicator."""
    reader = reader_of(request)
    indicator = indicator_or_404(reader, pk)
    acting(reader, may_ask(reader, indicator))
    form = AskForm(
        request.POST or None,
        indicator=indicator,
        for_anybody=bool(may_define(reader)),
        initial={"institution": indicator.institution_id, "dimensions": indicator.dimensions},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = Asked(
            institution=data["institution"],
            periods=data["periods"],
            due_on=data["due_on"],
            dimensions=data.get("dimensions", ()),
            recipient=data.get("recipient"),
            note=data["note"],
        )
        try:
            ask_for_values(indicator=indicator, asked=asked, by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The values are asked for; the institution is told."))
            return redirect("programme:indicator", pk)
    context = {
        "form": form,
        "indicator": indicator,
        "title": _("Ask for values"),
        "button": _("Ask for the values"),
        "back_url": reverse("programme:indicator", args=[pk]),
    }
    return render(request, "programme/indicator_page.html", context)


@require_POST
def close(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Decline a request, or withdraw it."""
    reader = reader_of(request)
    row = requests_for(reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    acting(reader, may_close(reader, row, state))
    try:
        close_request(request=row, state=state, by=reader, reason=request.POST.get("reason", ""))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        declined = state == RequestState.DECLINED
        messages.success(
            request, _("The request is declined.") if declined else _("The request is withdrawn.")
        )
    return redirect("programme:indicator", row.indicator_id)
