"""Background jobs: the only module that knows procrastinate.

Jobs are rows of the same database, so a job commits or vanishes with the data it is about.
Each app's `tasks.py` declares its jobs with `task`; callers `defer` them.
"""

from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)

task = app.task
periodic = app.periodic


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
