"""Databases for the tests: the embedded PostgreSQL, or the one of `TEST_DATABASE_SUPERUSER_URL`.

A template is migrated once per state of the migrations, as the owner; every worker gets a copy of
it and connects as the application's ordinary role.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psutil
import psycopg
import pytest
from django.db import connections
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tawsiya.core import embedded
from tawsiya.core.database_url import as_django, at

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tawsiya.config.settings")
os.environ["TAWSIYA_MODE"] = "test"
os.environ["TAWSIYA_LANGUAGE"] = "en"  # expectations are written against the source messages
os.environ.setdefault("TAWSIYA_DATA", str(ROOT / ".data" / "test"))

SUPERUSER = "TEST_DATABASE_SUPERUSER_URL"
SERVER = pytest.StashKey[embedded.EmbeddedServer]()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src" / "tawsiya").glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    for name in ("deployment", "embedded"):
        digest.update((ROOT / f"src/tawsiya/core/{name}.py").read_bytes())
    return digest.hexdigest()[:12]


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the process that leads the run, before Django reads its settings."""
    # The environment above had to come first, so pytest-django could not set Django up by itself.
    django.setup()
    if hasattr(config, "workerinput"):
        return
    if SUPERUSER not in os.environ:
        server = embedded.start(ROOT / ".data" / "test" / "pg", open_way=True)
        config.stash[SERVER] = server
        os.environ[SUPERUSER] = server.url("postgres", "postgres")
    os.environ["TEST_RUN"] = str(os.getpid())
    os.environ["TEST_TEMPLATE"] = template = f"tawsiya_template_{_fingerprint()}"
    with embedded.connect(os.environ[SUPERUSER]) as connection:
        # Two runs at once on one machine: the first makes the template, the second waits for it.
        connection.execute("SELECT pg_advisory_lock(7203652)")
        _drop_remains(connection)
        embedded.create_roles(connection)
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if found.fetchone() is None:
            _make_template(connection, template)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started, unless another run uses it."""
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()


@pytest.fixture(autouse=True)
def _in_the_source_language() -> None:
    """Begin each test in English, whatever language the page read by the test before was in."""
    translation.activate("en")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs PostgreSQL, so that those tests alone can run on another version of it."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"db", "transactional_db", "fresh_database"} or item.get_closest_marker("django_db"):
            item.add_marker("database")


def _drop_remains(connection: psycopg.Connection[Any]) -> None:
    """Drop the databases of runs that were killed: their names hold the process that made them."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tawsiya_test_%'")
    for (name,) in rows.fetchall():
        process = name.split("_")[2]
        if process.isdigit() and not psutil.pid_exists(int(process)):
            embedded.drop_database(connection, name)


def _make_template(connection: psycopg.Connection[Any], template: str) -> None:
    building = f"{template}_building"
    embedded.drop_database(connection, building)
    embedded.create_database(connection, building)
    url = os.environ[SUPERUSER]
    environment = os.environ | {
        "DATABASE_URL": at(url, embedded.APPLICATION, building),
        "DATABASE_OWNER_URL": at(url, embedded.OWNER, building),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tawsiya", "migrate", "--verbosity", "0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise pytest.UsageError(f"the test database could not be migrated:\n{done.stdout}{done.stderr}")
    connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{template}"')


def _name(suffix: str = "") -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"tawsiya_test_{os.environ['TEST_RUN']}_{worker}{suffix}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Leave the names of the databases to `django_db_setup`."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its own copy of the template, and connect as the application's role."""
    with embedded.connect(os.environ[SUPERUSER]) as connection:
        embedded.create_database(connection, _name(), template=os.environ["TEST_TEMPLATE"])
        connections["default"].close()
        connections["default"].settings_dict.update(
            as_django(at(os.environ[SUPERUSER], embedded.APPLICATION, _name()))
        )
        yield
        with django_db_blocker.unblock():
            connections.close_all()
        embedded.drop_database(connection, _name())


@pytest.fixture
def fresh_database() -> Iterator[dict[str, str]]:
    """Give a database of its own to a test that starts real processes; return their environment."""
    url, name = os.environ[SUPERUSER], _name("_own")
    with embedded.connect(url) as connection:
        embedded.drop_database(connection, name)
        embedded.create_database(connection, name, template=os.environ["TEST_TEMPLATE"])
        yield {
            "DATABASE_URL": at(url, embedded.APPLICATION, name),
            "DATABASE_OWNER_URL": at(url, embedded.OWNER, name),
            "SUPERUSER_URL": at(url, "postgres", name),
        }
        embedded.drop_database(connection, name)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents, which is never part of the project."""
    folder = Path(os.environ.get("TAWSIYA_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real documents are not on this machine (set TAWSIYA_SHARED_DATA)")
    return folder


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> Iterator[None]:
    """The instance's row and counted figures are kept per process; each test has its own."""
    yield
    from tawsiya.audit import kept  # models load only once Django is set up
    from tawsiya.core import instance

    instance.forget()
    kept._kept.clear()
