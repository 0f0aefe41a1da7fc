"""What would be proposed now: pure planning, from readings and decisions; nothing is written here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tawsiya.analysis.queries.group_material import Decisions
from tawsiya.analysis.similar import Reading
from tawsiya.analysis.similar.grouping import Similarity
from tawsiya.analysis.similar.learning import refit
from tawsiya.analysis.similar.model import Model

# A near miss is at least this likely; a group shows this many.
NEAR, NEAREST = 0.25, 6
# Decided pairs without which the shipped weights stay as they are.
ENOUGH_PAIRS = 20
# How far decided pairs may move them: a few hundred pairs count like the prior.
TRUST = 0.05

Pair = tuple[int, int]


@dataclass
class Proposal:
    """Members for one group, by id of the recommendation, each with its score.

    Attributes:
        group: the confirmed group that they would join; none for a new one.
    """

    group: int | None
    members: dict[int, float] = field(default_factory=dict)
    near: dict[int, float] = field(default_factory=dict)


def learn_from(
    decided: Decisions, ids: Sequence[int], readings: Sequence[Reading], start: Model
) -> Model | None:
    """Return weights learnt from decided pairs, held near `start`; None where there are too few."""
    place = {pk: number for number, pk in enumerate(ids)}
    same: list[Pair] = []
    different = [(place[a], place[b]) for a, b in decided.apart if a in place and b in place]
    standing = [[place[pk] for pk in members if pk in place] for members in decided.groups.values()]
    for members in standing:
        same += [(a, b) for number, a in enumerate(members) for b in members[:number]]
    # Groups that people confirmed side by side ask for different things: one pair of each two says so.
    firsts = [members[0] for members in standing if members]
    different += [(a, b) for number, a in enumerate(firsts) for b in firsts[:number]]
    if len(same) + len(decided.apart) < ENOUGH_PAIRS or not same or not different:
        return None
    pairs = np.array([*same, *different])
    features = Similarity(readings, start).features.pairs(pairs[:, 0], pairs[:, 1])
    truth = np.array([True] * len(same) + [False] * len(different))
    return refit(features, truth, start=start, trust=TRUST, version=f"{start.version}+")


def plan(decided: Decisions, ids: Sequence[int], readings: Sequence[Reading], model: Model) -> list[Proposal]:
    """Return what to propose; never a decided member, nor a pair that a person parted.

    Args:
        ids: of the recommendations, in the order of their readings.
    """
    similarity = Similarity(readings, model)
    planner = _Planner(decided, ids, similarity)
    joined = planner.newcomers()
    taken = {pk for proposal in joined for pk in proposal.members}
    made = planner.new_groups(taken)
    taken |= {pk for proposal in made for pk in proposal.members}
    planner.near_misses([*joined, *made], taken)
    return [proposal for proposal in [*joined, *made] if proposal.members or proposal.near]


class _Planner:
    def __init__(self, decided: Decisions, ids: Sequence[int], similarity: Similarity) -> None:
        self.decided, self.ids, self.similarity = decided, ids, similarity
        self.place = {pk: number for number, pk in enumerate(ids)}
        confirmed = {pk for members in decided.groups.values() for pk in members}
        self.free = [pk for pk in ids if pk not in confirmed]
        self.parted = defaultdict[int, set[int]](set)
        for first, second in decided.apart:
            self.parted[first].add(second)
            self.parted[second].add(first)

    def newcomers(self) -> list[Proposal]:
        """Return the free recommendations that belong to a confirmed group."""
        proposals = {group: Proposal(group) for group in self.decided.groups}
        for pk in self.free:
            group, score = self._best(pk, self.decided.groups)
            if group is not None and score >= 1 - self.similarity.distance:
                proposals[group].members[pk] = score
        return list(proposals.values())

    def new_groups(self, taken: set[int]) -> list[Proposal]:
        """Return new groups among the recommendations that are in none."""
        left = [pk for pk in self.free if pk not in taken]
        pairs = [
            (self.place[a], self.place[b])
            for a, b in self.decided.apart
            if a in self.place and b in self.place
        ]
        labels = self.similarity.groups(among=[self.place[pk] for pk in left], apart=pairs)
        clusters = defaultdict(list)
        for pk, label in zip(left, labels, strict=True):
            clusters[int(label)].append(pk)
        found = []
        for members in clusters.values():
            if len(members) > 1:
                scores = {pk: self._score(pk, [other for other in members if other != pk]) for pk in members}
                found.append(Proposal(None, scores))
        return found

    def near_misses(self, proposals: Sequence[Proposal], taken: set[int]) -> None:
        """Put each free recommendation that fell short beside the group it is most like."""
        standing = {
            number: [*self.decided.groups.get(proposal.group or 0, ()), *proposal.members]
            for number, proposal in enumerate(proposals)
        }
        group_of = {number: proposal.group for number, proposal in enumerate(proposals)}
        for pk in self.free:
            if pk in taken:
                continue
            number, score = self._best(pk, standing, group_of)
            if number is not None and score >= NEAR:
                proposals[number].near[pk] = score
        for proposal in proposals:
            kept = sorted(proposal.near.items(), key=lambda row: -row[1])[:NEAREST]
            proposal.near = dict(kept)

    def _best(
        self, pk: int, groups: Mapping[int, Sequence[int]], group_of: Mapping[int, int | None] | None = None
    ) -> tuple[int | None, float]:
        best, top = None, 0.0
        alike = {self.ids[place] for place, _chance in self.similarity.nearest(self.place[pk], 200)}
        for name, members in groups.items():
            group = name if group_of is None else group_of[name]
            if alike.isdisjoint(members) or not self.parted[pk].isdisjoint(members):
                continue
            if (group, pk) in self.decided.rejected:
                continue
            score = self._score(pk, members)
            if score > top:
                best, top = name, score
        return best, top

    def _score(self, pk: int, members: Sequence[int]) -> float:
        others = [self.place[member] for member in members if member in self.place]
        return round(self.similarity.to_group(self.place[pk], others), 4)
