"""The periodic work of follow-up."""

from datetime import UTC, datetime

from tawsiya.core import clock, jobs
from tawsiya.followup.commands.reminders import remind


@jobs.resumable
@jobs.periodic(cron="15 6 * * *")
@jobs.task(name="followup.remind", queueing_lock="reminders", lock="reminders", retry=jobs.RETRY)
def remind_institutions(timestamp: int) -> None:
    """Once a day, remind institutions of what they owe.

    Args:
        timestamp: the moment the run was due, in seconds since 1970. A worker that comes later judges by
            the day on which it comes.
    """
    remind(max(datetime.fromtimestamp(timestamp, UTC), clock.now()))
