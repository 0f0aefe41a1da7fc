"""Jobs of the analyst's desk."""

import logging

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.commands.saved_searches import look_for_new_matches
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.search.jobs import index_changes, keep_index
from tawsiya.core import jobs
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.recommendations.models import Vocabulary

__all__ = [
    "index_changes",
    "keep_index",
    "propose",
    "request_proposals",
    "send_alerts",
    "suggest_tags",
    "train_model",
]

logger = logging.getLogger(__name__)


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


@jobs.task(name="analysis.suggest_tags", retry=jobs.RETRY)
def suggest_tags() -> None:
    """Suggest tags by the newest model of each taxonomy; newcomers have none yet. Nothing is applied."""
    from tawsiya.analysis.commands.tagging import suggest_by_newest  # as above

    suggest_by_newest()


def request_proposals() -> None:
    """Queue what newcomers are looked at for, inside the running transaction; a waiting job is enough."""
    jobs.defer(propose, lock="analysis.groups", once="analysis.groups")
    jobs.defer(suggest_tags, lock="analysis.suggestions", once="analysis.suggestions")


@jobs.task(name="analysis.train_model")
def train_model(code: str, user_id: int) -> None:
    """Train the model of a taxonomy ("" for institutions) for the person who asked."""
    # As above: learning is for the worker alone.
    from tawsiya.analysis.commands.tagging import train

    vocabulary = Vocabulary.objects.get(code=code) if code else None
    try:
        train(vocabulary=vocabulary, by=reader_for(User.objects.get(pk=user_id)))
    except (RuleViolated, PermissionRefused) as refusal:
        # The data or the person's role changed since the job was asked for: nothing to try again.
        logger.warning("training of %s refused: %s", code or "institutions", refusal)
