"""What the sample State has published."""

from tawsiya.core import clock
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.models import Assessment, Contribution
from tawsiya.portal.choices import Selection
from tawsiya.portal.commands import publish
from tawsiya.portal.composing import public_parts
from tawsiya.recommendations.models import Recommendation
from tawsiya.sample.data import Row, moment, read
from tawsiya.sample.documents import Items
from tawsiya.sample.followup import find
from tawsiya.sample.people import Cast


def load_publications(cast: Cast, items: Items, contributions: list[Contribution]) -> None:
    """Publish the recommendations that the story publishes, each at its date."""
    coordinator = cast.reader(cast.first("coordinator"))
    for row in sorted(read("followup")["publications"], key=lambda row: row["date"]):
        item = find(items, row["recommendation"])
        with clock.at(moment(row["date"], hour=16)):
            publish(recommendation=item, selection=_selection(row, item, contributions), by=coordinator)


def _selection(row: Row, item: Recommendation, contributions: list[Contribution]) -> Selection:
    """Choose the status that held at the date, and of the contribution everything that may leave."""
    latest = Assessment.objects.filter(recommendation=item).first()
    status = latest is not None and latest.decided_at <= moment(row["date"], hour=16)
    if row["contribution"] is None:
        return Selection(status=status, justification=status)
    contribution = contributions[row["contribution"]]
    files = contribution.evidence.filter(mark=EvidenceMark.PUBLIC)
    return Selection(
        status=status,
        justification=status,
        lead=True,
        contributions={contribution.pk: frozenset(public_parts(contribution))},
        evidence=frozenset(files.values_list("pk", flat=True)),
    )
