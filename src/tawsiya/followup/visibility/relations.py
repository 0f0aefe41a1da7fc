"""How a reader stands to an institution's work, and filters made of it."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import NOTHING
from tawsiya.recommendations.models import Access


class Relation(StrEnum):
    """How a reader stands to a contribution."""

    OWN = "own"
    DELEGATION = "delegation"
    OBSERVER = "observer"
    INVOLVED = "involved"  # lead or supporting institution of the same recommendation


def relations_of(reader: Reader, institution_id: int, involved: Iterable[int]) -> set[Relation]:
    """Return every relation of a reader to an institution's work; `involved`: ids of the item's own."""
    found = set()
    if institution_id in reader.own_institutions:
        found.add(Relation.OWN)
    if reader.is_delegation:
        found.add(Relation.DELEGATION)
    if reader.is_observer:
        found.add(Relation.OBSERVER)
    if reader.own_institutions & set(involved):
        found.add(Relation.INVOLVED)
    return found


def involved_items(reader: Reader) -> Q:
    """Return the filter of what stands on items on which the reader's institutions lead or support."""
    own = Access.objects.filter(institution_id__in=reader.own_institutions)
    return Q(recommendation_id__in=own.values("recommendation_id"))


def in_audience(
    reader: Reader, audience: dict[str, frozenset[Relation]], field: str, own: Q, involved: Q
) -> Q:
    """Return the filter: for some relation the reader has, the value of `field` admits it."""

    def admits(relation: Relation) -> Q:
        return Q(**{f"{field}__in": [key for key, who in audience.items() if relation in who]})

    seen = NOTHING
    if reader.own_institutions:
        seen |= own & admits(Relation.OWN)
        seen |= involved & admits(Relation.INVOLVED)
    if reader.is_delegation:
        seen |= admits(Relation.DELEGATION)
    if reader.is_observer:
        seen |= admits(Relation.OBSERVER)
    return seen
