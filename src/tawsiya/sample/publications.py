"""What the sample State has published."""

from tawsiya.followup.models import Contribution
from tawsiya.sample.documents import Items
from tawsiya.sample.people import Cast


def load_publications(cast: Cast, items: Items, contributions: list[Contribution]) -> None:
    """Publish the recommendations that the story publishes."""
