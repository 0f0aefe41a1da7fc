"""The embedded PostgreSQL: starts, is found, survives a hard kill, and gives ordinary roles."""

import os
import signal
import stat
from pathlib import Path

import psutil
import pytest

from tawsiya.core import embedded


def test_roles_of_a_prepared_database_are_ordinary(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "pg")
    try:
        urls = embedded.prepare(server, "tawsiya")
        with embedded.connect(urls.superuser) as connection:
            rows = connection.execute(
                "SELECT rolname, rolsuper, rolcreaterole, rolcanlogin FROM pg_roles "
                "WHERE rolname LIKE 'tawsiya%' ORDER BY rolname"
            ).fetchall()
        assert rows == [
            ("tawsiya_app", False, False, True),
            ("tawsiya_owner", False, False, True),
            ("tawsiya_portal", False, False, False),
        ]
        assert embedded.prepare(server, "tawsiya") == urls, "preparing twice must change nothing"
    finally:
        server.stop()


def test_a_killed_server_is_started_again(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "pg")
    assert server.started
    urls = embedded.prepare(server, "tawsiya")
    with embedded.connect(urls.owner) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    postmaster = psutil.Process(server.handle.get_pid())
    os.kill(postmaster.pid, signal.SIGKILL)
    again = embedded.start(tmp_path / "pg")
    try:
        with embedded.connect(again.url("tawsiya_app", "tawsiya")) as connection:
            found = connection.execute("SELECT to_regclass('kept') IS NOT NULL").fetchone()
        assert found == (True,)
    finally:
        again.stop()


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_an_unwritable_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(embedded.EmbeddedError, match="cannot be written"):
        embedded.start(tmp_path / "deep" / "pg")


def test_data_of_another_version_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pg"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedError, match="another PostgreSQL version"):
        embedded.start(folder)
