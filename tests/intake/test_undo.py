"""An import undone as a whole, or refused because something was built on it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.audit.verify import verify_chain
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands import import_file, preview_import, undo_import
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.errors import BuiltUpon
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.mechanisms.models import Body, Document, Edition, LanguageVersion, Review
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.commands import add_translation, set_tags
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
    Tag,
)
from tests.factories import make_assessment, make_assignment, make_reader, make_recommendation
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

TABLES = (
    Body, Document, Edition, LanguageVersion, Review, Recommendation, RecommendationText, RecommendingState,
    RecommendationTag, Tag,
)  # fmt: skip
CHANGED = replace(
    SCHOOLS,
    text=f"{SCHOOLS.text} and their parents",
    states=("Peru",),
    position="Noted",
    themes=("Right to health",),
    theme_row="Right to health",
)


def run(by: Reader, lines: tuple[Line, ...] = LINES, **options: Any) -> ImportRun:
    outcome: Outcome = import_file(data=matrix(lines), file_name="matrix.docx", state="XTM", by=by, **options)
    assert outcome.run is not None
    return outcome.run


def everything() -> dict[str, list[Any]]:
    """All rows as they stand; versions count acts, and times tell when."""
    left_out = ("version", "set_at", "id")
    return {
        table.__name__: sorted(
            json.dumps({k: v for k, v in row.items() if k not in left_out}, default=str, sort_keys=True)
            for row in table.objects.values()
        )
        for table in TABLES
    }


def item(paragraph: str) -> Recommendation:
    return Recommendation.objects.get(document__symbol=SYMBOL, paragraph=paragraph)


def test_what_an_import_created_goes_with_all_it_brought(by: Reader) -> None:
    before = everything()
    made = run(by)

    undone = undo_import(made, reason="The wrong file", by=by)

    assert everything() == before
    assert (undone.state, undone.undone_by_id) == ("undone", by.user_id)
    assert set(ImportRow.objects.filter(run=made).values_list("target", flat=True)) == {None}
    assert verify_chain().problem == ""


def test_the_history_keeps_what_was_removed(by: Reader) -> None:
    made = run(by)
    pk = item("120.1").pk

    undo_import(made, reason="The wrong file", by=by)

    codes = Event.objects.filter(item_id=pk).order_by("position").values_list("code", flat=True)
    assert list(codes) == ["recommendation.imported", "recommendation.import_removed"]
    event = Event.objects.get(code="import.undone")
    assert (event.reason, event.subject_id) == ("The wrong file", made.pk)
    versions = Recommendation._meta.get_field("events").related_model.objects.filter(pgh_obj_id=pk)
    assert list(versions.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_what_an_import_changed_is_again_what_it_was(by: Reader) -> None:
    run(by)
    before = everything()
    made = run(by, (CHANGED, PRISONS))

    undo_import(made, reason="An older file", by=by)

    assert everything() == before
    assert item("120.1").version == 3


def test_what_an_import_withdrew_comes_back(by: Reader) -> None:
    run(by)
    made = run(by, (SCHOOLS, PRISONS), complete_for="document")
    assert item("120.3").withdrawn_at is not None

    undo_import(made, reason="The file was not complete", by=by)

    assert item("120.3").withdrawn_at is None


def test_the_same_file_can_be_imported_again(by: Reader) -> None:
    undo_import(run(by), reason="Once more", by=by)

    run(by)

    assert Recommendation.objects.count() == 3


def test_what_was_there_before_stays(by: Reader) -> None:
    kept = make_recommendation(texts={"en": "Keep the peace"})
    made = run(by)

    undo_import(made, reason="The wrong file", by=by)

    assert list(Recommendation.objects.all()) == [kept]
    assert Body.objects.filter(code="UPR").exists()


def assign(by: Reader) -> None:
    make_assignment(recommendation=item("120.1"))


def tag(by: Reader) -> None:
    from tawsiya.audit import commands as audit

    with audit.change("instance.created", by=audit.SYSTEM):
        health = register_tag(Taxonomy.THEME, "health", {"en": "Health"})
    set_tags(recommendation=item("120.1"), tags=[health], by=by)


def translate(by: Reader) -> None:
    add_translation(recommendation=item("120.1"), language="fr", text="Construire des écoles", by=by)


def assess(by: Reader) -> None:
    make_assessment(item("120.1"))


def publish_it(by: Reader) -> None:
    publish(recommendation=item("120.1"), selection=TEXT_ONLY, by=by)


def import_again(by: Reader) -> None:
    run(by, (CHANGED,))


@pytest.mark.parametrize("build", [assign, tag, translate, assess, publish_it, import_again])
def test_nothing_is_undone_once_something_was_built_on_it(by: Reader, build: Any) -> None:
    made = run(by)
    build(by)
    before = everything()

    with pytest.raises(BuiltUpon) as refused:
        undo_import(made, reason="The wrong file", by=by)

    (what,) = refused.value.names
    assert what.startswith(f"{SYMBOL} § 120.1: ")
    assert everything() == before
    made.refresh_from_db()
    assert made.state == "applied"


def test_the_refusal_says_what_was_built(by: Reader) -> None:
    made = run(by)
    translate(by)
    import_again(by)

    with pytest.raises(BuiltUpon) as refused:
        undo_import(made, reason="The wrong file", by=by)

    (what,) = refused.value.names
    assert f"{by.name} added a translation" in what
    assert f"{by.name} updated the recommendation from matrix.docx" in what


def test_a_later_import_is_undone_first_and_then_the_earlier_one(by: Reader) -> None:
    before = everything()
    first = run(by)
    second = run(by, (CHANGED,))

    undo_import(second, reason="Not needed", by=by)

    # The history of 120.1 tells of the second import and of its undoing: nothing stands on it any more.
    undo_import(first, reason="Not needed either", by=by)
    assert everything() == before


def test_an_import_is_undone_once_and_only_when_applied(by: Reader) -> None:
    waiting = preview_import(data=matrix((WATER,)), file_name="matrix.docx", state="XTM", by=by)
    with pytest.raises(RuleViolated):
        undo_import(waiting, reason="Why not", by=by)
    made = run(by)
    with pytest.raises(RuleViolated, match="Give the reason"):
        undo_import(made, reason=" ", by=by)
    undo_import(made, reason="The wrong file", by=by)
    with pytest.raises(RuleViolated, match="already decided"):
        undo_import(made, reason="The wrong file", by=by)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FOCAL_POINT, Role.ADMINISTRATOR])
def test_nobody_else_undoes(by: Reader, role: Role) -> None:
    made = run(by)

    with pytest.raises(PermissionRefused):
        undo_import(made, reason="Because", by=make_reader(role))


def test_the_command_line_undoes_too(by: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    from tawsiya.accounts.models import User

    made = run(by)
    account = User.objects.get(pk=by.user_id).email

    call_command("undo_import", str(made.pk), "--by", account, "--reason", "The wrong file")

    assert capsys.readouterr().out == "undone: matrix.docx\n"
    assert not Recommendation.objects.exists()
    with pytest.raises(SystemExit) as refused:
        call_command("undo_import", str(made.pk), "--by", account, "--reason", "The wrong file")
    assert refused.value.code == 2
