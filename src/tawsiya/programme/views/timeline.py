"""The time line of a version: a chart that is a table, and the same rows as CSV and JSON."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.programme import gantt
from tawsiya.programme.gantt_rows import rows_of
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.queries import measures_for, tree, version_or_404

ALL = 20_000
BY = ("axis", "institution")
COLUMNS = (
    Column("group", _("Axis or institution"), lambda row: f"{row[0].code} {row[0].title}".strip()),
    Column("kind", _("Kind"), lambda row: "milestone" if row[1].milestone else "measure"),
    Column("number", _("Number"), lambda row: row[1].code),
    Column("title", _("Title"), lambda row: row[1].title),
    Column("lead", _("Lead institution"), lambda row: lead_name(row[1].measure)),
    Column("starts_on", _("Start date"), lambda row: row[1].starts_on),
    Column("ends_on", _("End date"), lambda row: row[1].ends_on),
    Column("reached_on", _("Reached"), lambda row: row[1].reached_on),
    Column("progress", _("Progress"), lambda row: row[1].measure.progress),
    Column("late", _("Late"), lambda row: row[1].late),
    Column("waits_for", _("Waits for"), lambda row: [wait.code for wait in row[1].waits]),
)


def lead_name(measure: Measure) -> str:
    """Return the name of the institution that leads a measure (of `gantt.with_time`)."""
    return next((text_of(row.institution.names) for row in measure.leads), "")  # type: ignore[attr-defined]


@require_safe
def show(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Show the time line by axis or by institution (`by`), all of it or what is late (`late`)."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    by = request.GET.get("by") if request.GET.get("by") in BY else "axis"
    only_late = request.GET.get("late") == "1"
    today = timezone.localdate()
    measures = list(gantt.with_time(measures_for(reader).filter(version=version).order_by("sort_key", "pk")))
    rows = gantt.steps(measures, today)
    late = sum(step.late for one in rows.values() for step in one)
    if only_late:
        rows = {pk: [step for step in one if step.late] for pk, one in rows.items()}
    lanes = _lanes(reader, version, [row for row in measures if rows[row.pk]], rows, by or "axis")
    listed = [(lane, step) for lane in lanes for step in lane.steps]
    context: dict[str, Any] = {}
    if form == "html":
        years, bodies = rows_of(lanes, gantt.scale(measures, today), by_axis=by == "axis")
        context = {
            "version": version,
            "by": by,
            "only_late": only_late,
            "late": late,
            "has_waits": any(step.waits for _lane, step in listed),
            "bodies": bodies,
            "years": years,
            "total": len(measures),
        }
    return respond(
        request,
        rows=Listed(listed),
        columns=COLUMNS,
        form=form,
        template="programme/timeline.html",
        context=context,
        page_size=ALL,
    )


def _lanes(
    reader: Reader, version: Version, measures: list[Measure], rows: dict[int, list[gantt.Step]], by: str
) -> list[gantt.Lane]:
    if by == "institution":
        return gantt.lanes_by_institution(measures, rows)
    return [
        gantt.Lane(
            branch.node.code,
            text_of(branch.node.names),
            branch.depth,
            [step for measure in branch.measures for step in rows[measure.pk]],
        )
        for branch in tree(reader, version, measures, narrowed=True)
    ]
