"""DOMAIN §9, the row of programmes: who sees a version and its measures, by hand."""

from datetime import timedelta

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to
from tawsiya.core import clock
from tawsiya.programme.choices import Audience, Progress
from tawsiya.programme.commands.measures import MilestoneFacts
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.versions import close_consultation, open_consultation
from tawsiya.programme.models import Version
from tawsiya.programme.queries import measures_for, reports_for, tree, versions_for
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db

# What each sees of two measures, of which "lead" has the first: in draft, in consultation, adopted.
SEEN = """
reader       draft  consulted  uninvited  adopted
coordinator  12     12         12         12
analyst      12     12         12         12
observer     12     12         12         12
admin        12     12         12         12
lead         1      12         12         12
support      1      12         12         12
other        -      12         12         12
nhri         -      12         -          12
civil        -      12         -          12
public       -      -          -          -
"""


def _cast() -> dict[str, Reader]:
    return {
        "coordinator": factories.coordinator(),
        "analyst": factories.reader_in(None, Role.ANALYST),
        "observer": factories.reader_in(None, Role.OBSERVER),
        "admin": factories.reader_in(None, Role.ADMINISTRATOR),
        "nhri": factories.reader_in(None, Role.NHRI),
        "civil": factories.reader_in(None, Role.CIVIL_SOCIETY),
        "public": PUBLIC,
    }


def _seen(reader: Reader, version: Version) -> str:
    codes = (
        "".join(row.code[-1] for row in measures_for(reader).filter(version=version).order_by("code")) or "-"
    )
    assert versions_for(reader).filter(pk=version.pk).exists() is (codes != "-")
    return codes


def test_the_row_of_programmes() -> None:
    head, *lines = [line.split() for line in SEEN.strip().splitlines()]
    lead, support, other = (factories.make_institution() for _ in range(3))
    cast = _cast() | {
        "lead": making.focal(lead),
        "support": making.focal(support),
        "other": making.validator(other),
    }
    version = making.make_version()
    making.make_measure(version, lead=lead, supporting=(support,))
    making.make_measure(version, lead=None)
    found: dict[str, list[str]] = {line[0]: [] for line in lines}

    def look() -> None:
        for name in found:
            found[name].append(_seen(cast[name], version))

    look()
    making.consult(version, Audience.NHRI, Audience.ORGANISATIONS)
    look()
    close_consultation(version=version, by=factories.coordinator())
    making.consult(version, Audience.SECTORS)
    look()
    making.adopted(version)
    look()
    assert [[name, *seen] for name, seen in found.items()] == lines
    assert head == ["reader", "draft", "consulted", "uninvited", "adopted"]


def test_outside_nothing_is_seen_before_the_consultation_opens() -> None:
    version = making.make_version()
    making.make_measure(version)
    tomorrow = clock.now() + timedelta(days=1)
    open_consultation(
        version=version,
        audiences=[Audience.NHRI],
        opens_at=tomorrow,
        closes_at=tomorrow + timedelta(days=9),
        by=factories.coordinator(),
    )
    nhri = factories.reader_in(None, Role.NHRI)
    assert not versions_for(nhri).exists()
    with clock.at(tomorrow + timedelta(hours=1)):
        assert versions_for(nhri).get() == version


def test_a_branch_without_an_own_measure_stays_hidden_in_a_draft() -> None:
    lead = factories.make_institution()
    version = making.make_version()
    making.make_measure(version, lead=lead)
    from tawsiya.programme.commands.programmes import NodeFacts, save_node

    save_node(version=version, facts=NodeFacts("2", {"en": "Secret axis"}), by=factories.coordinator())
    for reader, codes in ((making.focal(lead), ["1"]), (factories.coordinator(), ["1", "2"])):
        rows = measures_for(reader).filter(version=version)
        assert [row.node.code for row in tree(reader, version, rows, narrowed=False)] == codes


def test_a_report_stays_inside_until_it_is_approved() -> None:
    lead, support, other = (factories.make_institution() for _ in range(3))
    version = making.make_version()
    measure = making.make_measure(version, lead=lead, supporting=(support,))
    making.adopted(version)
    report = report_on_measure(
        measure=measure, content=ReportContent(Progress.UNDER_WAY, "Begun", "en"), by=making.focal(lead)
    )
    cast = _cast() | {
        "lead": making.focal(lead),
        "support": making.focal(support),
        "other": making.focal(other),
    }
    assert {name for name, reader in cast.items() if reports_for(reader).exists()} == {"lead"}
    act_on_report(report=report, action="approve", by=making.validator(lead))
    inside = {"lead", "support", "coordinator", "analyst", "observer", "admin"}
    assert {name for name, reader in cast.items() if reports_for(reader).exists()} == inside


def test_the_history_of_a_draft_stays_where_it_was() -> None:
    lead, other = factories.make_institution(), factories.make_institution()
    version = making.make_version()
    making.make_measure(version, lead=lead, milestones=(MilestoneFacts({"en": "A step"}, making.ACT),))
    making.adopted(version)

    def codes(reader: Reader) -> set[str]:
        rows = Event.objects.filter(visible_to(reader), subject_type__startswith="programme.")
        return set(rows.values_list("code", flat=True))

    assert codes(making.focal(lead)) == {"measure.created", "programme.adopted"}
    assert codes(making.focal(other)) == {"programme.adopted"}
    assert codes(factories.reader_in(None, Role.NHRI)) == {"programme.adopted"}
    assert codes(factories.coordinator()) == {
        "programme.created",
        "programme.node_saved",
        "measure.created",
        "programme.adopted",
    }
    assert codes(PUBLIC) == set()
