"""Decide about single rows of an import, and declare what the file is complete for."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.intake.choices import Action, RunState, Scope
from tawsiya.intake.commands.preview import locked_run, read_again, replan
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, person_id
from tawsiya.intake.queries import doubtful_rows
from tawsiya.mechanisms.models import Document


def exclude_row(row: ImportRow, *, reason: str, by: Reader) -> Exclusion:
    """Leave a row out of this and every later import, until it is taken in again.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no reason, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        run = locked_run(row.run)
        with audit.change("import.row_excluded", by=actor, subject=run, state=run.state) as event:
            event.reason, event.after = reason.strip(), {"name": row.name}
            exclusion = register_exclusion(row, reason=reason.strip(), user_id=person_id(actor))
            _waiting(row.name).update(excluded=True)
    return exclusion


def exclude_rows(run: ImportRun, *, code: str, reason: str, by: Reader) -> int:
    """Leave out all rows that are doubtful or rejected for a code; returns how many.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no reason, no such row, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        run = locked_run(run)
        doubted = doubtful_rows() & Q(doubts__contains=[code])
        refused = Q(action=Action.REJECT, reason=code, excluded=False)
        rows = list(ImportRow.objects.filter(doubted | refused, run=run).order_by("order"))
        if not rows:
            raise RuleViolated(_("There is no such row."))
        for row in rows:
            with audit.change("import.row_excluded", by=actor, subject=run, state=run.state) as event:
                event.reason, event.after = reason.strip(), {"name": row.name}
                register_exclusion(row, reason=reason.strip(), user_id=person_id(actor))
                _waiting(row.name).update(excluded=True)
    return len(rows)


def register_exclusion(row: ImportRow, *, reason: str, user_id: int) -> Exclusion:
    """Return the exclusion of a row's name, created where it is new. Runs inside an audited act."""
    symbol = str(row.record.get("symbol") or row.name.partition(" § ")[0])
    exclusion, _created = Exclusion.objects.get_or_create(
        name=row.name,
        defaults={
            "document": Document.objects.filter(symbol=symbol).first(),
            "reason": reason,
            "decided_by_id": user_id,
            "decided_at": clock.now(),
        },
    )
    return exclusion


def include_row(row: ImportRow, *, by: Reader) -> None:
    """Take a row that was left out into imports again.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: it was not left out, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    result = read_again(row.run)
    with transaction.atomic():
        run = locked_run(row.run)
        exclusion = Exclusion.objects.filter(name=row.name).first()
        if exclusion is None:
            raise RuleViolated(_("This row was not left out."))
        with audit.change("import.row_included", by=actor, subject=run, state=run.state) as event:
            event.before, event.after = {"reason": exclusion.reason}, {"name": row.name}
            exclusion.delete()
            _waiting(row.name).update(excluded=False)
        # A row that comes back may bring labels into the vocabulary that were not counted.
        replan(run, result, actor, code="import.previewed")


def _waiting(name: str) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(run__state=RunState.PREVIEWED, name=name)


def declare_complete(run: ImportRun, scope: str, *, by: Reader) -> ImportRun:
    """Declare what the file is complete for, or take the declaration back with "".

    What the file no longer has inside the scope is then planned as withdrawn.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no such scope, or the import was decided already.
    """
    actor = acting(by, may_import(by))
    if scope and scope not in Scope.values:
        raise RuleViolated(_("“%(scope)s” is no scope of an import.") % {"scope": scope})
    result = read_again(run)
    with transaction.atomic():
        run = locked_run(run)
        run.complete_for = scope
        with audit.change("import.scope_declared", by=actor, subject=run, state=run.state) as event:
            event.after = {"complete_for": scope}
            run.save(update_fields=["complete_for"])
            replan(run, result, actor, code="import.previewed")
    return run
