"""The history of the whole system, the proof that it is unaltered, and who opened protected files."""

from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tawsiya.audit import sentences
from tawsiya.audit.forms import HistoryForm
from tawsiya.audit.models import AccessLog, Event
from tawsiya.audit.permissions import HistoryReader, require_administrator, require_history
from tawsiya.audit.queries import with_people
from tawsiya.audit.verify import verify_chain
from tawsiya.audit.visibility import visible_to
from tawsiya.core.tables import Column, respond

# A check reads the whole chain: one a minute is enough for every administrator together.
CHECK_SECONDS = 60
CHECK_KEY = "audit-verdict"


class _Names(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _reader(request: HttpRequest) -> HistoryReader:
    reader: HistoryReader = request.reader  # type: ignore[attr-defined]  # set by a higher room's middleware
    return reader


COLUMNS = (
    Column("position", _("Number"), lambda row: row.position),
    Column("at", _("When"), lambda row: row.at),
    Column("code", _("Act"), lambda row: row.code),
    Column("sentence", _("What"), sentences.render),
    Column("actor", _("Who"), lambda row: row.actor_name),
    Column("on_behalf_of", _("In the name of"), lambda row: row.on_behalf_of_name),
    Column("subject", _("Subject"), lambda row: row.subject_name),
    Column("reason", _("Reason"), lambda row: row.reason),
    Column("request", _("Request"), lambda row: row.request_id),
)


def act_names(codes: list[str]) -> list[tuple[str, str]]:
    """Return codes with their sentence, names replaced by an ellipsis, in the order of the sentences."""
    known = sentences.registered()
    named = [(code, str(known[code]) % _Names()) if code in known else (code, code) for code in codes]
    return sorted(named, key=lambda pair: pair[1])


@require_safe
def history(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the events that the reader may see, newest first."""
    reader = _reader(request)
    require_history(reader)
    seen: QuerySet[Event] = Event.objects.filter(visible_to(reader))
    codes = list(seen.order_by("code").values_list("code", flat=True).distinct())
    asked = HistoryForm(request.GET, codes=act_names(codes))
    context: dict[str, Any] = {"asked": asked, "is_administrator": reader.is_administrator}
    rows = with_people(asked.narrow(seen)).order_by("-position")
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="audit/history.html", context=context
    )


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Recompute the chain of events and say whether it is whole. Writes nothing."""
    require_administrator(_reader(request))
    kept = caches["process"]
    result = kept.get(CHECK_KEY)
    if result is None:
        result = {"verdict": verify_chain(), "at": timezone.now()}
        kept.set(CHECK_KEY, result, CHECK_SECONDS)
    return render(request, "audit/check.html", result)


ACCESS_COLUMNS = (
    Column("at", _("When"), lambda row: row.at),
    Column("person", _("Who"), lambda row: str(row.user)),
    Column("email", _("E-mail address"), lambda row: row.user.email),
    Column("object", _("Kind of file"), lambda row: row.object_type),
    Column("number", _("Number"), lambda row: row.object_id),
    Column("request", _("Request"), lambda row: row.request_id),
)


@require_safe
def access_log(request: HttpRequest, form: str) -> HttpResponseBase:
    """List who opened which protected file, newest first; numbers only, no titles."""
    require_administrator(_reader(request))
    rows = AccessLog.objects.select_related("user").order_by("-at", "-pk")
    return respond(request, rows=rows, columns=ACCESS_COLUMNS, form=form, template="audit/access_log.html")
