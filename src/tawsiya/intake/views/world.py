"""Records of all States: what is loaded, since when, and what the latest load brought."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.analysis.choices import WorldAction
from tawsiya.analysis.models import WorldChange, WorldRecord
from tawsiya.analysis.queries import world as queries
from tawsiya.core.tables import Column, respond
from tawsiya.recommendations.choices import Kind

LOADS_SHOWN = 10

COLUMNS = (
    Column("id", gettext_lazy("Identifier"), lambda row: str(_record(row).external_id)),
    Column("action", gettext_lazy("Action"), lambda row: _action(row)),
    Column("symbol", gettext_lazy("Document"), lambda row: _record(row).symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: _record(row).paragraph),
    Column("states", gettext_lazy("States"), lambda row: _record(row).states),
    Column("fields", gettext_lazy("Changed fields"), lambda row: list(getattr(row, "before", {}))),
    Column("text", gettext_lazy("Text"), lambda row: _record(row).text),
)


@require_safe
def world(request: HttpRequest, form: str) -> HttpResponseBase:
    """The records of all States: counts, loads, and the differences that the latest load found."""
    reader = reader_of(request)
    require(reader, Act.IMPORT_DOCUMENTS)
    load = queries.latest_load(reader)
    counts = queries.change_counts(load)
    shown = request.GET.get("show", "")
    rows: Any = queries.created_in(load) if shown == WorldAction.CREATED else queries.changes_of(load)
    if shown in WorldAction.values and shown != WorldAction.CREATED:
        rows = rows.filter(action=shown)
    context: dict[str, Any] = {"shown": shown}
    if form == "html":
        context |= {
            "load": load,
            "loads": list(queries.loads_for(reader)[:LOADS_SHOWN]),
            "kinds": [
                {"label": Kind(kind).label, "count": count}
                for kind, count in sorted(queries.counts_by_kind().items())
            ],
            "tabs": _tabs(request.path, counts, shown),
        }
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="intake/world.html", context=context
    )


def _record(row: WorldChange | WorldRecord) -> WorldRecord:
    return row.record if isinstance(row, WorldChange) else row


def _action(row: WorldChange | WorldRecord) -> str:
    return row.action if isinstance(row, WorldChange) else WorldAction.CREATED.value


def _tabs(path: str, counts: dict[str, int], shown: str) -> list[dict[str, Any]]:
    touched = sum(count for action, count in counts.items() if action != WorldAction.CREATED)
    listed = [("", _("Changed and withdrawn"), touched)]
    listed += [(action, str(WorldAction(action).label), count) for action, count in counts.items()]
    return [
        {"label": label, "url": f"{path}?show={key}" if key else path, "active": shown == key, "badge": count}
        for key, label, count in listed
    ]
