"""As the portal's role, only the views of what is public now can be read, and nothing can be written."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tawsiya.portal.queries import as_public

pytestmark = pytest.mark.django_db

PUBLIC = {
    "portal_publishedact",
    "portal_publishedconsultation",
    "portal_publishedfile",
    "portal_publisheditem",
    "portal_publishedprogramme",
    "portal_publishedrule",
    "portal_publishedvoice",
}
# Tables that hold what must never be read outside; if one of them is missing below, the list is wrong.
INTERNAL = {
    "accounts_user",
    "accounts_institution",
    "audit_event",
    "core_instance",
    "django_session",
    "followup_assessment",
    "followup_assignment",
    "followup_contribution",
    "followup_contributionevent",
    "followup_evidence",
    "intake_importrun",
    "notifications_outboxmail",
    "portal_consultationsnapshot",
    "portal_programmesnapshot",
    "portal_rulesnapshot",
    "portal_snapshot",
    "portal_snapshotfile",
    "portal_voicesnapshot",
    "recommendations_access",
    "recommendations_recommendation",
    "recommendations_recommendationtext",
}


def relations(kinds: str = "rpvm") -> list[str]:
    """Return every table and view of the schema (`S`: every sequence), as the database itself lists them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind = ANY(%s) ORDER BY 1",
            [list(kinds)],
        )
        return [row[0] for row in cursor.fetchall()]


def refuses(sql: str) -> bool:
    """Tell whether the portal's role is refused a statement."""
    try:
        with as_public(), connection.cursor() as cursor:
            cursor.execute(sql)
            transaction.set_rollback(True)  # whatever was possible is undone
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_no_other_table_can_be_read() -> None:
    names = relations()
    assert set(names) >= INTERNAL | PUBLIC
    assert [name for name in names if not refuses(f'SELECT 1 FROM "{name}"')] == sorted(PUBLIC)


@pytest.mark.parametrize(
    "statement", ['DELETE FROM "{}"', 'INSERT INTO "{}" DEFAULT VALUES', 'TRUNCATE "{}"']
)
def test_no_table_can_be_written(statement: str) -> None:
    kinds = "rpm" if "TRUNCATE" in statement else "rpvm"  # a view cannot be truncated by anybody
    assert [name for name in relations(kinds) if not refuses(statement.format(name))] == []


def test_no_sequence_can_be_read_or_moved() -> None:
    sequences = relations("S")
    assert "audit_event_id_seq" in sequences
    assert [name for name in sequences if not refuses(f"SELECT nextval('{name}')")] == []


def test_a_join_to_an_internal_table_is_refused() -> None:
    assert refuses(
        "SELECT 1 FROM portal_publisheditem s JOIN followup_contribution c ON c.recommendation_id = s.recommendation_id"
    )
