"""Set the status of implementation of a recommendation."""

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.commands.announce import tell_institution
from tawsiya.followup.models import Assessment
from tawsiya.followup.permissions import may_set_status
from tawsiya.recommendations.choices import Status, scale_for
from tawsiya.recommendations.models import Access, Recommendation


def set_status(
    *,
    recommendation: Recommendation,
    status: Status,
    justification: str,
    language: str,
    by: Reader,
    seen_version: int | None = None,
) -> Assessment:
    """Set the current status, with its justification; the former ones stay in the history.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no justification, or a status that does not fit the State's position.
        StaleData: the recommendation changed since `seen_version`.
    """
    actor = acting(by, may_set_status(by))
    if not justification.strip():
        raise RuleViolated(_("Justify the status."))
    with transaction.atomic():
        item = (
            Recommendation.objects.select_for_update(of=("self",))
            .select_related("document")
            .get(pk=recommendation.pk)
        )
        if status not in scale_for(item.position):
            raise RuleViolated(_("This status does not fit the State's position on the recommendation."))
        if seen_version is not None and item.version != seen_version:
            raise StaleData(_("This recommendation changed meanwhile; look at it again before you decide."))
        with audit.change("assessment.confirmed", by=actor, item_id=item.pk, state="confirmed") as event:
            assessment = Assessment.objects.create(
                recommendation=item,
                status=status,
                justification=justification.strip(),
                language=language,
                decided_by_id=actor.user_id,
                decided_at=clock.now(),
            )
            event.subject, event.reason = assessment, justification.strip()
            event.before, event.after = {"status": item.status}, {"status": status.value}
            item.status = status
            item.version += 1
            item.save(update_fields=["status", "version"])
        for access in Access.objects.filter(recommendation=item).select_related("institution"):
            tell_institution("assessment.confirmed", access.institution, item, but_not=actor.user_id)
    return assessment
