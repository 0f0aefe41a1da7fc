"""Write measures: all that belongs to one is saved together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import Label
from tawsiya.programme.choices import Reach
from tawsiya.programme.commands.programmes import locked, sort_key_of, written
from tawsiya.programme.models import (
    BudgetLine,
    Legislation,
    Measure,
    MeasureAnswer,
    MeasureInstitution,
    MeasureWait,
    Milestone,
    Node,
    Version,
)
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation


@dataclass(frozen=True)
class MilestoneFacts:
    """A step; `key` None for a new one. `waits_for`: keys of milestones that come first."""

    titles: Label
    due_on: date
    key: UUID | None = None
    waits_for: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class BudgetFacts:
    """An amount for a year; `currency` by ISO 4217."""

    year: int
    kind: str
    amount: Decimal
    currency: str
    source: str


@dataclass(frozen=True)
class LawFacts:
    """A text of law that a measure needs, and how far it is since when; `key` None for a new one."""

    kind: str
    titles: Label
    number: str = ""
    stage: str = "prepared"
    stage_since: date | None = None
    key: UUID | None = None


@dataclass(frozen=True)
class Content:
    """All that a measure says; see the fields of `Measure`."""

    node: Node
    code: str
    titles: Label
    descriptions: Label = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    reach: str = Reach.NATIONAL.value
    places: tuple[str, ...] = ()
    risks: str = ""
    targets: tuple[str, ...] = ()
    lead: Institution | None = None
    supporting: tuple[Institution, ...] = ()
    answers: tuple[Recommendation, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    budget: tuple[BudgetFacts, ...] = ()
    legislation: tuple[LawFacts, ...] = ()
    waits_for: tuple[Measure, ...] = ()
    key: UUID | None = None  # of a new measure, where a file gives one


def save_measure(
    *,
    version: Version,
    content: Content,
    by: Reader,
    measure: Measure | None = None,
    seen_version: int | None = None,
) -> Measure:
    """Add a measure to a draft, or change one, with all that belongs to it.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: no title, a number taken, an axis of another version, an end before the start,
            an institution that both leads and supports, or measures or milestones that wait for each other
            in a ring.
        StaleData: the measure changed since `seen_version`.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        if measure is not None and seen_version is not None and measure.row_version != seen_version:
            raise StaleData(_("This measure changed meanwhile; look at it again."))
        titles = _checked(version, content, measure)
        code = "measure.changed" if measure else "measure.created"
        with audit.change(code, by=actor, state=version.state) as event:
            event.before = summary(measure) if measure else {}
            row = measure or Measure(version=version, key=content.key or uuid4())
            _fill(row, content, titles)
            row.save()
            _replace_parts(row, content)
            event.subject, event.after = row, summary(row)
            event.institution_id = content.lead.pk if content.lead else None
    return row


def remove_measure(*, measure: Measure, by: Reader) -> None:
    """Take a measure out of a draft; the history keeps what it was.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: another measure waits for it or for one of its milestones, or it was commented on.
    """
    with transaction.atomic():
        version = locked(measure.version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        if measure.comments.exists():
            raise RuleViolated(_("It was commented on in consultation, and comments are kept."))
        keys = [row.key for row in measure.milestones.all()]
        waiting = Milestone.objects.filter(measure__version=version, waits_for__overlap=keys)
        if waiting.exclude(measure=measure).exists():
            raise RuleViolated(_("Another measure waits for one of its milestones."))
        if measure.awaited_by.exists():
            raise RuleViolated(_("Another measure waits for it."))
        with audit.change("measure.removed", by=actor, subject=version, state=version.state) as event:
            event.before = summary(measure)
            event.after = {"measure": measure.titles}
            for part in (
                Milestone,
                BudgetLine,
                Legislation,
                MeasureAnswer,
                MeasureInstitution,
                MeasureWait,
            ):
                part.objects.filter(measure=measure).delete()
            measure.delete()


def answer_with(*, measure: Measure, recommendations: Iterable[Recommendation], by: Reader) -> int:
    """Make a measure of a draft answer more recommendations. Returns how many were new.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
    """
    with transaction.atomic():
        version = locked(measure.version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        held = set(measure.answers.values_list("recommendation_id", flat=True))
        new = [item for item in recommendations if item.pk not in held]
        if not new:
            return 0
        with audit.change("measure.changed", by=actor, subject=measure, state=version.state) as event:
            event.before = summary(measure)
            MeasureAnswer.objects.bulk_create(
                MeasureAnswer(measure=measure, recommendation=item) for item in new
            )
            measure.row_version += 1
            measure.save(update_fields=["row_version"])
            event.after = summary(measure)
    return len(new)


def _checked(version: Version, content: Content, measure: Measure | None) -> Label:
    if content.node.version_id != version.pk:
        raise RuleViolated(_("This axis belongs to another version."))
    others = Measure.objects.filter(version=version, code=content.code)
    if (others.exclude(pk=measure.pk) if measure else others).exists():
        raise RuleViolated(_("This number is taken."))
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        raise RuleViolated(_("The end comes before the start."))
    if content.lead and content.lead in content.supporting:
        raise RuleViolated(_("An institution either leads or supports, not both."))
    _refuse_rings(version, content.milestones, measure)
    _refuse_rings_of_measures(version, content.waits_for, measure)
    return written(content.titles)


def _refuse_rings(version: Version, milestones: Sequence[MilestoneFacts], measure: Measure | None) -> None:
    """Refuse milestones that wait, over others, for themselves."""
    rows = Milestone.objects.filter(measure__version=version)
    if measure:
        rows = rows.exclude(measure=measure)
    waits: dict[UUID, Sequence[UUID]] = dict(rows.values_list("key", "waits_for"))
    waits |= {row.key: row.waits_for for row in milestones if row.key}
    for start in [row.key for row in milestones if row.key]:
        seen, waiting = set[UUID](), list(waits[start])
        while waiting:
            key = waiting.pop()
            if key == start:
                raise RuleViolated(_("Milestones cannot wait for each other in a ring."))
            if key not in seen:
                seen.add(key)
                waiting += waits.get(key, ())


def _refuse_rings_of_measures(
    version: Version, waits_for: Sequence[Measure], measure: Measure | None
) -> None:
    """Refuse measures that wait, over others, for themselves, and for one of another version."""
    if any(other.version_id != version.pk for other in waits_for):
        raise RuleViolated(_("A measure waits for measures of its own version."))
    if measure is None:
        return  # nothing waits for it yet
    ahead: dict[int, list[int]] = {}
    for first, second in MeasureWait.objects.filter(measure__version=version).values_list(
        "measure_id", "waits_for_id"
    ):
        ahead.setdefault(first, []).append(second)
    seen, waiting = set[int](), [other.pk for other in waits_for]
    while waiting:
        pk = waiting.pop()
        if pk == measure.pk:
            raise RuleViolated(_("Measures cannot wait for each other in a ring."))
        if pk not in seen:
            seen.add(pk)
            waiting += ahead.get(pk, ())


def _fill(row: Measure, content: Content, titles: Label) -> None:
    row.node, row.code, row.titles = content.node, content.code, titles
    row.sort_key = sort_key_of(content.code)
    row.descriptions = {code: text.strip() for code, text in content.descriptions.items() if text.strip()}
    row.starts_on, row.ends_on = content.starts_on, content.ends_on
    row.reach, row.risks = content.reach, content.risks.strip()
    row.places = [] if content.reach == Reach.NATIONAL else list(content.places)
    row.targets = sorted(set(content.targets))
    row.row_version = row.row_version + 1 if row.pk else 1


def _replace_parts(row: Measure, content: Content) -> None:
    for part in (BudgetLine, Legislation, MeasureAnswer, MeasureInstitution, MeasureWait):
        part.objects.filter(measure=row).delete()
    involved = [(content.lead, AccessLevel.LEAD)] if content.lead else []
    involved += [(institution, AccessLevel.SUPPORT) for institution in content.supporting]
    MeasureInstitution.objects.bulk_create(
        MeasureInstitution(measure=row, institution=institution, level=level)
        for institution, level in involved
    )
    MeasureAnswer.objects.bulk_create(
        MeasureAnswer(measure=row, recommendation=item) for item in dict.fromkeys(content.answers)
    )
    BudgetLine.objects.bulk_create(BudgetLine(measure=row, **vars(line)) for line in content.budget)
    Legislation.objects.bulk_create(
        Legislation(measure=row, **(vars(law) | {"key": law.key or uuid4()})) for law in content.legislation
    )
    MeasureWait.objects.bulk_create(
        MeasureWait(measure=row, waits_for=other) for other in dict.fromkeys(content.waits_for)
    )
    _replace_milestones(row, content.milestones)


def _replace_milestones(row: Measure, wanted: Sequence[MilestoneFacts]) -> None:
    """Keep the milestones whose key is still there, with what was reached; drop and add the others."""
    held = {one.key: one for one in row.milestones.all()}
    kept = {facts.key for facts in wanted}
    Milestone.objects.filter(measure=row).exclude(key__in=[key for key in kept if key]).delete()
    # Out of the way of the new order, which must be unique at every moment.
    for place, one in enumerate((one for key, one in held.items() if key in kept), start=1000):
        one.order = place
        one.save(update_fields=["order"])
    for order, facts in enumerate(wanted, start=1):
        known = held.get(facts.key) if facts.key else None
        one = known or Milestone(measure=row, key=facts.key or uuid4())
        one.order, one.titles, one.due_on = order, written(facts.titles), facts.due_on
        one.waits_for = list(facts.waits_for)
        one.save()


def summary(measure: Measure) -> dict[str, Any]:
    """Return what the history keeps of a measure: plain values by field."""
    return {
        "measure": measure.titles,
        "code": measure.code,
        "node": measure.node.code,
        "starts_on": str(measure.starts_on or ""),
        "ends_on": str(measure.ends_on or ""),
        "reach": measure.reach,
        "places": list(measure.places),
        "risks": measure.risks,
        "targets": list(measure.targets),
        "institutions": [
            f"{level}: {key}"
            for key, level in MeasureInstitution.objects.filter(measure=measure)
            .order_by("level", "institution__key")
            .values_list("institution__key", "level")
        ],
        "answers": sorted(
            MeasureAnswer.objects.filter(measure=measure).values_list("recommendation_id", flat=True)
        ),
        "waits_for": sorted(
            MeasureWait.objects.filter(measure=measure).values_list("waits_for__code", flat=True)
        ),
        "milestones": [
            f"{due} {key}"
            for key, due in Milestone.objects.filter(measure=measure)
            .order_by("order")
            .values_list("key", "due_on")
        ],
        "budget": [str(line) for line in BudgetLine.objects.filter(measure=measure)],
        "legislation": [f"{law.kind}: {law.stage}" for law in Legislation.objects.filter(measure=measure)],
    }
