"""Which members of a group an act on the group reaches: what a member has of its own goes before (ADR)."""

from collections.abc import Sequence

from tawsiya.accounts.reader import Reader
from tawsiya.followup.choices import OPEN, ContributionState
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.permissions import may_contribute
from tawsiya.followup.queries import accepted_on
from tawsiya.recommendations.models import Group, Recommendation
from tawsiya.recommendations.queries import confirmed_members

Members = list[Recommendation]


def members_in_order(reader: Reader, group: Group) -> Members:
    """Return the confirmed members of a group in the order of their documents, texts fetched."""
    return list(
        confirmed_members(reader, group)
        .select_related("document", "parent__document")
        .prefetch_related("texts")
        .order_by("document__symbol", "sort_key", "pk")
    )


def _divided(members: Members, leave: set[int]) -> tuple[Members, Members]:
    return [m for m in members if m.pk not in leave], [m for m in members if m.pk in leave]


def members_to_assign(reader: Reader, group: Group) -> tuple[Members, Members]:
    """Return the members that an assignment of the group reaches, and those that have one of their own."""
    members = members_in_order(reader, group)
    own = Assignment.objects.filter(recommendation__in=members, state__in=OPEN)
    return _divided(members, set(own.values_list("recommendation_id", flat=True)))


def members_without_status(reader: Reader, group: Group) -> tuple[Members, Members]:
    """Return the members that a status of the group reaches, and those that have one of their own."""
    members = members_in_order(reader, group)
    return _divided(members, {member.pk for member in members if member.status})


def members_to_write_on(reader: Reader, group: Group, institution_id: int) -> tuple[Members, Members]:
    """Return the members on which an institution can begin a contribution now, and the others.

    It accepted the member or its paragraph, and has nothing under way on it.
    """
    members = members_in_order(reader, group)
    under_way = set(
        Contribution.objects.filter(recommendation__in=members, institution_id=institution_id)
        .exclude(state=ContributionState.VALIDATED)
        .values_list("recommendation_id", flat=True)
    )
    barred = {
        member.pk
        for member in members
        if member.pk in under_way or not may_contribute(reader, institution_id, accepted_on(member))
    }
    return _divided(members, barred)


def writing_institutions(reader: Reader, group: Group) -> list[int]:
    """Return the institutions in whose name a reader can write on one member of a group at least."""
    accepted: set[int] = set()
    for member in members_in_order(reader, group):
        accepted |= {pk for pk in accepted_on(member) if may_contribute(reader, pk, [pk])}
    return sorted(accepted)


def written_together(
    reader: Reader, contribution: Contribution, seen: Sequence[Contribution]
) -> list[Contribution]:
    """Return the contributions written with one for its group that stand as it does, of those seen."""
    if contribution.written_for_id is None:
        return []
    return [
        row
        for row in seen
        if row.pk != contribution.pk
        and row.written_for_id == contribution.written_for_id
        and row.institution_id == contribution.institution_id
        and row.created_at == contribution.created_at
        and row.state == contribution.state
    ]
