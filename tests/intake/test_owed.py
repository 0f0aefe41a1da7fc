"""Deadlines of a document as obligations: previewed, created, changed, never doubled, undone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.models import Event
from tawsiya.intake.commands import undo_import
from tawsiya.intake.commands.apply import _apply
from tawsiya.intake.commands.preview import plan_file, record_run
from tawsiya.intake.commands.progress import Silent
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.planning import Plan
from tawsiya.intake.readers.records import Deadline, DocumentInfo, ReadResult, Record
from tawsiya.mechanisms.models import Document, Obligation
from tawsiya.recommendations.models import Recommendation

SYMBOL = "CRPD/C/XTM/CO/1"
INFO = DocumentInfo("Concluding observations", date(2024, 9, 5), type="concluding_observations")
FOLLOW_UP = Deadline(
    "follow_up", within_months=12, paragraph="66", items=("15", "23 (a)"), text="Send information in a year."
)
REPORT = Deadline(
    "report", due=date(2028, 3, 3), paragraph="68", text="Send the next report by 3 March 2028."
)


def read(*deadlines: Deadline, language: str = "en", follow_up: date | None = None) -> ReadResult:
    text = {"en": "Adopt a law", "fr": "Adopter une loi"}[language]
    record = Record(
        "recommendation", "CRPD", SYMBOL, INFO, "15", text, language=language, follow_up=follow_up
    )
    return ReadResult(INFO, (record,), deadlines=deadlines)


def plan_of(result: ReadResult) -> Plan:
    return plan_file(result, state="XTM")


def write(result: ReadResult, by: Reader, sha: str = "a") -> ImportRun:
    """Preview and apply what a reader of concluding observations would hand out."""
    actor = require(by, Act.IMPORT_DOCUMENTS)
    with transaction.atomic():
        plan = plan_file(result, state="XTM", lock=True)
        run = record_run(plan, result, file_name="co.docx", fingerprint=sha * 64, actor=actor)
        _apply(run, plan, result, actor, Silent())
    return run


def actions(plan: Plan) -> dict[str, str]:
    return {row.name: row.action.value for row in plan.rows if row.owed or row.what == "obligation"}


def test_deadlines_are_previewed_and_become_obligations(by: Reader) -> None:
    result = read(FOLLOW_UP, REPORT)
    assert actions(plan_of(result)) == {
        f"{SYMBOL} § 66 [follow_up]": "create",
        f"{SYMBOL} § 68 [report]": "create",
    }

    write(result, by)

    document = Document.objects.get(symbol=SYMBOL)
    assert document.type == "concluding_observations"
    rows = Obligation.objects.order_by("kind").values_list(
        "kind", "body__code", "source", "due_on", "within_months", "paragraph", "items", "note"
    )
    assert list(rows) == [
        ("follow_up", "CRPD", document.pk, None, 12, "66", ["15", "23 (a)"], "Send information in a year."),
        (
            "report",
            "CRPD",
            document.pk,
            date(2028, 3, 3),
            None,
            "68",
            [],
            "Send the next report by 3 March 2028.",
        ),
    ]
    assert Event.objects.filter(code="obligation.recorded").count() == 2
    assert ImportRow.objects.filter(what="obligation", obligation__isnull=False).count() == 2


def test_a_second_reading_changes_nothing(by: Reader) -> None:
    write(read(FOLLOW_UP, REPORT), by)

    assert set(actions(plan_of(read(FOLLOW_UP, REPORT))).values()) == {"unchanged"}


def test_a_later_edition_changes_the_date_and_only_that(by: Reader) -> None:
    write(read(FOLLOW_UP, REPORT), by)
    later = read(FOLLOW_UP, replace(REPORT, due=date(2029, 3, 3)))
    (row,) = [row for row in plan_of(later).rows if row.action == "update"]
    assert row.changes == {"due_on": ["2028-03-03", "2029-03-03"]}

    write(later, by, "b")

    assert Obligation.objects.count() == 2
    assert Obligation.objects.get(kind="report").due_on == date(2029, 3, 3)
    event = Event.objects.get(code="obligation.changed")
    assert (event.before, event.after["due_on"]) == ({"due_on": "2028-03-03"}, "2029-03-03")


def test_a_deadline_that_moves_to_another_paragraph_is_the_same(by: Reader) -> None:
    write(read(REPORT), by)

    assert actions(plan_of(read(replace(REPORT, paragraph="70")))) == {f"{SYMBOL} § 70 [report]": "update"}


def test_two_deadlines_of_a_kind_are_told_apart_by_paragraph(by: Reader) -> None:
    other = replace(FOLLOW_UP, paragraph="67", items=("30",), within_months=24)
    write(read(FOLLOW_UP, other), by)

    assert sorted(Obligation.objects.values_list("paragraph", "within_months")) == [("66", 12), ("67", 24)]
    assert set(actions(plan_of(read(FOLLOW_UP, other))).values()) == {"unchanged"}


def test_another_language_version_rewrites_no_sentence(by: Reader) -> None:
    write(read(REPORT), by)
    french = read(replace(REPORT, text="Présenter le prochain rapport."), language="fr")

    assert actions(plan_of(french)) == {f"{SYMBOL} § 68 [report]": "unchanged"}


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (read(replace(REPORT, kind="wish")), "value_not_understood"),
        (ReadResult(INFO, (), deadlines=(REPORT,)), "no_symbol"),
    ],
)
def test_a_deadline_that_cannot_be_placed_is_rejected(by: Reader, result: ReadResult, reason: str) -> None:
    assert [row.reason for row in plan_of(result).rejected] == [reason]


def test_the_chosen_recommendation_carries_its_follow_up_date(by: Reader) -> None:
    write(read(FOLLOW_UP, follow_up=date(2025, 9, 5)), by)

    item = Recommendation.objects.get()
    assert (item.is_follow_up_priority, item.follow_up_due_on) == (True, date(2025, 9, 5))


def test_undoing_takes_obligations_back(by: Reader) -> None:
    first = write(read(REPORT), by)
    second = write(read(FOLLOW_UP, replace(REPORT, due=date(2029, 3, 3))), by, "b")

    undo_import(second, reason="An older edition", by=by)
    assert list(Obligation.objects.values_list("kind", "due_on")) == [("report", date(2028, 3, 3))]

    undo_import(first, reason="The wrong document", by=by)
    assert not Obligation.objects.exists()
    assert not Document.objects.exists()


def test_the_page_shows_what_is_owed(by: Reader, client: Any) -> None:
    from tawsiya.accounts.models import User

    client.force_login(
        User.objects.get(pk=by.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    empty = client.get("/en/obligations/").content.decode()
    assert "No obligation is recorded" in empty

    write(read(FOLLOW_UP, REPORT), by)

    page = client.get("/en/obligations/").content.decode()
    assert "within 12 months of adoption" in page
    assert "15, 23 (a)" in page
    listed = client.get("/en/obligations.json").json()["results"]
    assert [(row["kind"], row["due_on"]) for row in listed] == [("report", "2028-03-03"), ("follow_up", None)]
    document = Document.objects.get(symbol=SYMBOL)
    assert "within 12 months of adoption" in client.get(f"/en/documents/{document.pk}/").content.decode()
