"""Read a file and store what importing it would do."""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.intake import messages
from tawsiya.intake.assembling import Choices, plan_import
from tawsiya.intake.choices import RunState, What
from tawsiya.intake.models import ImportRow, ImportRun, Recognised
from tawsiya.intake.permissions import may_import, person_id, why_not
from tawsiya.intake.planning import Plan, PlannedRow
from tawsiya.intake.queries import corrections_of, load_known, served_state
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tawsiya.intake.readers.sheets.mapping import Columns

FOLDER = "imports"
ORPHAN_AGE = timedelta(hours=1)
BATCH = 500


def fingerprint_of(data: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def plan_file(
    result: ReadResult,
    *,
    state: str,
    run: ImportRun | None = None,
    complete_for: str = "",
    exclude: Iterable[str] = (),
    lock: bool = False,
) -> Plan:
    """Plan what was read against the database as it is now; writes nothing.

    Args:
        run: the import whose declared scope and corrections count; None where there is none yet.
    """
    choices = Choices(
        complete_for=run.complete_for if run is not None else complete_for,
        exclude=tuple(exclude),
        corrections=corrections_of(run) if run is not None else (),
    )
    known = load_known(result, complete_for=choices.complete_for, lock=lock)
    return plan_import(result, state=state, known=known, choices=choices)


def preview_import(*, data: bytes, file_name: str, state: str, by: Reader) -> ImportRun:
    """Read a file in the sandbox, keep it in private storage, and store what importing it would do.

    Args:
        state: the State the file is imported for, ISO 3166 alpha-3.

    Raises:
        PermissionRefused: `by` may not import.
        UnreadableFile: the file cannot be read; nothing is kept of it.
    """
    actor = acting(by, may_import(by))
    result = sandbox.read(data, filename=file_name)
    fingerprint = fingerprint_of(data)
    with transaction.atomic():
        plan = plan_file(result, state=state)
        run = record_run(plan, result, file_name=file_name, fingerprint=fingerprint, actor=actor)
        # Last of all: should anything fail before, no file is left behind.
        store_file(run, data)
    forget_orphans()
    return run


def record_run(
    plan: Plan,
    result: ReadResult,
    *,
    file_name: str,
    fingerprint: str,
    actor: Acting,
    complete_for: str = "",
    columns: Columns | None = None,
) -> ImportRun:
    """Write the run with its rows. Runs inside its caller's transaction."""
    with audit.change("import.previewed", by=actor) as event:
        run = new_run(file_name, fingerprint, RunState.PREVIEWED, actor)
        run.complete_for = complete_for
        run.columns = columns.as_json() if columns is not None else {}
        write_reading(run, plan, result)
        event.subject, event.state = run, run.state
        event.after = {"sha256": fingerprint, "rows": len(plan.rows)}
    return run


def new_run(file_name: str, fingerprint: str, state: RunState, actor: Acting) -> ImportRun:
    """Write a run that says nothing of its content yet. Runs inside an audited act."""
    return ImportRun.objects.create(
        file_name=file_name[-200:],
        sha256=fingerprint,
        stored_as=f"{FOLDER}/{uuid4().hex}",
        state=state,
        uploaded_by_id=person_id(actor),
        uploaded_at=clock.now(),
    )


def write_reading(run: ImportRun, plan: Plan, result: ReadResult) -> None:
    """Write what was read of a file, and its rows. Runs inside an audited act."""
    run.state = RunState.PREVIEWED
    run.file_kind = result.document.type or "unknown"
    run.document_info = result.document.as_json()
    run.problem = {}
    run.save()
    write_rows(run, plan, result)


def store_file(run: ImportRun, data: bytes) -> None:
    """Keep the file's bytes in private storage under the run's random name."""
    default_storage.save(run.stored_as, ContentFile(data))


def forget_orphans() -> None:
    """Delete stored files that no import refers to: a process was killed between file and commit."""
    if not default_storage.exists(FOLDER):
        return
    known = set(ImportRun.objects.values_list("stored_as", flat=True))
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        # A young one may belong to an import that is being written at this moment.
        if path not in known and default_storage.get_modified_time(path) < timezone.now() - ORPHAN_AGE:
            default_storage.delete(path)


def write_rows(run: ImportRun, plan: Plan, result: ReadResult) -> None:
    """Write what a plan says, in place of what an earlier one said. Runs inside an audited act."""
    ImportRow.objects.filter(run=run).delete()
    ImportRow.objects.bulk_create(
        (ImportRow(run=run, order=order, **row_values(row)) for order, row in enumerate(plan.rows, start=1)),
        batch_size=BATCH,
    )
    run.warnings = [*(warning.as_json() for warning in result.warnings), *plan.notes]
    run.new_tags = [
        {"taxonomy": taxonomy, "code": code, "names": dict(names)}
        for (taxonomy, code), names in plan.new_tags.items()
    ]
    run.save(update_fields=["new_tags", "warnings"])


def row_values(row: PlannedRow) -> dict[str, Any]:
    """Return a planned row as the columns of `ImportRow`, in plain JSON values."""
    values: dict[str, Any] = json.loads(
        json.dumps(
            {
                "record": row.record,
                "changes": row.changes,
                "warnings": list(row.warnings),
                "reason_params": dict(row.reason_params),
            }
        )
    )
    return values | {
        "what": What(row.what).value,
        "key": row.key,
        "name": row.name,
        "action": row.action.value,
        "reason": row.reason,
        "excluded": row.excluded,
        "doubts": list(row.doubts),
        "settled": row.settled,
        "fixes": list(row.fixes),
        "target_id": row.item.pk if row.item else None,
        "obligation_id": row.obligation_id,
        "seen_version": row.item.version if row.item else None,
    }


def stored_bytes(run: ImportRun) -> bytes:
    """Return the stored file of an import, once it has proved to be the same.

    Raises:
        RuleViolated: the stored file is missing, or is not the one that was previewed.
    """
    try:
        with default_storage.open(run.stored_as) as stream:
            data: bytes = stream.read()
    except OSError:
        data = b""
    if fingerprint_of(data) != run.sha256:
        raise RuleViolated(_("The stored file is not the one that was previewed; import it again."))
    return data


def read_stored(run: ImportRun, data: bytes) -> ReadResult:
    """Read the file of an import: a spreadsheet as its columns were named, a scan as it was recognised.

    Raises:
        UnreadableFile: it cannot be read.
    """
    if run.columns:
        return sandbox.read_mapped(data, Columns.from_json(run.columns))
    if run.is_scan:
        found = Recognised.objects.filter(run=run).first()
        return sandbox.read_recognised(bytes(found.lines) if found is not None else recognise(run, data))
    return sandbox.read(data, filename=run.file_name)


def recognise(run: ImportRun, data: bytes) -> bytes:
    """Recognise the text of a scan and keep it for the readings to come.

    Raises:
        UnreadableFile: it cannot be recognised.
    """
    lines = sandbox.recognise(data)
    Recognised.objects.update_or_create(run=run, defaults={"lines": lines})
    return lines


def read_again(run: ImportRun) -> ReadResult:
    """Read the stored file of an import again, once it has proved to be the same.

    Raises:
        RuleViolated: the stored file is missing, or is not the one that was previewed.
    """
    try:
        return read_stored(run, stored_bytes(run))
    except UnreadableFile as error:
        raise RuleViolated(messages.refusal(error)) from error


def locked_run(run: ImportRun, action: str = "change") -> ImportRun:
    """Return the run, held until the transaction ends.

    Raises:
        RuleViolated: the step (`workflow.IMPORT`) is not possible in the state it has now.
    """
    fresh = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    refusal = why_not(fresh.state, action)
    if refusal:
        raise RuleViolated(refusal)
    return fresh


def preview_again(run: ImportRun, *, by: Reader) -> ImportRun:
    """Compare the stored file with the database anew, after something changed.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: already decided, or the stored file is not the one that was previewed.
    """
    actor = acting(by, may_import(by))
    result = read_again(run)
    with transaction.atomic():
        run = locked_run(run)
        replan(run, result, actor, code="import.previewed")
    return run


def replan(run: ImportRun, result: ReadResult, actor: Acting, *, code: str) -> None:
    """Write the rows of a run anew, as an audited act of its own. The run is held by the caller."""
    plan = plan_file(result, state=served_state(), run=run)
    with audit.change(code, by=actor, subject=run, state=run.state) as event:
        write_rows(run, plan, result)
        event.after = {"rows": len(plan.rows), "complete_for": run.complete_for}
