"""Rows corrected before they are applied: edited, split, joined, confirmed; and taken back."""

from dataclasses import replace

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands import (
    Fields,
    apply_import,
    confirm_rows,
    edit_row,
    exclude_rows,
    merge_row,
    preview_again,
    preview_import,
    split_row,
    undo_correction,
)
from tawsiya.intake.corrections import Made, corrected, cut, cuts, output_keys, readings_of
from tawsiya.intake.errors import ChangedSincePreview, DoubtfulRows
from tawsiya.intake.models import Correction, ImportRow, ImportRun
from tawsiya.intake.readers.records import DocumentInfo, Record
from tawsiya.recommendations.models import Recommendation
from tests.factories import make_reader
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

TWO_IN_ONE = replace(
    SCHOOLS, text="Build schools in remote regions. Train judges in family law", states=("Chile", "Peru")
)
TWICE = (SCHOOLS, replace(WATER, paragraph="120.1"), replace(PRISONS, paragraph="120.1"), PRISONS)


def preview(by: Reader, lines: tuple[Line, ...] = LINES) -> ImportRun:
    return preview_import(data=matrix(lines), file_name="matrix.docx", state="XTM", by=by)


def row(run: ImportRun, place: int) -> ImportRow:
    return ImportRow.objects.select_related("run").get(run=run, order=place)


def fields(line: Line, **values: object) -> Fields:
    given = {
        "paragraph": line.paragraph,
        "kind": "recommendation",
        "text": line.text,
        "position": "supported",
    }
    return Fields(**(given | values))


def texts() -> dict[str, str]:
    rows = Recommendation.objects.order_by("sort_key").values_list("paragraph", "texts__text")
    return dict(rows)


# What a correction does


def test_an_edited_row_is_applied_as_corrected(by: Reader) -> None:
    run = preview(by)

    edit_row(
        row(run, 1), fields=fields(SCHOOLS, paragraph="120.7", text="Build schools", states=["CHL"]), by=by
    )

    corrected_row = row(run, 1)
    assert (corrected_row.name, corrected_row.record["text"]) == (f"{SYMBOL} § 120.7", "Build schools")
    apply_import(run, by=by)
    assert texts() == {"120.2": PRISONS.text, "120.3": WATER.text, "120.7": "Build schools"}


def test_a_correction_says_who_and_what_was_read_before(by: Reader) -> None:
    run = preview(by)

    edit_row(row(run, 1), fields=fields(SCHOOLS, text="Build schools", states=["CHL"]), by=by)

    made = Correction.objects.get()
    assert (made.kind, made.made_by_id, made.data) == ("edit", by.user_id, {"text": "Build schools"})
    assert made.before["records"][0]["text"] == SCHOOLS.text
    assert row(run, 1).fixes == [made.pk]
    event = Event.objects.get(code="import.row_corrected")
    assert event.before["records"][0]["text"] == SCHOOLS.text
    assert event.after["name"] == f"{SYMBOL} § 120.1"


def test_a_correction_is_kept_when_the_file_is_compared_again(by: Reader) -> None:
    run = preview(by)
    edit_row(row(run, 1), fields=fields(SCHOOLS, text="Build schools", states=["CHL"]), by=by)

    preview_again(run, by=by)

    assert row(run, 1).record["text"] == "Build schools"


def test_a_correction_that_changes_nothing_is_refused(by: Reader) -> None:
    run = preview(by)

    with pytest.raises(RuleViolated, match="Nothing was changed"):
        edit_row(row(run, 1), fields=fields(SCHOOLS, states=["CHL"]), by=by)


@pytest.mark.parametrize(
    "values",
    [{"paragraph": " "}, {"paragraph": "1" * 21}, {"kind": "wish"}, {"position": "maybe"}, {"text": " "}],
)
def test_a_value_that_cannot_stand_is_refused(by: Reader, values: dict[str, str]) -> None:
    run = preview(by)

    with pytest.raises(RuleViolated):
        edit_row(row(run, 1), fields=fields(SCHOOLS, **values), by=by)

    assert not Correction.objects.exists()


def test_a_split_row_becomes_two_and_no_word_is_lost(by: Reader) -> None:
    run = preview(by, (TWO_IN_ONE, PRISONS))

    split_row(
        row(run, 1),
        begins="Train judges",
        first=fields(SCHOOLS, states=["CHL"]),
        second=fields(SCHOOLS, paragraph="120.9", states=["PER"]),
        by=by,
    )
    apply_import(run, by=by)

    assert texts() == {
        "120.1": "Build schools in remote regions.",
        "120.2": PRISONS.text,
        "120.9": "Train judges in family law",
    }
    second = Recommendation.objects.get(paragraph="120.9")
    assert list(second.recommending_states.values_list("state", flat=True)) == ["PER"]


@pytest.mark.parametrize("begins", ["Build schools", "e", "Not in the text", " "])
def test_a_cut_must_be_in_one_place_inside_the_text(by: Reader, begins: str) -> None:
    run = preview(by, (TWO_IN_ONE, PRISONS))

    with pytest.raises(RuleViolated, match="exactly once"):
        split_row(row(run, 1), begins=begins, first=fields(SCHOOLS), second=fields(SCHOOLS), by=by)


def test_joined_rows_keep_the_number_of_the_first_and_the_states_of_both(by: Reader) -> None:
    run = preview(by)

    merge_row(row(run, 1), by=by)
    apply_import(run, by=by)

    assert texts() == {"120.1": f"{SCHOOLS.text} {PRISONS.text}", "120.3": WATER.text}
    joined = Recommendation.objects.get(paragraph="120.1")
    states = list(joined.recommending_states.values_list("state", flat=True))
    assert (joined.position, states) == ("supported", ["CHL", "NOR", "GHA"])


def test_the_last_row_cannot_be_joined(by: Reader) -> None:
    run = preview(by)

    with pytest.raises(RuleViolated, match="No row of the same document follows"):
        merge_row(row(run, 3), by=by)


def test_a_correction_can_build_upon_another_and_is_undone_in_turn(by: Reader) -> None:
    run = preview(by)
    merge_row(row(run, 1), by=by)
    edit_row(row(run, 1), fields=fields(SCHOOLS, text="Both in short", states=["CHL"]), by=by)
    first, second = Correction.objects.order_by("pk")

    with pytest.raises(RuleViolated, match="later correction"):
        undo_correction(first, by=by)
    undo_correction(second, by=by)
    undo_correction(first, by=by)

    assert [row(run, place).name for place in (1, 2, 3)] == [f"{SYMBOL} § 120.{n}" for n in (1, 2, 3)]
    assert row(run, 1).record["text"] == SCHOOLS.text
    assert Event.objects.filter(code="import.correction_undone").count() == 2
    with pytest.raises(RuleViolated, match="undone already"):
        undo_correction(first, by=by)


def test_two_people_do_not_correct_the_same_row_at_once(by: Reader) -> None:
    run = preview(by)
    seen = row(run, 1)
    edit_row(row(run, 1), fields=fields(SCHOOLS, text="Build schools", states=["CHL"]), by=by)

    with pytest.raises(RuleViolated, match="corrected meanwhile"):
        edit_row(seen, fields=fields(SCHOOLS, text="Build other schools"), by=by)


def test_a_correction_put_in_behind_the_preview_is_seen(by: Reader) -> None:
    from tawsiya.audit import commands as audit

    run = preview(by)
    with audit.change("import.row_corrected", by=audit.SYSTEM):
        ImportRow.objects.filter(run=run, order=1).update(settled=True)

    with pytest.raises(ChangedSincePreview):
        apply_import(run, by=by)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FOCAL_POINT, Role.ADMINISTRATOR])
def test_nobody_else_corrects(by: Reader, role: Role) -> None:
    run = preview(by)
    other = make_reader(role)

    with pytest.raises(PermissionRefused):
        edit_row(row(run, 1), fields=fields(SCHOOLS, text="Build schools"), by=other)
    with pytest.raises(PermissionRefused):
        merge_row(row(run, 1), by=other)
    with pytest.raises(PermissionRefused):
        confirm_rows(run, doubt="same_paragraph", by=other)


def test_an_applied_import_is_corrected_no_more(by: Reader) -> None:
    run = preview(by)
    seen = row(run, 1)
    apply_import(run, by=by)

    with pytest.raises(RuleViolated, match="already decided"):
        edit_row(seen, fields=fields(SCHOOLS, text="Build schools"), by=by)


# Doubts


def test_doubtful_rows_stop_the_import_by_name(by: Reader) -> None:
    run = preview(by, TWICE)

    with pytest.raises(DoubtfulRows) as refused:
        apply_import(run, by=by)

    assert refused.value.names == (f"{SYMBOL} § 120.1 #2", f"{SYMBOL} § 120.1 #3")
    assert not Recommendation.objects.exists()


def test_each_doubtful_row_is_confirmed_corrected_or_left_out(by: Reader) -> None:
    run = preview(by, TWICE)
    second, third = (row(run, place) for place in (2, 3))

    assert confirm_rows(run, row=second, by=by) == 1
    edit_row(third, fields=fields(PRISONS, paragraph="120.8", text=PRISONS.text), by=by)

    assert apply_import(run, by=by).state == "applied"
    rows = Recommendation.objects.order_by("sort_key").values_list("paragraph", "ordinal")
    assert list(rows) == [("120.1", 1), ("120.1", 2), ("120.2", 1), ("120.8", 1)]


def test_all_of_a_kind_are_confirmed_at_once(by: Reader) -> None:
    run = preview(by, TWICE)

    assert confirm_rows(run, doubt="same_paragraph", by=by) == 2

    assert Event.objects.filter(code="import.rows_confirmed").count() == 1
    preview_again(run, by=by)
    assert apply_import(run, by=by).state == "applied"


def test_all_of_a_kind_are_left_out_at_once(by: Reader) -> None:
    run = preview(by, TWICE)

    with pytest.raises(RuleViolated, match="Give the reason"):
        exclude_rows(run, code="same_paragraph", reason=" ", by=by)
    assert exclude_rows(run, code="same_paragraph", reason="Misprints", by=by) == 2

    apply_import(run, by=by)
    assert Recommendation.objects.count() == 2


def test_a_confirmation_taken_back_is_open_again(by: Reader) -> None:
    run = preview(by, TWICE)
    confirm_rows(run, row=row(run, 2), by=by)

    undo_correction(Correction.objects.get(), by=by)

    assert not row(run, 2).settled


def test_what_is_not_doubtful_cannot_be_confirmed(by: Reader) -> None:
    run = preview(by)

    with pytest.raises(RuleViolated, match="No such row is doubtful"):
        confirm_rows(run, row=row(run, 1), by=by)


# The pure part

INFO = DocumentInfo(type="upr_report")


def record(paragraph: str, text: str, **values: object) -> Record:
    return Record("recommendation", "UPR", SYMBOL, INFO, paragraph, text, language="en", **values)


def test_equal_records_have_keys_of_their_own_and_places_do_not_count() -> None:
    first, second = readings_of([record("1", "One", page=3), record("1", "One", page=9)])

    assert first.key != second.key
    assert second.key == f"{first.key}-2"


def test_a_correction_whose_record_reads_otherwise_now_is_lost_and_said() -> None:
    (reading,) = readings_of([record("1", "One")])
    made = [Made(7, "edit", (reading.key,), {"text": "Two"})]

    assert corrected([record("1", "One")], made)[0][0].record.text == "Two"
    readings, lost = corrected([record("1", "One more")], made)
    assert (readings[0].record.text, lost) == ("One more", (7,))


def test_records_are_joined_only_where_they_follow_each_other() -> None:
    one, two, three = readings_of([record("1", "One"), record("2", "Two"), record("3", "Three")])

    _readings, lost = corrected(
        [one.record, two.record, three.record], [Made(7, "merge", (one.key, three.key))]
    )
    assert lost == (7,)


def test_what_a_split_makes_is_known_by_the_split() -> None:
    (reading,) = readings_of([record("1", "One. Two")])
    parts = [{"text": "One."}, {"text": "Two", "paragraph": "2"}]

    readings, _lost = corrected(
        [reading.record], [Made(7, "split", (reading.key,), {"parts": parts}, ("row_joined",))]
    )

    assert [one.key for one in readings] == list(output_keys(7))
    assert [(one.record.paragraph, one.record.text) for one in readings] == [("1", "One."), ("2", "Two")]
    assert all(one.settled == {"row_joined"} for one in readings)


def test_a_text_is_cut_at_words() -> None:
    assert cut("Build schools; train judges", "train judges") == ("Build schools;", "train judges")
    assert cut("Build schools", "Build") is None
    assert cut("one one", "one") is None


def test_likely_cuts_are_after_the_end_of_a_sentence() -> None:
    assert cuts("Build schools. Train judges (Chile); Free them.") == [
        "Train judges (Chile); Free them.",
        "Free them.",
    ]
