"""Open and revoke a person's secret address of the calendar of deadlines."""

from django.db import transaction

from tawsiya.accounts.links import hash_token
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused
from tawsiya.followup.calendar_links import secret_of
from tawsiya.followup.models import CalendarAddress
from tawsiya.followup.permissions_of_requests import NO_DEADLINES


def open_calendar(*, by: Reader) -> CalendarAddress:
    """Make a secret address for the reader's own deadlines; the one before stops working.

    Raises:
        PermissionRefused: nobody is signed in, or the person has no role: nothing can fall due.
    """
    if by.user_id is None or by.is_public:
        raise PermissionRefused(NO_DEADLINES)
    actor = Acting(user_id=by.user_id, name=by.name)
    with transaction.atomic():
        # Two clicks at once take turns.
        User.objects.select_for_update().get(pk=by.user_id)
        _revoke(by.user_id, actor)
        with audit.change("calendar.opened", by=actor) as event:
            moment = clock.now()
            address = CalendarAddress.objects.create(
                user_id=by.user_id, made_at=moment, token_hash=hash_token(secret_of(by.user_id, moment))
            )
            event.subject = address
    return address


def revoke_calendar(*, by: Reader) -> bool:
    """Make the reader's secret address stop working; return whether there was one.

    Raises:
        PermissionRefused: nobody is signed in.
    """
    if by.user_id is None:
        raise PermissionRefused(NO_DEADLINES)
    with transaction.atomic():
        return _revoke(by.user_id, Acting(user_id=by.user_id, name=by.name))


def _revoke(user_id: int, actor: Acting) -> bool:
    row = CalendarAddress.objects.filter(user_id=user_id, revoked_at__isnull=True).first()
    if row is None:
        return False
    with audit.change("calendar.revoked", by=actor, subject=row):
        row.revoked_at = clock.now()
        row.save()
    return True
