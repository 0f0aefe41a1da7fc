"""Values from a file: choose it, see what each column is and what recording would do, then record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import Decision, acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.previews import seal, unseal
from tawsiya.core.tables import REFUSED, csv_file
from tawsiya.programme.commands.indicator_values import record_file
from tawsiya.programme.forms.indicators import ROLE_NAMES, FileForm
from tawsiya.programme.indicator_choices import Origin
from tawsiya.programme.indicator_permissions import may_define
from tawsiya.programme.indicator_queries import asked_of
from tawsiya.programme.indicator_table import ROLES, Table, guess_roles, is_head, is_sdmx, letter, read_tables
from tawsiya.programme.indicator_words import problem_text
from tawsiya.programme.value_files import Plan, plan, tables_of, words_of_state
from tawsiya.programme.views.common import state_of_instance

_SALT = "tawsiya.programme.values"
_SHOWN = 200
_REFUSED = gettext_lazy("Only institutions and the delegation record values.")


def _allowed(reader: Reader) -> None:
    """Let in who records values of anything: an institution, or the delegation."""
    decision = may_define(reader)
    if not decision and reader.own_institutions:
        return
    acting(reader, decision if decision else Decision(None, _REFUSED))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file of values and show what recording it would do; nothing is stored before."""
    reader = reader_of(request)
    _allowed(reader)
    form = FileForm(request.POST or None, request.FILES or None)
    waiting = asked_of(reader)[:20]
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            tables = tables_of(file.read())
            payload = _sealed(reader, file.name, tables)
        except RuleViolated as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, reader, file.name, tables, payload, _guessed(tables))
    status = 422 if form.is_bound else 200
    return render(request, "programme/value_upload.html", {"form": form, "waiting": waiting}, status=status)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show the file again with other columns (`step=map`), record it, or answer what was refused as CSV."""
    reader = reader_of(request)
    _allowed(reader)
    held = unseal(request.POST.get("payload", ""), salt=_SALT, user_id=reader.user_id)
    if held is None:
        messages.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("programme:values-upload")
    name, tables = held["name"], [Table(*table) for table in held["tables"]]
    roles = _chosen(request, tables)
    step = request.POST.get("step", "map")
    if step == "map":
        return _preview(request, reader, name, tables, request.POST["payload"], roles)
    made = _plan(reader, tables, roles)
    if step == "refused":
        return csv_file("refused.csv", REFUSED, (row.values() for row in _refusals(made)))
    try:
        done = record_file(
            values=made.readings(),
            by=reader,
            origin=Origin.SDMX if tables and is_sdmx(tables[0].rows[0]) else Origin.FILE,
            reason=request.POST.get("reason", ""),
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return _preview(request, reader, name, tables, request.POST["payload"], roles, status=422)
    count = done.new + done.corrected
    text = ngettext("%(count)s value is recorded.", "%(count)s values are recorded.", count)
    messages.success(request, text % {"count": localise_number(count)})
    indicators = list(made.readings())
    return (
        redirect("programme:indicator", indicators[0].pk)
        if len(indicators) == 1
        else redirect("programme:indicators")
    )


def _sealed(reader: Reader, name: str, tables: list[Table]) -> str:
    cells = [[table.sheet, table.rows, table.above] for table in tables]
    return seal({"name": name[:200], "tables": cells}, salt=_SALT, user_id=reader.user_id)


def _guessed(tables: list[Table]) -> dict[int, list[str]]:
    return {place: guess_roles(table.rows[0]) for place, table in enumerate(tables)}


def _chosen(request: HttpRequest, tables: list[Table]) -> dict[int, list[str]]:
    """Return what the reader said each column is; a column for a period stays one unless left out."""
    roles = _guessed(tables)
    for place, guessed in roles.items():
        for column, role in enumerate(guessed):
            given = request.POST.get(f"role-{place}-{column}")
            if given is not None and given in ("", *ROLES, role):
                guessed[column] = given
    return roles


def _plan(reader: Reader, tables: list[Table], roles: dict[int, list[str]]) -> Plan:
    return plan(reader, read_tables(tables, roles, words_of_state(state_of_instance())))


def _preview(
    request: HttpRequest,
    reader: Reader,
    name: str,
    tables: list[Table],
    payload: str,
    roles: dict[int, list[str]],
    *,
    status: int = 200,
) -> HttpResponse:
    made = _plan(reader, tables, roles)
    counts = made.counts
    context = {
        "name": name,
        "payload": payload,
        "sheets": [_sheet(place, table, roles[place]) for place, table in enumerate(tables)],
        "plan": made,
        "new": counts["new"],
        "corrected": counts["corrected"],
        "unchanged": counts["unchanged"],
        "refused_count": len(made.damaged) + len(made.refused),
        "refused": _refusals(made)[:_SHOWN],
        "lines": sorted(made.lines, key=lambda line: line.outcome != "corrected")[:_SHOWN],
        "shown": _SHOWN,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "programme/value_preview.html", context, status=status)


def _sheet(place: int, table: Table, roles: list[str]) -> dict[str, Any]:
    columns = []
    for column, (title, role) in enumerate(zip(table.rows[0], roles, strict=True)):
        choices = [(code, str(words)) for code, words in ROLE_NAMES.items()]
        if role.startswith("period:"):
            choices.insert(1, (role, role.removeprefix("period:")))
        example = next((row[column] for row in table.rows[1:50] if len(row) > column and row[column]), "")
        columns.append(
            {
                "field": f"role-{place}-{column}",
                "letter": letter(column),
                "title": title,
                "role": role,
                "choices": choices,
                "example": example[:60],
            }
        )
    return {"name": table.sheet, "rows": len(table.rows) - 1, "columns": columns, "is_read": is_head(roles)}


def _refusals(made: Plan) -> list[dict[str, Any]]:
    """Return the cells that are left out, in the order of the file: sheet, row, column, content, why."""
    rows = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "content": one.content,
            "why": problem_text(one.problem),
        }
        for one in made.damaged
    ]
    rows += [
        {
            "sheet": found.sheet,
            "row": found.row,
            "column": found.column,
            "content": "" if found.reading.value is None else f"{found.reading.value.normalize():f}",
            "why": why,
        }
        for found, why in made.refused
    ]
    return sorted(rows, key=lambda row: (str(row["sheet"]), int(str(row["row"])), str(row["column"])))
