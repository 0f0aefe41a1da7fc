"""Spreadsheets of a ministry's own on their way in: columns named, remembered, applied."""

import pytest
from django.test import Client
from django.urls import reverse

from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands import apply_import, map_columns, preview_again, take_in
from tawsiya.intake.commands.work import read_queued
from tawsiya.intake.models import ImportRow, ImportRun, RememberedColumns
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets.mapping import Columns
from tawsiya.recommendations.models import Recommendation
from tests.factories import make_reader
from tests.intake.readers.sheets.samples import ENGLISH, book, text_of

NAMED = Columns(sheet="Suivi", columns=("symbol", "paragraph", "text_en", "states", "position", "themes"))
PLAIN = Columns(columns=NAMED.columns)


def taken(by: Reader, data: bytes | None = None, name: str = "suivi.xlsx") -> ImportRun:
    return take_in(data=book(ENGLISH) if data is None else data, file_name=name, by=by)


def client_of(by: Reader) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def test_a_spreadsheet_waits_for_its_columns_with_a_proposal(by: Reader) -> None:
    run = taken(by)

    assert (run.state, run.columns) == ("mapping", NAMED.as_json())
    assert Event.objects.order_by("-position")[0].code == "import.columns_asked"


def test_named_columns_give_a_preview_that_is_applied(by: Reader) -> None:
    run = map_columns(taken(by), NAMED, by=by)

    assert (run.state, run.file_kind) == ("previewed", "spreadsheet")
    assert list(ImportRow.objects.values_list("name", "action")) == [
        ("A/HRC/99/7 § 132.89", "create"),
        ("A/HRC/99/7 § 132.90", "create"),
    ]
    apply_import(preview_again(run, by=by), by=by)
    items = Recommendation.objects.select_related("document__body").order_by("sort_key")
    assert {item.document.type for item in items} == {"upr_report"}
    assert [(item.paragraph, item.position, item.document.body.code) for item in items] == [
        ("132.89", "supported", "UPR"),
        ("132.90", "noted", "UPR"),
    ]


def test_the_next_file_with_the_same_header_is_read_at_once(by: Reader) -> None:
    map_columns(taken(by), NAMED, by=by)

    run = taken(by, text_of(ENGLISH, ";").encode("utf-16"), "export.csv")

    assert (run.state, run.columns["columns"]) == ("previewed", list(NAMED.columns))
    assert ImportRow.objects.filter(run=run).count() == 2
    assert RememberedColumns.objects.get().headers[0] == "Document symbol"


def test_another_naming_of_a_previewed_file_is_read_anew_and_remembered(by: Reader) -> None:
    run = map_columns(taken(by), NAMED, by=by)

    other = Columns(sheet="Suivi", columns=("symbol", "paragraph", "text_en", "states", "", "themes"))
    map_columns(run, other, by=by)

    assert [row.record["position"] for row in ImportRow.objects.filter(run=run)] == [None, None]
    assert RememberedColumns.objects.get().columns == other.as_json()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("", "paragraph", "text_en", "", "", ""), "Still missing: Document symbol."),
        (("symbol", "paragraph", "", "", "", ""), "Still missing: Text."),
        (("symbol", "paragraph", "text_en", "paragraph", "", ""), "one only: Paragraph."),
    ],
)
def test_what_is_missing_or_named_twice_is_said(by: Reader, columns: tuple[str, ...], said: str) -> None:
    run = taken(by)
    with pytest.raises(RuleViolated, match=said):
        map_columns(run, Columns(sheet="Suivi", columns=columns), by=by)
    run.refresh_from_db()
    assert run.state == "mapping"


def test_only_the_delegation_names_columns(by: Reader) -> None:
    run = taken(by)
    with pytest.raises(PermissionRefused):
        map_columns(run, NAMED, by=make_reader())


def test_a_decided_import_keeps_its_columns(by: Reader) -> None:
    run = apply_import(map_columns(taken(by), NAMED, by=by), by=by)
    with pytest.raises(RuleViolated, match="already decided"):
        map_columns(run, NAMED, by=by)


def test_a_large_spreadsheet_is_looked_at_by_a_job(by: Reader, settings: object) -> None:
    settings.IMPORT_INLINE_BYTES = 0  # type: ignore[attr-defined]
    run = taken(by)
    assert run.state == "reading"

    read_queued(run.pk, by=by)
    run.refresh_from_db()
    assert (run.state, run.columns) == ("mapping", NAMED.as_json())
    map_columns(run, NAMED, by=by)

    second = taken(by)
    read_queued(second.pk, by=by)
    second.refresh_from_db()
    assert (second.state, second.columns) == ("previewed", NAMED.as_json())


def test_a_spreadsheet_that_cannot_be_read_leaves_nothing(by: Reader) -> None:
    with pytest.raises(UnreadableFile):
        taken(by, book(ENGLISH)[:900])
    assert not ImportRun.objects.exists()


# The page


def test_the_page_proposes_and_shows_the_first_rows(by: Reader) -> None:
    client, run = client_of(by), taken(by)

    page = client.get(reverse("intake:columns", args=[run.pk])).content.decode()

    assert '<option value="text_en" selected>' in page
    assert "A/HRC/99/7 § 132.90" in page
    assert "its last zero being lost" in page
    assert "Chile, Norway" in page
    assert "Still missing" not in page


def test_trying_shows_what_would_be_read_and_writes_nothing(by: Reader) -> None:
    client, run = client_of(by), taken(by)
    sent = {"shown": "1///Suivi", "header": "1", "column-2": "text_fr", "fixed-symbol": "", "column-0": ""}
    before = Event.objects.count()

    page = client.post(reverse("intake:columns", args=[run.pk]), sent).content.decode()

    assert "Still missing" in page
    assert Event.objects.count() == before


def test_sending_the_page_previews_the_import(by: Reader) -> None:
    client, run = client_of(by), taken(by, text_of(ENGLISH).encode(), "a.csv")
    sent = {"shown": "1///", "header": "1", "preview": "1", "fixed-date": "2024-05-02"}
    sent |= {f"column-{place}": name for place, name in enumerate(NAMED.columns)}

    answer = client.post(reverse("intake:columns", args=[run.pk]), sent)

    assert answer.url == reverse("intake:run", args=[run.pk])
    run.refresh_from_db()
    assert (run.state, run.columns["fixed"]) == ("previewed", {"date": "2024-05-02"})
    page = client.get(answer.url).content.decode()
    assert "Look at the columns and change what they hold" in page


def test_another_row_of_headers_is_another_table(by: Reader) -> None:
    rows = (("Title of the file", ""), *ENGLISH)
    client, run = client_of(by), taken(by, text_of(rows).encode(), "a.csv")
    sent = {"shown": "2///", "header": "0"}

    page = client.post(reverse("intake:columns", args=[run.pk]), sent).content.decode()

    assert "Column 1" in page
    assert 'value="0///"' in page


def test_a_wrong_encoding_is_said_and_the_page_stays(by: Reader) -> None:
    client, run = client_of(by), taken(by, text_of(ENGLISH).encode(), "a.csv")

    answer = client.post(reverse("intake:columns", args=[run.pk]), {"header": "1", "encoding": "utf-16"})

    assert answer.status_code in (200, 422)
    assert b'name="encoding"' in answer.content


def test_texts_of_several_languages_stand_on_one_recommendation(by: Reader) -> None:
    rows = (
        ("Cote", "N°", "Texte en français", "النص بالعربية"),
        ("CERD/C/XTM/CO/9", "12 (a)", "Abroger l’ordonnance", "إلغاء المرسوم"),
    )
    run = taken(by, text_of(rows, ";").encode("utf-8"), "a.csv")
    assert run.columns["columns"] == ["symbol", "paragraph", "text_fr", "text_ar"]

    apply_import(map_columns(run, Columns(columns=tuple(run.columns["columns"])), by=by), by=by)

    item = Recommendation.objects.select_related("document").get()
    assert (str(item.paragraph), item.subparagraph, item.document.type) == (
        "12",
        "a",
        "concluding_observations",
    )
    assert dict(item.texts.values_list("language", "text")) == {
        "fr": "Abroger l’ordonnance",
        "ar": "إلغاء المرسوم",
    }
