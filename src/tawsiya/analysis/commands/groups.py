"""Decide on groups: confirm, reject, add, name, split, merge, dissolve. Nothing that was decided is lost."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.analysis.models import KeptApart
from tawsiya.analysis.titles import title_of
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import Label, text_of
from tawsiya.recommendations.choices import GroupState, Kind, MemberState
from tawsiya.recommendations.models import Group, GroupMember, Recommendation
from tawsiya.recommendations.permissions import may_group

UNDECIDED = (MemberState.PROPOSED, MemberState.NEAR)


def confirm_members(
    *, group: Group, items: Iterable[int], by: Reader, seen_version: int | None = None
) -> Group:
    """Confirm proposed or near members; the first confirmation confirms the group.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: nothing chosen, the group is dissolved, or a new group would have one member only.
        StaleData: the group changed since `seen_version`.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, seen_version)
        chosen = _chosen(group, items, (*UNDECIDED, MemberState.REJECTED))
        if group.state == GroupState.PROPOSED and len(chosen) < 2:
            raise RuleViolated(_("A group has two members at least."))
        if group.state == GroupState.PROPOSED:
            group.state = GroupState.CONFIRMED
            group.decided_by_id, group.decided_at = actor.user_id, clock.now()
            with audit.change("group.confirmed", by=actor, subject=group, state=group.state):
                group.save(update_fields=["state", "decided_by", "decided_at"])
        for place in chosen:
            _join(group, place.recommendation, actor)
    return group


def reject_members(
    *, group: Group, items: Iterable[int], by: Reader, seen_version: int | None = None
) -> Group:
    """Say that recommendations do not belong: they are never proposed for this group again.

    Confirmed members leave it. What institutions wrote, and who has them, stays with each of them.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: nothing chosen, or the group is dissolved.
        StaleData: the group changed since `seen_version`.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, seen_version)
        chosen = _chosen(group, items, (*UNDECIDED, MemberState.CONFIRMED))
        others = _staying(group, chosen)
        for place in chosen:
            _part(group, place, others, actor)
        _close_if_empty(group, actor)
    return group


def add_members(*, group: Group, items: Sequence[Recommendation], by: Reader) -> Group:
    """Add recommendations that were not proposed. One that stands in another group leaves it for this one.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: nothing chosen, the group is dissolved or not confirmed, or a record that is no
            recommendation, is withdrawn, or is told by its lettered parts.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, None)
        if group.state != GroupState.CONFIRMED:
            raise RuleViolated(_("Confirm the group first."))
        if not items:
            raise RuleViolated(_("Choose at least one recommendation."))
        for item in items:
            if item.kind != Kind.RECOMMENDATION or item.withdrawn_at is not None or item.parts.exists():
                raise RuleViolated(_("%(item)s cannot stand in a group.") % {"item": item})
            _join(group, item, actor)
    return group


def rename_group(*, group: Group, names: Label, by: Reader, seen_version: int | None = None) -> Group:
    """Give a confirmed group its title, per language.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: no title, a language that the system does not know, or a group that is not confirmed.
        StaleData: the group changed since `seen_version`.
    """
    names = {language: name.strip() for language, name in names.items() if name.strip()}
    with transaction.atomic():
        group, actor = _locked(group, by, seen_version)
        if not names or names.keys() - dict(settings.LANGUAGES).keys():
            raise RuleViolated(_("Write a title in one language at least."))
        if group.state != GroupState.CONFIRMED:
            raise RuleViolated(_("Confirm the group first."))
        if names == group.names:
            return group
        with audit.change("group.renamed", by=actor, subject=group, state=group.state) as event:
            event.before, event.after = {"names": group.names}, {"names": names}
            group.names = names
            group.version += 1
            group.save(update_fields=["names", "version"])
    return group


def split_group(*, group: Group, items: Iterable[int], by: Reader, seen_version: int | None = None) -> Group:
    """Make another confirmed group of some members; returns it. The two are never proposed as one again.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: nothing chosen, everything chosen, or the group is not confirmed.
        StaleData: the group changed since `seen_version`.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, seen_version)
        chosen = _chosen(group, items, (MemberState.CONFIRMED,))
        staying = _staying(group, chosen)
        if not staying:
            raise RuleViolated(_("Leave one member at least in the group."))
        now = clock.now()
        made = Group(
            names=title_of([place.recommendation for place in chosen]),
            state=GroupState.CONFIRMED,
            created_at=now,
            decided_at=now,
            decided_by_id=actor.user_id,
        )
        with audit.change("group.split", by=actor, state=GroupState.CONFIRMED.value) as event:
            made.save()
            event.subject, event.before = made, {"group": text_of(group.names), "group_id": group.pk}
        for place in chosen:
            _part(group, place, staying, actor)
            _join(made, place.recommendation, actor)
    return made


def merge_groups(*, group: Group, other: Group, by: Reader) -> Group:
    """Move every member of another group into this one and dissolve the other.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: a group with itself, or one of the two is not confirmed.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, None)
        if group.pk == other.pk:
            raise RuleViolated(_("Choose another group."))
        other, actor = _locked(other, by, None)
        if group.state != GroupState.CONFIRMED or other.state != GroupState.CONFIRMED:
            raise RuleViolated(_("Only confirmed groups are merged."))
        places = list(_places(other).filter(state=MemberState.CONFIRMED))
        ours = _standing(group)
        # Whoever merges two groups takes back that their members were parted.
        joined = [place.recommendation_id for place in places]
        with audit.change("group.merged", by=actor, subject=group, state=group.state) as event:
            event.before = {"group": text_of(other.names), "group_id": other.pk}
            KeptApart.objects.filter(first__in=ours, second__in=joined).delete()
            KeptApart.objects.filter(first__in=joined, second__in=ours).delete()
        for place in places:
            _join(group, place.recommendation, actor)
        _dissolve(other, actor)
    return group


def dissolve_group(*, group: Group, by: Reader, seen_version: int | None = None) -> Group:
    """Say that members of a group do not ask for the same thing: no two of them are proposed together again.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: it is dissolved already.
        StaleData: the group changed since `seen_version`.
    """
    with transaction.atomic():
        group, actor = _locked(group, by, seen_version)
        _dissolve(group, actor, combinations(_standing(group), 2))
    return group


def _locked(group: Group, by: Reader, seen_version: int | None) -> tuple[Group, Acting]:
    actor = acting(by, may_group(by))
    found = Group.objects.select_for_update().get(pk=group.pk)
    if found.state == GroupState.DISSOLVED:
        raise RuleViolated(_("This group was dissolved."))
    if seen_version is not None and found.version != seen_version:
        raise StaleData(_("This group changed meanwhile; look at it again before you decide."))
    return found, actor


def _places(group: Group) -> QuerySet[GroupMember]:
    return (
        GroupMember.objects.filter(group=group)
        .select_related("recommendation__document")
        .prefetch_related("recommendation__texts")
        .order_by("pk")
    )


def _standing(group: Group) -> list[int]:
    """Return who stands in a group: its confirmed members, or those of the proposal where it is one."""
    state = MemberState.PROPOSED if group.state == GroupState.PROPOSED else MemberState.CONFIRMED
    return list(_places(group).filter(state=state).values_list("recommendation_id", flat=True))


def _staying(group: Group, leaving: Sequence[GroupMember]) -> list[int]:
    gone = {place.recommendation_id for place in leaving}
    return [pk for pk in _standing(group) if pk not in gone]


def _chosen(group: Group, items: Iterable[int], states: Sequence[str]) -> list[GroupMember]:
    chosen = list(_places(group).filter(recommendation_id__in=list(items), state__in=states))
    if not chosen:
        raise RuleViolated(_("Choose at least one recommendation."))
    return chosen


def _bump(group: Group) -> None:
    group.version += 1
    group.save(update_fields=["version"])


def _join(group: Group, item: Recommendation, actor: Acting) -> None:
    """Make an item a confirmed member; it leaves any other group, and is parted from no member any more."""
    with audit.change(
        "group.joined", by=actor, subject=group, item_id=item.pk, state=GroupState.CONFIRMED.value
    ) as event:
        elsewhere = GroupMember.objects.filter(recommendation=item).exclude(group=group)
        elsewhere = elsewhere.exclude(state=MemberState.REJECTED)
        event.before = {"groups": sorted(elsewhere.values_list("group_id", flat=True))}
        elsewhere.delete()
        standing = _standing(group)
        KeptApart.objects.filter(
            Q(first=item, second__in=standing) | Q(second=item, first__in=standing)
        ).delete()
        GroupMember.objects.update_or_create(
            group=group,
            recommendation=item,
            defaults={
                "state": MemberState.CONFIRMED,
                "decided_by_id": actor.user_id,
                "decided_at": clock.now(),
            },
        )
        _bump(group)


def _part(group: Group, place: GroupMember, others: Sequence[int], actor: Acting) -> None:
    """Say that an item does not belong, and part it from those who stay."""
    left = place.state == MemberState.CONFIRMED
    with audit.change(
        "group.left" if left else "group.rejected",
        by=actor,
        subject=group,
        item_id=place.recommendation_id,
        state=GroupState.CONFIRMED.value if left else MemberState.REJECTED.value,
    ):
        place.state = MemberState.REJECTED
        place.decided_by_id, place.decided_at = actor.user_id, clock.now()
        place.save(update_fields=["state", "decided_by", "decided_at"])
        _keep_apart([(place.recommendation_id, other) for other in others], actor)
        _bump(group)


def _keep_apart(pairs: Iterable[tuple[int, int]], actor: Acting) -> None:
    KeptApart.objects.bulk_create(
        (
            KeptApart(
                first_id=min(pair), second_id=max(pair), decided_by_id=actor.user_id, decided_at=clock.now()
            )
            for pair in pairs
        ),
        ignore_conflicts=True,
    )


def _dissolve(group: Group, actor: Acting, apart: Iterable[tuple[int, int]] = ()) -> None:
    """Close a group; its members are free again, its decisions stay in the history."""
    with audit.change("group.dissolved", by=actor, subject=group, state=GroupState.DISSOLVED.value) as event:
        places = GroupMember.objects.filter(group=group).exclude(state=MemberState.REJECTED)
        event.before = {"members": sorted(places.values_list("recommendation_id", flat=True))}
        places.delete()
        _keep_apart(apart, actor)
        group.state = GroupState.DISSOLVED
        group.decided_by_id, group.decided_at = actor.user_id, clock.now()
        group.version += 1
        group.save(update_fields=["state", "decided_by", "decided_at", "version"])


def _close_if_empty(group: Group, actor: Acting) -> None:
    least = 2 if group.state == GroupState.PROPOSED else 1
    if len(_standing(group)) < least:
        _dissolve(group, actor)
