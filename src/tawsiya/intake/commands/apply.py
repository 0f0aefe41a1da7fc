"""Apply an import: all of it in one transaction, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import Role
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import people_with
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.analysis.tasks import request_proposals
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.intake.choices import Action, RunState, Step
from tawsiya.intake.commands.mapping import read_or_remembered
from tawsiya.intake.commands.preview import (
    BATCH,
    fingerprint_of,
    locked_run,
    plan_file,
    read_again,
    record_run,
    row_values,
    store_file,
)
from tawsiya.intake.commands.progress import Silent
from tawsiya.intake.commands.rows import register_exclusion
from tawsiya.intake.commands.write import Writer, Written
from tawsiya.intake.errors import ChangedSincePreview, DoubtfulRows, RejectedRows, listed
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, person_id
from tawsiya.intake.planning import Plan, PlannedRow
from tawsiya.intake.queries import row_counts, served_state
from tawsiya.intake.readers.records import ReadResult
from tawsiya.notifications.commands import notify

# One import at a time: the second waits, then sees what the first changed.
LOCK = 7203653
FOLLOWERS = (Role.COORDINATOR, Role.ANALYST)
# The columns of a row that the second plan must give again.
_COMPARED = (
    "what",
    "key",
    "name",
    "action",
    "record",
    "changes",
    "warnings",
    "reason",
    "reason_params",
    "excluded",
    "doubts",
    "settled",
    "fixes",
    "target_id",
    "obligation_id",
    "seen_version",
)


def apply_import(run: ImportRun, *, by: Reader) -> ImportRun:
    """Write what the preview said, once it proved to hold still.

    The stored file is read again and planned against the database as it is now; a row that would
    do anything else than its preview says stops the import.

    Raises:
        PermissionRefused: `by` may not import.
        ChangedSincePreview: names the rows that changed.
        RejectedRows: rows were rejected and not left out by name.
        DoubtfulRows: rows need a person's eye and nobody decided about them.
        RuleViolated: already decided, or the stored file is not the one that was previewed.
    """
    actor = acting(by, may_import(by))
    result = read_again(run)
    with transaction.atomic():
        run = locked_run(run, "apply")
        apply_read(run, result, actor, Silent())
    return run


def apply_read(run: ImportRun, result: ReadResult, actor: Acting, progress: Silent) -> None:
    """Compare, check and write what was read; the caller holds the run.

    Raises as `apply_import` does, and Stopped.
    """
    take_turn()
    progress.step(Step.COMPARING)
    plan = plan_file(result, state=served_state(), run=run, lock=True)
    _check_unchanged(run, plan)
    _check_rejected(plan.rejected)
    _check_doubtful(plan.doubtful)
    _apply(run, plan, result, actor, progress)


def discard_import(run: ImportRun, *, by: Reader) -> ImportRun:
    """Decide not to apply an import; its preview stays readable.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: already decided.
    """
    actor = acting(by, may_import(by))
    with transaction.atomic():
        run = locked_run(run, "discard")
        with audit.change("import.discarded", by=actor, subject=run, state=RunState.DISCARDED.value):
            _decide(run, RunState.DISCARDED, actor)
    return run


@dataclass(frozen=True)
class Outcome:
    """What `import_file` did or would do; `run` is None where nothing was written."""

    plan: Plan
    result: ReadResult
    run: ImportRun | None = None


def import_file(
    *,
    data: bytes,
    file_name: str,
    state: str,
    by: Reader,
    complete_for: str = "",
    exclude: Sequence[str] = (),
    accept_doubtful: bool = True,
    dry_run: bool = False,
) -> Outcome:
    """Preview and apply a file in one transaction: the command line's way in.

    Nothing is written where there is nothing to change: a second run leaves no trace.

    Args:
        exclude: names of rows to leave out, now and later.
        accept_doubtful: write rows that need a person's eye as they were read; otherwise they stop it.
        dry_run: only say what would be done.

    Raises:
        PermissionRefused: `by` may not import.
        UnreadableFile: the file cannot be read, or is a spreadsheet whose columns nobody has named yet.
        RuleViolated: a name to exclude is no row of the file.
    """
    actor = acting(by, may_import(by))
    result, columns = read_or_remembered(data, file_name)
    fingerprint = fingerprint_of(data)
    with transaction.atomic():
        take_turn()
        plan = plan_file(
            result,
            state=state,
            complete_for=complete_for,
            exclude=exclude,
            lock=not dry_run,
        )
        _check_names(exclude, plan)
        new_exclusions = _not_yet_excluded(exclude)
        stopped = plan.rejected or (plan.doubtful and not accept_doubtful)
        if dry_run or stopped or not (plan.writes or new_exclusions):
            return Outcome(plan, result)
        run = record_run(
            plan,
            result,
            file_name=file_name,
            fingerprint=fingerprint,
            actor=actor,
            complete_for=complete_for,
            columns=columns,
        )
        _keep_exclusions(run, new_exclusions, actor)
        _apply(run, plan, result, actor, Silent())
        store_file(run, data)
    return Outcome(plan, result, run)


def take_turn() -> None:
    """Wait until no other import is being applied or undone; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _check_unchanged(run: ImportRun, plan: Plan) -> None:
    """Compare every stored row with the plan of now; also with what somebody altered in the table."""
    stored = {row.order: row for row in ImportRow.objects.filter(run=run)}
    changed = [
        row.name
        for order, row in enumerate(plan.rows, start=1)
        if order not in stored or _values(stored.pop(order)) != row_values(row)
    ]
    changed += [row.name for row in stored.values()]
    if changed:
        names = list(dict.fromkeys(changed))
        raise ChangedSincePreview(
            _("Changed since the preview: %(names)s. Nothing was applied; preview again.")
            % {"names": listed(names)},
            names,
        )


def _values(row: ImportRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COMPARED}


def _check_rejected(rejected: Sequence[PlannedRow]) -> None:
    if rejected:
        names = [row.name for row in rejected]
        raise RejectedRows(
            _("Rejected rows stop the import until they are left out: %(names)s.") % {"names": listed(names)},
            names,
        )


def _check_doubtful(doubtful: Sequence[PlannedRow]) -> None:
    if doubtful:
        names = [row.name for row in doubtful]
        raise DoubtfulRows(
            _("Doubtful rows stop the import until each is confirmed, corrected or left out: %(names)s.")
            % {"names": listed(names)},
            names,
        )


def _check_names(exclude: Iterable[str], plan: Plan) -> None:
    known = {row.name for row in plan.rows}
    unknown = [name for name in exclude if name not in known]
    if unknown:
        raise RuleViolated(_("No row of the file has this name: %(names)s.") % {"names": listed(unknown)})


def _not_yet_excluded(names: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(names))
    there = set(Exclusion.objects.filter(name__in=wanted).values_list("name", flat=True))
    return [name for name in wanted if name not in there]


def _keep_exclusions(run: ImportRun, names: Sequence[str], actor: Acting) -> None:
    reason = _("Left out on the command line.")
    for name in names:
        # Every name was found in the plan, so the row is there.
        row = ImportRow.objects.filter(run=run, name=name).order_by("order")[0]
        with audit.change("import.row_excluded", by=actor, subject=run, state=run.state) as event:
            event.reason, event.after = reason, {"name": name}
            register_exclusion(row, reason=reason, user_id=person_id(actor))


def _apply(run: ImportRun, plan: Plan, result: ReadResult, actor: Acting, progress: Silent) -> None:
    with audit.change("import.applied", by=actor, subject=run, state=RunState.APPLIED.value) as event:
        written = Writer(run, plan, result, actor, progress).write()
        _point_to(run, written)
        counts = row_counts(run)
        event.after = {"file": run.file_name, "sha256": run.sha256, **counts}
        _decide(run, RunState.APPLIED, actor)
        # Newcomers may ask for what others ask already: looked for once this is written.
        request_proposals()
        notify(
            "import.applied",
            people_with(FOLLOWERS),
            params={"file": run.file_name, **{action.value: counts[action.value] for action in Action}},
            url_name="intake:run",
            url_args=[run.pk],
            but_not=actor.user_id,
        )


def _point_to(run: ImportRun, written: Written) -> None:
    """Let the rows of the run point to what they made."""
    made = {*written.recommendations, *written.obligations}
    rows = list(ImportRow.objects.filter(run=run, order__in=made))
    for row in rows:
        row.target_id = written.recommendations.get(row.order, row.target_id)
        row.obligation_id = written.obligations.get(row.order, row.obligation_id)
    ImportRow.objects.bulk_update(rows, ["target", "obligation"], batch_size=BATCH)


def _decide(run: ImportRun, state: RunState, actor: Acting) -> None:
    run.state = state
    run.decided_by_id, run.decided_at = actor.user_id, clock.now()
    run.problem = {}
    run.save(update_fields=["state", "decided_by", "decided_at", "problem"])
