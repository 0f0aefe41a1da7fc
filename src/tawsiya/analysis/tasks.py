"""Jobs of the analyst's desk."""

from tawsiya.analysis.commands.saved_searches import look_for_new_matches
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.search.jobs import index_changes, keep_index
from tawsiya.core import jobs

__all__ = ["index_changes", "keep_index", "send_alerts"]


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="analysis.send_alerts", queueing_lock="search-alerts", pass_context=False)
def send_alerts(timestamp: int) -> None:
    """Every ten minutes: look for new matches of each saved search with alerts."""
    for pk in SavedSearch.objects.filter(alerts=True).order_by("pk").values_list("pk", flat=True):
        look_for_new_matches(pk)
