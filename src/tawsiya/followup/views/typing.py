"""What is being typed: kept as one types, compared on return, forgotten when its author says so."""

from collections.abc import Callable
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_datetime
from tawsiya.followup.commands.typing import forget_typed, keep_typed_for, keep_typed_in, keep_typed_on
from tawsiya.followup.content import Content, content_of
from tawsiya.followup.forms.writing import typed_values
from tawsiya.followup.models import Contribution, Reply, TypedText
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.followup.queries_of_writing import contribution_place, item_place, reply_place, typed_answers
from tawsiya.followup.views.answers import merged as merged_answers
from tawsiya.followup.views.contributions import contribution_or_404
from tawsiya.followup.views.differences import Shown, shown
from tawsiya.followup.views.replies import answers_shown, reply_or_404, saved_answers
from tawsiya.followup.views.writing import fields_typed, merged, seen_version
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language


@require_POST
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep, compare or forget what is being typed in a contribution (`then`)."""
    reader = reader_of(request)
    row = contribution_or_404(reader, pk)
    require(reader, Act.CONTRIBUTE, row.institution_id)
    fields, seen = fields_typed(request), seen_version(request)
    if request.POST.get("then") == "discard":
        return _forget(request, reader, contribution_place(pk), "followup:contribution", pk)
    if request.POST.get("then") == "compare":
        rows = shown(asdict(content_of(row)), merged(row, typed_values(fields), seen))
        return _compared(request, rows, stale=seen != row.version)
    return _kept(lambda: keep_typed_on(row, fields=fields, seen=seen, by=reader), row, seen)


@require_POST
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a contribution that is not begun yet."""
    reader = reader_of(request)
    recommendation = item_for(reader, pk)
    require(reader, Act.CONTRIBUTE)
    fields = fields_typed(request)
    if request.POST.get("then") == "discard":
        return _forget(request, reader, item_place(pk), "followup:item", pk)
    if request.POST.get("then") == "compare":
        nothing = asdict(Content(language=reader_language(), measures_taken=""))
        return _compared(request, shown(nothing, typed_values(fields)), stale=False)
    return _kept(lambda: keep_typed_for(recommendation, fields=fields, by=reader))


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the answers of an institution to a questionnaire."""
    reader = reader_of(request)
    row = reply_or_404(reader, pk)
    require(reader, Act.CONTRIBUTE, row.institution_id)
    fields, seen = fields_typed(request), seen_version(request)
    if request.POST.get("then") == "discard":
        return _forget(request, reader, reply_place(pk), "followup:reply", pk)
    if request.POST.get("then") == "compare":
        asked = list(questions_put_to(row))
        mine = merged_answers(reader, row, asked, typed_answers(asked, fields), seen)
        rows = answers_shown(asked, saved_answers(reader, row, asked), mine)
        return _compared(request, rows, stale=seen != row.version)
    return _kept(lambda: keep_typed_in(row, fields=fields, seen=seen, by=reader), row, seen)


def _kept(
    keep: Callable[[], TypedText], row: Contribution | Reply | None = None, seen: int = 0
) -> HttpResponse:
    """Answer what the page says beside its buttons; `stale`: somebody else saved since."""
    try:
        typed = keep()
    except RuleViolated as refusal:
        return JsonResponse({"said": str(refusal)}, status=422)
    moment = localise_datetime(timezone.localtime(typed.saved_at))
    answer = {"said": _("Kept as you type: %(moment)s") % {"moment": moment}, "stale": ""}
    if row is not None and seen != row.version:
        answer["stale"] = _("Somebody else saved meanwhile. When you save, both texts are shown.")
    return JsonResponse(answer)


def _compared(request: HttpRequest, rows: list[Shown], *, stale: bool) -> HttpResponse:
    return render(request, "followup/_differing.html", {"rows": rows, "stale": stale})


def _forget(request: HttpRequest, reader: Reader, place: str, page: str, pk: int) -> HttpResponse:
    forget_typed(place, by=reader)
    messages.success(request, _("What you had typed and not saved is discarded."))
    return redirect(page, pk)
