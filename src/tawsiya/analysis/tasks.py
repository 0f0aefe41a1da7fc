"""Jobs of the analyst's desk."""

from tawsiya.analysis.commands.saved_searches import look_for_new_matches
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.search.jobs import index_changes, keep_index
from tawsiya.core import jobs

__all__ = ["index_changes", "keep_index", "propose", "request_proposals", "send_alerts"]


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="analysis.send_alerts", queueing_lock="search-alerts", pass_context=False)
def send_alerts(timestamp: int) -> None:
    """Every ten minutes: look for new matches of each saved search with alerts."""
    for pk in SavedSearch.objects.filter(alerts=True).order_by("pk").values_list("pk", flat=True):
        look_for_new_matches(pk)


@jobs.task(name="analysis.propose_groups", retry=jobs.RETRY)
def propose() -> None:
    """Look again for recommendations that ask for the same thing."""
    # Numerical libraries are for the worker alone: pages that only queue the job need none.
    from tawsiya.analysis.commands.group_proposals import propose_groups

    propose_groups()


def request_proposals() -> None:
    """Queue the job inside the running transaction; one that waits already is enough."""
    jobs.defer(propose, lock="analysis.groups", once="analysis.groups")
