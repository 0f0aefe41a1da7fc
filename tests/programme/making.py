"""What tests of programmes start from, made through the commands."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.measures import Content, MilestoneFacts, save_measure
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, save_node, sort_key_of
from tawsiya.programme.commands.versions import adopt, open_consultation
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
from tawsiya.recommendations.models import Recommendation
from tests import factories

ACT = date(2026, 1, 5)


def make_version(name: str = "Plan of Tamourt") -> Version:
    """Begin a programme with one axis, 1."""
    version = create_programme(names={"en": name}, by=factories.coordinator())
    save_node(version=version, facts=NodeFacts("1", {"en": "Justice"}), by=factories.coordinator())
    return version


def make_measure(
    version: Version,
    *,
    lead: Institution | None = None,
    code: str = "",
    title: str = "Train all judges on evidence",
    **more: Any,
) -> Measure:
    """Plan a measure under the version's first axis unless another `node` is given, with one milestone."""
    node = more.pop("node", None) or Node.objects.filter(version=version).order_by("sort_key").first()
    more.setdefault("milestones", (MilestoneFacts({"en": "First course held"}, date(2027, 3, 1)),))
    content = Content(
        node=node,
        code=code or f"1.{version.measures.count() + 1}",
        titles={"en": title},
        lead=lead,
        **more,
    )
    return save_measure(version=version, content=content, by=factories.coordinator())


def consult(version: Version, *audiences: Audience, closes_in: int = 10) -> Version:
    """Open a version to consultation since yesterday."""
    now = clock.now()
    open_consultation(
        version=version,
        audiences=list(audiences or Audience),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=closes_in),
        by=factories.coordinator(),
    )
    version.refresh_from_db()
    return version


def adopted(version: Version) -> Version:
    """Adopt a version by decree 2-26-1."""
    return adopt(version=version, act_number="2-26-1", act_date=ACT, by=factories.coordinator())


def focal(institution: Institution) -> Any:
    """Return a reader who writes for an institution."""
    return factories.reader_in(institution, Role.FOCAL_POINT)


def validator(institution: Institution) -> Any:
    """Return a reader who approves for an institution."""
    return factories.reader_in(institution, Role.VALIDATOR)


def fill(version: Version, measures: int, *, lead: Institution | None = None) -> list[Measure]:
    """Put many measures under the first axis by bulk, each with two milestones and all that belongs to one.

    Every tenth waits for the one before it; dates run over five years from 2025.
    """
    node = Node.objects.filter(version=version).order_by("sort_key")[0]
    item = Recommendation.objects.order_by("pk").first()
    with audit.change("measure.changed", by=audit.SYSTEM):
        rows = Measure.objects.bulk_create(
            Measure(
                version=version,
                key=uuid4(),
                node=node,
                code=f"9.{number}",
                sort_key=sort_key_of(f"9.{number}"),
                titles=dict.fromkeys(("ar", "fr", "en"), f"Measure {number} of the plan"),
                starts_on=date(2025, 1, 1) + timedelta(days=number % 700),
                ends_on=date(2027, 1, 1) + timedelta(days=7 * (number % 150)),
            )
            for number in range(measures)
        )
        Milestone.objects.bulk_create(
            Milestone(
                measure=row,
                key=uuid4(),
                order=order,
                titles={"en": f"Step {order}"},
                due_on=date(2026, 1, 1) + timedelta(days=300 * order),
            )
            for row in rows
            for order in (1, 2)
        )
        MeasureWait.objects.bulk_create(
            MeasureWait(measure=rows[number], waits_for=rows[number - 1])
            for number in range(10, measures, 10)
        )
        BudgetLine.objects.bulk_create(
            BudgetLine(measure=row, year=2027, kind="planned", amount=1000, currency="MAD", source="State")
            for row in rows
        )
        Legislation.objects.bulk_create(
            Legislation(measure=row, kind="law", titles={"en": "Law"}, stage="government") for row in rows
        )
        if lead:
            MeasureInstitution.objects.bulk_create(
                MeasureInstitution(measure=row, institution=lead, level="lead") for row in rows
            )
        if item:
            MeasureAnswer.objects.bulk_create(MeasureAnswer(measure=row, recommendation=item) for row in rows)
    return rows
