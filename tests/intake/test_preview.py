"""The preview holds until it is applied, or applying refuses and names the rows."""

from dataclasses import replace
from pathlib import Path

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands import (
    apply_import,
    declare_complete,
    discard_import,
    exclude_row,
    include_row,
    preview_again,
    preview_import,
)
from tawsiya.intake.commands import write as writing
from tawsiya.intake.errors import ChangedSincePreview, RejectedRows
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.intake.queries import row_counts
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation, RecommendationText, Tag
from tests.factories import make_assessment, make_reader
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

NAMELESS = replace(WATER, paragraph="")


def preview(by: Reader, lines: tuple[Line, ...] = LINES) -> ImportRun:
    return preview_import(data=matrix(lines), file_name="matrix.docx", state="XTM", by=by)


def counted(run: ImportRun) -> dict[str, int]:
    return {action: count for action, count in row_counts(run).items() if count}


def row_of(run: ImportRun, place: int) -> ImportRow:
    return ImportRow.objects.get(run=run, order=place)


def test_a_preview_stores_what_would_be_done_and_does_none_of_it(by: Reader, files: Path) -> None:
    run = preview(by)

    assert (run.state, run.file_kind, counted(run)) == ("previewed", "upr_matrix", {"create": 3})
    assert (files / run.stored_as).read_bytes() == matrix()
    assert not Recommendation.objects.exists()
    assert not Document.objects.exists()
    event = Event.objects.get(code="import.previewed")
    assert (event.subject_type, event.subject_id) == ("intake.importrun", run.pk)


def test_applying_writes_what_the_preview_said(by: Reader) -> None:
    run = apply_import(preview(by), by=by)

    assert (run.state, run.decided_by_id) == ("applied", by.user_id)
    assert Recommendation.objects.count() == 3


def test_an_import_is_decided_once(by: Reader) -> None:
    run = apply_import(preview(by), by=by)

    for act in (apply_import, discard_import, preview_again):
        with pytest.raises(RuleViolated, match="already decided"):
            act(run, by=by)


def test_a_discarded_import_writes_nothing(by: Reader) -> None:
    run = discard_import(preview(by), by=by)

    assert run.state == "discarded"
    assert not Recommendation.objects.exists()
    assert Event.objects.filter(code="import.discarded", subject_id=run.pk).exists()


# What changed since the preview


def test_a_recommendation_that_changed_meanwhile_stops_the_import_by_name(by: Reader) -> None:
    apply_import(preview(by), by=by)
    run = preview(by, (replace(SCHOOLS, position="Noted"), PRISONS, WATER))
    make_assessment(Recommendation.objects.get(paragraph="120.2"), Status.UNDER_STUDY)

    with pytest.raises(ChangedSincePreview) as refused:
        apply_import(run, by=by)

    assert refused.value.names == (f"{SYMBOL} § 120.2",)
    assert f"{SYMBOL} § 120.2" in str(refused.value)
    assert Recommendation.objects.get(paragraph="120.1").position == "supported"


def test_a_text_that_changed_without_a_new_version_is_seen_too(by: Reader) -> None:
    apply_import(preview(by), by=by)
    run = preview(by, (replace(SCHOOLS, text=f"{SCHOOLS.text} and their parents"), PRISONS, WATER))
    with audit.change("recommendation.updated", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation__paragraph="120.1").update(text="Other words")

    with pytest.raises(ChangedSincePreview) as refused:
        apply_import(run, by=by)

    assert refused.value.names == (f"{SYMBOL} § 120.1",)


def test_a_recommendation_that_appeared_meanwhile_is_named(by: Reader) -> None:
    run = preview(by)
    apply_import(preview(by, (SCHOOLS,)), by=by)

    with pytest.raises(ChangedSincePreview) as refused:
        apply_import(run, by=by)

    # The document is there now: the others still do what the preview said.
    assert refused.value.names == (f"{SYMBOL} § 120.1",)
    assert counted(preview_again(run, by=by)) == {"create": 2, "unchanged": 1}
    assert apply_import(run, by=by).state == "applied"


@pytest.mark.parametrize(
    "altered",
    [
        {"changes": {"text.en": ["", "Words put in"]}},
        {"action": "unchanged"},
        {"record": {"text": "Words put in"}},
        {"excluded": True},
    ],
)
def test_an_altered_preview_is_refused_naming_the_row(by: Reader, altered: dict[str, object]) -> None:
    run = preview(by)
    with audit.change("import.previewed", by=audit.SYSTEM):
        ImportRow.objects.filter(run=run, order=2).update(**altered)

    with pytest.raises(ChangedSincePreview) as refused:
        apply_import(run, by=by)

    assert refused.value.names == (f"{SYMBOL} § 120.2",)
    assert not Recommendation.objects.exists()


def test_a_row_taken_out_of_the_preview_or_put_in_is_named(by: Reader) -> None:
    run = preview(by)
    with audit.change("import.previewed", by=audit.SYSTEM):
        ImportRow.objects.filter(run=run, order=3).delete()
        ImportRow.objects.create(run=run, order=9, name="A/HRC/57/901 § 120.9", action="create")

    with pytest.raises(ChangedSincePreview) as refused:
        apply_import(run, by=by)

    assert refused.value.names == (f"{SYMBOL} § 120.3", f"{SYMBOL} § 120.9")


@pytest.mark.parametrize("altered", [None, b"", matrix((SCHOOLS,))])
def test_a_stored_file_that_is_not_the_one_previewed_is_refused(
    by: Reader, files: Path, altered: bytes | None
) -> None:
    run = preview(by)
    path = files / run.stored_as
    if altered is None:
        path.unlink()
    else:
        path.chmod(0o600)
        path.write_bytes(altered)

    with pytest.raises(RuleViolated, match="not the one that was previewed"):
        apply_import(run, by=by)


def test_an_import_that_fails_half_way_leaves_nothing(by: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    run = preview(by)
    events = Event.objects.count()
    done: list[int] = []
    create = writing.create_many

    def fails_once_written(rows: list[tuple[Document, writing.Issued]]) -> list[Recommendation]:
        done.append(len(create(rows)))
        raise OSError("the disk is full")

    monkeypatch.setattr(writing, "create_many", fails_once_written)
    with pytest.raises(OSError, match="disk is full"):
        apply_import(run, by=by)

    assert done == [3]
    assert Recommendation.objects.count() == Document.objects.count() == 0
    assert not Tag.objects.exists()
    assert Event.objects.count() == events
    run.refresh_from_db()
    assert run.state == "previewed"
    monkeypatch.undo()
    assert apply_import(run, by=by).state == "applied"


# Rows and scope


def test_rejected_rows_stop_until_they_are_left_out_for_a_reason(by: Reader) -> None:
    run = preview(by, (SCHOOLS, NAMELESS))
    rejected = row_of(run, 2)
    with pytest.raises(RejectedRows) as stopped:
        apply_import(run, by=by)
    assert stopped.value.names == (rejected.name,)
    with pytest.raises(RuleViolated, match="reason"):
        exclude_row(rejected, reason="  ", by=by)

    exclude_row(rejected, reason="A heading read as a recommendation", by=by)

    assert counted(run) == {"create": 1, "excluded": 1}
    assert apply_import(run, by=by).state == "applied"
    exclusion = Exclusion.objects.get()
    assert (exclusion.name, exclusion.reason) == (rejected.name, "A heading read as a recommendation")
    # The next import knows it.
    assert counted(preview(by, (SCHOOLS, NAMELESS))) == {"unchanged": 1, "excluded": 1}


def test_a_row_can_be_taken_in_again(by: Reader) -> None:
    run = preview(by)
    exclude_row(row_of(run, 2), reason="Not ours", by=by)
    other = preview(by)
    assert counted(other) == {"create": 2, "excluded": 1}

    include_row(row_of(run, 2), by=by)

    assert not Exclusion.objects.exists()
    assert counted(run) == {"create": 3}
    codes = Event.objects.filter(subject_id=run.pk, subject_type="intake.importrun").order_by("position")
    assert list(codes.values_list("code", flat=True)) == [
        "import.previewed",
        "import.row_excluded",
        "import.row_included",
        "import.previewed",
    ]
    with pytest.raises(RuleViolated, match="not left out"):
        include_row(row_of(run, 1), by=by)


def test_declaring_a_scope_plans_withdrawals_and_taking_it_back_removes_them(by: Reader) -> None:
    apply_import(preview(by), by=by)
    run = preview(by, (SCHOOLS,))
    assert counted(run) == {"unchanged": 1}

    run = declare_complete(run, "document", by=by)
    assert counted(run) == {"unchanged": 1, "withdraw": 2}
    run = declare_complete(run, "", by=by)
    assert counted(run) == {"unchanged": 1}
    with pytest.raises(RuleViolated, match="no scope"):
        declare_complete(run, "everything", by=by)

    apply_import(declare_complete(run, "document", by=by), by=by)
    gone = Recommendation.objects.filter(withdrawn_at__isnull=False)
    assert set(gone.values_list("paragraph", flat=True)) == {"120.2", "120.3"}


def test_a_withdrawal_can_be_left_out(by: Reader) -> None:
    apply_import(preview(by), by=by)
    run = declare_complete(preview(by, (SCHOOLS,)), "document", by=by)
    exclude_row(ImportRow.objects.get(run=run, name=f"{SYMBOL} § 120.3"), reason="Still valid", by=by)

    apply_import(run, by=by)

    gone = Recommendation.objects.filter(withdrawn_at__isnull=False)
    assert set(gone.values_list("paragraph", flat=True)) == {"120.2"}


# Rights and files


@pytest.mark.parametrize(
    "role", [Role.FOCAL_POINT, Role.VALIDATOR, Role.OBSERVER, Role.ADMINISTRATOR, Role.NHRI]
)
def test_nobody_else_previews_or_decides(by: Reader, role: Role, files: Path) -> None:
    run, reader = preview(by), make_reader(role)

    with pytest.raises(PermissionRefused):
        preview(reader)
    for act in (apply_import, discard_import, preview_again):
        with pytest.raises(PermissionRefused):
            act(run, by=reader)
    with pytest.raises(PermissionRefused):
        exclude_row(row_of(run, 1), reason="No", by=reader)
    with pytest.raises(PermissionRefused):
        include_row(row_of(run, 1), by=reader)
    with pytest.raises(PermissionRefused):
        declare_complete(run, "State", by=reader)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"{\\rtf1 }", "other_kind"),
        (b"%PDF-1.7 ...", "pdf_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 and then nothing of a package", "zip_broken"),
    ],
)
def test_hostile_and_foreign_files_are_refused_and_not_kept(
    by: Reader, files: Path, data: bytes, code: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        preview_import(data=data, file_name="matrix.docx", state="XTM", by=by)

    assert refused.value.code == code
    assert not ImportRun.objects.exists()
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_files_that_no_import_refers_to_are_swept(by: Reader, files: Path) -> None:
    import os

    orphan, young = files / "imports" / "orphan", files / "imports" / "young"
    orphan.parent.mkdir()
    for path in (orphan, young):
        path.write_bytes(b"left by a killed process")
    os.utime(orphan, (1_700_000_000, 1_700_000_000))

    run = preview(by)

    assert sorted(path.name for path in orphan.parent.iterdir()) == sorted(
        ["young", Path(run.stored_as).name]
    )
