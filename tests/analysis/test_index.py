"""The index follows every change, in the transaction that makes it; nothing stale is found."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.commands import index
from tawsiya.analysis.models import SearchEntry, SearchPending
from tawsiya.analysis.search.results import Search, contributions_found, documents_found
from tawsiya.analysis.tasks import keep_index
from tawsiya.audit import commands as audit
from tawsiya.core.text import ANALYSIS_VERSION
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.contributions import Content, edit_contribution
from tawsiya.followup.commands.evidence import remove_evidence
from tawsiya.recommendations.commands import add_translation
from tawsiya.recommendations.models import Recommendation, RecommendationText
from tests import factories

pytestmark = pytest.mark.django_db


def found(query: str) -> set[int]:
    return set(Search(query).recommendations)


def contributions(query: str, reader: Reader) -> set[int]:
    return {row.pk for row in contributions_found(reader, Search(query))}


def test_an_import_is_found_at_once_and_nothing_waits_afterwards() -> None:
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    assert SearchPending.objects.exists()
    assert found("whistleblower") == {item.pk}
    assert not SearchPending.objects.exists()


def test_a_translation_is_found_in_its_language() -> None:
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    factories.make_instance()
    assert found("lanceur d'alerte") == set()
    add_translation(
        recommendation=item,
        language="fr",
        text="Protéger les lanceurs d\u2019alerte",
        by=factories.make_reader(Role.COORDINATOR),
    )
    assert found("lanceur d'alerte") == {item.pk}


def test_a_text_that_was_corrected_is_found_by_its_new_words_only() -> None:
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    assert found("whistleblowers") == {item.pk}
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation=item).update(text="Protect journalists")
    assert found("whistleblowers") == set()
    assert found("journalists") == {item.pk}


def test_a_part_and_a_heading_and_a_comment_count_with_their_paragraph() -> None:
    document = factories.make_document("CERD/C/MAR/CO/19-21", body="CERD")
    item = factories.make_recommendation(document, paragraph="12", texts={"en": "The State should:"})
    assert found("pension") == set()
    part = factories.make_recommendation(
        document, paragraph="12", subparagraph="a", texts={"en": "Raise pensions"}
    )
    assert found("pension") == {item.pk}
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        part.headings, part.comment = {"en": "Widows"}, "Seen by the rapporteur"
        part.save()
    assert found("widow") == found("rapporteur") == {item.pk}
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation=part).delete()
        Recommendation.objects.filter(pk=part.pk).delete()
    assert found("pension") == found("widow") == set()


def test_what_is_rolled_back_was_never_found() -> None:
    with transaction.atomic():
        factories.make_recommendation(texts={"en": "Protect whistleblowers"})
        transaction.set_rollback(True)
    assert found("whistleblowers") == set()
    assert not SearchPending.objects.exists()


def test_documents_follow_their_titles_and_their_body() -> None:
    document = factories.make_document("CERD/C/MAR/CO/19-21", body="CERD")
    reader = factories.make_reader(Role.OBSERVER)

    def seen(query: str) -> list[str]:
        return [row.symbol for row in documents_found(reader, Search(query))]

    assert seen("working group") == ["CERD/C/MAR/CO/19-21"]
    with audit.change("document.registered", by=audit.SYSTEM):
        document.titles = {"fr": "Observations finales"}
        document.save()
        document.body.names = {"fr": "Comité pour l'élimination de la discrimination raciale"}
        document.body.save()
    assert seen("working group") == []
    assert seen("observation finale") == ["CERD/C/MAR/CO/19-21"]
    assert seen("discrimination raciale") == ["CERD/C/MAR/CO/19-21"]


def test_a_contribution_follows_each_edit_and_its_files() -> None:
    row = factories.make_contribution(measures_taken="A bill is being drafted")
    focal = factories.reader_in(row.institution, Role.FOCAL_POINT)
    file = factories.make_evidence(row, title="Gazette of Tuesday")
    assert contributions("bills", focal) == contributions("tuesday", focal) == {row.pk}
    edit_contribution(
        contribution=row,
        content=Content(language="fr", measures_taken="Une loi fut adoptée", obstacles="La grève"),
        seen_version=row.version,
        by=focal,
    )
    assert contributions("bill", focal) == set()
    assert contributions("grèves", focal) == contributions("adopter lois", focal) == {row.pk}
    remove_evidence(evidence=file, by=focal)
    assert contributions("tuesday", focal) == set()


def test_a_change_of_state_alone_needs_no_indexing_and_rights_are_those_of_now() -> None:
    row = factories.make_contribution(measures_taken="A bill is being drafted")
    delegation = factories.coordinator()
    assert contributions("bill", delegation) == set()
    factories.act_on_contribution(
        contribution=row, action="submit", by=factories.reader_in(row.institution, Role.FOCAL_POINT)
    )
    assert not SearchPending.objects.exists()
    assert contributions("bill", delegation) == set()
    factories.act_on_contribution(
        contribution=row, action="approve", by=factories.reader_in(row.institution, Role.VALIDATOR)
    )
    assert contributions("bill", delegation) == {row.pk}


def test_after_a_large_import_what_waits_is_not_found_by_what_it_said_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    document = changed.document
    assert found("whistleblowers") == {changed.pk}
    monkeypatch.setattr(index, "BATCH", 1)
    others = [
        factories.make_recommendation(document, texts={"en": f"Protect whistleblowers, part {number}"})
        for number in range(3)
    ]
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        RecommendationText.objects.filter(recommendation=changed).update(text="Protect journalists")
    search = Search("whistleblowers")
    assert changed.pk in search.behind[EntryKind.RECOMMENDATION]
    assert changed.pk not in search.recommendations
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'analysis.index_changes'")
        assert cursor.fetchone() == (1,)
    keep_index(timestamp=0)
    assert not SearchPending.objects.exists()
    assert found("whistleblowers") == {row.pk for row in others}


def test_a_note_that_comes_while_others_are_worked_off_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The change behind it may not have been read: its own turn comes."""
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    insert: Any = index._insert
    raced = []

    def insert_and_change(kind: EntryKind, sources: Any) -> None:
        insert(kind, sources)
        if not raced and kind == EntryKind.RECOMMENDATION:
            raced.append(True)
            with audit.change("recommendation.imported", by=audit.SYSTEM):
                RecommendationText.objects.filter(recommendation=item).update(text="Protect journalists")

    monkeypatch.setattr(index, "_insert", insert_and_change)
    assert index.catch_up(batches=1) is False
    assert found("journalists") == {item.pk}


def test_another_version_of_the_analysis_is_not_searched_and_is_indexed_anew() -> None:
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    assert found("whistleblowers") == {item.pk}
    SearchEntry.objects.update(analysis_version=ANALYSIS_VERSION - 1)
    assert found("whistleblowers") == set()
    keep_index(timestamp=0)
    assert found("whistleblowers") == {item.pk}
    assert set(SearchEntry.objects.values_list("analysis_version", flat=True)) == {ANALYSIS_VERSION}


def test_reindex_builds_everything_anew_and_drops_what_is_gone() -> None:
    item = factories.make_recommendation(texts={"en": "Protect whistleblowers"})
    contribution = factories.make_contribution(ContributionState.VALIDATED)
    found("whistleblowers")
    before = set(SearchEntry.objects.values_list("kind", "object_id", "language", "surface"))
    SearchEntry.objects.filter(object_id=item.pk).update(surface="nonsense", lexemes="nonsense")
    SearchEntry.objects.create(
        kind="contribution", object_id=987654, language="en", lexemes="gone", surface="", analysis_version=1
    )
    out = StringIO()
    call_command("reindex", stdout=out)
    assert set(SearchEntry.objects.values_list("kind", "object_id", "language", "surface")) == before
    assert out.getvalue() == f"{len(before)} entries in the search index.\n"
    assert found("whistleblowers") == {item.pk}
    assert contribution.pk in contributions("council of ministers", factories.coordinator())
