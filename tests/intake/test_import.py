"""From a file to the database: what is created, changed, kept, withdrawn, refused."""

from dataclasses import replace
from datetime import date

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.audit.queries import history_of
from tawsiya.audit.sentences import render
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands import import_file
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.mechanisms.choices import DocumentType
from tawsiya.mechanisms.models import Document, Edition, LanguageVersion
from tawsiya.notifications.models import Notification
from tawsiya.recommendations.choices import Status, TagOrigin, Taxonomy
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    Tag,
)
from tests.factories import (
    make_assessment,
    make_assignment,
    make_document,
    make_person,
    make_reader,
    make_recommendation,
)
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix


def run(by: Reader, lines: tuple[Line, ...] = LINES, **options: object) -> Outcome:
    data = matrix(lines, state=str(options.pop("document_state", "Tamourt")))
    return import_file(data=data, file_name="matrix.docx", state="XTM", by=by, **options)


def actions(outcome: Outcome) -> dict[str, str]:
    return {row.name: "excluded" if row.excluded else row.action.value for row in outcome.plan.rows}


def item(paragraph: str) -> Recommendation:
    return Recommendation.objects.get(document__symbol=SYMBOL, paragraph=paragraph)


def tags_of(recommendation: Recommendation) -> set[tuple[str, str, str]]:
    links = RecommendationTag.objects.filter(recommendation=recommendation)
    return set(links.values_list("tag__taxonomy", "tag__code", "origin"))


def test_everything_of_the_file_enters(by: Reader) -> None:
    outcome = run(by)

    assert actions(outcome) == {
        f"{SYMBOL} § 120.1": "create",
        f"{SYMBOL} § 120.2": "create",
        f"{SYMBOL} § 120.3": "create",
    }
    prisons = item("120.2")
    assert (prisons.kind, prisons.position, prisons.version) == ("recommendation", "noted", 1)
    assert prisons.source_of_position == f"{SYMBOL}/Add.1 - Para.3"
    assert prisons.headings == {"en": "Conditions of detention"}
    assert list(prisons.texts.values_list("language", "text", "status")) == [
        ("en", "Reduce overcrowding in prisons and open them to independent visits", "official")
    ]
    assert list(prisons.recommending_states.values_list("state", flat=True)) == ["NOR", "GHA"]
    assert tags_of(prisons) == {
        ("theme", "conditions-of-detention", "import"),
        ("persons", "persons-deprived-of-their-liberty", "import"),
        ("sdg_goal", "16", "import"),
        ("sdg_target", "16.3", "import"),
    }


def test_the_document_its_body_review_and_language_version_are_registered(by: Reader) -> None:
    run(by)

    document = Document.objects.get(symbol=SYMBOL)
    assert (document.type, document.body.code) == ("upr_report", "UPR")
    assert document.review is not None
    assert (document.review.cycle, document.review.session) == (4, 46)
    # The title of OHCHR's list is not the title of the report.
    assert document.titles == {}
    version = LanguageVersion.objects.get(edition__document=document)
    assert (version.language, version.edition.kind, version.file_name) == ("en", "compilation", "matrix.docx")
    assert len(version.sha256) == 64


def test_a_second_run_changes_nothing_and_leaves_no_trace(by: Reader) -> None:
    run(by)
    before = (Event.objects.count(), ImportRun.objects.count(), list(Recommendation.objects.values()))

    outcome = run(by)

    assert set(actions(outcome).values()) == {"unchanged"}
    assert outcome.run is None
    assert before == (Event.objects.count(), ImportRun.objects.count(), list(Recommendation.objects.values()))


def test_a_dry_run_writes_nothing(by: Reader) -> None:
    outcome = run(by, dry_run=True)

    assert set(actions(outcome).values()) == {"create"}
    assert not Recommendation.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Document.objects.exists()


def test_changes_are_named_field_by_field_and_only_those_are_written(by: Reader) -> None:
    run(by)
    changed = replace(
        SCHOOLS,
        text="Build and staff schools in remote regions for the children of nomadic families",
        states=("Chile", "Peru"),
        position="Noted",
        themes=("Right to education", "Equality & non-discrimination"),
    )

    outcome = run(by, (changed, PRISONS, WATER))

    row = outcome.plan.rows[0]
    assert row.changes == {
        "text.en": [SCHOOLS.text, changed.text],
        "position": ["supported", "noted"],
        "recommending_states": [["CHL"], ["CHL", "PER"]],
        "tags.theme": [["right-to-education"], ["equality-and-non-discrimination", "right-to-education"]],
    }
    assert [planned.action.value for planned in outcome.plan.rows[1:]] == ["unchanged", "unchanged"]
    assert item("120.1").version == 2
    assert item("120.1").texts.get().text == changed.text
    assert item("120.2").version == 1
    # A further file of the same language is a further edition of the compilation.
    assert Edition.objects.filter(document__symbol=SYMBOL, kind="compilation").count() == 2


def test_an_empty_field_of_the_file_erases_nothing(by: Reader) -> None:
    run(by)
    bare = replace(SCHOOLS, states=(), themes=(), persons=(), sdgs=(), position="")

    outcome = run(by, (bare, PRISONS, WATER))

    assert outcome.plan.rows[0].changes == {}
    assert item("120.1").recommending_states.count() == 1
    assert len(tags_of(item("120.1"))) == 3


def test_national_work_is_never_overwritten(by: Reader) -> None:
    run(by)
    schools = item("120.1")
    assignment = make_assignment(recommendation=schools)
    make_assessment(schools, Status.IN_PROGRESS)
    person = make_person(Role.ANALYST)
    with audit.change("recommendation.tagged", by=audit.SYSTEM):
        own = register_tag(Taxonomy.THEME, "rural-schools", {"en": "Rural schools"})
        RecommendationTag.objects.create(
            recommendation=schools, tag=own, origin=TagOrigin.PERSON, set_by=person
        )
        RecommendationText.objects.create(
            recommendation=schools, language="fr", text="Construire des écoles", status="unofficial"
        )
        Recommendation.objects.filter(pk=schools.pk).update(national_grade="accepted_in_progress")

    outcome = run(by, (replace(SCHOOLS, position="Noted", themes=("Children",)), PRISONS, WATER))

    schools.refresh_from_db()
    assignment.refresh_from_db()
    assert (schools.position, schools.status, schools.national_grade) == (
        "noted",
        "in_progress",
        "accepted_in_progress",
    )
    assert assignment.state == "accepted"
    assert ("theme", "rural-schools", "person") in tags_of(schools)
    assert ("theme", "right-to-education", "import") not in tags_of(schools)
    assert schools.texts.get(language="fr").text == "Construire des écoles"
    assert [warning["code"] for warning in outcome.plan.rows[0].warnings] == [
        "grade_no_longer_fits",
        "status_no_longer_fits",
    ]


def test_a_tag_that_a_person_set_is_not_doubled(by: Reader) -> None:
    run(by, (SCHOOLS,))
    schools = item("120.1")
    with audit.change("recommendation.tagged", by=audit.SYSTEM):
        RecommendationTag.objects.filter(recommendation=schools, tag__code="right-to-education").update(
            origin=TagOrigin.PERSON, set_by=make_person(Role.ANALYST)
        )

    outcome = run(by, (SCHOOLS,))

    assert actions(outcome) == {f"{SYMBOL} § 120.1": "unchanged"}


FRENCH = Line(
    "120.1",
    "Construire des écoles dans les régions reculées pour les enfants des familles nomades",
    states=("Chili",),
    position="Acceptée",
    themes=("Droit à l’éducation",),
    persons=("Enfants",),
    sdgs=(),
)


def test_a_second_language_version_joins_by_symbol_and_paragraph(by: Reader) -> None:
    run(by, (SCHOOLS, WATER))

    outcome = run(by, (FRENCH,))

    assert outcome.plan.rows[0].changes == {
        "text.fr": ["", FRENCH.text],
        "heading.fr": ["", "Right to education"],
    }
    texts = dict(item("120.1").texts.values_list("language", "text"))
    assert texts == {"en": SCHOOLS.text, "fr": FRENCH.text}
    # No French double of a tag that the recommendation has already.
    assert not Tag.objects.filter(code="droit-à-l-éducation").exists()
    versions = LanguageVersion.objects.filter(edition__document__symbol=SYMBOL).order_by("language")
    assert list(versions.values_list("language", "edition__number")) == [("en", 1), ("fr", 1)]
    assert actions(run(by, (FRENCH,))) == {f"{SYMBOL} § 120.1": "unchanged"}
    assert set(actions(run(by, (SCHOOLS, WATER))).values()) == {"unchanged"}


def test_another_language_never_contradicts_what_is_there(by: Reader) -> None:
    run(by, (SCHOOLS,))

    outcome = run(by, (replace(FRENCH, position="Rejetée", states=("Chili", "Pérou")),))

    assert item("120.1").position == "supported"
    assert list(item("120.1").recommending_states.values_list("state", flat=True)) == ["CHL"]
    codes = [warning["params"]["field"] for warning in outcome.plan.rows[0].warnings]
    assert codes == ["position", "recommending_states"]


def test_a_persons_translation_is_kept_and_said(by: Reader) -> None:
    run(by, (SCHOOLS,))
    with audit.change("recommendation.translated", by=audit.SYSTEM):
        RecommendationText.objects.create(
            recommendation=item("120.1"), language="fr", text="Notre traduction", status="unofficial"
        )

    outcome = run(by, (replace(FRENCH, theme_row=""),))

    assert item("120.1").texts.get(language="fr").text == "Notre traduction"
    assert "translation_kept" in [warning["code"] for warning in outcome.plan.rows[0].warnings]


def test_the_same_recommendation_under_two_themes_is_one(by: Reader) -> None:
    again = replace(SCHOOLS, themes=("Rights of the child",), theme_row="Rights of the child")

    outcome = run(by, (SCHOOLS, WATER, again))

    assert Recommendation.objects.count() == 2
    assert [planned.reason for planned in outcome.plan.rows] == ["", "", "repeated"]
    assert {code for taxonomy, code, _ in tags_of(item("120.1")) if taxonomy == "theme"} == {
        "right-to-education",
        "rights-of-the-child",
    }
    assert set(actions(run(by, (SCHOOLS, WATER, again))).values()) == {"unchanged"}


def test_two_texts_of_one_paragraph_are_told_apart_by_their_ordinal(by: Reader) -> None:
    other = replace(SCHOOLS, text="Train the teachers of remote regions in the languages of their pupils")

    outcome = run(by, (SCHOOLS, SCHOOLS, other))

    assert list(outcome.plan.rows)[2].name == f"{SYMBOL} § 120.1 #2"
    assert list(Recommendation.objects.order_by("ordinal").values_list("ordinal", flat=True)) == [1, 2]


# Withdrawing


def test_nothing_is_withdrawn_without_a_declaration(by: Reader) -> None:
    run(by)

    assert actions(run(by, (SCHOOLS,))) == {f"{SYMBOL} § 120.1": "unchanged"}
    assert not Recommendation.objects.filter(withdrawn_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("scope", "withdrawn"),
    [
        ("document", {"120.2", "120.3"}),
        ("body", {"120.2", "120.3", "99.1"}),
        ("State", {"120.2", "120.3", "99.1", "14"}),
    ],
)
def test_only_the_declared_scope_is_withdrawn(by: Reader, scope: str, withdrawn: set[str]) -> None:
    run(by)
    make_recommendation(make_document("A/HRC/38/917"), paragraph="99.1")
    observations = make_document(
        "CERD/C/XTM/CO/8-10",
        type=DocumentType.CONCLUDING_OBSERVATIONS,
        body="CERD",
        published_on=date(2022, 12, 9),
    )
    make_recommendation(observations, paragraph="14")

    outcome = run(by, (SCHOOLS,), complete_for=scope)

    gone = Recommendation.objects.filter(withdrawn_at__isnull=False)
    assert set(gone.values_list("paragraph", flat=True)) == withdrawn
    assert {row.reason for row in outcome.plan.rows if row.action == "withdraw"} == {"not_in_file"}
    assert set(actions(run(by, (SCHOOLS,), complete_for=scope)).values()) == {"unchanged"}


def test_what_comes_back_is_no_longer_withdrawn(by: Reader) -> None:
    run(by)
    run(by, (SCHOOLS,), complete_for="document")

    outcome = run(by)

    assert outcome.plan.rows[1].changes == {"withdrawn": [True, False]}
    assert not Recommendation.objects.filter(withdrawn_at__isnull=False).exists()


# Refusing


def test_rejected_rows_stop_the_import(by: Reader) -> None:
    nameless = replace(WATER, paragraph="")

    outcome = run(by, (SCHOOLS, nameless))

    (rejected,) = outcome.plan.rejected
    assert rejected.reason == "no_paragraph"
    assert rejected.name.startswith(f"{SYMBOL} § — [")
    assert not Recommendation.objects.exists()
    assert not ImportRun.objects.exists()


def test_rows_left_out_by_name_stay_out_of_later_imports(by: Reader) -> None:
    nameless = replace(WATER, paragraph="")
    name = run(by, (SCHOOLS, nameless)).plan.rejected[0].name

    first = run(by, (SCHOOLS, nameless), exclude=[name])
    second = run(by, (SCHOOLS, nameless))

    assert actions(first) == {f"{SYMBOL} § 120.1": "create", name: "excluded"}
    assert actions(second) == {f"{SYMBOL} § 120.1": "unchanged", name: "excluded"}
    assert Exclusion.objects.get().decided_by_id == by.user_id
    assert Recommendation.objects.count() == 1


def test_a_row_left_out_is_known_again_in_the_next_issue_of_the_file(by: Reader) -> None:
    nameless = replace(WATER, paragraph="")
    name = run(by, (SCHOOLS, nameless)).plan.rejected[0].name
    run(by, (SCHOOLS, nameless), exclude=[name])

    later = run(by, (SCHOOLS, PRISONS, nameless))

    assert actions(later) == {
        f"{SYMBOL} § 120.1": "unchanged",
        f"{SYMBOL} § 120.2": "create",
        name: "excluded",
    }


def test_a_sound_row_can_be_left_out_too_and_brings_no_label_in(by: Reader) -> None:
    run(by, exclude=[f"{SYMBOL} § 120.2"])

    assert set(Recommendation.objects.values_list("paragraph", flat=True)) == {"120.1", "120.3"}
    assert not Tag.objects.filter(code="conditions-of-detention").exists()


def test_a_name_that_is_no_row_is_refused(by: Reader) -> None:
    with pytest.raises(RuleViolated, match=r"A/HRC/57/901 § 120\.9"):
        run(by, exclude=[f"{SYMBOL} § 120.9"])


@pytest.mark.parametrize(
    ("document_state", "named", "reason"),
    [
        ("China", "XTM", "other_state"),
        ("China", "CHN", "state_not_served"),
        ("Tamourt", "CHN", "state_not_served"),
    ],
)
def test_another_state_is_rejected_row_by_row(
    by: Reader, document_state: str, named: str, reason: str
) -> None:
    outcome = import_file(data=matrix(state=document_state), file_name="matrix.docx", state=named, by=by)

    assert [row.reason for row in outcome.plan.rejected] == [reason] * 3
    assert not Recommendation.objects.exists()


def test_a_symbol_of_another_body_is_rejected(by: Reader) -> None:
    make_document(SYMBOL, type=DocumentType.VISIT_REPORT, body="CERD")

    outcome = run(by)

    assert {row.reason for row in outcome.plan.rejected} == {"other_body"}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ANALYST)])
def test_only_the_delegation_imports(by: Reader, role: Role) -> None:
    with pytest.raises(PermissionRefused):
        run(make_reader(role))


def test_an_analyst_imports(by: Reader) -> None:
    assert run(make_reader(Role.ANALYST)).run is not None


# History


def test_every_recommendation_tells_of_its_import_to_everyone_who_sees_it(by: Reader) -> None:
    run(by)
    run(by, (replace(SCHOOLS, position="Noted"),))

    for role in (Role.COORDINATOR, Role.FOCAL_POINT, Role.OBSERVER, Role.NHRI):
        events = history_of(item("120.1").pk, make_reader(role))
        assert [event.code for event in events] == ["recommendation.updated", "recommendation.imported"]
    updated = history_of(item("120.1").pk, by)[0]
    assert render(updated) == f"{by.name} updated the recommendation from matrix.docx"
    assert updated.before == {"position": "supported"}
    assert updated.after["position"] == "noted"


def test_the_import_itself_is_told_to_the_delegation_only(by: Reader) -> None:
    analyst, observer = make_reader(Role.ANALYST), make_reader(Role.OBSERVER)

    run(by)

    applied = Event.objects.get(code="import.applied")
    assert render(applied) == f"{by.name} imported matrix.docx: 3 created, 0 changed, 0 withdrawn"
    told = Notification.objects.filter(code="import.applied")
    assert list(told.values_list("recipient_id", flat=True)) == [analyst.user_id]
    assert observer.user_id not in told.values_list("recipient_id", flat=True)


def test_the_rows_of_an_applied_import_point_to_what_they_made(by: Reader) -> None:
    run(by)

    pairs = ImportRow.objects.order_by("order").values_list("name", "target__paragraph")
    assert list(pairs) == [(f"{SYMBOL} § {line.paragraph}", line.paragraph) for line in LINES]


def test_an_import_looks_for_the_groups_of_its_newcomers(by: Reader) -> None:
    from django.db import connection

    run(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'analysis.propose_groups'")
        assert cursor.fetchone() == (1,)
