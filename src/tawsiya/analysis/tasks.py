"""Jobs of the analysis room."""

import logging

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.commands.tagging import train
from tawsiya.core import jobs
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.recommendations.models import Vocabulary

logger = logging.getLogger(__name__)


@jobs.task(name="analysis.train_model")
def train_model(code: str, user_id: int) -> None:
    """Train the model of a taxonomy ("" for institutions) for the person who asked."""
    vocabulary = Vocabulary.objects.get(code=code) if code else None
    try:
        train(vocabulary=vocabulary, by=reader_for(User.objects.get(pk=user_id)))
    except (RuleViolated, PermissionRefused) as refusal:
        # The data or the person's role changed since the job was asked for: nothing to try again.
        logger.warning("training of %s refused: %s", code or "institutions", refusal)
