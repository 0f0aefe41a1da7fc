"""Tell a deputy, and the person replaced, of a replacement: decided, begun, ended; each once."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from tawsiya.accounts.models import Deputy, User
from tawsiya.accounts.queries import replacements_in_force
from tawsiya.accounts.replacements import Change
from tawsiya.audit.commands import Actor
from tawsiya.notifications.commands import notify
from tawsiya.notifications.sentences import names_of

OWN_PAGE = "accounts:profile"
MADE_UP = timedelta(days=7)  # a day on which no worker ran is made up for so long


def listen(change: Change, row: Deputy, by: Actor) -> None:
    """Tell both of an appointment or of an early end; whoever decided it knows."""
    if change is Change.APPOINTED:
        begun = row.starts_on <= timezone.localdate()
        # What begins today is told once, not by this evening and again by tomorrow's job.
        _tell("deputy.appointed", row.deputy, row, by, "begins" if begun else "")
        _tell("deputy.named", row.person, row, by)
    else:
        _tell("deputy.ends", row.deputy, row, by, "ends")
        _tell("deputy.named_ends", row.person, row, by, "ends")


def tell_of_day(today: date) -> int:
    """Tell of the replacements that begin and those that ended by themselves; return how many were told."""
    told = 0
    rows = Deputy.objects.select_related("person", "deputy").order_by("pk")
    begun = replacements_in_force(rows.filter(starts_on__range=(today - MADE_UP, today)), today)
    begun = begun.select_related("person", "deputy").order_by("pk")
    over = rows.filter(ends_on__range=(today - MADE_UP, today - timedelta(days=1)))
    for code, step, found in (("deputy.begins", "begins", begun), ("deputy.ends", "ends", over)):
        for row in found:
            with transaction.atomic():
                told += _tell(code, row.deputy, row, None, step)
    return told


def _tell(code: str, to: User, row: Deputy, by: Actor | None, step: str = "") -> int:
    """Tell one person, once for each step of a replacement. An actor of None is the calendar."""
    return notify(
        code,
        [to],
        params={
            "person": names_of(row.person),
            "deputy": names_of(row.deputy),
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
        },
        url_name=OWN_PAGE,
        but_not=by.user_id if by is not None else None,
        key=f"deputy:{row.pk}:{step}" if step else "",
        with_deputies=False,
    )
