"""Remind institutions of their assignments, by the machinery of questionnaires (`commands.reminders`).

A ministry has scores of assignments with one deadline: whoever is reminded gets one notification for each
institution, day and step, which says how many there are. Its key holds the same, and each institution is
a transaction of its own: a worker that is killed in the middle tells nobody twice and forgets nobody.

The first run of all finds what has been overdue for years, where a State's records were there before. It
tells each person once of all that waits for that person, wherever, and nobody above; from then on that climbs
as if it had fallen due on the day of the first run, gathered in one message. What has a step up to that day,
or before a new pace was set, is not made up for.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import above, in_own_right, people_with
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.formats import localise_number
from tawsiya.core.labels import text_of
from tawsiya.followup.commands.announce import ITEM_URL
from tawsiya.followup.models import Assignment, ReminderStart
from tawsiya.followup.pace import Rung, Step, step_due
from tawsiya.followup.queries_of_reminders import (
    Owed,
    began_on,
    institutions_to_remind,
    owed_by_institution,
    pace_of_assignments,
)
from tawsiya.notifications.commands import notify

LIST_URL = "followup:assignments"
REFERENCES = 12  # named in a body; the rest is behind the address

BACKLOG = "backlog"
_ROLES = (Role.FOCAL_POINT, Role.VALIDATOR, Role.HEAD)

_REACHED: dict[Rung, frozenset[Role]] = {
    Rung.FOCAL_POINT: frozenset(),
    Rung.VALIDATOR: frozenset({Role.VALIDATOR}),
    Rung.HEAD: frozenset({Role.VALIDATOR, Role.HEAD}),
}


def remind_of_assignments(moment: datetime) -> int:
    """Send the reminders of assignments due at a moment (aware); return how many people were told of one."""
    today, told = timezone.localdate(moment), 0
    with clock.at(moment):
        if began_on() is None:
            return _begin(today)
        for institution_id in institutions_to_remind(today):
            with transaction.atomic():
                # Whoever answers at the same moment waits, or is seen here.
                list(Assignment.objects.select_for_update().filter(institution_id=institution_id))
                told += _remind_institution(institution_id, today)
    return told


def _begin(today: date) -> int:
    """Tell each person of all that is overdue and waits for that person; whole, or not at all."""
    waiting: dict[int, list[Owed]] = {}
    persons: dict[int, User] = {}
    with audit.change("reminders.began", by=audit.SYSTEM) as event:
        event.subject = ReminderStart.objects.create(pk=1, began_on=today)
        for institution_id in institutions_to_remind(today):
            list(Assignment.objects.select_for_update().filter(institution_id=institution_id))
            people = _people_near(institution_id)
            for owed in owed_by_institution(institution_id):
                if owed.is_backlog:
                    for person in people[owed.turn] or people[Role.VALIDATOR]:
                        waiting.setdefault(person.pk, []).append(owed)
                        persons[person.pk] = in_own_right(person, persons.get(person.pk))
        told = 0
        for pk in sorted(waiting):
            told += _notify("assignments.began", [persons[pk]], waiting[pk], "assignments:began")
        number = len({owed.assignment.pk for rows in waiting.values() for owed in rows})
        event.after = {"count": number, "people": told}
    return told


def _people_near(institution_id: int) -> dict[Role, list[User]]:
    near = above(institution_id)
    return {role: list(people_with([role], institution_ids=near)) for role in _ROLES}


def _remind_institution(institution_id: int, today: date) -> int:
    pace, _within = pace_of_assignments()
    steps: dict[tuple[str, date, int], tuple[Step, list[Owed]]] = {}
    for owed in owed_by_institution(institution_id):
        step = step_due(pace, deadline=owed.counted_from, since=owed.quiet_until, today=today)
        if step is not None:
            kind = BACKLOG if owed.is_backlog else owed.owing.value
            key = (kind, owed.counted_from, step.offset)
            steps.setdefault(key, (step, []))[1].append(owed)
    return sum(_tell(kind, step, owed) for (kind, *_day), (step, owed) in sorted(steps.items()))


def _tell(kind: str, step: Step, owed: Sequence[Owed]) -> int:
    """Tell of one step: each person inside of what reaches that person, then the delegation of the whole."""
    institution, first = owed[0].assignment.institution, owed[0]
    key = f"assignments:{institution.pk}:{kind}:{first.counted_from.isoformat()}:{step.offset}"
    people = _people_near(institution.pk)
    reached: dict[int, list[Owed]] = {}
    persons: dict[int, User] = {}
    for one in owed:
        for person in _reached(one, step, people):
            reached.setdefault(person.pk, []).append(one)
            persons[person.pk] = in_own_right(person, persons.get(person.pk))
    told = 0
    for pk in sorted(reached):
        told += _notify(_code(kind, step), [persons[pk]], reached[pk], key)
    nobody = not people[Role.FOCAL_POINT] and not people[Role.VALIDATOR]
    if nobody or step.rung is Rung.HEAD:
        code = "assignments.nobody" if nobody else "assignments.escalated"
        if kind == BACKLOG:
            code = f"{code}_backlog"
        told += _notify(code, people_with([Role.COORDINATOR]), owed, f"{key}:delegation")
    return told


def _code(kind: str, step: Step) -> str:
    if kind == BACKLOG:
        return "assignments.backlog"
    return f"assignments.{kind}_{'overdue' if step.is_overdue else 'due'}"


def _reached(owed: Owed, step: Step, people: dict[Role, list[User]]) -> list[User]:
    """Return whom a step reaches: who has the next step since before it, and those to whom it has climbed."""
    roles = set(_REACHED[step.rung])
    turn = owed.turn if people[owed.turn] else Role.VALIDATOR
    if owed.turn_since < step.on:
        roles.add(turn)
    found: dict[int, User] = {}
    for person in (person for role in roles for person in people[role]):
        found[person.pk] = in_own_right(person, found.get(person.pk))
    return list(found.values())


def _notify(code: str, people: Iterable[User], owed: Sequence[Owed], key: str) -> int:
    rows = [one.assignment for one in owed]
    single = len(rows) == 1
    kinds = {one.owing.value for one in owed}
    return notify(
        code,
        people,
        params=_params(rows)
        | {
            "deadline": min(one.due for one in owed).isoformat(),
            "owing": kinds.pop() if len(kinds) == 1 else "",
        },
        url_name=ITEM_URL if single else LIST_URL,
        url_args=[rows[0].recommendation_id] if single else [],
        key=key,
        with_deputies=False,
    )


def _params(rows: Sequence[Assignment]) -> dict[str, Any]:
    """Return what a reminder says: how many, and which by symbol and paragraph; never a text."""
    references = [str(row.recommendation) for row in rows[:REFERENCES]]
    more = ["…"] if len(rows) > REFERENCES else []
    institutions = {row.institution_id: row.institution for row in rows}
    return {
        "institution": _named(list(institutions.values())),
        "institutions": sorted(institutions),
        "assignments": [row.pk for row in rows],
        "what": _counted(references[0], len(rows)),
        "references": "\n".join([*references, *more]),
    }


def _named(institutions: Sequence[Institution]) -> dict[str, str]:
    """Return the names of institutions in each language of the system."""
    if len(institutions) == 1:
        return dict(institutions[0].names)
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = gettext(", ").join(text_of(one.names) for one in institutions)
    return words


def _counted(reference: str, number: int) -> dict[str, str]:
    """Return the reference of the only one, or how many there are, in each language of the system."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            several = ngettext("%(count)s recommendation", "%(count)s recommendations", number)
            words[code] = reference if number == 1 else several % {"count": localise_number(number)}
    return words
