"""An import side by side: the document's pages, and what was read from them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.requests import reader_of
from tawsiya.intake import commands, comparing, messages, pictures
from tawsiya.intake.choices import Action
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, runs_visible_to
from tawsiya.intake.readers import layout
from tawsiya.intake.readers.layout import Layout
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.views.runs import ROWS_PER_PAGE

RECORDS_PER_PAGE = 400
_KEEP_SECONDS = 3600


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The records of an import beside the pages they stand on."""
    run = _run(request, pk)
    # What a file, declared complete, no longer has stands nowhere in it.
    rows = ImportRow.objects.filter(run=run).exclude(action=Action.WITHDRAW).order_by("order")
    page = Paginator(rows, RECORDS_PER_PAGE).get_page(request.GET.get("page"))
    document, problem = Layout(layout.NONE), ""
    try:
        document = pictures.layout_of(run)
    except FileNotFoundError:
        problem = "lost"
    except UnreadableFile as refusal:
        problem = messages.refusal(refusal)
    context = {
        "run": run,
        "page": page,
        "comparison": comparing.compare(run, list(page.object_list), document, rows_per_page=ROWS_PER_PAGE),
        "problem": problem,
        "may_tick": bool(may_import(reader_of(request))),
    }
    return render(request, "intake/compare.html", context)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the document of an import, for those who may see the import."""
    run = _run(request, pk)
    try:
        drawn = pictures.picture_of(run, number)
    except (FileNotFoundError, UnreadableFile) as error:
        raise Http404 from error
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={_KEEP_SECONDS}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def seen(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Tick a record as compared, or take the tick back (`seen` = 0)."""
    found = get_object_or_404(ImportRow.objects.select_related("run"), pk=row, run=_run(request, pk))
    commands.mark_seen(found, seen=request.POST.get("seen") != "0", by=reader_of(request))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    place = (request.POST.get("page") or "").strip()
    query = f"?page={place}" if place.isdigit() else ""
    return redirect(f"{reverse('intake:compare', kwargs={'pk': pk})}{query}#record-{found.order}")


def _run(request: HttpRequest, pk: int) -> ImportRun:
    visible = ImportRun.objects.filter(runs_visible_to(reader_of(request))).select_related("uploaded_by")
    return get_object_or_404(visible, pk=pk)
