"""Act on a group as one: what is decided or written for it stands on each of its members (ADR)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.contributions import (
    Content,
    act_on_contribution,
    edit_contribution,
    start_contribution,
)
from tawsiya.followup.models import Assessment, Contribution
from tawsiya.followup.permissions import may_set_status
from tawsiya.followup.queries import contributions_for
from tawsiya.followup.queries_of_groups import (
    members_to_write_on,
    members_without_status,
    written_together,
)
from tawsiya.recommendations.choices import Status, scale_for
from tawsiya.recommendations.models import Group


def set_group_status(
    *, group: Group, status: Status, justification: str, language: str, by: Reader
) -> list[Assessment]:
    """Set a status on the members that have none of their own, all or none.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: every member has one, no justification, or a status that fits none of them.
    """
    acting(by, may_set_status(by))
    with transaction.atomic():
        members, _own = members_without_status(by, group)
        fitting = [member for member in members if status in scale_for(member.position)]
        if not members:
            raise RuleViolated(_("Every member has a status of its own."))
        if not fitting:
            raise RuleViolated(_("This status does not fit the State's position on any member."))
        return [
            set_status(
                recommendation=member,
                status=status,
                justification=justification,
                language=language,
                by=by,
                seen_version=member.version,
            )
            for member in fitting
        ]


def start_group_contribution(
    *, group: Group, institution: Institution, content: Content, by: Reader
) -> list[Contribution]:
    """Begin one contribution on each member that an institution accepted, with the same words, all or none.

    Raises:
        PermissionRefused: `by` does not write for the institution.
        RuleViolated: no member can be written on, or the proposed status does not fit.
    """
    with transaction.atomic():
        members, _others = members_to_write_on(by, group, institution.pk)
        if not members:
            raise RuleViolated(_("Your institution can write on no member of this group now."))
        with clock.at(clock.now()):
            return [
                start_contribution(
                    recommendation=member,
                    institution=institution,
                    content=content,
                    by=by,
                    written_for=group,
                )
                for member in members
            ]


def edit_with_its_group(
    *, contribution: Contribution, content: Content, seen_version: int, by: Reader
) -> list[Contribution]:
    """Change a contribution and those written with it for its group that stand as it does, all or none.

    Raises:
        as `edit_contribution`.
    """
    with transaction.atomic():
        others = _together(contribution, by)
        first = edit_contribution(
            contribution=contribution, content=content, seen_version=seen_version, by=by
        )
        return [
            first,
            *(
                edit_contribution(contribution=row, content=content, seen_version=row.version, by=by)
                for row in others
            ),
        ]


def act_with_its_group(
    *,
    contribution: Contribution,
    action: str,
    by: Reader,
    reason: str = "",
    seen_version: int | None = None,
) -> list[Contribution]:
    """Take a step with a contribution and with those written with it that stand as it does, all or none.

    Raises:
        as `act_on_contribution`.
    """
    with transaction.atomic():
        others = _together(contribution, by)
        first = act_on_contribution(
            contribution=contribution, action=action, by=by, reason=reason, seen_version=seen_version
        )
        return [
            first,
            *(act_on_contribution(contribution=row, action=action, by=by, reason=reason) for row in others),
        ]


def _together(contribution: Contribution, by: Reader) -> Sequence[Contribution]:
    seen = contributions_for(by).filter(written_for=contribution.written_for_id)
    return written_together(by, contribution, list(seen))
