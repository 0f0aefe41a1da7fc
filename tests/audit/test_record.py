"""No write to a table of record without an act, and none while a page is only read."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.audit import table_states
from tawsiya.audit.commands import WriteDuringRead
from tawsiya.audit.models import AccessLog, Event
from tawsiya.core.middleware import RequestIdMiddleware
from tests import factories

pytestmark = pytest.mark.django_db

# Written by hand: what the record of the State consists of.
OF_RECORD = {
    "accounts_deputy",
    "accounts_institution",
    "accounts_invitation",
    "accounts_membership",
    "analysis_decision",
    "analysis_groupmodel",
    "analysis_keptapart",
    "analysis_modelversion",
    "analysis_savedview",
    "analysis_worldload",
    "followup_answer",
    "followup_assessment",
    "followup_assessmentrule",
    "followup_assignment",
    "followup_assignmentpace",
    "followup_calendaraddress",
    "followup_contribution",
    "followup_contributionauthor",
    "followup_evidence",
    "followup_extension",
    "followup_grade",
    "followup_message",
    "followup_messagemention",
    "followup_parliamentquestion",
    "followup_parliamentquestionitem",
    "followup_question",
    "followup_questionnaire",
    "followup_reference",
    "followup_reminderstart",
    "followup_reply",
    "followup_replyauthor",
    "followup_submission",
    "intake_correction",
    "intake_exclusion",
    "intake_importrow",
    "intake_importrun",
    "intake_rememberedcolumns",
    "mechanisms_body",
    "mechanisms_document",
    "mechanisms_edition",
    "mechanisms_languageversion",
    "mechanisms_obligation",
    "mechanisms_review",
    "mechanisms_treaty",
    "programme_budgetline",
    "programme_comment",
    "programme_consultation",
    "programme_indicator",
    "programme_indicatorbreak",
    "programme_indicatorgoal",
    "programme_indicatormeasure",
    "programme_indicatorrecommendation",
    "programme_indicatorvalue",
    "programme_legislation",
    "programme_measure",
    "programme_measureanswer",
    "programme_measureinstitution",
    "programme_measurereport",
    "programme_measurewait",
    "programme_milestone",
    "programme_node",
    "programme_planfile",
    "programme_programme",
    "programme_reportamount",
    "programme_reportfile",
    "programme_reportstage",
    "programme_valuerequest",
    "programme_version",
    "recommendations_access",
    "recommendations_group",
    "recommendations_groupmember",
    "recommendations_recommendation",
    "recommendations_recommendationtag",
    "recommendations_recommendationtext",
    "recommendations_recommendingstate",
    "recommendations_tag",
    "recommendations_tagmapping",
    "recommendations_tagrefusal",
    "recommendations_vocabulary",
    "reports_outputtemplate",
}
SNAPSHOTS = {
    "portal_consultationsnapshot",
    "portal_programmesnapshot",
    "portal_rulesnapshot",
    "portal_snapshot",
    "portal_snapshotfile",
    "portal_voicesnapshot",
}
# Written by loads only, see tests/analysis/test_world.py.
WORLD = {"analysis_worldrecord", "analysis_worldchange"}


def guarded() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(trigger.name == "require_audit" for trigger in getattr(model._meta, "triggers", ()))
    }


def test_the_tables_of_record_are_these() -> None:
    assert guarded() == OF_RECORD | SNAPSHOTS | WORLD


def test_every_table_of_record_notes_that_it_was_written_to() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_table'")
        assert {row[0] for row in cursor.fetchall()} >= OF_RECORD | SNAPSHOTS | WORLD


def test_an_act_leaves_its_hash_with_the_tables_it_wrote_to_and_no_other() -> None:
    factories.make_institution()
    before = table_states.read()
    factories.make_document()
    after = table_states.read()
    last = Event.objects.first()
    assert last is not None
    assert after["mechanisms_document"] == after["audit_event"] == last.hash
    assert after["accounts_institution"] == before["accounts_institution"] != last.hash


def test_a_statement_names_its_tables_and_row_versions_count_as_the_rows() -> None:
    sql = 'SELECT 1 FROM "followup_contributionevent" v, followup_evidence e JOIN "nowhere_at_all" n ON TRUE'
    assert table_states.named_in(sql) == {"followup_contribution", "followup_evidence"}


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", sorted(OF_RECORD | SNAPSHOTS))
def test_a_write_without_an_act_is_refused(table: str) -> None:
    refusal = f"write to {table} without an audit event"
    with pytest.raises(ProgrammingError, match=refusal):
        run(f'INSERT INTO "{table}" DEFAULT VALUES')
    if table in OF_RECORD:
        with pytest.raises(ProgrammingError, match=refusal):
            run(f'UPDATE "{table}" SET id = id')
        with pytest.raises(ProgrammingError, match=refusal):
            run(f'DELETE FROM "{table}"')


@pytest.mark.parametrize("table", sorted(SNAPSHOTS))
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_snapshot_is_never_changed(table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|without an audit event"):
        run(statement.format(table))


@pytest.mark.parametrize("table", sorted(OF_RECORD))
def test_the_versions_of_rows_are_never_changed(table: str) -> None:
    for statement in (f'UPDATE "{table}event" SET pgh_id = pgh_id', f'DELETE FROM "{table}event"'):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(statement)


def test_the_leave_to_write_ends_with_the_act() -> None:
    institution = factories.make_institution()
    with pytest.raises(ProgrammingError, match="without an audit event"):
        run(f"UPDATE accounts_institution SET key = 'other' WHERE id = {institution.pk}")


def test_each_version_of_a_row_names_its_act() -> None:
    institution = factories.make_institution()
    event = Event.objects.get(code="institution.created", subject_id=institution.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_id, pgh_label FROM accounts_institutionevent WHERE pgh_obj_id = %s",
            [institution.pk],
        )
        assert cursor.fetchall() == [(event.pk, "insert")]


def test_within_an_act_no_trigger_is_left_out_and_none_has_to_catch_an_error() -> None:
    # pgtrigger asks for this setting at each row; unset, it is an error, whose handling walks through all
    # the checks that the transaction has deferred: the cost of an import grew with its square.
    with audit.change("institution.created", by=audit.SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore', TRUE)")
        assert cursor.fetchone() == ("{}",)
        cursor.execute("SELECT _pgtrigger_should_ignore('pgtrigger_require_audit_199fd')")
        assert cursor.fetchone() == (False,)


def answer(method: str) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        factories.make_institution(key="made-by-a-page")
        return HttpResponse()

    return RequestIdMiddleware(view)(RequestFactory().generic(method, "/"))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_page_that_only_reads_and_writes_raises(method: str) -> None:
    with pytest.raises(WriteDuringRead, match=r"institution\.created"):
        answer(method)
    assert not Event.objects.filter(code="institution.created").exists()


def test_a_post_writes_and_its_event_carries_the_request() -> None:
    response = answer("POST")
    event = Event.objects.get(code="institution.created")
    assert event.request_id == response["X-Request-Id"] != ""


def test_reading_a_file_is_noted_even_during_a_get() -> None:
    person = factories.make_person(Role.COORDINATOR)

    def view(_request: HttpRequest) -> HttpResponse:
        audit.log_access(user_id=person.pk, subject=person)
        return HttpResponse()

    response = RequestIdMiddleware(view)(RequestFactory().get("/"))
    row = AccessLog.objects.get()
    assert (row.user_id, row.object_type, row.request_id) == (
        person.pk,
        "accounts.user",
        response["X-Request-Id"],
    )


def test_a_failed_act_leaves_neither_row_nor_event() -> None:
    before = Event.objects.count()
    written = factories.make_institution(key="kept")

    def fail_half_way() -> None:
        with audit.change("institution.changed", by=audit.SYSTEM):
            run(f"UPDATE accounts_institution SET key = 'half' WHERE id = {written.pk}")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    written.refresh_from_db()
    assert written.key == "kept"
    assert Event.objects.count() == before + 1
