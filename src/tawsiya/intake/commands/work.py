"""Large imports as background jobs: asked for, done, stopped, and taken up again after a kill.

The job is one transaction that holds the import's row. So whoever cannot take hold of the row knows
that the job lives, and whoever can knows that it waits or that its worker was killed: a dead
connection lets go at once. Nothing depends on a clock.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import jobs
from tawsiya.core.errors import RuleViolated
from tawsiya.intake.choices import WORKING, RunState, Step
from tawsiya.intake.commands.apply import apply_import, apply_read
from tawsiya.intake.commands.mapping import SPREADSHEET, await_mapping, begin_mapping
from tawsiya.intake.commands.preview import (
    fingerprint_of,
    locked_run,
    new_run,
    plan_file,
    preview_import,
    read_again,
    read_stored,
    store_file,
    stored_bytes,
    write_reading,
)
from tawsiya.intake.commands.progress import Silent, Stopped, Watched
from tawsiya.intake.errors import BuiltUpon, ChangedSincePreview, DoubtfulRows, RejectedRows
from tawsiya.intake.models import ImportRow, ImportRun, Progress
from tawsiya.intake.permissions import may_import
from tawsiya.intake.queries import served_state
from tawsiya.intake.readers import office, sandbox
from tawsiya.intake.readers.records import UnreadableFile

Problem = dict[str, Any]


def take_in(*, data: bytes, file_name: str, by: Reader, scan: bool = False) -> ImportRun:
    """Preview a file at once where it is small, by a job where it is large or an old Word file.

    Those go through another program first, which takes its time whatever their size. A spreadsheet
    that no reader knows waits until its columns are named; a scan is recognised by a job.

    Args:
        scan: recognise the text of a PDF from its pages, though it has one: its letters are damaged.

    Raises:
        PermissionRefused: `by` may not import.
        UnreadableFile: a small file cannot be read; nothing is kept of it.
    """
    if len(data) <= settings.IMPORT_INLINE_BYTES and not (scan or office.is_old_word(data)):
        try:
            return preview_import(data=data, file_name=file_name, state=served_state(), by=by)
        except UnreadableFile as error:
            if error.code == SPREADSHEET:
                return begin_mapping(data=data, file_name=file_name, by=by)
            if not sandbox.is_scan(error):
                raise
    actor = acting(by, may_import(by))
    with transaction.atomic():
        with audit.change("import.uploaded", by=actor) as event:
            run = new_run(file_name, fingerprint_of(data), RunState.READING, actor)
            if scan:
                run.is_scan = True
                run.save(update_fields=["is_scan"])
            event.subject, event.state = run, run.state
            event.after = {"sha256": run.sha256}
        _ask(run, actor)
        store_file(run, data)
    return run


def read_anew(run: ImportRun, *, by: Reader) -> ImportRun:
    """Ask once more for the reading of a file that was not read.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: it was read, or decided about.
    """
    actor = acting(by, may_import(by))
    with transaction.atomic():
        run = locked_run(run, "again")
        with audit.change("import.uploaded", by=actor, subject=run, state=RunState.READING.value):
            _set(run, RunState.READING, {})
        _ask(run, actor)
    return run


def apply_or_queue(run: ImportRun, *, by: Reader) -> ImportRun:
    """Apply an import at once where it writes little, by a job where it writes much.

    Raises:
        As `apply_import`.
    """
    if ImportRow.objects.filter(run=run).count() <= settings.IMPORT_INLINE_ROWS:
        return apply_import(run, by=by)
    actor = acting(by, may_import(by))
    with transaction.atomic():
        run = locked_run(run, "queue")
        with audit.change("import.queued", by=actor, subject=run, state=RunState.APPLYING.value):
            _set(run, RunState.APPLYING, {})
        _ask(run, actor)
    return run


def stop_job(run: ImportRun, *, by: Reader) -> bool:
    """Stop a job: at once where it waits or its worker died, at its next step where it runs.

    Returns whether it has stopped already.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no job works on this import.
    """
    actor = acting(by, may_import(by))
    with transaction.atomic():
        if not Progress.objects.filter(run=run, run__state__in=WORKING).update(stop_asked=True):
            # Says what became of it.
            locked_run(run, "stop")
        return _let_go(run.pk, {"code": "stopped"}, actor)


def sweep() -> int:
    """Take up imports whose worker was killed, so that a person can go on. Returns how many."""
    started = Progress.objects.filter(run__state__in=WORKING, started_at__isnull=False)
    return sum(
        _let_go(pk, {"code": "worker_died"}, audit.SYSTEM) for pk in started.values_list("run_id", flat=True)
    )


def read_queued(run_id: int, *, by: Reader, progress: Silent | None = None) -> None:
    """Do the reading that was asked for; the outcome is the state of the import."""

    def read(run: ImportRun, actor: Acting, progress: Silent) -> None:
        progress.step(Step.READING)
        data = stored_bytes(run)
        try:
            result = read_stored(run, data)
        except UnreadableFile as error:
            if error.code == SPREADSHEET:
                if await_mapping(run, data, actor) is None:
                    return
            elif sandbox.is_scan(error):
                run.is_scan = True
            else:
                raise
            result = read_stored(run, data)
        progress.step(Step.COMPARING)
        plan = plan_file(result, state=served_state(), run=run)
        progress.step(Step.WRITING, len(plan.rows))
        with audit.change("import.previewed", by=actor, subject=run, state=RunState.PREVIEWED) as event:
            write_reading(run, plan, result)
            event.after = {"sha256": run.sha256, "rows": len(plan.rows)}

    _work(run_id, RunState.READING, read, by, progress)


def apply_queued(run_id: int, *, by: Reader, progress: Silent | None = None) -> None:
    """Do the applying that was asked for: one transaction, or nothing."""

    def apply(run: ImportRun, actor: Acting, progress: Silent) -> None:
        progress.step(Step.READING)
        apply_read(run, read_again(run), actor, progress)

    _work(run_id, RunState.APPLYING, apply, by, progress)


def _work(
    run_id: int,
    state: RunState,
    act: Callable[[ImportRun, Acting, Silent], None],
    by: Reader,
    progress: Silent | None,
) -> None:
    """Hold the import and act; whatever goes wrong, a person finds it in a state to go on from."""
    if progress is None:
        with Watched(run_id) as watched:
            _work(run_id, state, act, by, watched)
        return
    problem: Problem
    try:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
            if run.state != state:
                return  # stopped meanwhile, or done by another worker
            act(run, acting(by, may_import(by)), progress)
            return
    except Stopped:
        problem = {"code": "stopped"}
    except UnreadableFile as error:
        problem = {"code": "unreadable", "error": error.code, "params": error.params}
    except (ChangedSincePreview, RejectedRows, DoubtfulRows, BuiltUpon) as error:
        problem = {"code": type(error).__name__, "names": list(error.names[:50])}
    except RuleViolated as error:
        problem = {"code": "refused", "sentence": str(error)}
    except Exception as error:
        _let_go(run_id, {"code": "unexpected", "kind": type(error).__name__}, audit.SYSTEM)
        raise
    _let_go(run_id, problem, audit.SYSTEM)


def _let_go(run_id: int, problem: Problem, by: audit.Actor) -> bool:
    """Bring an import back to where a person decides, unless its job lives; return whether it was."""
    with transaction.atomic():
        run = (
            ImportRun.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(pk=run_id, state__in=WORKING)
            .first()
        )
        if run is None:
            return False
        back = RunState.FAILED if run.state == RunState.READING else RunState.PREVIEWED
        with audit.change("import.stopped", by=by, subject=run, state=back.value) as event:
            event.after = problem
            _set(run, back, problem)
    return True


def _set(run: ImportRun, state: RunState, problem: Problem) -> None:
    run.state, run.problem = state, problem
    run.save(update_fields=["state", "problem"])


def _ask(run: ImportRun, actor: Acting) -> None:
    """Queue the job of an import, with figures that begin at nothing."""
    from tawsiya.intake import tasks  # the jobs call these commands

    Progress.objects.update_or_create(
        run=run,
        defaults={
            "step": Step.WAITING,
            "done": 0,
            "total": 0,
            "asked_at": timezone.now(),
            "started_at": None,
            "stop_asked": False,
        },
    )
    job = tasks.read_import if run.state == RunState.READING else tasks.apply_import
    jobs.defer(job, run_id=run.pk, user_id=actor.user_id)
