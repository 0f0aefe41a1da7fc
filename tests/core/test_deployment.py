"""Rights of the database's roles, seen from inside each of them."""

import psycopg
import pytest
from psycopg import errors, sql

from tests.portal.test_role import PUBLIC

APPEND_ONLY = [
    "audit_event",
    "portal_snapshot",
    "portal_snapshotfile",
    "recommendations_recommendationevent",
    "followup_assignmentevent",
    "followup_contributionevent",
    "accounts_membershipevent",
]
"""Written by hand: what nobody may change, the application least of all."""


def test_the_application_cannot_change_what_only_grows(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["DATABASE_URL"]) as connection:
        for table in APPEND_ONLY:
            column = connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s LIMIT 1", [table]
            ).fetchone()
            assert column is not None, f"{table} cannot be read"
            name = sql.Identifier(column[0])
            for statement in ("DELETE FROM {}", "UPDATE {} SET {} = {}", "TRUNCATE {}"):
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(statement).format(sql.Identifier(table), name, name))
                connection.rollback()


def test_every_event_table_is_in_the_database_append_only(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["DATABASE_URL"]) as connection:
        rows = connection.execute(
            "SELECT table_name, has_table_privilege(table_name::regclass, 'INSERT'), "
            "has_table_privilege(table_name::regclass, 'UPDATE, DELETE, TRUNCATE') "
            "FROM information_schema.columns WHERE column_name = 'pgh_obj_id'"
        ).fetchall()
    assert len(rows) > 10, "the search for event tables finds nothing any more"
    assert [row for row in rows if row[1:] != (True, False)] == []


def test_the_portals_role_reads_what_is_public_now_and_nothing_else(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["DATABASE_URL"]) as connection:
        connection.execute("SET ROLE tawsiya_portal")
        rows = connection.execute(
            "SELECT relname, privilege FROM pg_class, "
            "unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) privilege "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') "
            "AND has_table_privilege(oid, privilege) "
            "ORDER BY 1, 2"
        ).fetchall()
        assert rows == [(table, "SELECT") for table in sorted(PUBLIC)]
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM accounts_user")


def test_the_application_writes_through_no_view(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["DATABASE_URL"]) as connection:
        for view in PUBLIC:
            for statement in ("DELETE FROM {}", "UPDATE {} SET id = id", "INSERT INTO {} (id) VALUES (1)"):
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(statement).format(sql.Identifier(view)))
                connection.rollback()


def test_the_application_does_not_own_the_tables(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["DATABASE_URL"]) as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert owners == [("tawsiya_owner",)]
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")


def test_the_application_creates_no_tables(fresh_database: dict[str, str]) -> None:
    with (
        psycopg.connect(fresh_database["DATABASE_URL"]) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")
