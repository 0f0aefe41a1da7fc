"""Remind institutions of their assignments, by the machinery of questionnaires (`commands.reminders`).

A ministry has scores of assignments with one deadline: whoever is reminded gets one notification for each
institution, day and step, which says how many there are. Its key holds the same, and each institution is
a transaction of its own: a worker that is killed in the middle tells nobody twice and forgets nobody.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import ngettext

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import above, in_own_right, people_with
from tawsiya.core import clock
from tawsiya.core.formats import localise_number
from tawsiya.followup.commands.announce import ITEM_URL
from tawsiya.followup.models import Assignment
from tawsiya.followup.pace import Rung, Step, step_due
from tawsiya.followup.queries_of_reminders import (
    Owed,
    Owing,
    institutions_to_remind,
    owed_by_institution,
    pace_of_assignments,
)
from tawsiya.notifications.commands import notify

LIST_URL = "followup:assignments"
REFERENCES = 12  # named in a body; the rest is behind the address

_REACHED: dict[Rung, frozenset[Role]] = {
    Rung.FOCAL_POINT: frozenset(),
    Rung.VALIDATOR: frozenset({Role.VALIDATOR}),
    Rung.HEAD: frozenset({Role.VALIDATOR, Role.HEAD}),
}


def remind_of_assignments(moment: datetime) -> int:
    """Send the reminders of assignments due at a moment (aware); return how many people were told of one."""
    today, told = timezone.localdate(moment), 0
    with clock.at(moment):
        for institution_id in institutions_to_remind(today):
            with transaction.atomic():
                # Whoever answers at the same moment waits, or is seen here.
                list(Assignment.objects.select_for_update().filter(institution_id=institution_id))
                told += _remind_institution(institution_id, today)
    return told


def _remind_institution(institution_id: int, today: date) -> int:
    pace, _within = pace_of_assignments()
    steps: dict[tuple[Owing, date, int], tuple[Step, list[Owed]]] = {}
    for owed in owed_by_institution(institution_id):
        step = step_due(pace, deadline=owed.due, since=owed.told, today=today)
        if step is not None:
            steps.setdefault((owed.owing, owed.due, step.offset), (step, []))[1].append(owed)
    return sum(_tell(step, owed) for _key, (step, owed) in sorted(steps.items()))


def _tell(step: Step, owed: Sequence[Owed]) -> int:
    """Tell of one step: each person inside of what reaches that person, then the delegation of the whole."""
    institution, first = owed[0].assignment.institution, owed[0]
    key = f"assignments:{institution.pk}:{first.owing}:{first.due.isoformat()}:{step.offset}"
    near = above(institution.pk)
    roles = (Role.FOCAL_POINT, Role.VALIDATOR, Role.HEAD)
    people = {role: list(people_with([role], institution_ids=near)) for role in roles}
    reached: dict[int, list[Owed]] = {}
    persons: dict[int, User] = {}
    for one in owed:
        for person in _reached(one, step, people):
            reached.setdefault(person.pk, []).append(one)
            persons[person.pk] = in_own_right(person, persons.get(person.pk))
    told = 0
    for pk in sorted(reached):
        told += _notify(_code(step, first.owing), [persons[pk]], institution, reached[pk], key)
    nobody = not people[Role.FOCAL_POINT] and not people[Role.VALIDATOR]
    if nobody or step.rung is Rung.HEAD:
        code = "assignments.nobody" if nobody else "assignments.escalated"
        told += _notify(code, people_with([Role.COORDINATOR]), institution, owed, f"{key}:delegation")
    return told


def _code(step: Step, owing: Owing) -> str:
    return f"assignments.{owing}_{'overdue' if step.is_overdue else 'due'}"


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


def _notify(
    code: str, people: Iterable[User], institution: Institution, owed: Sequence[Owed], key: str
) -> int:
    rows = [one.assignment for one in owed]
    single = len(rows) == 1
    return notify(
        code,
        people,
        params=_params(institution, rows)
        | {"deadline": owed[0].due.isoformat(), "owing": owed[0].owing.value},
        url_name=ITEM_URL if single else LIST_URL,
        url_args=[rows[0].recommendation_id] if single else [],
        key=key,
        with_deputies=False,
    )


def _params(institution: Institution, rows: Sequence[Assignment]) -> dict[str, Any]:
    """Return what a reminder says: how many, and which by symbol and paragraph; never a text."""
    references = [str(row.recommendation) for row in rows[:REFERENCES]]
    more = ["…"] if len(rows) > REFERENCES else []
    return {
        "institution": institution.names,
        "institution_id": institution.pk,
        "assignments": [row.pk for row in rows],
        "what": _counted(references[0], len(rows)),
        "references": "\n".join([*references, *more]),
    }


def _counted(reference: str, number: int) -> dict[str, str]:
    """Return the reference of the only one, or how many there are, in each language of the system."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            several = ngettext("%(count)s recommendation", "%(count)s recommendations", number)
            words[code] = reference if number == 1 else several % {"count": localise_number(number)}
    return words
