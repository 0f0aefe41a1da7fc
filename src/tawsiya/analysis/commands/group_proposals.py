"""Compute the proposals of groups again: what people decided is never touched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.group_proposals import Proposal, learn_from, plan
from tawsiya.analysis.models import GroupModel
from tawsiya.analysis.queries.group_material import (
    Decisions,
    decisions,
    groupable,
    learnt_weights,
    old_proposals,
    reading_of,
)
from tawsiya.analysis.similar import Reading
from tawsiya.analysis.similar.model import Model, load_model, model_of
from tawsiya.analysis.titles import title_of
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.recommendations.choices import GroupState, MemberState
from tawsiya.recommendations.models import Group, GroupMember, Recommendation
from tawsiya.recommendations.permissions import may_group

# One computation at a time.
LOCK = 7203654

States = dict[int, tuple[str, float]]


@dataclass(frozen=True)
class Outcome:
    """What a computation found: proposals that stand now."""

    new_groups: int
    newcomers: int
    near: int


def propose_groups(*, by: Reader | None = None) -> Outcome:
    """Look again for recommendations that ask for the same thing, and write what changed.

    Args:
        by: the person who asked for it; the system itself in a job.

    Raises:
        PermissionRefused: `by` does not decide on groups.
    """
    actor: audit.Actor = acting(by, may_group(by)) if by is not None else audit.SYSTEM
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        items = groupable()
        decided = decisions()
        ids, readings = [item.pk for item in items], [reading_of(item) for item in items]
        model = _learnt(decided, ids, readings)
        proposals = plan(decided, ids, readings, model or _current()) if items else []
        by_id = {item.pk: item for item in items}
        before = old_proposals()
        changes = _changes(proposals, before, decided)
        outcome = Outcome(
            sum(1 for proposal in proposals if proposal.group is None),
            sum(len(proposal.members) for proposal in proposals if proposal.group is not None),
            sum(len(proposal.near) for proposal in proposals),
        )
        if changes or model is not None:
            with audit.change("groups.proposed", by=actor) as event:
                event.after = vars(outcome)
                if model is not None:
                    _keep(model, decided)
                _write(changes, by_id)
    return outcome


def _learnt(decided: Decisions, ids: Sequence[int], readings: Sequence[Reading]) -> Model | None:
    """Return new weights where people decided something since the last ones; None where not."""
    if GroupModel.objects.filter(fingerprint=decided.fingerprint()).exists():
        return None
    return learn_from(decided, ids, readings, load_model())


def _current() -> Model:
    stored = learnt_weights()
    return model_of(stored) if stored else load_model()


def _keep(model: Model, decided: Decisions) -> None:
    GroupModel.objects.create(
        weights=json.loads(model.to_json()),
        fingerprint=decided.fingerprint(),
        pairs=model.about.get("pairs", 0),
        made_at=clock.now(),
    )


@dataclass(frozen=True)
class _Change:
    """What a group's proposals become; `group` None makes a new group."""

    group: int | None
    states: States


def _changes(
    proposals: Sequence[Proposal], before: Mapping[int, Mapping[int, str]], decided: Decisions
) -> list[_Change]:
    """Return what differs from the proposals that stand; a new group takes over the old one most like it."""
    confirmed = set(Group.objects.filter(state=GroupState.CONFIRMED).values_list("pk", flat=True))
    reusable = {pk: set(_members(states)) for pk, states in before.items() if pk not in confirmed}
    wanted: dict[int, States] = {pk: {} for pk in before}
    made: list[_Change] = []
    for proposal in sorted(proposals, key=lambda proposal: -len(proposal.members)):
        states = {pk: (MemberState.PROPOSED.value, score) for pk, score in proposal.members.items()}
        states |= {pk: (MemberState.NEAR.value, score) for pk, score in proposal.near.items()}
        group = proposal.group
        if group is None:
            group = max(reusable, key=lambda pk: len(reusable[pk] & proposal.members.keys()), default=None)
            if group is not None and len(reusable[group] & proposal.members.keys()) > 0:
                del reusable[group]
            else:
                group = None
        if group is None:
            made.append(_Change(None, states))
        else:
            wanted[group] = {pk: row for pk, row in states.items() if (group, pk) not in decided.rejected}
    kept = [
        _Change(group, states)
        for group, states in wanted.items()
        if {pk: state for pk, (state, _score) in states.items()} != dict(before.get(group, {}))
    ]
    return [*kept, *made]


def _members(states: Mapping[int, str]) -> list[int]:
    return [pk for pk, state in states.items() if state == MemberState.PROPOSED]


def _write(changes: Sequence[_Change], items: Mapping[int, Recommendation]) -> None:
    """Take the old proposals of the changed groups away, then write the new ones."""
    undecided = GroupMember.objects.filter(state__in=[MemberState.PROPOSED, MemberState.NEAR])
    changed = [change.group for change in changes if change.group is not None]
    undecided.filter(group_id__in=changed).delete()
    rows = []
    for change in changes:
        names = title_of([items[pk] for pk, (state, _score) in change.states.items() if state == "proposed"])
        group_id = change.group
        if group_id is None:
            group_id = Group.objects.create(names=names, created_at=clock.now()).pk
        elif change.states:
            Group.objects.filter(pk=group_id, state=GroupState.PROPOSED).update(names=names)
        rows += [
            GroupMember(group_id=group_id, recommendation_id=pk, state=state, score=score)
            for pk, (state, score) in change.states.items()
        ]
    GroupMember.objects.bulk_create(rows)
    Group.objects.filter(state=GroupState.PROPOSED, members=None).delete()
