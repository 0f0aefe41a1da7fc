"""Background jobs: the only module that knows procrastinate.

Jobs are rows of the same database, so a job commits or vanishes with the data it is about.
Each app's `tasks.py` declares its jobs with `task`; callers `defer` them.
"""

from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)

task = app.task
periodic = app.periodic

# Jobs that may simply run again when their worker was killed in the middle: what they do, they do once.
_resumable: set[str] = set()


def resumable(job: Any) -> Any:
    """Say of a job that it may be taken up again after a kill: a decorator outside `task`."""
    _resumable.add(job.name)
    return job


async def take_up() -> int:
    """Put the resumable jobs of workers that were killed back among those that wait; return how many.

    A killed worker's job keeps its lock, so that no other of its kind would run any more.
    """
    taken = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        if job.task_name not in _resumable or job.id is None:
            continue
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:
            # One of its kind waits already and will do the work: this one only has to let go of the lock.
            await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
        taken += 1
    return taken


def defer(job: Any, *, lock: str | None = None, once: str | None = None, **kwargs: Any) -> None:
    """Queue a job inside the running transaction.

    Args:
        job: a function declared with `task`.
        lock: jobs with the same lock never run at once.
        once: skip when a job with this key already waits.
        kwargs: the job's arguments, JSON values only.
    """
    try:
        # The savepoint keeps the caller's transaction alive when the key is taken.
        with transaction.atomic():
            job.configure(lock=lock, queueing_lock=once).defer(**kwargs)
    except AlreadyEnqueued:
        # The waiting job will see this transaction's rows: it reads them when it runs.
        return
