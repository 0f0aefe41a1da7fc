"""The pages of indicators, as people use them."""

import csv
import io
import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tawsiya.accounts.choices import Role
from tawsiya.programme.commands.indicators import mark_break
from tawsiya.programme.indicator_queries import breaks_of, values_that_count
from tawsiya.programme.indicator_series import chart_of, series_of
from tawsiya.programme.models import Indicator, IndicatorValue, ValueRequest
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator, record, target

pytestmark = pytest.mark.django_db
NO_GOALS = {"goals-TOTAL_FORMS": "0", "goals-INITIAL_FORMS": "0"}


def _body(response: HttpResponse) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8-sig")
    return response.content.decode()


def test_from_a_definition_to_a_value_that_misses_its_target() -> None:
    factories.make_instance()
    home = factories.make_institution()
    item = factories.make_recommendation()
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    page = desk.get(f"/en/indicators/add/?item={item.pk}")
    assert f"{item.document.symbol} § {item.label}" in _body(page)
    sheet = {
        "code": "EDU-1",
        "name_en": "Completion of school",
        "name_ar": "إتمام المدرسة",
        "kind": "outcome",
        "right": "education",
        "measured": "percent",
        "decimals": "1",
        "better": "higher",
        "periodicity": "year",
        "dimensions": ["sex"],
        "institution": home.pk,
        "sdg": "4.1.2",
        "items": [item.pk],
        "goals-TOTAL_FORMS": "3",
        "goals-INITIAL_FORMS": "0",
        "goals-0-kind": "baseline",
        "goals-0-year": "2015",
        "goals-0-value": "51.4",
        "goals-1-kind": "target",
        "goals-1-year": "2023",
        "goals-1-value": "70",
        "goals-2-kind": "target",
    }
    answer = desk.post("/en/indicators/add/", sheet | {"sdg": "4.1.99"})
    assert "This is no SDG indicator: 4.1.99" in _body(answer)
    answer = desk.post("/en/indicators/add/", sheet)
    row = Indicator.objects.get()
    assert answer["Location"] == f"/en/indicators/{row.pk}/"
    assert [str(goal) for goal in row.goals.all()] == ["2015 51.4000", "2023 70.0000"]
    clerk = factories.signed_in(Role.FOCAL_POINT, home)
    assert (
        factories.signed_in(Role.FOCAL_POINT, factories.make_institution())
        .get(answer["Location"])
        .status_code
        == 404
    )
    desk.post(f"/en/indicators/{row.pk}/use/")
    value = {"period": "2023", "sex": "", "state": "known", "value": "66,5", "quality": "provisional"}
    assert clerk.post(f"/en/indicators/{row.pk}/record/", value).status_code == 302
    page = _body(clerk.get(f"/en/indicators/{row.pk}/"))
    assert "66.5%" in page
    assert "Target not met" in page
    assert "Provisional" in page
    on_item = _body(clerk.get(f"/en/recommendations/{item.pk}/"))
    assert "Completion of school" in on_item
    assert "Target not met" in on_item
    listed = _body(desk.get("/ar/indicators/?standing=missed"))
    assert "إتمام المدرسة" in listed


def test_a_correction_by_form_keeps_what_it_corrects() -> None:
    factories.make_instance()
    home = factories.make_institution()
    row = make_indicator(home)
    record(row, "2023", "51")
    old = IndicatorValue.objects.get()
    clerk = factories.signed_in(Role.VALIDATOR, home)
    address = f"/en/indicators/values/{old.pk}/correct/"
    said = {"state": "known", "value": "52", "quality": "final", "period": "1999"}
    assert "This field is required" in _body(clerk.post(address, said))
    clerk.post(address, said | {"reason": "New weights"})
    new = old.corrected_by
    assert (new.period, new.value, new.reason) == ("2023", Decimal(52), "New weights")
    page = _body(clerk.get(f"/en/indicators/{row.pk}/values/"))
    assert "corrected since" in page
    assert clerk.get(address)["Location"] == f"/en/indicators/{row.pk}/values/?period=2023"
    answer = clerk.get(f"/en/indicators/{row.pk}/values.json")
    rows = {
        one["id"]: (one["value"], one["corrects"], one["counts"])
        for one in json.loads(_body(answer))["results"]
    }
    assert rows == {old.pk: (51.0, None, False), new.pk: (52.0, old.pk, True)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"state": "known", "value": ""}, "Give a value, or say why there is none."),
        ({"state": "known", "value": "1,234"}, "Write a number, such as 1250 or 12.5."),
        ({"state": "missing", "value": "", "reason": "Late"}, "Say why it is missing."),
        ({"state": "not_applicable", "value": ""}, "Say why there is no value."),
        ({"state": "known", "value": "1", "period": "2023-Q9"}, "A year, a half-year"),
        ({"state": "known", "value": "1", "age": "old"}, "This is no code of the dimension: old"),
    ],
)
def test_a_form_that_says_half(said: dict[str, str], words: str) -> None:
    factories.make_instance()
    row = make_indicator()
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    given = {"period": "2023", "quality": "final"} | said
    assert words in _body(desk.post(f"/en/indicators/{row.pk}/record/", given))
    assert not IndicatorValue.objects.exists()


def _upload(client: Client, name: str, data: bytes) -> str:
    return _body(client.post("/en/indicators/values/upload/", {"file": SimpleUploadedFile(name, data)}))


def _payload(page: str) -> str:
    match = re.search(r'name="payload" value="([^"]+)"', page)
    assert match is not None
    return match[1]


def test_a_workbook_filled_in_is_previewed_and_its_damaged_cells_left_out() -> None:
    factories.make_instance()
    home = factories.make_institution()
    row, foreign = make_indicator(home), make_indicator(code="HEA-1")
    record(row, "2023", "51")
    clerk = factories.signed_in(Role.FOCAL_POINT, home)
    text = (
        "Indicator,Year,Sex,Value,Comment\n"
        "EDU-1,2023,,51,\n"
        "EDU-1,2022,,49.5,\n"
        "EDU-1,2022,F,forty,\n"
        f"{foreign.code},2022,,5,\n"
        "NOPE,2022,,5,\n"
        "EDU-1,2021,,..,Survey not held\n"
    )
    page = _upload(clerk, "values.csv", text.encode())
    assert IndicatorValue.objects.count() == 1
    for words in (
        "forty",
        "This is no number",
        "No indicator that you see is called “NOPE”.",
        "records values.",
    ):
        assert words in page
    step = {"payload": _payload(page)}
    refused = clerk.post("/en/indicators/values/preview/", step | {"step": "refused"})
    cells = list(csv.DictReader(io.StringIO(_body(refused).lstrip("\ufeff"))))
    assert [(one["row"], one["column"], one["content"]) for one in cells] == [
        ("4", "D", "forty"),
        ("5", "D", "5"),
        ("6", "D", "5"),
    ]
    answer = clerk.post("/en/indicators/values/preview/", step | {"step": "apply"})
    assert answer["Location"] == f"/en/indicators/{row.pk}/"
    found = values_that_count([row.pk]).values_list("period", "value", "missing", "origin")
    assert list(found) == [
        ("2021", None, "not_yet", "file"),
        ("2022", Decimal("49.5"), "", "file"),
        ("2023", Decimal(51), "", "form"),
    ]


def test_a_correction_from_a_file_needs_a_reason_and_another_person_no_preview() -> None:
    factories.make_instance()
    row = make_indicator()
    record(row, "2023", "51")
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    page = _upload(desk, "values.csv", b"indicator;period;value\nEDU-1;2023;52\n")
    step = {"payload": _payload(page), "step": "apply"}
    refused = desk.post("/en/indicators/values/preview/", step)
    assert refused.status_code == 422
    assert "say why the value is corrected" in _body(refused)
    other = factories.signed_in(Role.ANALYST, factories.the_delegation())
    answer = other.post("/en/indicators/values/preview/", step)
    assert answer["Location"] == "/en/indicators/values/upload/"
    desk.post("/en/indicators/values/preview/", step | {"reason": "As published"})
    assert [str(one.value) for one in values_that_count([row.pk])] == ["52.0000"]


def test_the_reader_says_what_a_column_is() -> None:
    factories.make_instance()
    row = make_indicator()
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    page = _upload(desk, "odd.csv", b"Ref,When,How much\nEDU-1,2023,7\n")
    assert "This sheet is not read" in page
    roles = {"role-0-0": "indicator", "role-0-1": "period", "role-0-2": "value"}
    step = {"payload": _payload(page)} | roles
    again = _body(desk.post("/en/indicators/values/preview/", step | {"step": "map"}))
    assert "This sheet is not read" not in again
    desk.post("/en/indicators/values/preview/", step | {"step": "apply"})
    assert [str(one) for one in values_that_count([row.pk])] == ["2023 7"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", b"%PDF-1.7"])
def test_what_is_no_table_is_refused_in_words(data: bytes) -> None:
    factories.make_instance()
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    page = _upload(desk, "file.xlsx", data)
    assert 'name="payload"' not in page or "There is nothing to record" in page


def test_the_workbook_and_sdmx_come_back_as_they_left() -> None:
    factories.make_instance()
    row = make_indicator(measured="percent")
    for period, value in (("2021", "40"), ("2022", "41.5")):
        record(row, period, value)
        record(row, period, value, breakdown={"sex": "F", "age": "Y0T14"}, quality="estimated")
    record(row, "2020", None, state="missing", missing="withheld", quality="", reason="Too few")
    mark_break(
        indicator=row, period="2022", explanation="New survey", language="en", by=factories.coordinator()
    )
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    book = desk.get(f"/en/indicators/{row.pk}/values.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["indicator", "period", "sex", "age", "value", "status", "source", "reason", "break"]
    for name, data in (
        ("values.xlsx", book),
        ("values.csv", _body(desk.get(f"/en/indicators/{row.pk}/values.sdmx.csv")).encode()),
    ):
        page = _upload(desk, name, data)
        assert "There is nothing to record" in page
        assert len(re.findall(r">\s*unchanged<", page)) == 5
        assert "Left out, the rest is kept" not in page


def test_sdmx_brings_values_and_breaks_into_an_empty_indicator() -> None:
    factories.make_instance()
    row = make_indicator(sdg=("4.1.2",))
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,COMMENT_OBS\n"
        "dataflow,X:Y(1.0),I,4.1.2,XTM,_T,2021,40,A,\n"
        "dataflow,X:Y(1.0),I,4.1.2,XTM,F,2022,44,B,New survey\n"
        "dataflow,X:Y(1.0),I,4.1.2,XTM,_T,2023,,L,Not held\n"
    )
    page = _upload(desk, "un.csv", text.encode())
    desk.post("/en/indicators/values/preview/", {"payload": _payload(page), "step": "apply"})
    assert [str(one) for one in values_that_count([row.pk])] == [
        "2021 40",
        "2022 sex=F 44",
        "2023 missing",
    ]
    assert set(row.values.values_list("origin", flat=True)) == {"sdmx"}
    assert [mark.period for mark in breaks_of([row.pk])] == ["2022"]


def test_the_chart_has_gaps_cuts_and_a_dashed_target() -> None:
    factories.make_instance()
    row = make_indicator(goals=(target(2024, "9"),))
    for period, value in (("2019", "1"), ("2020", "2"), ("2022", "4")):
        record(row, period, value)
    record(row, "2021", None, state="missing", missing="not_yet", quality="", reason="Late")
    record(row, "2022", "5", breakdown={"sex": "F"})
    record(row, "2022", "6", breakdown={"sex": "F", "age": "Y0T14"})
    mark_break(indicator=row, period="2022", explanation="New", language="en", by=factories.coordinator())
    series = series_of(row, values_that_count([row.pk]), row.goals.all(), list(breaks_of([row.pk])), "sex")
    chart = chart_of(series, "Title")
    assert chart is not None
    assert chart.columns == ("2019", "2020", "2021", "2022", "2023", "2024")
    assert chart.rows == ("Total", "Women and girls", "Target")
    assert [(mark.row, mark.column, mark.value) for mark in chart.marks] == [
        (0, 0, 1.0), (0, 1, 2.0), (0, 3, 4.0), (1, 3, 5.0), (2, 5, 9.0),
    ]  # fmt: skip
    assert (chart.dashed, [cut.column for cut in chart.cuts], chart.gaps) == ((2,), [3], True)
    assert [one.period for one in series.told] == ["2024", "2022", "2021", "2020", "2019"]


def test_the_desk_of_the_statistics_office() -> None:
    factories.make_instance()
    office = factories.make_institution(names={"en": "Office of Statistics"})
    row = make_indicator()
    desk, clerk = (
        factories.signed_in(Role.COORDINATOR, factories.the_delegation()),
        factories.signed_in(Role.FOCAL_POINT, office),
    )
    assert "No request here" in _body(clerk.get("/en/indicators/requests/"))
    due = timezone.localdate() + timedelta(days=3)
    said = {
        "institution": office.pk,
        "periods": "2022, 2023",
        "due_on": due.isoformat(),
        "note": "For the report",
    }
    desk.post(f"/en/indicators/{row.pk}/ask/", said)
    request = ValueRequest.objects.get()
    page = _body(clerk.get("/en/indicators/requests/?state=open"))
    for words in ("Completion of school", "2022", "The delegation", "Due soon", "Office of Statistics"):
        assert words in page
    clerk.post(f"/en/indicators/requests/{request.pk}/decline/", {"reason": "Not ours"})
    assert "Not ours" in _body(desk.get("/en/indicators/requests/"))
    listed = json.loads(_body(clerk.get("/en/indicators/requests.json")))["results"]
    assert [(one["indicator"], one["periods"], one["state"], one["reason"]) for one in listed] == [
        ("EDU-1", ["2022", "2023"], "declined", "Not ours")
    ]


def test_forty_indicators_cost_no_more_queries_than_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.make_instance()
    home = factories.make_institution()
    for number in range(40):
        row = make_indicator(home, code=f"N-{number}", goals=(target(2023, "5"),))
        record(row, "2023", str(number))
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    desk.get("/en/indicators/")
    with django_assert_max_num_queries(26):
        desk.get("/en/indicators/")
    with django_assert_max_num_queries(40):
        desk.get(f"/en/indicators/{row.pk}/")


def test_a_measure_shows_its_indicators_in_every_version() -> None:
    factories.make_instance()
    version = making.make_version()
    measure = making.make_measure(version)
    make_indicator(measures=(measure.key,))
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    page = _body(desk.get(f"/en/programmes/measures/{measure.pk}/"))
    assert "Completion of school" in page
    assert f"/en/indicators/add/?measure={measure.pk}" in page
