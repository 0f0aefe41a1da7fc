"""The jobs of large imports, and the sweep of those whose worker was killed."""

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.core import jobs
from tawsiya.intake.commands import work


def _reader(user_id: int) -> Reader:
    return reader_for(User.objects.get(pk=user_id))


@jobs.task(name="intake.read_import")
def read_import(run_id: int, user_id: int) -> None:
    """Read a large file and store its preview."""
    work.read_queued(run_id, by=_reader(user_id))


@jobs.task(name="intake.apply_import")
def apply_import(run_id: int, user_id: int) -> None:
    """Apply a large import."""
    work.apply_queued(run_id, by=_reader(user_id))


@jobs.periodic(cron="* * * * *")
@jobs.task(name="intake.sweep_imports", queueing_lock="imports-sweep", pass_context=False)
def sweep_imports(timestamp: int) -> None:
    """Take up imports that a killed worker left behind."""
    work.sweep()
