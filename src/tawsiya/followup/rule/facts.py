"""What is recorded on recommendations, as the conditions of the rule read it.

What the delegation knows: validated contributions with their evidence, what adopted programmes say, the
indicators, and the statuses confirmed on the lettered parts.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from tawsiya.core import clock
from tawsiya.core.labels import Label
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.models import Contribution, Evidence, Reference
from tawsiya.programme.facts import MeasureFact, programme_facts
from tawsiya.programme.indicator_facts import IndicatorFact, indicator_facts
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access, Recommendation


@dataclass(frozen=True)
class ContributionFact:
    """The last validated contribution of an institution. `proposed` is a `Status` value or empty."""

    contribution_id: int
    institution: Label
    is_lead: bool
    proposed: str
    validated_on: date


@dataclass(frozen=True)
class EvidenceFact:
    """A piece of evidence of a validated contribution: a file, a link or a law (`kind`), and its mark.

    `evidence_id`: of the file; of anything else, of the contribution that names it.
    """

    evidence_id: int
    title: str
    kind: str
    mark: str


@dataclass(frozen=True)
class PartFact:
    """A lettered part and its confirmed status, empty where it has none."""

    item_id: int
    label: str
    status: str


@dataclass(frozen=True)
class Facts:
    """All that a rule may read of one recommendation."""

    today: date
    contributions: tuple[ContributionFact, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    parts: tuple[PartFact, ...] = ()


@dataclass
class _Gathered:
    contributions: dict[int, list[ContributionFact]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, list[EvidenceFact]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[int, list[PartFact]] = field(default_factory=lambda: defaultdict(list))


def facts_of(items: Collection[int]) -> dict[int, Facts]:
    """Return the facts of recommendations by their ids; a fixed number of queries for any number of them."""
    today = timezone.localdate(clock.now())
    gathered = _Gathered()
    _gather_contributions(items, gathered)
    _gather_evidence(items, gathered)
    for part in Recommendation.objects.filter(parent_id__in=items, withdrawn_at=None).order_by(
        "sort_key", "pk"
    ):
        gathered.parts[part.parent_id or 0].append(PartFact(part.pk, part.label, part.status))
    measures, indicators = programme_facts(items), indicator_facts(items)
    return {
        pk: Facts(
            today=today,
            contributions=tuple(gathered.contributions[pk]),
            evidence=tuple(gathered.evidence[pk]),
            measures=tuple(measures.get(pk, ())),
            indicators=tuple(indicators.get(pk, ())),
            parts=tuple(gathered.parts[pk]),
        )
        for pk in items
    }


def _gather_contributions(items: Collection[int], gathered: _Gathered) -> None:
    leads = set(
        Access.objects.filter(recommendation_id__in=items, level=AccessLevel.LEAD).values_list(
            "recommendation_id", "institution_id"
        )
    )
    # The last one of each institution holds; former ones are what it said then.
    rows = (
        Contribution.objects.filter(recommendation_id__in=items, state=ContributionState.VALIDATED)
        .order_by("recommendation_id", "institution_id", "-changed_at", "-pk")
        .distinct("recommendation_id", "institution_id")
        .values(
            "pk", "recommendation_id", "institution_id", "institution__names", "proposed_status", "changed_at"
        )
    )
    for row in rows:
        item, institution = row["recommendation_id"], row["institution_id"]
        gathered.contributions[item].append(
            ContributionFact(
                contribution_id=row["pk"],
                institution=row["institution__names"],
                is_lead=(item, institution) in leads,
                proposed=row["proposed_status"],
                validated_on=timezone.localdate(row["changed_at"]),
            )
        )


def _gather_evidence(items: Collection[int], gathered: _Gathered) -> None:
    rows = Evidence.objects.filter(
        contribution__recommendation_id__in=items,
        contribution__state=ContributionState.VALIDATED,
        removed_at=None,
    ).order_by("pk")
    for row in rows.values("pk", "title", "mark", "contribution__recommendation_id"):
        gathered.evidence[row["contribution__recommendation_id"]].append(
            EvidenceFact(row["pk"], row["title"], "file", row["mark"])
        )
    cited = Reference.objects.filter(
        contribution__recommendation_id__in=items,
        contribution__state=ContributionState.VALIDATED,
        removed_at=None,
    ).order_by("pk")
    for one in cited.values("contribution_id", "title", "kind", "mark", "contribution__recommendation_id"):
        gathered.evidence[one["contribution__recommendation_id"]].append(
            EvidenceFact(one["contribution_id"], one["title"], one["kind"], one["mark"])
        )
