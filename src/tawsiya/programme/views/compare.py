"""Two versions beside each other."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.programme.comparison import Change, Field, compare
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.queries import measures_for, version_or_404, versions_for, with_everything
from tawsiya.programme.visibility import sees_whole

COLUMNS = (
    Column("number", _("Number"), lambda row: row[0].measure.code),
    Column("measure", _("Measure"), lambda row: text_of(row[0].measure.titles)),
    Column("change", _("Change"), lambda row: row[0].kind),
    Column("field", _("Field"), lambda row: str(row[1].label) if row[1] else ""),
    Column("before", _("Before"), lambda row: row[1].before if row[1] else ""),
    Column("after", _("After"), lambda row: row[1].after if row[1] else ""),
)


@require_safe
def show(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Compare a version with another of its programme (`with`; the one it was copied from by default)."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    others = [
        row
        for row in versions_for(reader).filter(programme=version.programme).exclude(pk=pk).order_by("-number")
        if sees_whole(reader, row)
    ]
    if not sees_whole(reader, version):
        raise Http404
    asked = request.GET.get("with", "") or str(version.based_on_id or "")
    other = next((row for row in others if str(row.pk) == asked), None)
    changes = compare(_measures(reader, other), _measures(reader, version)) if other else []
    rows: list[tuple[Change, Field | None]] = []
    for change in changes:
        rows += [(change, field) for field in change.fields] or [(change, None)]
    return respond(
        request,
        rows=Listed(rows),
        columns=COLUMNS,
        form=form,
        template="programme/compare.html",
        context={"version": version, "other": other, "others": others, "changes": changes},
        page_size=max(len(rows), 1),
    )


def _measures(reader: Reader, version: Version) -> list[Measure]:
    return list(with_everything(measures_for(reader).filter(version=version)))
