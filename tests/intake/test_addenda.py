"""The State's answers to the recommendations of a report: applied, doubted, refused, never created."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tawsiya.accounts.reader import Reader
from tawsiya.intake.assembling import Choices, plan_import
from tawsiya.intake.commands import apply_import, exclude_rows, import_file, preview_import, undo_import
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.errors import RejectedRows
from tawsiya.intake.models import ImportRow
from tawsiya.intake.queries import load_known
from tawsiya.intake.readers.records import DocumentInfo, ReadResult, Record, Review
from tawsiya.mechanisms.models import Document, LanguageVersion
from tawsiya.recommendations.commands import set_national_grade
from tawsiya.recommendations.models import Recommendation
from tests.factories import coordinator, make_instance
from tests.intake.addenda import addendum
from tests.intake.matrices import LINES, SCHOOLS, SYMBOL, WATER, matrix

LISTS = (
    "2. The following recommendations enjoy the support of Tamourt: 120.1 and 120.2.",
    "3. The following recommendations are noted: 120.3.",
)


def report(by: Reader) -> None:
    """The report as it stands before the State has answered."""
    lines = tuple(replace(line, position="") for line in LINES)
    import_file(data=matrix(lines), file_name="report.docx", state="XTM", by=by)


def answer(by: Reader, *lines: str) -> Outcome:
    return import_file(data=addendum(*lines), file_name="addendum.docx", state="XTM", by=by)


def item(paragraph: str) -> Recommendation:
    return Recommendation.objects.get(document__symbol=SYMBOL, paragraph=paragraph)


def reasons(outcome: Outcome) -> dict[str, str]:
    return {row.name: row.reason for row in outcome.plan.rejected}


def test_answers_become_the_positions_of_the_report(by: Reader) -> None:
    report(by)

    outcome = answer(by, *LISTS)

    found = Recommendation.objects.filter(document__symbol=SYMBOL).order_by("paragraph")
    assert list(found.values_list("paragraph", "position", "source_of_position", "version")) == [
        ("120.1", "supported", f"{SYMBOL}/Add.1 - Para. 2", 2),
        ("120.2", "supported", f"{SYMBOL}/Add.1 - Para. 2", 2),
        ("120.3", "noted", f"{SYMBOL}/Add.1 - Para. 3", 2),
    ]
    assert item("120.1").texts.get().text == SCHOOLS.text
    assert [row.changes.get("position") for row in outcome.plan.rows if row.item] == [
        ["", "supported"],
        ["", "supported"],
        ["", "noted"],
    ]


def test_the_addendum_is_a_document_of_its_own(by: Reader) -> None:
    report(by)

    answer(by, *LISTS)

    document = Document.objects.get(symbol=f"{SYMBOL}/Add.1")
    assert document.type == "upr_addendum"
    assert LanguageVersion.objects.get(edition__document=document).file_name == "addendum.docx"
    # Its own paragraphs are no recommendations, and its answers are not in it.
    assert set(Recommendation.objects.filter(document=document).values_list("kind", flat=True)) == {"other"}


def test_a_partial_answer_keeps_its_comment(by: Reader) -> None:
    report(by)

    answer(by, "120.2", "Partially supported. Visits are announced a day before.")

    prisons = item("120.2")
    assert (prisons.position, prisons.comment) == ("supported/noted", "Visits are announced a day before.")


def test_a_second_reading_changes_nothing(by: Reader) -> None:
    report(by)
    answer(by, *LISTS)

    again = answer(by, *LISTS)

    assert again.run is None
    assert {row.action.value for row in again.plan.rows} == {"unchanged"}


def test_a_later_list_without_positions_erases_no_answer(by: Reader) -> None:
    report(by)
    answer(by, *LISTS)

    report(by)

    assert item("120.3").position == "noted"


def test_an_answer_to_an_unknown_paragraph_is_rejected_and_creates_nothing(by: Reader) -> None:
    report(by)

    outcome = answer(by, *LISTS, "4. Tamourt also supports recommendation 120.77.")

    assert reasons(outcome) == {f"{SYMBOL} § 120.77": "answer_unknown"}
    assert outcome.run is None
    assert not Recommendation.objects.filter(paragraph="120.77").exists()
    assert item("120.1").position == ""


def test_without_the_report_all_answers_are_rejected_and_left_out_at_once(by: Reader) -> None:
    run = preview_import(data=addendum(*LISTS), file_name="addendum.docx", state="XTM", by=by)
    rejected = ImportRow.objects.filter(run=run, action="reject")
    assert set(rejected.values_list("reason", flat=True)) == {"report_not_here"}
    with pytest.raises(RejectedRows):
        apply_import(run, by=by)

    assert exclude_rows(run, code="report_not_here", reason="The report comes later", by=by) == 3

    assert apply_import(run, by=by).state == "applied"


def test_the_national_grade_is_kept_and_its_contradiction_said(by: Reader) -> None:
    import_file(data=matrix((SCHOOLS, WATER)), file_name="report.docx", state="XTM", by=by)
    set_national_grade(recommendation=item("120.1"), grade="accepted_in_progress", by=by)

    outcome = answer(by, "2. The following recommendations are noted: 120.1.")

    schools = item("120.1")
    assert (schools.position, schools.national_grade) == ("noted", "accepted_in_progress")
    (row,) = [row for row in outcome.plan.rows if row.name == f"{SYMBOL} § 120.1"]
    codes = [warning["code"] for warning in row.warnings]
    # Both the list and this file say that they give the answer of the same addendum.
    assert codes == ["position_contradicts", "grade_no_longer_fits"]
    assert row.doubts == ("position_contradicts",)


def test_undoing_gives_back_what_stood_there(by: Reader) -> None:
    report(by)
    outcome = answer(by, *LISTS)
    assert outcome.run is not None

    undo_import(outcome.run, reason="The wrong addendum", by=by)

    assert set(Recommendation.objects.values_list("position", "source_of_position")) == {
        ("", f"{SYMBOL}/Add.1 - Para.3")
    }
    assert not Document.objects.filter(symbol=f"{SYMBOL}/Add.1").exists()


def test_a_quoted_text_of_another_recommendation_is_doubted(by: Reader) -> None:
    report(by)

    outcome = answer(
        by, "120.1 Reduce overcrowding in prisons and open them to visits (Norway);", "Supported."
    )

    (row,) = [row for row in outcome.plan.rows if row.name == f"{SYMBOL} § 120.1"]
    assert row.doubts == ("answer_text_differs",)


# Where the reader knows only the numbers


def unnamed(*numbers: str, own: str | None = None, cycle: int | None = None) -> ReadResult:
    info = DocumentInfo(review=Review(cycle, None, "XTM"), type="upr_addendum")
    records = [
        Record("recommendation", "UPR", None, info, number, "", language="en", position="noted")
        for number in numbers
    ]
    if own:
        records.insert(0, Record("other", "UPR", own, info, "1", "Tamourt answers.", language="en"))
    return ReadResult(info, tuple(records))


@pytest.mark.parametrize(
    ("own", "cycle", "found"),
    [
        (f"{SYMBOL}/Add.1", None, "update"),
        (None, 4, "update"),
        (None, 3, "reject"),
        (None, None, "reject"),
    ],
)
def test_the_report_is_found_by_the_symbol_of_the_addendum_or_by_the_review(
    by: Reader, own: str | None, cycle: int | None, found: str
) -> None:
    report(by)
    result = unnamed("120.2", own=own, cycle=cycle)

    plan = plan_import(result, state="XTM", known=load_known(result, complete_for=""), choices=Choices())

    assert plan.rows[-1].action.value == found
    assert (plan.rows[-1].reason == "no_report") == (found == "reject")


def test_one_answer_of_two_to_the_same_paragraph_is_rejected(by: Reader) -> None:
    report(by)
    result = unnamed("120.2", "120.2", own=f"{SYMBOL}/Add.1")

    plan = plan_import(result, state="XTM", known=load_known(result, complete_for=""), choices=Choices())

    assert [row.reason for row in plan.rejected] == ["answered_twice"]


@pytest.mark.slow
def test_the_real_pair_of_slovenia(db: None, files: Path, shared_data: Path) -> None:
    make_instance(state="SVN")
    by = coordinator()
    folder = shared_data / "slovenia"
    for name in ("A_HRC_59_15.pdf", "A_HRC_59_15_Add.1.pdf"):
        data = (folder / name).read_bytes()
        outcome = import_file(data=data, file_name=name, state="SVN", by=by)
        assert not outcome.plan.rejected

    report = Recommendation.objects.filter(document__symbol="A/HRC/59/15", kind="recommendation")
    assert Counter(report.values_list("position", flat=True)) == {"supported": 217, "noted": 37}
    assert report.filter(source_of_position__startswith="A/HRC/59/15/Add.1").count() == 254
    # The heading "Noted recommendations" stands below the last comment and answers nothing itself.
    assert not outcome.plan.doubtful
