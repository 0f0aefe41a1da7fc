"""Set the pace at which institutions are reminded of their assignments."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.questionnaires import check_pace
from tawsiya.followup.models import AssignmentPace
from tawsiya.followup.pace import Pace
from tawsiya.followup.permissions import may_assign
from tawsiya.followup.queries_of_reminders import pace_of_assignments


def set_pace(*, pace: Pace, answer_within: int, by: Reader) -> None:
    """Set the pace of the reminders of assignments; nothing is written where it is the same.

    Args:
        answer_within: days within which an institution is to accept or refuse; at least one.

    Raises:
        PermissionRefused: not a coordinator's.
        RuleViolated: a pace that cannot be kept.
    """
    actor = acting(by, may_assign(by))
    check_pace(pace)
    if answer_within < 1 or pace.every < 1:
        raise RuleViolated(_("Write whole days, one at least."))
    before = pace_of_assignments()
    pace = replace(pace, before=tuple(sorted(set(pace.before), reverse=True)))
    if before == (pace, answer_within):
        return
    with audit.change("pace.set", by=actor) as event:
        row, _is_new = AssignmentPace.objects.update_or_create(
            pk=1,
            defaults={
                "answer_within": answer_within,
                "remind_before": list(pace.before),
                "remind_every": pace.every,
                "validator_after": pace.validator_after,
                "head_after": pace.head_after,
                "changed_by_id": actor.user_id,
                "changed_at": clock.now(),
            },
        )
        event.subject = row
        event.before, event.after = _frozen(*before), _frozen(pace, answer_within)


def _frozen(pace: Pace, answer_within: int) -> dict[str, Any]:
    days = ", ".join(str(day) for day in pace.before) or "0"
    return {
        "answer_within": answer_within,
        "days": days,
        "every": pace.every,
        "validator_after": pace.validator_after,
        "head_after": pace.head_after,
    }
