"""What falls due for a person: assignments to answer and report on, questionnaires, decisions on them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.ical import DayEvent, calendar
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import OPEN
from tawsiya.followup.models import Assignment, Reply
from tawsiya.followup.queries import assignments_for, handed_in
from tawsiya.followup.queries_of_requests import owed_by, replies_for, today

ALARM_DAYS = 3


@dataclass(frozen=True)
class Due:
    """One thing that falls due. `what` and `institution` are sentences in the active language."""

    uid: str
    day: date
    what: str
    institution: str
    path: str
    changed: datetime

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.day < today()

    @property
    def url(self) -> str:
        """Its whole address."""
        return settings.SITE_ADDRESS + self.path


def due_for(reader: Reader) -> list[Due]:
    """Return what a reader's own institutions owe by a day, and what waits for the reader; soonest first."""
    writing = {pk for grant in reader.grants_for(Act.CONTRIBUTE) for pk in grant.covers}
    assignments = assignments_for(reader).filter(
        ~handed_in(reader), institution_id__in=writing, state__in=OPEN, deadline__isnull=False
    )
    found = [_of_assignment(row) for row in assignments]
    own = replies_for(reader).filter(pk__in=owed_by(reader).values("pk"))
    found += [_of_reply(row) for row in own]
    return sorted(found, key=lambda due: (due.day, due.uid))


def _of_assignment(row: Assignment) -> Due:
    if row.deadline is None:
        raise ValueError(f"assignment {row.pk} has no deadline")
    item = row.recommendation
    return Due(
        uid=f"assignment-{row.pk}@tawsiya",
        day=row.deadline,
        what=_("Report on %(symbol)s § %(paragraph)s")
        % {"symbol": item.document.symbol, "paragraph": item.label},
        institution=text_of(row.institution.names),
        path=reverse("followup:item", args=[item.pk]),
        changed=row.answered_at or row.assigned_at,
    )


def _of_reply(row: Reply) -> Due:
    return Due(
        uid=f"reply-{row.pk}@tawsiya",
        day=row.deadline,
        what=_("Answer “%(title)s”") % {"title": row.questionnaire.title},
        institution=text_of(row.institution.names),
        path=reverse("followup:reply", args=[row.pk]),
        changed=row.changed_at,
    )


def as_calendar(reader: Reader) -> str:
    """Return what falls due as an iCalendar file in the active language."""
    events = [
        DayEvent(
            uid=due.uid,
            day=due.day,
            title=due.what,
            changed=due.changed,
            text=f"{due.institution}\n{due.url}",
            url=due.url,
            alarm=ALARM_DAYS,
        )
        for due in due_for(reader)
    ]
    return calendar(events, name=_("Deadlines in Tawsiya"), language=reader.language)
