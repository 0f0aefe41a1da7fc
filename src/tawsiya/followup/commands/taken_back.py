"""Take back what an import brought over of a former tracker, while nobody has worked on it."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.models import Assessment, Assignment, Contribution, ContributionAuthor
from tawsiya.recommendations.models import Access, Recommendation

ASSIGNED, CONTRIBUTED, ASSESSED = (
    f"{what}.brought_over" for what in ("assignment", "contribution", "assessment")
)
ASSESSMENT_TAKEN_BACK = "assessment.brought_undone"


def brought_by(import_id: int) -> QuerySet[Event]:
    """Return the acts by which an import brought work over."""
    codes = (ASSIGNED, CONTRIBUTED, ASSESSED)
    return Event.objects.filter(code__in=codes, after__import=import_id).order_by("position")


def worked_on_since(import_id: int, undone: Collection[int]) -> set[int]:
    """Return the recommendations to which an import brought work and on which anybody acted later.

    Whoever acted, and whether or not the asking person may know of it: only that something was done is told.

    Args:
        undone: imports that were undone; what they did and its undoing cancel each other out.
    """
    brought = brought_by(import_id)
    last = brought.last()
    if last is None:
        return set()
    own = {import_id, *undone}
    later = Event.objects.filter(item_id__in=brought.values("item_id"), position__gt=last.position)
    acts = later.values_list("item_id", "after__import")
    return {pk for pk, source in acts if pk is not None and source not in own}


def statuses_brought(import_id: int) -> Counter[int]:
    """Return how often an import set the status of each recommendation: each time its version counted up."""
    ids = brought_by(import_id).filter(code=ASSESSED).values_list("item_id", flat=True)
    return Counter(pk for pk in ids if pk is not None)


def take_back(import_id: int, origin: str, *, by: audit.Actor) -> None:
    """Remove the assignments, contributions and statuses that an import brought; the history keeps them.

    Runs inside its caller's transaction, which has made sure that nobody worked on them since.

    Args:
        origin: the name of the file, for the history.
    """
    for event in reversed(list(brought_by(import_id))):
        code = event.code.replace("brought_over", "brought_undone")
        with audit.change(
            code, by=by, item_id=event.item_id, institution_id=event.institution_id, state=event.state
        ) as act:
            act.after = {**_who(event), "file": origin, "import": import_id}
            act.subject = _REMOVERS[event.code](event.subject_id or 0, event.before)


def _who(event: Event) -> dict[str, Any]:
    return {key: event.after[key] for key in ("institution",) if key in event.after}


def _remove_assignment(pk: int, _before: dict[str, Any]) -> Assignment:
    row = Assignment.objects.get(pk=pk, state=AssignmentState.ACCEPTED)
    Access.objects.filter(recommendation=row.recommendation_id, institution=row.institution_id).delete()
    Assignment.objects.filter(pk=row.pk).delete()
    return row


def _remove_contribution(pk: int, _before: dict[str, Any]) -> Contribution:
    row = Contribution.objects.get(pk=pk, state=ContributionState.VALIDATED)
    ContributionAuthor.objects.filter(contribution=row.pk).delete()
    Contribution.objects.filter(pk=row.pk).delete()
    return row


def _remove_assessment(pk: int, before: dict[str, Any]) -> Assessment:
    row = Assessment.objects.get(pk=pk)
    item = Recommendation.objects.get(pk=row.recommendation_id)
    Assessment.objects.filter(pk=row.pk).delete()
    item.status = before["status"]
    item.version += 1
    item.save(update_fields=["status", "version"])
    return row


_REMOVERS = {ASSIGNED: _remove_assignment, CONTRIBUTED: _remove_contribution, ASSESSED: _remove_assessment}
