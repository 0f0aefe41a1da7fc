"""Load the sample State "Tamourt": fictional, for training, through the real commands."""

from collections.abc import Callable

from django.db import transaction

from tawsiya.analysis.commands.group_proposals import propose_groups
from tawsiya.analysis.commands.index import catch_up
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.core.models import Instance
from tawsiya.mechanisms import states
from tawsiya.notifications.commands import settle_past
from tawsiya.recommendations.setup import create_instance
from tawsiya.sample import (
    assessment,
    documents,
    followup,
    indicators,
    large,
    people,
    programme,
    publications,
    questionnaires,
    recent,
)

STATE = "XTM"
LANGUAGES = ("ar", "fr", "en")
# Days and months as in Morocco: Tamourt is its neighbour in all but existence.
LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en"}


def load(progress: Callable[[str], None], *, is_large: bool = False) -> None:
    """Fill an empty database, all or nothing.

    Args:
        progress: told each step in a few words.
        is_large: add what makes it as large as a real State (`sample.large`).

    Raises:
        RuleViolated: the database serves a State already.
    """
    if Instance.objects.exists():
        raise RuleViolated("This database already serves a State; the sample needs an empty one.")
    with transaction.atomic():
        progress("State, bodies, vocabularies")
        with audit.change("instance.created", by=audit.SYSTEM):
            create_instance(
                state=STATE,
                names=dict(states.get(STATE).names),
                languages=LANGUAGES,
                locales=LOCALES,
                is_demo=True,
            )
        bodies = documents.load_vocabularies()
        progress("Institutions and people")
        cast = people.Cast()
        people.load_institutions(cast)
        people.load_people(cast)
        progress("Documents and recommendations")
        items = documents.load_recommendations(documents.load_documents(bodies))
        progress("Assignments and answers")
        followup.load_assignments(cast, items)
        progress("Contributions and evidence")
        contributions = followup.load_contributions(cast, items)
        progress("Questionnaires")
        questionnaires.load_questionnaires(cast)
        progress("Statuses")
        followup.load_messages(cast, items)
        followup.load_decisions(cast, items)
        recent.load_recent(cast, items)
        progress("Indicators")
        indicators.load_indicators(cast, items)
        progress("Publications")
        publications.load_publications(cast, items, contributions)
        progress("Rule of assessment, other voices")
        assessment.load_rule(cast, items)
        assessment.load_voices(cast, items)
        progress("Programmes")
        programme.load_programmes(cast, items)
        if is_large:
            large.load_large(cast, items, progress)
        progress("Groups")
        propose_groups()
        settle_past()
        progress("Search index")
        catch_up()
