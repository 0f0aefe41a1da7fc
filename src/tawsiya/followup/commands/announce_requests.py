"""Who is told of what about questionnaires. Titles and dates travel by mail, never what is answered."""

from collections.abc import Sequence
from typing import Any

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import above, people_with
from tawsiya.followup.models import Reply
from tawsiya.notifications.commands import notify

REPLY_URL = "followup:reply"


def reply_params(reply: Reply, **more: Any) -> dict[str, Any]:
    """Return the parameters of a notification on a reply. All dates are ISO days."""
    return {
        "title": reply.questionnaire.title,
        "institution": reply.institution.names,
        "deadline": reply.deadline.isoformat(),
    } | more


def tell_institution_of(
    code: str,
    reply: Reply,
    roles: Sequence[Role],
    *,
    but_not: int | None = None,
    key: str = "",
    **more: Any,
) -> int:
    """Tell the people of an institution (its ministry's and its successor's too) about its reply."""
    return notify(
        code,
        people_with(roles, institution_ids=above(reply.institution_id)),
        params=reply_params(reply, **more),
        url_name=REPLY_URL,
        url_args=[reply.pk],
        but_not=but_not,
        key=key,
    )


def tell_coordinators_of(
    code: str, reply: Reply, *, but_not: int | None = None, key: str = "", **more: Any
) -> int:
    """Tell the delegation's coordinators about an institution's reply."""
    return notify(
        code,
        people_with([Role.COORDINATOR]),
        params=reply_params(reply, **more),
        url_name=REPLY_URL,
        url_args=[reply.pk],
        but_not=but_not,
        key=key,
    )


def holders(role: Role, institution: Institution) -> bool:
    """Tell whether anybody holds a role today for an institution."""
    return people_with([role], institution_ids=above(institution.pk)).exists()
