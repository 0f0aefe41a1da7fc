"""The embedded PostgreSQL: starts, is found, survives a hard kill, and gives ordinary roles."""

import os
import signal
import stat
from pathlib import Path

import pytest

from tawsiya.core import embedded


def test_roles_of_a_prepared_database_are_ordinary(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "pg", open_way=True)
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
    server = embedded.start(tmp_path / "pg", open_way=True)
    urls = embedded.prepare(server, "tawsiya")
    with embedded.connect(urls.owner) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    postmaster = int((server.folder / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    server.hold.close()
    again = embedded.start(tmp_path / "pg", open_way=True)
    try:
        with embedded.connect(again.url("tawsiya_app", "tawsiya")) as connection:
            found = connection.execute("SELECT to_regclass('kept') IS NOT NULL").fetchone()
        assert found == (True,)
    finally:
        again.stop()


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_an_unwritable_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(embedded.EmbeddedError, match="cannot be used"):
        embedded.start(tmp_path / "deep" / "pg")


def test_data_of_another_version_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pg"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedError, match="another PostgreSQL version"):
        embedded.start(folder, open_way=True)


def test_case_is_unicodes_and_order_is_by_code_point(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "a folder" / "pg", open_way=True)
    try:
        with embedded.connect(embedded.prepare(server, "tawsiya").owner) as connection:
            lower = connection.execute("SELECT lower('ÉGALITÉ')").fetchone()
            rows = connection.execute("SELECT x FROM unnest(ARRAY['é', 'z', 'B', 'ب', 'a']) x ORDER BY x")
            assert (lower, [x for (x,) in rows]) == (("égalité",), ["B", "a", "z", "é", "ب"])
    finally:
        server.stop()


def test_the_last_one_to_leave_stops_the_server(tmp_path: Path) -> None:
    first = embedded.start(tmp_path / "pg", open_way=True)
    second = embedded.start(tmp_path / "pg", open_way=True)
    assert first.stop() is False, "the second still uses it"
    with embedded.connect(second.url("postgres", "postgres")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert second.stop() is True
    assert not (tmp_path / "pg" / "postmaster.pid").exists()


def test_data_in_use_are_not_thrown_away(tmp_path: Path) -> None:
    with embedded.start(tmp_path / "pg", open_way=True):
        with pytest.raises(embedded.EmbeddedError, match="is in use"):
            embedded.discard(tmp_path / "pg")
    embedded.discard(tmp_path / "pg")
    assert not (tmp_path / "pg").exists()


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    folder = tmp_path / ("a-long-name" * 10) / "pg"
    with embedded.start(folder, open_way=True) as server:
        with embedded.connect(server.url("postgres", "postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    server.socket.rmdir()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(embedded.EmbeddedError, match="holds other files"):
        embedded.start(tmp_path, open_way=True)
    assert (tmp_path / "letter.txt").read_text() == "keep me"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_root_opens_no_private_folder_by_itself(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(embedded.EmbeddedError, match="cannot pass through"):
        embedded.start(private / "pg")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    with embedded.start(private / "pg", open_way=True):
        assert stat.S_IMODE(private.stat().st_mode) == 0o701
