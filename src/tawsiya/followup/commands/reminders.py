"""Remind institutions of what they owe: each step of the pace once, to each person once.

Runs from a periodic job. Each reply is a transaction of its own, and each notification carries a key of
reply, deadline and step, unique for its recipient: a worker that is killed in the middle, or a job that
runs twice, tells nobody twice and forgets nobody.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.core import clock
from tawsiya.followup.choices import ContributionState, ExtensionState, QuestionnaireState
from tawsiya.followup.commands.announce_requests import (
    holders,
    tell_coordinators_of,
    tell_institution_of,
)
from tawsiya.followup.models import Reply
from tawsiya.followup.pace import Pace, Rung, Step, step_due
from tawsiya.followup.queries_of_requests import OWED

_CLIMBS: dict[Rung, tuple[Role, ...]] = {
    Rung.FOCAL_POINT: (),
    Rung.VALIDATOR: (Role.VALIDATOR,),
    Rung.HEAD: (Role.VALIDATOR, Role.HEAD),
}


def remind(moment: datetime) -> int:
    """Send the reminders that are due at a moment (aware); return how many people were told of one."""
    owed = Reply.objects.filter(state__in=OWED, questionnaire__state=QuestionnaireState.SENT)
    told = 0
    with clock.at(moment):
        for pk in owed.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                told += _remind_of(pk, timezone.localdate(moment))
    return told


def _remind_of(reply_id: int, today: date) -> int:
    reply = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("questionnaire", "institution")
        .get(pk=reply_id)
    )
    if reply.state not in OWED or reply.questionnaire.state != QuestionnaireState.SENT:
        return 0  # answered or closed since the list was made
    step = step_due(_pace(reply), deadline=reply.deadline, since=_told_on(reply), today=today)
    return 0 if step is None else _tell(reply, step)


def _pace(reply: Reply) -> Pace:
    row = reply.questionnaire
    return Pace(tuple(row.remind_before), row.remind_every, row.validator_after, row.head_after)


def _told_on(reply: Reply) -> date:
    """Return the day on which whoever has the next step was last told the present deadline.

    A validator, or an institution whose answers came back, was told so when the turn came: no reminder of
    before that day is made up for.
    """
    granted = reply.extensions.filter(state=ExtensionState.GRANTED).order_by("-decided_at").first()
    moment = granted.decided_at if granted else reply.questionnaire.sent_at
    if moment is None:
        raise ValueError(f"reply {reply.pk} is reminded before it was sent")
    if reply.state != ContributionState.DRAFT:
        moment = max(moment, reply.changed_at)
    return timezone.localdate(moment)


def _tell(reply: Reply, step: Step) -> int:
    key = f"reply:{reply.pk}:{reply.deadline.isoformat()}:{step.offset}"
    code = "reply.overdue" if step.is_overdue else "reply.due"
    told = tell_institution_of(code, reply, _roles(reply, step), key=key)
    if step.rung is Rung.HEAD:
        told += tell_coordinators_of("reply.escalated", reply, key=f"{key}:delegation")
    elif not any(holders(role, reply.institution) for role in (Role.FOCAL_POINT, Role.VALIDATOR)):
        told += tell_coordinators_of("reply.nobody", reply, key=f"{key}:delegation")
    return told


def _roles(reply: Reply, step: Step) -> tuple[Role, ...]:
    """Return whom a reminder reaches: who has the next step, and those to whom it has climbed."""
    turn = Role.FOCAL_POINT
    if reply.state == ContributionState.WITH_VALIDATOR or not holders(Role.FOCAL_POINT, reply.institution):
        turn = Role.VALIDATOR
    return (turn, *(role for role in _CLIMBS[step.rung] if role is not turn))
