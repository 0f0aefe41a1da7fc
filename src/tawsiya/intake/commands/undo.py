"""Undo an import as a whole, while nothing was built on it (see docs/adr)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.taken_back import take_back
from tawsiya.intake.choices import Action, RunState, What
from tawsiya.intake.commands.apply import take_turn
from tawsiya.intake.commands.fields import write_fields
from tawsiya.intake.commands.preview import locked_run
from tawsiya.intake.errors import BuiltUpon, listed
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.national import of_recommendation
from tawsiya.intake.permissions import may_import
from tawsiya.intake.undoing import built_upon, is_referred_to
from tawsiya.mechanisms.commands import change_obligation
from tawsiya.mechanisms.models import Body, Document, Edition, LanguageVersion, Obligation, Review
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
    Tag,
)

# What an import registers besides recommendations, in the order in which it can go.
_REGISTERED: tuple[type[models.Model], ...] = (LanguageVersion, Edition, Document, Review, Body, Tag)


def undo_import(run: ImportRun, *, reason: str, by: Reader) -> ImportRun:
    """Make the database what it was before an import: all of it, or nothing.

    What the import created goes, national work that it brought over included; what it changed is again what
    it was, what it withdrew comes back.
    The history keeps every version of every row, and this act.

    Raises:
        PermissionRefused: `by` may not import.
        RuleViolated: no reason, or the import is not applied.
        BuiltUpon: names the rows on which something was built, and what.
    """
    actor = acting(by, may_import(by))
    if not reason.strip():
        raise RuleViolated(_("Give the reason."))
    with transaction.atomic():
        run = locked_run(run, "undo")
        take_turn()
        rows = list(
            ImportRow.objects.filter(
                run=run, excluded=False, action__in=[Action.CREATE, Action.UPDATE, Action.WITHDRAW]
            ).order_by("order")
        )
        obstacles = built_upon(run, rows, by)
        if obstacles:
            raise BuiltUpon(
                _("Something was built on this import, so it cannot be undone: %(names)s.")
                % {"names": listed(obstacles)},
                obstacles,
            )
        with audit.change("import.undone", by=actor, subject=run, state=RunState.UNDONE.value) as event:
            event.reason = reason.strip()
            event.after = {"file": run.file_name}
            _undo(run, rows, actor)
            run.state, run.undone_by_id, run.undone_at = RunState.UNDONE, actor.user_id, clock.now()
            run.save(update_fields=["state", "undone_by", "undone_at"])
    return run


def _undo(run: ImportRun, rows: Sequence[ImportRow], actor: audit.Actor) -> None:
    issued = [row for row in rows if row.what == What.RECOMMENDATION and row.target_id]
    take_back(run.pk, run.file_name, by=actor)
    _take_back([row for row in issued if row.action != Action.CREATE], run, actor)
    _remove([row for row in issued if row.action == Action.CREATE], run, actor)
    for row in (row for row in rows if row.what == What.OBLIGATION and row.obligation_id):
        _undo_obligation(row)
    applied = Event.objects.get(code="import.applied", subject_type="intake.importrun", subject_id=run.pk)
    for model in _REGISTERED:
        for one in _inserted(model, applied.pk):
            if not is_referred_to(one):
                one.delete()


def _take_back(rows: Sequence[ImportRow], run: ImportRun, actor: audit.Actor) -> None:
    values = {
        row.target_id: {key: old for key, (old, _new) in of_recommendation(row.changes).items()}
        for row in rows
        if of_recommendation(row.changes)
    }
    wanted = {
        code
        for row in values.values()
        for key, codes in row.items()
        if key.startswith("tags.")
        for code in codes
    }
    tags = {(tag.taxonomy, tag.code): tag for tag in Tag.objects.filter(code__in=wanted)}
    items = write_fields({pk: fields for pk, fields in values.items() if pk}, tags)
    acts = [
        audit.Act(
            items[row.target_id],
            row.target_id,
            before={key: new for key, (_old, new) in of_recommendation(row.changes).items()},
            after={**values[row.target_id], "file": run.file_name, "import": run.pk},
        )
        for row in rows
        if row.target_id in items
    ]
    audit.record_many("recommendation.import_undone", acts, by=actor)


def _remove(rows: Sequence[ImportRow], run: ImportRun, actor: audit.Actor) -> None:
    """Delete what the import created, parts before their paragraphs; the history keeps each version."""
    ids = [row.target_id for row in rows if row.target_id]
    items = list(Recommendation.objects.filter(pk__in=ids).select_related("document"))
    told: dict[str, Any] = {"file": run.file_name, "import": run.pk}
    acts = [audit.Act(item, item.pk, before={"name": str(item)}, after=told) for item in items]
    audit.record_many("recommendation.import_removed", acts, by=actor)
    ImportRow.objects.filter(target__in=ids).update(target=None)
    for detail in (RecommendationTag, RecommendingState, RecommendationText):
        detail._base_manager.filter(recommendation__in=ids).delete()
    Recommendation.objects.filter(pk__in=ids, parent__isnull=False).delete()
    Recommendation.objects.filter(pk__in=ids).delete()


def _undo_obligation(row: ImportRow) -> None:
    if row.action == Action.UPDATE and row.obligation_id:
        change_obligation(row.obligation_id, {key: old for key, (old, _new) in row.changes.items()})
        return
    created = Obligation.objects.filter(import_rows=row)
    gone = list(created.values_list("pk", flat=True))
    ImportRow.objects.filter(obligation__in=gone).update(obligation=None)
    Obligation.objects.filter(pk__in=gone).delete()


def _inserted(model: type[models.Model], audit_id: int) -> Iterable[models.Model]:
    """Return the rows of a table that an act inserted and that are there still, newest first."""
    versions: Any = model._meta.get_field("events").related_model
    ids = versions.objects.filter(audit_id=audit_id, pgh_label="insert").values_list("pgh_obj_id", flat=True)
    return list(model._base_manager.filter(pk__in=list(ids)).order_by("-pk"))
