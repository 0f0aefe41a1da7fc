"""A person's own absence: who replaces me, from when to when, and being back earlier."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.commands.people import appoint_deputy, end_replacement
from tawsiya.accounts.models import Deputy, User
from tawsiya.accounts.permissions import acting, may_be_absent
from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import PermissionRefused, RuleViolated


def declare_absence(*, deputy: User, starts_on: date, ends_on: date, by: Reader) -> Deputy:
    """Name who replaces `by` during an absence; both days are included.

    Raises:
        PermissionRefused: `by` has no role of one's own.
        RuleViolated: as `appoint_deputy`, the last day is past, or somebody replaces `by` then already.
    """
    actor = acting(by, may_be_absent(by))
    if ends_on < timezone.localdate():
        raise RuleViolated(_("The last day is already past."))
    person = User.objects.get(pk=actor.user_id)
    if Deputy.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise RuleViolated(_("Somebody already replaces you on some of these days."))
    return appoint_deputy(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, by=actor)


def return_early(*, replacement: Deputy, by: Reader) -> None:
    """End one's own absence at once.

    Raises:
        PermissionRefused: it is somebody else's.
        RuleViolated: it has ended already.
    """
    actor = acting(by, may_be_absent(by))
    if replacement.person_id != by.user_id:
        raise PermissionRefused(_("Only the person replaced ends this absence."))
    end_replacement(deputy=replacement, by=actor)
