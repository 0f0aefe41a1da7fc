"""The pages of programmes and indicators ask the database as often for two hundred measures as for two."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.programme.commands.exchange import keep_file, name_columns
from tawsiya.programme.commands.value_requests import Asked, ask_for_values
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.models import (
    Indicator,
    IndicatorGoal,
    IndicatorMeasure,
    IndicatorValue,
    Measure,
    PlanFile,
    Version,
)
from tawsiya.reports.programme.content import programme_content
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator
from tests.queries import counted_anew

PAGES = {
    "programmes": "/en/programmes/",
    "version": "/en/programmes/versions/{version}/",
    "version as JSON": "/en/programmes/versions/{version}.json",
    "time line": "/en/programmes/versions/{version}/timeline/",
    "time line by institution": "/en/programmes/versions/{version}/timeline/?by=institution",
    "coverage": "/en/programmes/versions/{version}/coverage/",
    "compare": "/en/programmes/versions/{draft}/compare/",
    "file": "/en/programmes/files/{file}/",
    "workbook": "/en/programmes/versions/{version}/plan.xlsx",
    "documents": "/en/exports/programmes/{version}/documents/",
    "measure": "/en/programmes/measures/{measure}/",
    "measure form": "/en/programmes/measures/{drafted}/edit/",
    "indicators": "/en/indicators/",
    "indicators as JSON": "/en/indicators.json",
    "indicator": "/en/indicators/{indicator}/",
    "indicator by sex": "/en/indicators/{indicator}/?by=sex",
    "values": "/en/indicators/{indicator}/values/",
    "desk": "/en/indicators/requests/",
}
CONTENT = "what Word and PDF say"
SMALL, LARGE = (2, 2, 1), (200, 40, 10)
Counts = dict[str, int]


def _indicators(first: int, number: int, years: int, measures: list[Measure]) -> list[Indicator]:
    """Define indicators, each with a target, a measure it follows, and values in all and by sex since 2016."""
    home = factories.make_institution()
    person = factories.coordinator().user_id
    assert person is not None
    made = [make_indicator(home, code=f"EDU-{place}") for place in range(first, first + number)]
    with audit.change("indicator.values_recorded", by=audit.SYSTEM):
        IndicatorGoal.objects.bulk_create(
            IndicatorGoal(indicator=row, kind="target", year=2020, value=Decimal(80)) for row in made
        )
        IndicatorMeasure.objects.bulk_create(
            IndicatorMeasure(indicator=row, measure_key=measures[place % len(measures)].key)
            for place, row in enumerate(made)
        )
        IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=row,
                period=str(2016 + year),
                breakdown={"sex": sex} if sex else {},
                cell=f"sex={sex}" if sex else "",
                state="known",
                value=Decimal(50 + year),
                quality="final",
                institution=home,
                origin="file",
                recorded_by_id=person,
                recorded_at=clock.now(),
            )
            for row in made
            for year in range(years)
            for sex in ("", "F", "M")
        )
    for row in made:
        ask_for_values(
            indicator=row,
            asked=Asked(institution=home, periods=["2026"], due_on=date(2090, 1, 1)),
            by=factories.coordinator(),
        )
    return made


def _file(version: Version, rows: int) -> PlanFile:
    cells = [[f"7.{row}", f"Open house {row} of the plan", "Ministry"] for row in range(rows)]
    tables = [{"name": "Plan", "rows": [["No", "Measure", "Lead"], *cells]}]
    file = keep_file(
        version=version,
        tables=tables,
        file_name="plan.xlsx",
        sha256="0" * 64,
        by=factories.coordinator(),
    )
    naming = {"table": 0, "header": 1, "columns": ["code", "title", "lead"], "language": "en", "axis": "1"}
    return name_columns(file=file, naming=naming, by=factories.coordinator())


def _counted(desk: Client, name: str, measures: int, indicators: int, years: int) -> Counts:
    """Make a programme with its revision, indicators and a file; return the queries of each page."""
    factories.make_recommendation(texts={"en": "Train the judges."})
    version = making.make_version(name)
    rows = making.fill(version, measures, lead=factories.make_institution())
    for _number in range(max(2, measures // 4)):  # without a measure
        factories.make_recommendation(texts={"en": "Open houses."})
    made = _indicators(Indicator.objects.count() + 1, indicators, years, rows)
    making.adopted(version)
    version.refresh_from_db()
    draft = begin_revision(version=version, by=factories.coordinator())
    with audit.change("measure.changed", by=audit.SYSTEM):
        draft.measures.update(risks="None")
    places = {
        "version": version.pk,
        "draft": draft.pk,
        "file": _file(draft, measures).pk,
        "measure": rows[0].pk,
        "drafted": draft.measures.order_by("pk")[0].pk,
        "indicator": made[0].pk,
    }
    found = {}
    for page, address in PAGES.items():
        url = address.format(**places)
        desk.get(url)  # what is kept for the process is looked up now
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get(url)
        assert answer.status_code == 200, url
        found[page] = len(asked)
    with counted_anew() as asked:
        programme_content(factories.coordinator(), version)
    return found | {CONTENT: len(asked)}


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Counts, Counts]]:
    """Make both worlds once, and take them back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        factories.make_instance()
        desk = Client()
        person = factories.make_person(Role.COORDINATOR, factories.the_delegation())
        desk.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        yield _counted(desk, "Small plan", *SMALL), _counted(desk, "Large plan", *LARGE)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("page", [*PAGES, CONTENT])
def test_a_page_asks_as_often_for_two_hundred_as_for_two(counts: tuple[Counts, Counts], page: str) -> None:
    small, large = counts
    assert large[page] == small[page]
