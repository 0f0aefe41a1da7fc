"""Jobs of programmes and their indicators."""

from tawsiya.core import jobs
from tawsiya.programme.commands.value_requests import remind


@jobs.periodic(cron="10 5 * * *")
@jobs.task(name="programme.remind_of_values", queueing_lock="remind-of-values")
def remind_of_values(timestamp: int) -> None:
    """Every morning, remind institutions of the values asked of them."""
    remind()
