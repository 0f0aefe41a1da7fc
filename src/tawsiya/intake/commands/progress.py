"""How far a job is, said beside its transaction.

The job of an import is one transaction, and nobody else sees what it wrote before its end. So its
figures go through a connection of their own, which commits at once; there the job also learns that
somebody asked it to stop. The table is none of record: the figures are worth nothing afterwards.
"""

import time
from types import TracebackType

from django.db import connections
from django.utils import timezone

from tawsiya.intake.choices import Step

EVERY_SECONDS = 0.25


class Stopped(Exception):
    """Somebody asked the job to stop; its transaction rolls back."""


class Silent:
    """What is done at once, within a request, has nobody who watches."""

    def step(self, step: Step, total: int = 0) -> None:
        """Say that a step of `total` rows begins."""

    def advance(self, count: int) -> None:
        """Say that `count` more rows are done."""


class Watched(Silent):
    """Writes to `Progress` of a run, on a connection of its own: use it as a context manager.

    Every method raises Stopped once somebody asked the job to stop.
    """

    def __init__(self, run_id: int) -> None:
        self._run_id = run_id
        self._done = self._total = 0
        self._step = Step.WAITING
        self._written = 0.0
        self._side = connections["default"].copy()

    def __enter__(self) -> "Watched":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._side.close()

    def step(self, step: Step, total: int = 0) -> None:
        """Say that a step begins."""
        self._step, self._done, self._total = step, 0, total
        self._write()

    def advance(self, count: int) -> None:
        """Count rows; written a few times a second at most."""
        self._done += count
        if time.monotonic() - self._written >= EVERY_SECONDS:
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        with self._side.cursor() as cursor:
            cursor.execute(
                "UPDATE intake_progress SET step = %s, done = %s, total = %s,"
                " started_at = COALESCE(started_at, %s) WHERE run_id = %s RETURNING stop_asked",
                [self._step.value, self._done, self._total, timezone.now(), self._run_id],
            )
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Stopped
