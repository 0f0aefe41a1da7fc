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
from tawsiya.intake.choices import RunState
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, person_id
from tawsiya.intake.planning import Plan, PlannedRow, make_plan
from tawsiya.intake.queries import load_known, served_state
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.records import ReadResult, UnreadableFile

FOLDER = "imports"
ORPHAN_AGE = timedelta(hours=1)


def fingerprint_of(data: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def plan_file(
    result: ReadResult,
    *,
    state: str,
    complete_for: str = "",
    exclude: Iterable[str] = (),
    lock: bool = False,
) -> Plan:
    """Plan what was read against the database as it is now; writes nothing."""
    known = load_known(result, complete_for=complete_for, lock=lock)
    return make_plan(
        result,
        state=state,
        known=known,
        complete_for=complete_for,
        exclude=exclude,
    )


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
) -> ImportRun:
    """Write the run with its rows. Runs inside its caller's transaction."""
    with audit.change("import.previewed", by=actor) as event:
        run = ImportRun.objects.create(
            file_name=file_name[-200:],
            sha256=fingerprint,
            stored_as=f"{FOLDER}/{uuid4().hex}",
            file_kind=result.document.type or "unknown",
            document_info=result.document.as_json(),
            warnings=[warning.as_json() for warning in result.warnings],
            complete_for=complete_for,
            uploaded_by_id=person_id(actor),
            uploaded_at=clock.now(),
        )
        write_rows(run, plan)
        event.subject, event.state = run, run.state
        event.after = {"sha256": fingerprint, "rows": len(plan.rows)}
    return run


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


def write_rows(run: ImportRun, plan: Plan) -> None:
    """Write what a plan says, in place of what an earlier one said. Runs inside an audited act."""
    ImportRow.objects.filter(run=run).delete()
    ImportRow.objects.bulk_create(
        ImportRow(run=run, order=order, **row_values(row)) for order, row in enumerate(plan.rows, start=1)
    )
    run.new_tags = [
        {"taxonomy": taxonomy, "code": code, "names": dict(names)}
        for (taxonomy, code), names in plan.new_tags.items()
    ]
    run.save(update_fields=["new_tags"])


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
        "name": row.name,
        "action": row.action.value,
        "reason": row.reason,
        "excluded": row.excluded,
        "target_id": row.item.pk if row.item else None,
        "seen_version": row.item.version if row.item else None,
    }


def read_again(run: ImportRun) -> ReadResult:
    """Read the stored file of an import again, once it has proved to be the same.

    Raises:
        RuleViolated: the stored file is missing, or is not the one that was previewed.
    """
    try:
        with default_storage.open(run.stored_as) as stream:
            data = stream.read()
    except OSError:
        data = b""
    if fingerprint_of(data) != run.sha256:
        raise RuleViolated(_("The stored file is not the one that was previewed; import it again."))
    try:
        return sandbox.read(data, filename=run.file_name)
    except UnreadableFile as error:
        raise RuleViolated(messages.refusal(error)) from error


def locked_run(run: ImportRun) -> ImportRun:
    """Return the run, held until the transaction ends.

    Raises:
        RuleViolated: it was applied or discarded meanwhile.
    """
    fresh = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if fresh.state != RunState.PREVIEWED:
        raise RuleViolated(_("This import was already decided."))
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
    plan = plan_file(result, state=served_state(), complete_for=run.complete_for)
    with audit.change(code, by=actor, subject=run, state=run.state) as event:
        write_rows(run, plan)
        event.after = {"rows": len(plan.rows), "complete_for": run.complete_for}
