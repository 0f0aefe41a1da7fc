"""What the rule in force makes of recommendations, and what another version would make of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from tawsiya.accounts.reader import Reader
from tawsiya.core import clock
from tawsiya.followup.choices import RuleState
from tawsiya.followup.models import AssessmentRule
from tawsiya.followup.rule.facts import Facts, facts_of
from tawsiya.followup.rule.tree import Content, Derivation, derive
from tawsiya.followup.visibility.rules import rules_visible_to, sees_proposals
from tawsiya.recommendations.choices import Kind
from tawsiya.recommendations.models import Recommendation


def rules_for(reader: Reader) -> QuerySet[AssessmentRule]:
    """Return the versions of the rule a reader sees, the newest first."""
    return AssessmentRule.objects.filter(rules_visible_to(reader)).order_by("-number")


def rule_in_force() -> AssessmentRule | None:
    """Return the rule that holds today, None before the first is published."""
    today = timezone.localdate(clock.now())
    published = AssessmentRule.objects.filter(state=RuleState.PUBLISHED, in_force_from__lte=today)
    return published.order_by("-in_force_from", "-number").first()


@dataclass(frozen=True)
class Proposal:
    """The rule and what it makes of one recommendation."""

    rule: AssessmentRule
    derivation: Derivation


def proposal_on(item: Recommendation) -> Proposal | None:
    """Return what the rule in force makes of a recommendation now; None where none judges it.

    For commands; pages go through `proposal_for`.
    """
    rule = rule_in_force()
    if rule is None or item.withdrawn_at is not None or item.kind != Kind.RECOMMENDATION:
        return None
    return Proposal(rule, derive(rule.content, item.position, facts_of([item.pk])[item.pk]))


def proposal_for(reader: Reader, item: Recommendation) -> Proposal | None:
    """Return `proposal_on` for the delegation, None for everybody else."""
    return proposal_on(item) if sees_proposals(reader) else None


@dataclass(frozen=True)
class Proposed:
    """A recommendation beside what is proposed for it: by the rule in force, and by another version."""

    item: Recommendation
    now: str
    then: str


def _judged() -> list[Recommendation]:
    rows = Recommendation.objects.filter(kind=Kind.RECOMMENDATION, withdrawn_at=None)
    return list(rows.select_related("document").order_by("document__symbol", "sort_key", "pk"))


def _with_texts(rows: list[Proposed]) -> list[Proposed]:
    """Return the rows with the texts of their recommendations fetched: of those alone that are shown."""
    prefetch_related_objects([row.item for row in rows], "texts")
    return rows


def _statuses(content: Content | None, items: Iterable[Recommendation], facts: dict[int, Facts]) -> list[str]:
    return [derive(content, one.position, facts[one.pk]).status if content else "" for one in items]


def changes_by(reader: Reader, rule: AssessmentRule) -> Sequence[Proposed]:
    """Return the recommendations for which a version proposes another status than the rule in force.

    Nothing for readers outside the delegation: proposals are not theirs to see.
    """
    if not sees_proposals(reader):
        return []
    items, current = _judged(), rule_in_force()
    facts = facts_of([one.pk for one in items])
    now = _statuses(current.content if current else None, items, facts)
    then = _statuses(rule.content, items, facts)
    return _with_texts([Proposed(*row) for row in zip(items, now, then, strict=True) if row[1] != row[2]])


def differing(reader: Reader) -> Sequence[Proposed]:
    """Return the recommendations whose confirmed status is not what the rule in force proposes.

    `now` is the confirmed status, `then` the proposed one; where the record allows no status, nothing
    differs.
    """
    rule = rule_in_force()
    if rule is None or not sees_proposals(reader):
        return []
    items = _judged()
    facts = facts_of([one.pk for one in items])
    proposed = _statuses(rule.content, items, facts)
    return _with_texts(
        [
            Proposed(one, one.status, status)
            for one, status in zip(items, proposed, strict=True)
            if status and status != one.status
        ]
    )
