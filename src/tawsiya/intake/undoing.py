"""Read what was built on an import: whatever forbids to undo it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.audit.models import Event
from tawsiya.followup.commands.taken_back import (
    ASSESSED,
    ASSESSMENT_TAKEN_BACK,
    brought_by,
    statuses_brought,
    worked_on_since,
)
from tawsiya.intake.choices import Action, RunState, What
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.national import of_recommendation
from tawsiya.mechanisms.models import Obligation
from tawsiya.recommendations.models import Recommendation

# What an import itself brings along with a recommendation.
_OWN = frozenset({"texts", "recommending_states", "tag_links", "import_rows", "parts", "access"})
# The acts that count the version of a recommendation up.
_COUNTED = frozenset(
    {
        "recommendation.updated",
        "recommendation.withdrawn",
        "recommendation.import_undone",
        ASSESSED,
        ASSESSMENT_TAKEN_BACK,
    }
)


def built_upon(run: ImportRun, rows: Sequence[ImportRow], by: Reader) -> list[str]:
    """Return, for each row on which something was built, its name and what it is.

    Only acts that the reader may see are told by name: what an institution drafts stays its own.

    Args:
        rows: the rows of the run that wrote something.
    """
    found: dict[str, list[str]] = defaultdict(list)
    issued = {row.target_id: row for row in rows if row.what == What.RECOMMENDATION and row.target_id}
    items = Recommendation.objects.in_bulk(issued.keys())
    counted = statuses_brought(run.pk)
    undone_imports = _undone_imports()
    for event in _later_events(run, items.keys(), by):
        if event.item_id is None:
            continue
        source = event.after.get("import")
        if source in undone_imports:
            counted[event.item_id] += event.code in _COUNTED
        elif source != run.pk:
            found[issued[event.item_id].name].append(sentences.render(event))
    created = [pk for pk, row in issued.items() if row.action == Action.CREATE]
    worked_on = _related(created, run.pk) | worked_on_since(run.pk, undone_imports)
    for pk, row in issued.items():
        # Each act counts the version up by one: the import's own, and what later imports did and undid.
        written = row.action != Action.UPDATE or bool(of_recommendation(row.changes))
        moved = pk in items and items[pk].version != (row.seen_version or 0) + written + counted[pk]
        if (moved or pk in worked_on) and not found[row.name]:
            found[row.name].append(_("it was worked on since"))
        elif pk not in items:
            found[row.name].append(_("it is no longer there"))
    for row in rows:
        if row.what == What.OBLIGATION and row.obligation_id:
            found[row.name] += _on_obligation(run, row)
    return [f"{name}: {'; '.join(dict.fromkeys(what))}" for name, what in found.items() if what]


def _later_events(run: ImportRun, items: Iterable[int], by: Reader) -> Iterable[Event]:
    applied = Event.objects.get(code="import.applied", subject_type="intake.importrun", subject_id=run.pk)
    return Event.objects.filter(
        audit_visibility.visible_to(by), item_id__in=list(items), position__gt=applied.position
    ).order_by("position")


def _undone_imports() -> frozenset[int]:
    """Return the imports that were undone: what they did and its undoing cancel each other out."""
    return frozenset(ImportRun.objects.filter(state=RunState.UNDONE).values_list("pk", flat=True))


def _related(created: Sequence[int], import_id: int) -> set[int]:
    """Return which created recommendations something refers to that the import did not bring.

    What goes with a recommendation when it is deleted (an index, a suggestion) was derived from it
    and is no work of anybody.
    """
    found: set[int] = set()
    brought: dict[str, list[int | None]] = defaultdict(list)
    for kind, pk in brought_by(import_id).values_list("subject_type", "subject_id"):
        brought[kind].append(pk)
    for relation in Recommendation._meta.related_objects:
        name = relation.get_accessor_name() or ""
        derived = relation.on_delete is models.CASCADE
        history = hasattr(relation.related_model, "pgh_tracked_model")
        if name in _OWN or derived or history or isinstance(relation, models.ManyToManyRel):
            continue
        field = relation.field.name
        model = relation.related_model
        rows = model._base_manager.filter(**{f"{field}__in": created}).exclude(
            pk__in=brought[model._meta.label_lower]
        )
        found |= set(rows.values_list(field, flat=True))
    parts = Recommendation.objects.filter(parent__in=created).exclude(pk__in=created)
    return found | {pk for pk in parts.values_list("parent_id", flat=True) if pk}


def _on_obligation(run: ImportRun, row: ImportRow) -> list[str]:
    answered = Obligation.objects.filter(Q(pk=row.obligation_id) & Q(fulfilled_by__isnull=False))
    later = ImportRow.objects.filter(
        obligation=row.obligation_id,
        run__state=RunState.APPLIED,
        run__decided_at__gt=run.decided_at,
        action=Action.UPDATE,
        excluded=False,
    ).select_related("run")
    return [_("it was answered")] * answered.exists() + [
        _("changed by the import of %(file)s") % {"file": one.run.file_name} for one in later
    ]


def is_referred_to(one: models.Model) -> bool:
    """Whether another row of any table of record refers to a row."""
    for relation in one._meta.related_objects:
        model = relation.related_model
        if hasattr(model, "pgh_tracked_model"):
            continue
        if model._base_manager.filter(**{relation.field.name: one.pk}).exists():
            return True
    return False
