"""Who may do what with programmes: pure decisions that give their reason."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock
from tawsiya.programme.choices import Audience, CommentState
from tawsiya.programme.models import Comment, Consultation, MeasureReport, Version
from tawsiya.programme.visibility import AUDIENCE_OF
from tawsiya.programme.workflow import REPORT, VERSION, Party, find

_IMPOSSIBLE = _("This is not possible in the present state.")
_OWN_REPORT = _("Whoever wrote a report never approves it.")
_NOT_ADOPTED = _("Institutions report on the measures of an adopted programme.")
_NOT_CONSULTED = _("No consultation that asks you is open on this programme.")
_NOT_LEAD = _("Only the lead institution of a measure reports on it.")

ACT_OF: dict[Party, Act] = {
    Party.DELEGATION: Act.PLAN,
    Party.COORDINATOR: Act.ADOPT,
    Party.VALIDATOR: Act.VALIDATE_FOR_INSTITUTION,
}


def may_plan(reader: Reader) -> Decision:
    """The delegation writes programmes."""
    return may(reader, Act.PLAN)


def may_act_on_version(reader: Reader, version: Version, action: str) -> Decision:
    """Decide an action on a version in its present state."""
    transition = find(VERSION, version.state, action)
    if transition is None:
        return Decision(None, _IMPOSSIBLE)
    return may(reader, ACT_OF[transition.party])


def may_report(reader: Reader, version: Version, lead_id: int | None) -> Decision:
    """Decide whether a reader reports on a measure.

    Args:
        version: that of the measure.
        lead_id: the institution that answers for the measure today; None where nobody leads it.
    """
    if lead_id is None:
        return Decision(None, _NOT_LEAD)
    decision = may(reader, Act.CONTRIBUTE, lead_id)
    if not decision:
        return Decision(None, _NOT_LEAD)
    return decision if version.state == "adopted" else Decision(None, _NOT_ADOPTED)


def may_act_on_report(reader: Reader, report: MeasureReport, action: str) -> Decision:
    """A validator of the institution decides; never who wrote the report, nor that person's deputy."""
    decision = may(reader, Act.VALIDATE_FOR_INSTITUTION, report.institution_id)
    if decision.grant is None:
        return decision
    if find(REPORT, report.state, action) is None:
        return Decision(None, _IMPOSSIBLE)
    if report.written_by_id in (reader.user_id, decision.grant.on_behalf_of_id):
        return Decision(None, _OWN_REPORT)
    return decision


def may_comment(reader: Reader, consultation: Consultation | None, parliaments: Iterable[int]) -> Decision:
    """Those whom an open consultation asks comment, from its opening to its closing time.

    Args:
        consultation: the one that has not ended, of a version the reader sees; None where there is none.
        parliaments: ids of the institutions that are parliament's chambers.
    """
    now = clock.now()
    if consultation is None or not consultation.opens_at <= now <= consultation.closes_at:
        return Decision(None, _NOT_CONSULTED)
    houses = frozenset(parliaments)
    for grant in reader.grants_for(Act.COMMENT):
        inside = Audience.PARLIAMENT if grant.institution_id in houses else Audience.SECTORS
        if AUDIENCE_OF.get(grant.role, inside) in consultation.audiences:
            return Decision(grant)
    return Decision(None, _NOT_CONSULTED)


def may_moderate_comment(reader: Reader, comment: Comment) -> Decision:
    """A coordinator decides once on what the public wrote; nobody does on what others wrote."""
    if comment.state != CommentState.RECEIVED:
        return Decision(None, _IMPOSSIBLE)
    return may(reader, Act.MODERATE)
