"""Who sees what of recommendations (DOMAIN §9, first row, and the status of the assessment row)."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.recommendations.choices import GroupState, MemberState
from tawsiya.recommendations.models import Group, Recommendation


def visible_to(reader: Reader) -> Q:
    """Return the filter of recommendations a reader sees inside: all for everyone with a role.

    The public reads published snapshots only, never this table.
    """
    return NOTHING if reader.is_public else EVERYTHING


def can_view(reader: Reader, recommendation: Recommendation) -> bool:
    """Decide for one recommendation; agrees with `visible_to`."""
    return not reader.is_public


@dataclass(frozen=True)
class Sight:
    """Which columns that depend on follow-up a reader sees on every recommendation.

    status: the confirmed status of implementation.
    lead: the name of the lead institution.
    everyone_involved: all institutions, on every item; others see them on their own items.
    """

    status: bool
    lead: bool
    everyone_involved: bool


def sight_of(reader: Reader) -> Sight:
    """Return the columns a reader sees: NHRI and organisations see statuses when published, on the portal."""
    inside = reader.is_delegation or reader.is_observer
    institution = bool(reader.own_institutions)
    return Sight(
        status=inside or institution,
        lead=inside or institution,
        everyone_involved=inside,
    )


def scope_of(reader: Reader, *, by_institution: bool) -> Hashable:
    """Return what the recommendations that a reader may count depend on: readers of one scope count the same.

    Args:
        by_institution: the institutions involved are counted or asked for, of which an institution knows
            more on its own items (`queries.access_for`).
    """
    sight = sight_of(reader)
    if by_institution and not sight.everyone_involved:
        return reader.audience
    return reader.is_public, sight


def groups_visible_to(reader: Reader) -> Q:
    """Return the filter of groups a reader sees: the delegation all, others with a role the confirmed ones.

    A group says which recommendations as issued belong together, so it is read like them; a proposal of the
    machine is the delegation's own work.
    """
    if reader.is_delegation:
        return EVERYTHING
    return NOTHING if reader.is_public else Q(state=GroupState.CONFIRMED)


def can_view_group(reader: Reader, group: Group) -> bool:
    """Decide for one group; agrees with `groups_visible_to`."""
    return reader.is_delegation or (not reader.is_public and group.state == GroupState.CONFIRMED)


def places_visible_to(reader: Reader) -> Q:
    """Return the filter of places in groups a reader sees: outside the delegation, confirmed ones."""
    if reader.is_delegation:
        return EVERYTHING
    if reader.is_public:
        return NOTHING
    return Q(state=MemberState.CONFIRMED, group__state=GroupState.CONFIRMED)
