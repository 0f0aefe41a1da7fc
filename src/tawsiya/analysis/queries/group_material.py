"""What the proposal of groups works on: every recommendation that can be grouped, and what people decided."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from tawsiya.analysis.models import GroupModel, KeptApart
from tawsiya.analysis.similar import Reading, read
from tawsiya.core.text.types import LANGUAGES, Language
from tawsiya.recommendations.choices import GroupState, Kind, MemberState
from tawsiya.recommendations.models import GroupMember, Recommendation, RecommendationText

# The language that is read where a text exists in several: the one in which the comparison is surest.
PREFERRED: tuple[Language, ...] = ("fr", "en", "ar")

Pair = tuple[int, int]


@dataclass
class Decisions:
    """What people decided, by ids of recommendations.

    Attributes:
        groups: confirmed groups and their members.
        rejected: group and recommendation that a person parted.
        apart: pairs that a person parted.
    """

    groups: dict[int, list[int]] = field(default_factory=dict)
    rejected: set[Pair] = field(default_factory=set)
    apart: set[Pair] = field(default_factory=set)

    def fingerprint(self) -> str:
        """Return a name of these decisions: the same for the same."""
        told = [sorted(sorted(members) for members in self.groups.values()), sorted(self.apart)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def groupable() -> list[Recommendation]:
    """Return what can stand in a group: lettered parts in place of their paragraphs."""
    texts = Prefetch("texts", RecommendationText.objects.order_by("language"))
    rows = (
        Recommendation.objects.filter(kind=Kind.RECOMMENDATION, withdrawn_at=None, parts=None)
        .prefetch_related(texts)
        .order_by("pk")
    )
    return [row for row in rows if row.texts.all()]


def text_for_reading(item: Recommendation, wanted: Sequence[str] = PREFERRED) -> tuple[str, Language | None]:
    """Return the text of an item that is compared, with its language where the analysis knows it.

    Args:
        wanted: languages, the one to read first at the beginning (prefetch `texts`).
    """
    by_language = {row.language: row.text for row in item.texts.all()}
    for language in (*wanted, *PREFERRED):
        if language in by_language and language in LANGUAGES:
            return by_language[language], language
    return next(iter(by_language.values()), ""), None


def reading_of(item: Recommendation, wanted: Sequence[str] = PREFERRED) -> Reading:
    """Return an item as the comparison sees it (prefetch `texts`)."""
    return read(*text_for_reading(item, wanted))


def decisions() -> Decisions:
    """Return everything that people decided about groups."""
    found = Decisions()
    members = defaultdict(list)
    for group_id, item_id, state in GroupMember.objects.filter(
        state__in=[MemberState.CONFIRMED, MemberState.REJECTED]
    ).values_list("group_id", "recommendation_id", "state"):
        if state == MemberState.REJECTED:
            found.rejected.add((group_id, item_id))
        else:
            members[group_id].append(item_id)
    found.groups = dict(members)
    found.apart = set(KeptApart.objects.values_list("first_id", "second_id"))
    return found


def learnt_weights() -> dict[str, Any] | None:
    """Return the latest weights learnt from what was confirmed here; None before there are any."""
    row = GroupModel.objects.first()
    return row.weights if row else None


def old_proposals() -> dict[int, dict[int, str]]:
    """Return what is proposed now: by group, the state of each recommendation that nobody decided on."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = GroupMember.objects.filter(
        state__in=[MemberState.PROPOSED, MemberState.NEAR],
        group__state__in=[GroupState.PROPOSED, GroupState.CONFIRMED],
    )
    for group_id, item_id, state in rows.values_list("group_id", "recommendation_id", "state"):
        found[group_id][item_id] = state
    return dict(found)
