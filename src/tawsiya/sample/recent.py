"""What happened lately in the sample State, dated back from the day of loading.

The rest of the story has fixed dates and grows old; the steering page asks what moved this month, so a few
recommendations are assigned, answered, reported on and assessed in the months before today.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from tawsiya.core import clock
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.assignments import Letter, act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import Content, act_on_contribution, start_contribution
from tawsiya.recommendations.choices import Status
from tawsiya.sample.data import Row, read
from tawsiya.sample.documents import Items
from tawsiya.sample.followup import find
from tawsiya.sample.people import Cast


def load_recent(cast: Cast, items: Items) -> None:
    """Play the rows of `data/recent.json`; every number of days counts back from now, a deadline ahead."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    for number, row in enumerate(read("recent"), start=1):
        _assign(cast, items, row, now, f"IDHR/R/{number:03d}")
        if row["contributed"]:
            _contribute(cast, items, row, now)
        for days, status, language, justification in row["statuses"]:
            with clock.at(_ago(now, days)):
                set_status(
                    recommendation=find(items, row["recommendation"]),
                    status=Status(status),
                    justification=justification,
                    language=language,
                    by=cast.reader(cast.first("coordinator")),
                )


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _assign(cast: Cast, items: Items, row: Row, now: datetime, letter: str) -> None:
    assigned = _ago(now, row["assigned"])
    with clock.at(assigned):
        (assignment,) = assign_recommendations(
            recommendations=[find(items, row["recommendation"])],
            lead=cast.institutions[row["institution"]],
            supporting=[],
            deadline=(now + timedelta(days=row["deadline"])).date(),
            by=cast.reader(cast.first("coordinator")),
            letter=Letter(letter, assigned.date()),
        )
    with clock.at(_ago(now, row["answered"])):
        act_on_assignment(
            assignment=assignment,
            action="accept",
            by=cast.reader(cast.first("focal_point", row["institution"])),
        )


def _contribute(cast: Cast, items: Items, row: Row, now: datetime) -> None:
    author = cast.reader(cast.first("focal_point", row["institution"]))
    validator = cast.reader(cast.first("validator", row["institution"]))
    sent = _ago(now, row["contributed"])
    with clock.at(sent - timedelta(days=2)):
        contribution = start_contribution(
            recommendation=find(items, row["recommendation"]),
            institution=cast.institutions[row["institution"]],
            content=Content(
                language=row["language"],
                measures_taken=row["measures_taken"],
                obstacles=row["obstacles"],
                next_steps=row["next_steps"],
                proposed_status=row["proposed_status"],
            ),
            by=author,
        )
        contribution = act_on_contribution(contribution=contribution, action="submit", by=author)
    with clock.at(sent):
        contribution = act_on_contribution(contribution=contribution, action="approve", by=validator)
    if row["validated"]:
        with clock.at(_ago(now, row["validated"])):
            act_on_contribution(
                contribution=contribution,
                action="validate",
                by=cast.reader(cast.first("coordinator")),
            )
