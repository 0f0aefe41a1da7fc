"""The State's own records from an export of UHRI: known by their identifiers, in every language."""

from typing import Any

import pytest

from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import apply_import, import_file, preview_import
from tawsiya.intake.commands.apply import Outcome
from tawsiya.intake.incoming import UNNUMBERED
from tawsiya.intake.models import ImportRow
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.models import Recommendation
from tests.factories import make_document, make_recommendation
from tests.intake.readers.uhri.samples import Raw, concern, export, guid, raw


def run(by: Reader, *records: Raw, **options: Any) -> Outcome:
    return import_file(data=export(*records), file_name="export.json", state="XTM", by=by, **options)


def actions(outcome: Outcome) -> dict[str, str]:
    return {row.name: row.action.value for row in outcome.plan.rows}


def item(number: int) -> Recommendation:
    return Recommendation.objects.select_related("document").get(external_id=guid(number))


def test_each_record_enters_into_its_own_document(by: Reader) -> None:
    outcome = run(by, raw(1), concern(2), raw(3, Countries=["Chile"]))

    assert actions(outcome) == {"A/HRC/52/70 § 132.1": "create", "CRC/C/XTM/CO/3 § 2": "create"}
    report, observations = (Document.objects.get(symbol=s) for s in ("A/HRC/52/70", "CRC/C/XTM/CO/3"))
    assert (report.type, report.body.code, str(report.published_on)) == ("upr_report", "UPR", "2022-12-20")
    assert report.review is not None
    assert (report.review.cycle, report.review.session) == (4, 41)
    assert (observations.type, observations.body.code, observations.review) == (
        "concluding_observations",
        "CRC",
        None,
    )
    assert (item(1).position, item(2).kind, item(2).headings) == (
        "supported",
        "concern",
        {"en": "Right to education"},
    )
    assert [w.code for w in outcome.result.warnings] == ["several_states"]


def test_a_second_run_changes_nothing(by: Reader) -> None:
    run(by, raw(1), concern(2))
    assert set(actions(run(by, concern(2), raw(1))).values()) == {"unchanged"}


def test_records_of_one_paragraph_keep_their_places_in_every_order(by: Reader) -> None:
    asking = concern(
        7, AnnotationType="- Recommendations", Text="2.The Committee asks the State party for wells."
    )
    run(by, concern(2), asking)
    assert (item(2).ordinal, item(7).ordinal) == (1, 2)
    assert set(actions(run(by, asking, concern(2))).values()) == {"unchanged"}
    third = concern(8, Text="2.The Committee is worried that the rivers of the State party are dry.")
    assert actions(run(by, third, asking))["CRC/C/XTM/CO/3 § 2 #3"] == "create"


def test_another_language_joins_by_the_identifier(by: Reader) -> None:
    run(by, raw(1))
    # Its number was read otherwise: the identifier decides.
    text = "133-1 - Ouvrir les puits des villages à tous ceux qui vivent près des puits (Nouvelle-Zélande);"
    outcome = run(by, raw(1, Text=text, Themes=["Droit à l’eau"]))
    assert actions(outcome) == {"A/HRC/52/70 § 132.1": "update"}
    (row,) = outcome.plan.rows
    assert list(row.changes) == ["text.fr"]
    assert [w["code"] for w in row.warnings] == ["place_kept"]
    assert set(item(1).texts.values_list("language", flat=True)) == {"en", "fr"}


def test_a_matrix_made_it_the_export_adds_the_identifier(by: Reader) -> None:
    document = make_document(symbol="A/HRC/52/70")
    there = make_recommendation(document=document, paragraph="132.1")
    outcome = run(by, raw(1))
    assert actions(outcome) == {"A/HRC/52/70 § 132.1": "update"}
    assert item(1).pk == there.pk


def test_a_paragraph_without_number_is_known_by_its_identifier(by: Reader) -> None:
    text = "The State party should dig wells."
    run(by, concern(2, Text=text), concern(3, Text=text + " It should also keep them."))
    assert (item(2).paragraph, item(2).ordinal, item(3).ordinal) == (UNNUMBERED, 1, 2)
    assert set(actions(run(by, concern(3, Text=text + " It should also keep them."))).values()) == {
        "unchanged"
    }


def test_only_what_uhri_had_is_withdrawn_and_only_in_a_declared_scope(by: Reader) -> None:
    run(by, raw(1), raw(2))
    document = Document.objects.get(symbol="A/HRC/52/70")
    make_recommendation(document=document, paragraph="140.1")
    assert actions(run(by, raw(1))) == {"A/HRC/52/70 § 132.1": "unchanged"}
    assert actions(run(by, raw(1), complete_for="State")) == {
        "A/HRC/52/70 § 132.1": "unchanged",
        "A/HRC/52/70 § 132.2": "withdraw",
    }


def test_a_file_about_another_state_is_refused_row_by_row(by: Reader) -> None:
    outcome = run(by, raw(1, Countries=["Chile"]))
    assert [row.reason for row in outcome.plan.rejected] == ["other_state"]


@pytest.mark.slow
def test_sixteen_hundred_records_are_previewed_with_few_queries(
    by: Reader, django_assert_max_num_queries: Any
) -> None:
    data = export(*(raw(number) for number in range(1, 1_601)))
    with django_assert_max_num_queries(60):
        run = preview_import(data=data, file_name="export.json", state="XTM", by=by)
    assert ImportRow.objects.filter(run=run, action="create").count() == 1_600
    apply_import(run, by=by)
    with django_assert_max_num_queries(60):
        again = preview_import(data=data, file_name="export.json", state="XTM", by=by)
    assert ImportRow.objects.filter(run=again, action="unchanged").count() == 1_600
