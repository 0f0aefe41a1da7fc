"""Jobs that keep the index in step with what it repeats."""

from tawsiya.analysis.commands.index import catch_up, note_outdated
from tawsiya.analysis.search.world import store
from tawsiya.core import jobs


@jobs.task(name="analysis.index_changes", retry=jobs.RETRY)
def index_changes() -> None:
    """Index what changed."""
    catch_up()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="analysis.keep_index", queueing_lock="keep-search-index", pass_context=False)
def keep_index(timestamp: int) -> None:
    """Each minute: index what changed, and what an older version of the analysis indexed."""
    note_outdated()
    catch_up()
    if store.is_behind():
        jobs.defer(index_world, lock="search-world", once="search-world")


@jobs.task(name="analysis.index_world", retry=jobs.RETRY)
def index_world() -> None:
    """Build the index of other States, where the one there is, is not of what the table holds."""
    if store.is_behind():
        store.build_now()
