"""Single values of an export, with the traps that the real ones hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tawsiya.intake.readers.uhri import fields


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ([" Right to health ", "- ", "", "Right to health"], ("Right to health",)),
        ("- Children\n- Women & girls\n", ("Children", "Women & girls")),
        ([None, 4, ["x"], "Children"], ("Children",)),
        (None, ()),
        ({"a": 1}, ()),
    ],
)
def test_values(raw: Any, wanted: tuple[str, ...]) -> None:
    assert fields.values(raw) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- Recommendations", "recommendation"),
        ("- Concerns/Observations", "concern"),
        ("- Others", "other"),
        ("-", "other"),
        ("", "other"),
        ("aa43335f-ec93-415e-bd4a-87ec91225983", "recommendation"),
        ("AA43335F-EC93-415E-BD4A-87EC91225983", "recommendation"),
        ("3ae2eea6-6c4d-4b81-974f-48ec985bc330", "concern"),
        ("00000000-0000-4000-8000-000000000000", "other"),
    ],
)
def test_kind(text: str, wanted: str) -> None:
    assert fields.kind(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- CRC", "CRC"),
        ("- UPR", "UPR"),
        ("- CRC-OP-SC", "CRC"),
        ("- SR Torture", "SR-TORTURE"),
        ("IE  Albinism", "IE-ALBINISM"),
        ("Committee on the Rights of the Child", "CRC"),
        ("- Committee against Torture (CAT)", "CAT"),
        ("Human Rights Committee", "CCPR"),
        ("Universal Periodic Review", "UPR"),
        ("Special Rapporteur on the right to food", "SR-FOOD"),
        ("- SR Myanmar", "SR-MMR"),
        ("Special Rapporteur on the situation of human rights in Cambodia", "SR-KHM"),
        ("Committee", None),
        ("-", None),
    ],
)
def test_body(text: str, wanted: str | None) -> None:
    assert fields.body(text) == wanted


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("Morocco",), (("MAR",), ())),
        (("MA",), (("MAR",), ())),
        (("Türkiye*", "Turkey"), (("TUR",), ())),
        (("State of Palestine **",), (("PSE",), ())),
        (("Hong Kong, China*",), ((), ("Hong Kong, China",))),
        (("*",), ((), ())),
        ((), ((), ())),
    ],
)
def test_countries(names: tuple[str, ...], wanted: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert fields.countries(names) == wanted


def test_goals_and_targets_stand_in_the_order_of_their_numbers_letters_last() -> None:
    labels = (
        "16.10 - x",
        "16.2 - y",
        "16.a - z",
        "4.C - w",
        "16 - PEACE",
        "4 - EDUCATION",
        "4.7 - v",
        "99 - none",
        "x",
    )
    assert fields.sdg_codes(labels) == ("4", "4.7", "4.c", "16", "16.2", "16.10", "16.a")


def test_goals_by_their_identifiers() -> None:
    assert fields.sdg_codes(("785c628c-417f-4fc0-8f01-a091a3ef859a",)) == ("1",)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (("Supported",), "supported"),
        (("Noted",), "noted"),
        (("Supported/Noted",), "supported/noted"),
        (("Supported", "Noted"), "supported/noted"),
        (("277ced3b-743d-465c-ae4a-135b32a7fe85",), "supported"),
        ((), None),
        (("?",), None),
    ],
)
def test_position(labels: tuple[str, ...], wanted: str | None) -> None:
    assert fields.position(labels) == wanted


@pytest.mark.parametrize(
    ("label", "session", "wanted"),
    [
        ("3", None, 3),
        ("3rd cycle (2017-2022)", None, 3),
        ("Third cycle", 1, 3),
        ("", 27, 3),
        ("", 41, 4),
        ("", None, None),
    ],
)
def test_cycle(label: str, session: int | None, wanted: int | None) -> None:
    assert fields.cycle(label, session) == wanted


def test_session() -> None:
    assert fields.session(("27 - May 2017",)) == 27
    assert fields.session(("Session 48",)) == 48
    assert fields.session(("99",)) is None
    assert fields.session(("d14e1b1e-0443-497c-b00c-9049998b73ca",)) == 18


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("2025-02-12T00:00:00", date(2025, 2, 12)),
        ("12/02/2025", date(2025, 2, 12)),
        (45700, date(2025, 2, 12)),
        ("45700", date(2025, 2, 12)),
        (45700.75, date(2025, 2, 12)),
        ("1900-01-01T00:00:00", None),
        ("2025-13-45", None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ("soon", None),
    ],
)
def test_day(raw: Any, wanted: date | None) -> None:
    assert fields.day(raw) == wanted
