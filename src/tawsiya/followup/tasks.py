"""Jobs of follow-up."""

from tawsiya.core import jobs
from tawsiya.followup.commands.typing import forget_expired


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="followup.forget_typed", queueing_lock="forget-typed", pass_context=False)
def forget_typed_texts(timestamp: int) -> None:
    """Each night: forget what was typed and never saved, once it has expired."""
    forget_expired()
