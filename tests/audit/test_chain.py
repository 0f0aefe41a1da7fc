"""Whoever owns the tables can drop triggers; the chain shows what was done then."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.audit.verify import verify_chain
from tawsiya.core.database_url import as_django


@pytest.fixture
def owner(fresh_database: dict[str, str], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work as the tables' owner in a database of its own that holds five events."""
    wrapper = connections["default"]
    before = dict(wrapper.settings_dict)
    with django_db_blocker.unblock():
        wrapper.close()
        wrapper.settings_dict.update(as_django(fresh_database["DATABASE_OWNER_URL"]))
        try:
            for number in range(1, 6):
                with audit.change("instance.created", by=audit.SYSTEM, reason=f"act {number}"):
                    pass
            yield
        finally:
            wrapper.close()
            wrapper.settings_dict.update(before)


def sql(statement: str, parameters: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass AND NOT tgisinternal"
        )
        names = [row[0] for row in cursor.fetchall()]
        assert len(names) == 3
        for name in names:
            cursor.execute(f'DROP TRIGGER "{name}" ON audit_event')


COPY = (
    "INSERT INTO audit_event (id, position, code, at, actor_name, on_behalf_of_name, subject_type, "
    "subject_name, state, before, after, reason, request_id, previous_hash, hash) "
    "SELECT 9000, {position}, code, at, actor_name, on_behalf_of_name, subject_type, subject_name, state, "
    "before, after, 'never happened', request_id, {previous}, {hash} FROM audit_event WHERE position = 3"
)


@pytest.mark.usefixtures("owner")
def test_an_untouched_chain_is_whole() -> None:
    verdict = verify_chain()
    assert (verdict.count, verdict.problem, verdict.broken_at) == (5, "", None)
    assert verdict.last_hash == Event.objects.get(position=5).hash


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize(
    "change",
    [
        "reason = 'another'",
        "actor_name = 'Somebody'",
        "code = 'contribution.validated'",
        "at = at + interval '1 day'",
        "before = '{\"a\": 1}'",
        "item_id = 7",
    ],
)
def test_an_altered_row_is_found(change: str) -> None:
    drop_triggers()
    sql(f"UPDATE audit_event SET {change} WHERE position = 3")
    verdict = verify_chain()
    assert (verdict.broken_at, verdict.problem) == (3, "the content was altered")


@pytest.mark.usefixtures("owner")
def test_a_row_altered_with_its_own_hash_made_good_is_found_at_the_next() -> None:
    drop_triggers()
    sql("UPDATE audit_event SET reason = 'another' WHERE position = 3")
    sql(
        "UPDATE audit_event e SET hash = encode(sha256(convert_to(previous_hash || "
        "audit_event_payload(e), 'UTF8')), 'hex') WHERE position = 3"
    )
    verdict = verify_chain()
    assert (verdict.broken_at, verdict.problem) == (4, "the link to the event before is wrong")


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize("position", [1, 3])
def test_a_removed_row_is_found(position: int) -> None:
    drop_triggers()
    sql("DELETE FROM audit_event WHERE position = %s", [position])
    verdict = verify_chain()
    assert (verdict.broken_at, verdict.problem) == (position, "an event is missing")


@pytest.mark.usefixtures("owner")
def test_rows_cut_off_at_the_end_are_found_by_a_hash_noted_elsewhere() -> None:
    noted = verify_chain().last_hash
    drop_triggers()
    sql("DELETE FROM audit_event WHERE position > 3")
    assert verify_chain().problem == ""
    verdict = verify_chain(expected_last=noted)
    assert verdict.problem == "the expected hash is not in the chain"
    with pytest.raises(CommandError, match="expected hash is not in the chain"):
        call_command("audit", "verify", "--expect", noted, stdout=StringIO())


@pytest.mark.usefixtures("owner")
def test_a_row_slipped_in_at_the_end_is_found() -> None:
    drop_triggers()
    sql(COPY.format(position=6, previous="hash", hash="hash"))
    assert verify_chain().broken_at == 6


@pytest.mark.usefixtures("owner")
def test_a_row_slipped_in_between_is_found() -> None:
    drop_triggers()
    sql("UPDATE audit_event SET position = 6 WHERE position = 5")
    sql("UPDATE audit_event SET position = 5 WHERE position = 4")
    sql(COPY.format(position=4, previous="hash", hash="repeat('a', 64)"))
    assert verify_chain().broken_at == 4


@pytest.mark.usefixtures("owner")
def test_the_command_says_it_in_one_line() -> None:
    said = StringIO()
    call_command("audit", "verify", stdout=said)
    assert said.getvalue().startswith("5 events, chain unbroken. Last hash: ")
    drop_triggers()
    sql("DELETE FROM audit_event WHERE position = 2")
    with pytest.raises(CommandError, match="broken at event 2: an event is missing"):
        call_command("audit", "verify", stdout=StringIO())


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET reason = ''", "DELETE FROM audit_event"])
def test_even_the_owner_must_drop_the_trigger_first(statement: str) -> None:
    with pytest.raises(Exception, match="Cannot update or delete rows from audit_event"):
        sql(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = ''",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
    ],
)
def test_the_application_has_no_right_to_any_of_it(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        sql(statement)
