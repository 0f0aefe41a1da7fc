"""Language versions of one document: joined by paragraph; what does not match is shown, never guessed."""

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import import_file
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.commands.preview import plan_file
from tawsiya.intake.readers.records import DocumentInfo, ReadResult, Record
from tawsiya.mechanisms.models import Document
from tests.factories import make_person
from tests.intake.matrices import PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRENCH_SCHOOLS = replace(
    SCHOOLS,
    text="Construire des écoles dans les régions reculées pour les enfants des familles nomades",
    states=("Chili",),
    position="Acceptée",
)
FRENCH_PRISONS = replace(
    PRISONS,
    text="Réduire la surpopulation carcérale et ouvrir les prisons",
    states=("Norvège",),
    position="Acceptée",
)
ONLY_FRENCH = replace(
    WATER,
    paragraph="120.9",
    text="Garantir l’eau potable à chaque village",
    states=("Fidji",),
    position="Acceptée",
)


def run(by: Reader, *lines: Line) -> Outcome:
    return import_file(data=matrix(lines), file_name="list.docx", state="XTM", by=by)


def page(user: User, address: str) -> BeautifulSoup:
    client = Client()
    client.force_login(user, backend=BACKEND)
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def doubts(outcome: Outcome) -> dict[str, tuple[str, ...]]:
    return {row.name: row.doubts for row in outcome.plan.rows if row.doubts}


def test_what_does_not_match_is_doubted(by: Reader) -> None:
    run(by, SCHOOLS, PRISONS, WATER)

    outcome = run(by, FRENCH_SCHOOLS, FRENCH_PRISONS, ONLY_FRENCH)

    assert doubts(outcome) == {
        # Noted in English, accepted in French: the first is kept.
        f"{SYMBOL} § 120.2": ("language_differs",),
        f"{SYMBOL} § 120.9": ("only_in_this_language",),
    }
    assert outcome.plan.notes == (
        {"code": "missing_in_language", "params": {"symbol": SYMBOL, "numbers": ["120.3"]}},
    )


def test_a_first_version_is_not_doubted(by: Reader) -> None:
    outcome = run(by, SCHOOLS, PRISONS, WATER)

    assert (doubts(outcome), outcome.plan.notes) == ({}, ())


@pytest.mark.parametrize(
    ("parts", "codes"), [("ab", ()), ("abc", ("parts_differ",)), ("a", ("parts_differ",))]
)
def test_another_number_of_lettered_parts_is_doubted(by: Reader, parts: str, codes: tuple[str, ...]) -> None:
    from tests.intake.test_owed import write

    write(_observations("en", "ab"), by)

    plan = plan_file(_observations("fr", parts), state="XTM")

    lead = next(row for row in plan.rows if row.name == "CRPD/C/XTM/CO/1 § 31")
    assert lead.doubts == codes


def _observations(language: str, parts: str) -> ReadResult:
    info = DocumentInfo(type="concluding_observations")
    words = {"en": "Adopt measure", "fr": "Adopter la mesure"}[language]

    def record(part: str | None) -> Record:
        return Record(
            "recommendation",
            "CRPD",
            "CRPD/C/XTM/CO/1",
            info,
            "31",
            f"{words} {part}",
            part,
            language=language,
        )

    return ReadResult(info, tuple(record(part) for part in (None, *parts)))


def test_the_page_shows_versions_side_by_side_and_marks_what_is_missing(by: Reader) -> None:
    run(by, SCHOOLS, PRISONS, WATER)
    run(by, FRENCH_SCHOOLS, FRENCH_PRISONS, ONLY_FRENCH)
    document = Document.objects.get(symbol=SYMBOL)
    user = User.objects.get(pk=by.user_id)

    whole = page(user, f"/en/documents/{document.pk}/languages/")

    heads = [cell.get_text(strip=True) for cell in whole.select("thead th")]
    assert heads == ["Paragraph", "English", "Français"]
    rows = {
        row.select_one("td").get_text(" ", strip=True).split()[0]: row for row in whole.select("tbody tr")
    }
    assert list(rows) == ["120.1", "120.2", "120.3", "120.9"]
    assert SCHOOLS.text in rows["120.1"].text and FRENCH_SCHOOLS.text in rows["120.1"].text
    assert "Missing in this language" not in rows["120.1"].text
    assert "Missing in this language" in rows["120.3"].select("td")[2].text
    assert "Missing in this language" in rows["120.9"].select("td")[1].text
    assert "In this language version Position differs (Supported)" in rows["120.2"].text

    different = page(user, f"/en/documents/{document.pk}/languages/?show=different")
    assert len(different.select("tbody tr")) == 3


def test_others_inside_see_the_versions_and_not_what_imports_said(by: Reader) -> None:
    run(by, SCHOOLS, PRISONS)
    run(by, FRENCH_SCHOOLS, FRENCH_PRISONS)
    document = Document.objects.get(symbol=SYMBOL)
    observer = make_person(Role.OBSERVER)

    shown = page(observer, f"/en/documents/{document.pk}/languages/")

    assert FRENCH_PRISONS.text in shown.text
    assert "language version Position differs" not in shown.text


def test_the_twins_hold_a_column_for_each_language(by: Reader, client: Any) -> None:
    run(by, SCHOOLS)
    run(by, FRENCH_SCHOOLS)
    document = Document.objects.get(symbol=SYMBOL)
    client.force_login(User.objects.get(pk=by.user_id), backend=BACKEND)

    (row,) = client.get(f"/en/documents/{document.pk}/languages.json").json()["results"]

    assert (row["text_en"], row["text_fr"]) == (SCHOOLS.text, FRENCH_SCHOOLS.text)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_document_without_paragraphs_says_so(by: Reader, language: str) -> None:
    from tests.factories import make_document

    document = make_document()
    shown = page(User.objects.get(pk=by.user_id), f"/{language}/documents/{document.pk}/languages/")

    assert shown.select_one(".tw-empty") is not None
