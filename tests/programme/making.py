"""What tests of programmes start from, made through the commands."""

from datetime import date, timedelta
from typing import Any

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.core import clock
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.measures import Content, MilestoneFacts, save_measure
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, save_node
from tawsiya.programme.commands.versions import adopt, open_consultation
from tawsiya.programme.models import Measure, Node, Version
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
    """Plan a measure under the version's first axis, with one milestone."""
    more.setdefault("milestones", (MilestoneFacts({"en": "First course held"}, date(2027, 3, 1)),))
    content = Content(
        node=Node.objects.filter(version=version).order_by("sort_key").first(),  # type: ignore[arg-type]
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
