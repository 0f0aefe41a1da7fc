"""What must hold before the system runs: rights of the database roles, and start-up checks."""

import os
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError, ProgrammingError

from tawsiya.core.database_url import is_postgresql

OWNER_SQL = """\
CREATE ROLE tawsiya_portal NOLOGIN;
GRANT tawsiya_portal TO {application};  -- and: ALTER ROLE {application} NOINHERIT;
"""
APPEND_ONLY = ("audit_event",)
PORTAL = "tawsiya_portal"
SECRET_LENGTH = 32
EXAMPLE_URL = "postgresql://tawsiya_app@localhost/tawsiya"
EXAMPLE = f"for example {EXAMPLE_URL}"


def append_only_tables() -> list[str]:
    """Return the tables into which the application inserts and which it never changes."""
    events = [model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return sorted({*APPEND_ONLY, *snapshot_tables(), *events})


def snapshot_tables() -> list[str]:
    """Return the tables that hold the acts of publication."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "snapshot", False))


def public_views() -> list[str]:
    """Return the views of what is public now: all that the public pages may read."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "public", False))


def grant_rights(application: str) -> list[str]:
    """Give the application and the portal exactly their rights. Run as the tables' owner.

    Returns:
        Sentences for the administrator about what could not be done.
    """
    quote = connection.ops.quote_name
    notes: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        if application and application != owner:
            for statement in _application_grants(quote(application)):
                cursor.execute(statement)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PORTAL])
        if cursor.fetchone() is None:
            notes.append(
                "The public pages stay closed until a database administrator runs:\n"
                + OWNER_SQL.format(application=application or owner)
                + "and `tawsiya migrate` runs again."
            )
            return notes
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {PORTAL}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {PORTAL}")
        for view in public_views():
            cursor.execute(f"GRANT SELECT ON {quote(view)} TO {PORTAL}")
    return notes


def _application_grants(application: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {application}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {application}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {application}"
    for table in append_only_tables():
        yield f"REVOKE UPDATE, DELETE ON {connection.ops.quote_name(table)} FROM {application}"
    for view in public_views():
        # PostgreSQL would pass a write to a simple view on to its table, with the rights of the owner.
        yield f"REVOKE INSERT, UPDATE, DELETE ON {connection.ops.quote_name(view)} FROM {application}"


def check_settings() -> list[str]:
    """Return what is wrong with the environment, one sentence each; nothing in demo and test mode."""
    # Read before Django's settings are, which would raise on what is refused here in one sentence.
    if os.environ.get("TAWSIYA_MODE") in {"demo", "test"}:
        return []
    problems = []
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        problems.append(f"DATABASE_URL is not set: give the address of the PostgreSQL database, {EXAMPLE}.")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if not is_postgresql(os.environ.get(name) or EXAMPLE_URL):
            problems.append(f"{name} is no address of a PostgreSQL database; write it {EXAMPLE}.")
    if len(os.environ.get("SECRET_KEY", "")) < SECRET_LENGTH:
        problems.append(
            f"SECRET_KEY is missing or shorter than {SECRET_LENGTH} characters: set a long random value."
        )
    return problems


def check_database(*, migrated: bool) -> list[str]:
    """Return what is wrong with the database, one sentence each.

    Args:
        migrated: whether the migrations must have been applied.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            superuser = bool(cursor.fetchone()[0])
    except OperationalError as error:
        said = " ".join(str(error).split()).rstrip(".?")
        return [f"The database cannot be used: {said}."]
    if superuser:
        return ["The database role is a superuser: name an ordinary one, so that rights and triggers hold."]
    if migrated and _waiting_migrations():
        return ["The database is not up to date: run `tawsiya migrate`."]
    return _check_mark()


def _waiting_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _check_mark() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_demo FROM core_instance")
            row = cursor.fetchone()
    except ProgrammingError:
        return []  # not migrated yet: there is nothing to protect
    if row and row[0] and not settings.LOCAL:
        return ["This database holds the demo's training data: it starts in demo mode only."]
    if row and not row[0] and settings.DEMO:
        return ["This database serves a real State: it does not start in demo mode."]
    return []
