"""Exports: the list as Excel, the matrix that an institution fills in as Word or Excel."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core import instance
from tawsiya.core.errors import PermissionRefused
from tawsiya.core.labels import text_of
from tawsiya.recommendations.columns import columns_for
from tawsiya.recommendations.filters import matching, matching_with_parts
from tawsiya.recommendations.queries import with_everything
from tawsiya.recommendations.reading import reader_language
from tawsiya.reports import excel
from tawsiya.reports.matrix import matrix as word_matrix
from tawsiya.reports.matrix_sheet import matrix as excel_matrix
from tawsiya.reports.queries import matrix_institutions, matrix_items, matrix_rows, may_have_matrix

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The parameter of the institution; the filters' own `institution` is another thing.
INSTITUTION = "for"


@require_safe
def recommendations_xlsx(request: HttpRequest) -> HttpResponse:
    """The recommendations that a filter finds, as an Excel workbook."""
    reader = reader_of(request)
    require(reader, Act.EXPORT)
    rows = with_everything(matching_with_parts(reader, request.GET), reader)
    data = excel.workbook(rows.iterator(chunk_size=500), columns_for(reader), _about(request, reader))
    return file_answer(data, EXCEL, f"recommendations-{timezone.localdate().isoformat()}.xlsx")


def _about(request: HttpRequest, reader: Reader) -> list[tuple[str, Any]]:
    """Return what the file is: a workbook is passed on without the page it came from."""
    found = matching(reader, request.GET).order_by()
    served = instance.current()
    return [
        (_("State"), text_of(served.names) if served else ""),
        (_("Recommendations"), found.count()),
        (_("Exported"), timezone.localtime()),
        (_("By"), reader.name),
        (_("Filter"), request.GET.urlencode()),
        (_("Address"), request.build_absolute_uri(_list_address(request))),
    ]


def _list_address(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{reverse('recommendations:list')}{f'?{query}' if query else ''}"


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Choose the institution whose matrix to download."""
    reader = _matrix_reader(request)
    query = request.GET.copy()
    query.pop(INSTITUTION, None)
    choices = [
        {
            "institution": institution,
            "count": matrix_items(reader, institution, query).order_by().count(),
            "url": _matrix_address(request, institution, "reports:matrix-docx"),
            "excel_url": _matrix_address(request, institution, "reports:matrix-xlsx"),
        }
        for institution in matrix_institutions(reader)
    ]
    context = {
        "choices": [choice for choice in choices if choice["count"]],
        "filtered": bool(query),
        "list_url": _list_address(request),
    }
    return render(request, "reports/matrix.html", context)


@require_safe
def matrix_docx(request: HttpRequest) -> HttpResponse:
    """The Word matrix of one institution; without one named, of the reader's own where there is only one."""
    return _matrix_file(request, word_matrix, WORD, "docx")


@require_safe
def matrix_xlsx(request: HttpRequest) -> HttpResponse:
    """The same matrix as an Excel workbook."""
    return _matrix_file(request, excel_matrix, EXCEL, "xlsx")


def _matrix_file(
    request: HttpRequest, write: Callable[..., bytes], media_type: str, ending: str
) -> HttpResponse:
    reader = _matrix_reader(request)
    institutions = list(matrix_institutions(reader))
    wanted = request.GET.get(INSTITUTION, "")
    if not wanted and len(institutions) != 1:
        return redirect(f"{reverse('reports:matrix')}?{request.GET.urlencode()}")
    chosen = [row for row in institutions if not wanted or row.key == wanted]
    if not chosen:
        raise Http404
    day = timezone.localdate()
    rows = matrix_rows(reader, chosen[0], request.GET)
    data = write(rows, chosen[0], language=reader_language(), day=day)
    return file_answer(data, media_type, f"matrix-{chosen[0].key}-{day.isoformat()}.{ending}")


def _matrix_reader(request: HttpRequest) -> Reader:
    """Return the reader.

    Raises:
        PermissionRefused: neither of the delegation nor of an institution that can be in charge.
    """
    reader = reader_of(request)
    require(reader, Act.EXPORT)
    if not may_have_matrix(reader):
        raise PermissionRefused(_("The matrix is for the institutions in charge and for the delegation."))
    return reader


def _matrix_address(request: HttpRequest, institution: Institution, name: str) -> str:
    query = request.GET.copy()
    query[INSTITUTION] = institution.key
    return f"{reverse(name)}?{query.urlencode()}"


def file_answer(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer a file to be saved under a name."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
