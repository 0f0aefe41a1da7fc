"""The tracker of a ministry, brought over once: statuses, assignments and measures, dated as they were."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Role
from tawsiya.audit.models import Event
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.contributions import Content, start_contribution
from tawsiya.followup.models import Assessment, Assignment, Contribution
from tawsiya.intake.commands import apply_import, map_columns, take_in, undo_import
from tawsiya.intake.errors import BuiltUpon
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.readers.sheets.mapping import Columns
from tawsiya.notifications.models import Notification
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Access, Recommendation
from tests.factories import make_assignment, make_institution, reader_in
from tests.intake.readers.sheets.samples import text_of

HEADER = (
    "Cote", "N°", "Recommandation", "Position", "État d’avancement", "Date du statut", "Chef de file",
    "Partenaires", "Échéance", "Référence du courrier", "Date du courrier", "Mesures prises",
)  # fmt: skip
FIELDS = (
    "symbol", "paragraph", "text_fr", "position", "status", "status_on", "lead", "support", "deadline",
    "letter", "letter_on", "measures",
)  # fmt: skip
SCHOOLS = (
    "A/HRC/99/7", "132.1", "Poursuivre les efforts en faveur de la scolarisation des filles", "Acceptée",
    "En cours", "15/03/2021", "Ministère des Écoles", "Office des Ports", "31/12/2027", "112/DI", "02/02/2020",
    "Douze écoles ont été ouvertes dans les vallées depuis la rentrée.",
)  # fmt: skip
JUDGES = (
    "A/HRC/99/7", "132.2", "Former les juges au droit de la famille dans toutes les provinces", "Acceptée",
    "Presque fini", "", "Ministère inconnu", "", "", "", "", "",
)  # fmt: skip
WORDS = {
    "status": {"en cours": "in_progress", "presque fini": ""},
    "institutions": {"ministere des ecoles": "ecoles", "office des ports": "ports", "ministere inconnu": ""},
}


@pytest.fixture
def register(by: Reader) -> None:
    make_institution(key="ecoles", names={"fr": "Ministère des Écoles", "en": "Ministry of Schools"})
    make_institution(key="ports", names={"fr": "Office des Ports", "ar": "مكتب الموانئ"})


def mapped(by: Reader, *rows: tuple[str, ...], words: dict[str, dict[str, str]] | None = None) -> ImportRun:
    data = text_of((HEADER, *(rows or (SCHOOLS, JUDGES))), ";").encode("windows-1252")
    run = take_in(data=data, file_name="suivi.csv", by=by)
    return map_columns(run, Columns(columns=FIELDS, words=words or WORDS), by=by)


def row(run: ImportRun, place: int = 1) -> ImportRow:
    return ImportRow.objects.get(run=run, order=place)


def codes(found: ImportRow) -> list[str]:
    return [warning["code"] for warning in found.warnings]


@pytest.mark.usefixtures("register")
def test_the_preview_says_what_each_row_would_bring(by: Reader) -> None:
    run = mapped(by)

    assert row(run).changes == {
        "national.status": ["", "in_progress"],
        "national.lead": ["", "ecoles"],
        "national.support": [[], ["ports"]],
        "national.measures": ["", SCHOOLS[-1]],
    }
    # What nobody decided is named, and never guessed.
    second = row(run, 2)
    assert (second.action, second.changes) == ("create", {})
    assert {"status_unknown", "institution_unknown"} <= set(codes(second))


@pytest.mark.usefixtures("register")
def test_applying_dates_each_act_when_it_was_done(by: Reader) -> None:
    run = apply_import(mapped(by), by=by)

    item = Recommendation.objects.get(paragraph="132.1")
    assert item.status == "in_progress"
    lead = Assignment.objects.get(level="lead")
    assert (lead.institution.key, lead.state, lead.deadline) == ("ecoles", "accepted", date(2027, 12, 31))
    assert (lead.letter_reference, lead.letter_date) == ("112/DI", date(2020, 2, 2))
    assert lead.assigned_at.date() == date(2020, 2, 2)
    assessment = Assessment.objects.get()
    assert (assessment.status, assessment.decided_at.date()) == ("in_progress", date(2021, 3, 15))
    contribution = Contribution.objects.get()
    assert (contribution.state, contribution.language) == ("validated", "fr")
    assert (contribution.institution.key, contribution.measures_taken) == ("ecoles", SCHOOLS[-1])
    assert set(Access.objects.values_list("institution__key", "level")) == {
        ("ecoles", "lead"),
        ("ports", "support"),
    }
    events = Event.objects.filter(code__endswith="brought_over").order_by("position")
    assert [event.code for event in events] == [
        "assignment.brought_over",
        "assignment.brought_over",
        "contribution.brought_over",
        "assessment.brought_over",
    ]
    assert [event.at.date() for event in events] == [date(2020, 2, 2)] * 2 + [date(2021, 3, 15)] * 2
    assert events[0].after["file"] == "suivi.csv · 2"
    # Nobody is told of an assignment of years ago as if it were new.
    assert not Notification.objects.exclude(code="import.applied").exists()
    assert run.state == "applied"


@pytest.mark.usefixtures("register")
def test_a_second_time_brings_nothing(by: Reader) -> None:
    apply_import(mapped(by), by=by)

    again = mapped(by)

    assert list(ImportRow.objects.filter(run=again).values_list("action", flat=True)) == ["unchanged"] * 2


@pytest.mark.usefixtures("register")
def test_work_that_is_here_is_never_overwritten(by: Reader) -> None:
    apply_import(mapped(by, JUDGES), by=by)
    item = Recommendation.objects.get()
    other = make_assignment(recommendation=item)
    set_status(recommendation=item, status=Status.IMPLEMENTED, justification="Seen", language="en", by=by)

    run = mapped(
        by, (*JUDGES[:4], "En cours", "", "Ministère des Écoles", "Office des Ports", "", "", "", "Fait.")
    )

    assert row(run).changes == {
        "national.support": [[], ["ports"]],
        "national.measures": ["", "Fait."],
    }
    assert {"national_status_kept", "national_lead_kept"} <= set(codes(row(run)))
    apply_import(run, by=by)
    item.refresh_from_db()
    assert item.status == "implemented"
    assert Assignment.objects.get(level="lead") == other


@pytest.mark.usefixtures("register")
def test_what_does_not_fit_is_left_out_and_said(by: Reader) -> None:
    noted = (*SCHOOLS[:3], "Notée", "En cours", "", "", "", "", "", "", "Fait.")
    future = (*JUDGES[:4], "En cours", "01/01/2099", "", "", "", "", "", "")
    run = mapped(by, noted, future)

    assert [row(run, place).changes for place in (1, 2)] == [{}, {}]
    assert {"national_status_unfit", "national_no_lead"} <= set(codes(row(run)))
    assert "national_future" in codes(row(run, 2))


@pytest.mark.usefixtures("register")
def test_rows_without_text_find_what_is_here(by: Reader) -> None:
    apply_import(mapped(by, JUDGES), by=by)
    bare = (JUDGES[0], JUDGES[1], "", "", "En cours", "", "", "", "", "", "", "")
    unknown = (JUDGES[0], "132.77", "", "", "En cours", "", "", "", "", "", "", "")

    run = mapped(by, bare, unknown)

    assert (row(run).action, row(run).changes) == ("update", {"national.status": ["", "in_progress"]})
    assert (row(run, 2).action, row(run, 2).reason) == ("reject", "no_text")


@pytest.mark.usefixtures("register")
def test_undoing_takes_back_what_was_brought(by: Reader) -> None:
    apply_import(mapped(by, JUDGES), by=by)
    run = apply_import(
        mapped(by, SCHOOLS, (*JUDGES[:4], "En cours", "", "Ministère des Écoles", *[""] * 5)), by=by
    )
    assert Assignment.objects.count() == 3

    undo_import(run, reason="Wrong file", by=by)

    kept = Recommendation.objects.get()
    assert (kept.paragraph, kept.status) == ("132.2", "")
    for model in (Assignment, Contribution, Assessment, Access):
        assert not model.objects.exists()
    events = Event.objects.filter(code__endswith="brought_undone").order_by("position")
    assert [event.code for event in events] == [
        "assessment.brought_undone",
        "assignment.brought_undone",
        "assessment.brought_undone",
        "contribution.brought_undone",
        "assignment.brought_undone",
        "assignment.brought_undone",
    ]
    # And once more, as if it had never been.
    again = apply_import(mapped(by, SCHOOLS), by=by)
    undo_import(again, reason="Wrong file again", by=by)
    assert not Assignment.objects.exists()


@pytest.mark.usefixtures("register")
def test_an_import_whose_work_was_built_on_is_not_undone(by: Reader) -> None:
    apply_import(mapped(by, JUDGES), by=by)
    run = apply_import(mapped(by, (*JUDGES[:4], "", "", "Ministère des Écoles", *[""] * 5)), by=by)
    item = Recommendation.objects.get()
    institution = Assignment.objects.get().institution
    author = reader_in(institution, Role.FOCAL_POINT)
    start_contribution(
        recommendation=item, institution=institution, content=Content("fr", "Fait."), by=author
    )

    # The delegation does not see the draft; that something was done is all it is told.
    with pytest.raises(BuiltUpon, match="worked on since"):
        undo_import(run, reason="Wrong file", by=by)

    assert Assignment.objects.count() == 1


@pytest.mark.usefixtures("register")
def test_the_page_maps_words_and_names(by: Reader) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    data = text_of((HEADER, SCHOOLS, JUDGES), ";").encode("utf-8")
    run = take_in(data=data, file_name="suivi.csv", by=by)

    page = client.get(reverse("intake:columns", args=[run.pk])).content.decode()

    assert "Words of the status column" in page
    assert '<option value="in_progress" selected>' in page
    assert '<option value="ecoles" selected>' in page
    assert "nobody has said which status “Presque fini” is" in page
    assert "nobody has said which institution “Ministère inconnu” is" in page
    shown = client.get(reverse("intake:run", args=[mapped(by).pk])).content.decode()
    assert "Will be led by" in shown
    assert "Ministry of Schools" in shown
    assert "In progress" in shown
