"""Keep what a person is typing, and forget it: a table that expires, no record, no event."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting, require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.models import Contribution, Reply, TypedText
from tawsiya.followup.permissions import may_contribute
from tawsiya.followup.queries import accepted_on
from tawsiya.followup.queries_of_writing import contribution_place, item_place, reply_place
from tawsiya.recommendations.models import Recommendation

# A contribution is a few thousand characters; nothing that is typed by hand is larger than this.
MAX_TYPED = 400_000


def keep_typed_on(
    contribution: Contribution, *, fields: Mapping[str, str], seen: int, by: Reader
) -> TypedText:
    """Keep what `by` is typing in a contribution.

    Args:
        fields: the form's, as sent.
        seen: the version of the contribution on which the person began.

    Raises:
        PermissionRefused: `by` writes no contributions of the institution. Whether this one can be
            edited now does not matter: what somebody else submitted meanwhile must cost no words.
        RuleViolated: more than anybody types.
    """
    require(by, Act.CONTRIBUTE, contribution.institution_id)
    return _keep(by, contribution_place(contribution.pk), fields, seen)


def keep_typed_for(item: Recommendation, *, fields: Mapping[str, str], by: Reader) -> TypedText:
    """Keep what `by` is typing as a new contribution on an item.

    Raises:
        PermissionRefused: `by` writes for no institution that accepted the item.
        RuleViolated: more than anybody types.
    """
    accepted = accepted_on(item)
    decisions = [may_contribute(by, pk, accepted) for pk in sorted(accepted or {0})]
    acting(by, next((one for one in decisions if one), decisions[0]))
    return _keep(by, item_place(item.pk), fields, 0)


def keep_typed_in(reply: Reply, *, fields: Mapping[str, str], seen: int, by: Reader) -> TypedText:
    """Keep what `by` is typing in the reply to a questionnaire.

    Args:
        fields: the form's, as sent.
        seen: the version of the reply on which the person began.

    Raises:
        PermissionRefused: `by` writes no answers of the institution. Whether they can be edited now does not
            matter, as for contributions.
        RuleViolated: more than anybody types.
    """
    require(by, Act.CONTRIBUTE, reply.institution_id)
    return _keep(by, reply_place(reply.pk), fields, seen)


def _keep(by: Reader, place: str, fields: Mapping[str, str], seen: int) -> TypedText:
    if sum(len(name) + len(value) for name, value in fields.items()) > MAX_TYPED:
        raise RuleViolated(_("This text is too long to be kept as you type; save it."))
    forget_expired()
    row, _created = TypedText.objects.update_or_create(
        user_id=by.user_id or 0,
        place=place,
        defaults={"fields": dict(fields), "seen_version": seen, "saved_at": clock.now()},
    )
    return row


def forget_typed(place: str, *, by: Reader) -> None:
    """Forget what `by` typed in a place; nothing happens where nothing was kept."""
    TypedText.objects.filter(user_id=by.user_id or 0, place=place).delete()


def forget_expired() -> int:
    """Forget what nobody came back to (`TYPED_TEXT_DAYS`). Returns how many texts."""
    limit = clock.now() - timedelta(days=settings.TYPED_TEXT_DAYS)
    return TypedText.objects.filter(saved_at__lt=limit).delete()[0]
