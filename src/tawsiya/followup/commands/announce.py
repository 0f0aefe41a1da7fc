"""Who is told of what, once an act of follow-up is done."""

from typing import Any

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import above, people_with
from tawsiya.followup.models import Contribution
from tawsiya.notifications.commands import notify
from tawsiya.recommendations.models import Recommendation

ITEM_URL = "followup:item"
CONTRIBUTION_URL = "followup:contribution"


def item_params(recommendation: Recommendation, institution: Institution | None = None) -> dict[str, Any]:
    """Return the parameters of a notification: symbol, paragraph, institution's name. Never a text."""
    params: dict[str, Any] = {
        "symbol": recommendation.document.symbol,
        "paragraph": recommendation.label,
    }
    if institution is not None:
        params["institution"] = institution.names
    return params


def tell_institution(
    code: str,
    institution: Institution,
    recommendation: Recommendation,
    *,
    roles: tuple[Role, ...] = (Role.FOCAL_POINT, Role.VALIDATOR),
    but_not: int | None,
    **params: Any,
) -> None:
    """Tell an institution's people (its ministry's too, for a directorate) about an item."""
    notify(
        code,
        people_with(roles, institution_ids=above(institution.pk)),
        params=item_params(recommendation, institution) | params,
        url_name=ITEM_URL,
        url_args=[recommendation.pk],
        but_not=but_not,
    )


def tell_coordinators(
    code: str, recommendation: Recommendation, institution: Institution, *, but_not: int | None
) -> None:
    """Tell the delegation's coordinators about an item."""
    notify(
        code,
        people_with([Role.COORDINATOR]),
        params=item_params(recommendation, institution),
        url_name=ITEM_URL,
        url_args=[recommendation.pk],
        but_not=but_not,
    )


def tell_about_contribution(
    code: str, contribution: Contribution, roles: tuple[Role, ...], *, but_not: int | None
) -> None:
    """Tell those whose turn it is, or whose text it is, about a contribution."""
    inside = Role.COORDINATOR not in roles
    institutions = above(contribution.institution_id) if inside else None
    notify(
        code,
        people_with(roles, institution_ids=institutions),
        params=item_params(contribution.recommendation, contribution.institution),
        url_name=CONTRIBUTION_URL,
        url_args=[contribution.pk],
        but_not=but_not,
    )
