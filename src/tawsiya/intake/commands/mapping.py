"""Spreadsheets of the ministry's own: wait for a person to say what the columns hold, and remember it."""

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.intake import messages
from tawsiya.intake.choices import RunState
from tawsiya.intake.commands.preview import (
    fingerprint_of,
    locked_run,
    new_run,
    plan_file,
    record_run,
    store_file,
    stored_bytes,
    write_reading,
)
from tawsiya.intake.models import Correction, ImportRun, RememberedColumns
from tawsiya.intake.permissions import may_import, person_id
from tawsiya.intake.queries import columns_remembered, served_state
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tawsiya.intake.readers.sheets.files import Examined
from tawsiya.intake.readers.sheets.mapping import Columns, fitted, missing, repeated

SPREADSHEET = "spreadsheet"
"""The refusal of a reader that found a spreadsheet which it does not know."""


def begin_mapping(*, data: bytes, file_name: str, by: Reader) -> ImportRun:
    """Keep a spreadsheet until its columns are named; preview it at once where its header is known.

    Raises:
        PermissionRefused: `by` may not import.
        UnreadableFile: the file cannot be read; nothing is kept of it.
    """
    actor = acting(by, may_import(by))
    examined = sandbox.examine(data)
    known = _remembered(examined)
    result = sandbox.read_mapped(data, known) if known is not None else None
    fingerprint = fingerprint_of(data)
    with transaction.atomic():
        if result is not None:
            plan = plan_file(result, state=served_state())
            run = record_run(
                plan, result, file_name=file_name, fingerprint=fingerprint, actor=actor, columns=known
            )
        else:
            with audit.change("import.columns_asked", by=actor) as event:
                run = new_run(file_name, fingerprint, RunState.MAPPING, actor)
                run.columns = examined.columns.as_json()
                run.save(update_fields=["columns"])
                event.subject, event.state = run, run.state
                event.after = {"sha256": fingerprint}
        store_file(run, data)
    return run


def await_mapping(run: ImportRun, data: bytes, actor: Acting) -> Columns | None:
    """Let a run that a job reads wait for its columns; return them where the header is known already.

    The run is held by the caller, within its transaction.

    Raises:
        UnreadableFile: the file cannot be read.
    """
    examined = sandbox.examine(data)
    known = _remembered(examined)
    if known is not None:
        run.columns = known.as_json()
        return known
    with audit.change("import.columns_asked", by=actor, subject=run, state=RunState.MAPPING.value) as event:
        run.state, run.columns = RunState.MAPPING, examined.columns.as_json()
        run.save(update_fields=["state", "columns"])
        event.after = {"sha256": run.sha256}
    return None


def map_columns(run: ImportRun, columns: Columns, *, by: Reader) -> ImportRun:
    """Read a spreadsheet as a person named its columns, store its preview, and remember what was said.

    Corrections made under another naming go: they were made on other rows.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: a needed field has no column, a field has several, the import is decided, or the
            file cannot be read so.
    """
    actor = acting(by, may_import(by))
    refuse_incomplete(columns)
    data = stored_bytes(run)
    try:
        examined = sandbox.examine(data, columns)
        result = sandbox.read_mapped(data, columns)
    except UnreadableFile as error:
        raise RuleViolated(messages.refusal(error)) from error
    with transaction.atomic():
        run = locked_run(run, "map")
        with audit.change("import.columns_named", by=actor, subject=run) as event:
            Correction.objects.filter(run=run).delete()
            run.columns = columns.as_json()
            plan = plan_file(result, state=served_state(), run=run)
            write_reading(run, plan, result)
            _remember(examined, columns, person_id(actor))
            event.state = run.state
            event.after = {"rows": len(plan.rows), "columns": list(columns.columns)}
    return run


def refuse_incomplete(columns: Columns) -> None:
    """Raise RuleViolated where a needed field has no column, or a field has several that may have one."""
    lacking = missing(columns)
    if lacking:
        names = ", ".join(str(messages.COLUMNS[name]) for name in lacking)
        raise RuleViolated(_("Still missing: %(names)s.") % {"names": names})
    twice = repeated(columns.columns)
    if twice:
        names = ", ".join(str(messages.COLUMNS[name]) for name in twice)
        raise RuleViolated(
            _("Named for several columns, though a row can have one only: %(names)s.") % {"names": names}
        )


def read_or_remembered(data: bytes, file_name: str) -> tuple[ReadResult, Columns | None]:
    """Read a file; a spreadsheet as its columns were named the last time.

    Raises:
        UnreadableFile: it cannot be read, or nobody has named its columns yet.
    """
    try:
        return sandbox.read(data, filename=file_name, scans=True), None
    except UnreadableFile as error:
        if error.code != SPREADSHEET:
            raise
        known = _remembered(sandbox.examine(data))
        if known is None:
            raise
        return sandbox.read_mapped(data, known), known


def _remembered(examined: Examined) -> Columns | None:
    """What people said of the first sheet whose header is known, if it still tells enough to read."""
    for look in examined.looks:
        known = columns_remembered(look.shape)
        if known is not None and not missing(fitted(known, look)):
            return fitted(known, look)
    return None


def _remember(examined: Examined, columns: Columns, user_id: int) -> None:
    """Keep a naming by its header; the newest counts. Runs inside an audited act."""
    look = examined.look
    if not look.shape:
        return
    RememberedColumns.objects.update_or_create(
        shape=look.shape,
        defaults={
            "headers": [column.header for column in look.columns],
            "columns": columns.as_json(),
            "said_by_id": user_id,
            "said_at": clock.now(),
        },
    )
