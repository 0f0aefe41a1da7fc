"""The periodic work of follow-up."""

from datetime import UTC, datetime

from tawsiya.core import clock, jobs
from tawsiya.followup.commands.reminders import remind
from tawsiya.followup.commands.reminders_of_assignments import remind_of_assignments
from tawsiya.followup.commands.typing import forget_expired


@jobs.resumable
@jobs.periodic(cron="15 6 * * *")
@jobs.task(name="followup.remind", queueing_lock="reminders", lock="reminders", retry=jobs.RETRY)
def remind_institutions(timestamp: int) -> None:
    """Once a day, remind institutions of what they owe.

    Args:
        timestamp: the moment the run was due, in seconds since 1970. A worker that comes later judges by
            the day on which it comes.
    """
    moment = max(datetime.fromtimestamp(timestamp, UTC), clock.now())
    remind(moment)
    remind_of_assignments(moment)


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="followup.forget_typed", queueing_lock="forget-typed", pass_context=False)
def forget_typed_texts(timestamp: int) -> None:
    """Each night: forget what was typed and never saved, once it has expired."""
    forget_expired()
