"""Set the status of implementation of a recommendation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import text_of
from tawsiya.followup.commands.announce import tell_institution
from tawsiya.followup.models import Assessment
from tawsiya.followup.permissions import may_set_status
from tawsiya.followup.rule.proposals import Proposal, proposal_on
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
    seen_proposal: str | None = None,
) -> Assessment:
    """Set the current status, with its justification; the former ones stay in the history.

    What the rule in force proposes is kept beside it with its derivation: where the status is another one,
    it was overruled, and the justification is the reason. Without a justification, a proposal is confirmed
    in its words.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: no justification of a status that no rule proposes, or a status that does not fit the
            State's position.
        StaleData: the recommendation changed since `seen_version`, or the proposal is no longer
        `seen_proposal`.
    """
    actor = acting(by, may_set_status(by))
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
        proposal = proposal_on(item)
        if seen_proposal is not None and seen_proposal != _status_of(proposal):
            raise StaleData(
                _("The rule proposes something else meanwhile; look at it again before you decide.")
            )
        justification = justification.strip() or _words_of(proposal, status, language)
        with audit.change("assessment.confirmed", by=actor, item_id=item.pk, state="confirmed") as event:
            assessment = Assessment.objects.create(
                recommendation=item,
                status=status,
                justification=justification,
                language=language,
                decided_by_id=actor.user_id,
                decided_at=clock.now(),
                **_kept(proposal),
            )
            event.subject, event.reason = assessment, justification
            event.before, event.after = {"status": item.status}, {"status": status.value}
            item.status = status
            item.version += 1
            item.save(update_fields=["status", "version"])
        for access in Access.objects.filter(recommendation=item).select_related("institution"):
            tell_institution("assessment.confirmed", access.institution, item, but_not=actor.user_id)
    return assessment


def _status_of(proposal: Proposal | None) -> str:
    return proposal.derivation.status if proposal else ""


def _words_of(proposal: Proposal | None, status: Status, language: str) -> str:
    """Return the words in which the rule proposes a status.

    Raises:
        RuleViolated: it proposes another one, which is overruled with a reason only.
    """
    if proposal is None or proposal.derivation.status != status:
        raise RuleViolated(_("Justify the status."))
    return text_of(proposal.derivation.branches[-1].labels, language)


def _kept(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {}
    derivation = proposal.derivation
    return {"rule": proposal.rule, "proposed": derivation.status, "derivation": derivation.as_json()}
