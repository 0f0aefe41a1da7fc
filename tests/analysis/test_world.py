"""Records of all States: loaded whole or not at all, each later export by its differences."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tawsiya.accounts.choices import Role
from tawsiya.analysis.commands.world import LOCK
from tawsiya.analysis.models import WorldChange, WorldLoad, WorldRecord
from tawsiya.audit.commands import SYSTEM
from tawsiya.audit.commands import change as audited
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.intake.commands.world import load_world
from tawsiya.intake.readers.records import UnreadableFile
from tests.factories import coordinator, make_instance, make_reader
from tests.intake.readers.uhri.samples import Raw, concern, export, guid, raw

pytestmark = pytest.mark.django_db


def abroad(number: int, **changes: Any) -> Raw:
    return raw(number, **{"Countries": ["Chile"], **changes})


CHAIN = 7203651
"""The lock of the history's chain (`audit.models`)."""

FIRST = [abroad(number) for number in range(1, 21)]


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def act(records: list[Raw], **options: Any) -> WorldLoad:
        path = tmp_path / "export.json"
        path.write_bytes(export(*records))
        return load_world(path, **options)

    return act


def counts(done: WorldLoad) -> tuple[int, int, int, int, int]:
    return done.created, done.changed, done.withdrawn, done.returned, done.present


def test_an_export_is_stored_and_found_by_its_words(load: Any) -> None:
    make_instance()
    done = load(
        [
            *FIRST,
            concern(40, Countries=["Norway"]),
            raw(41),
            abroad(42, Text=" "),
            abroad(43, AnnotationId="x"),
        ]
    )

    assert counts(done) == (21, 0, 0, 0, 21)
    # The record about the State of this instance has its own way in.
    assert (done.records, done.left_out, done.unreadable) == (24, 1, 2)
    stored = WorldRecord.objects.get(external_id=guid(1))
    assert (stored.symbol, stored.body, stored.kind, stored.paragraph) == (
        "A/HRC/52/70",
        "UPR",
        "recommendation",
        "132.1",
    )
    assert (stored.states, stored.recommending_states, stored.position) == (["CHL"], ["NZL"], "supported")
    assert (stored.year, stored.upr_cycle, stored.upr_session, stored.language) == (2022, 4, 41, "en")
    assert stored.sdgs == ["6", "6.2"]
    assert stored.created_in == done.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT external_id FROM analysis_worldrecord WHERE lexemes @@ '''school'''::tsquery")
        assert [str(identity) for (identity,) in cursor.fetchall()] == [guid(40)]
    event = Event.objects.get(code="world.loaded")
    assert event.after == {
        "file": "export.json", "sha256": done.sha256, "records": 24,
        "created": 21, "changed": 0, "withdrawn": 0, "returned": 0,
    }  # fmt: skip
    assert event.actor_name == SYSTEM.name


def test_a_later_export_gives_exactly_what_differs(load: Any) -> None:
    load(FIRST)
    changed = abroad(3, Text="132.3 Close the wells (New Zealand);", UprPositions=["Noted"])
    done = load([*FIRST[:2], changed, *FIRST[4:], abroad(30)])

    assert counts(done) == (1, 1, 1, 0, 20)
    assert sorted(WorldChange.objects.values_list("action", "record__external_id", "before"), key=str) == [
        (
            "changed",
            WorldRecord.objects.get(external_id=guid(3)).external_id,
            {"text": "Open the wells of the villages to all who live near them", "position": "supported"},
        ),
        ("withdrawn", WorldRecord.objects.get(external_id=guid(4)).external_id, {}),
    ]
    assert WorldRecord.objects.get(external_id=guid(3)).text == "Close the wells"
    assert WorldRecord.objects.get(external_id=guid(4)).withdrawn_in == done.pk


def test_the_same_export_changes_nothing_however_it_is_laid_out(load: Any, tmp_path: Path) -> None:
    load(FIRST)
    assert counts(load(FIRST)) == (0, 0, 0, 0, 20)
    turned = [dict(reversed(record.items())) for record in reversed(FIRST)]
    assert counts(load(turned)) == (0, 0, 0, 0, 20)
    assert not WorldChange.objects.exists()


def test_what_comes_back_is_present_again(load: Any) -> None:
    load(FIRST)
    load(FIRST[1:])
    done = load(FIRST)
    assert counts(done) == (0, 0, 0, 1, 20)
    assert WorldRecord.objects.get(external_id=guid(1)).withdrawn_in is None


def test_of_two_records_with_one_identifier_the_richer_is_stored_whatever_their_order(load: Any) -> None:
    poor = abroad(1, Themes=[], Text="132.1 Poor (New Zealand);")
    load([poor, *FIRST])
    assert WorldRecord.objects.get(external_id=guid(1)).text.startswith("Open")
    assert counts(load([*FIRST, poor])) == (0, 0, 0, 0, 20)
    assert counts(load([poor, *FIRST])) == (0, 0, 0, 0, 20)
    assert counts(load([poor, *FIRST[1:]])) == (0, 1, 0, 0, 20)
    assert counts(load([poor, *FIRST])) == (0, 1, 0, 0, 20)


def test_a_filtered_export_withdraws_nothing(load: Any) -> None:
    load(FIRST)
    assert counts(load([abroad(1, Themes=["Right to health"])], partial=True)) == (0, 1, 0, 0, 20)


def test_an_export_that_lacks_much_must_be_declared(load: Any) -> None:
    load(FIRST)
    with pytest.raises(RuleViolated, match="lacks 3 of the 20 records"):
        load(FIRST[3:])
    assert WorldLoad.objects.count() == 1
    assert counts(load(FIRST[3:], complete=True)) == (0, 0, 3, 0, 17)


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path, load: Any) -> None:
    load(FIRST)
    path = tmp_path / "broken.json"
    path.write_bytes(export(*FIRST, abroad(50)).replace(b'"Symbol": "A/HRC/52/70"', b'"Symbol": ', 1))
    with pytest.raises(UnreadableFile, match="no valid JSON"):
        load_world(path)
    assert WorldRecord.objects.count() == 20
    assert (
        not Event.objects.filter(code="world.loaded").exclude(subject_id=WorldLoad.objects.get().pk).exists()
    )


def test_who_may_load(load: Any) -> None:
    make_instance()
    by = coordinator()
    assert load(FIRST, by=by).loaded_by_id == by.user_id
    observer = make_reader(Role.OBSERVER)
    with pytest.raises(PermissionRefused):
        load(FIRST, by=observer)


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"]
)
@pytest.mark.parametrize("table", ["analysis_worldrecord", "analysis_worldchange"])
def test_nothing_but_a_load_writes(table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="outside a load"), audited("world.loaded", by=SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))
    with pytest.raises(ProgrammingError, match="without an audit event"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))


def test_indexes_are_never_dropped_over_records(load: Any) -> None:
    with pytest.raises(ProgrammingError, match="inside a load"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT analysis_world_indexes(FALSE)")
    load(FIRST)
    with pytest.raises(ProgrammingError, match="there are records"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('tawsiya.world_load', '1', TRUE), analysis_world_indexes(FALSE)"
            )


def command(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tawsiya", "world", "load", *arguments],
        env=os.environ | {"TAWSIYA_MODE": "test"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(url: str) -> int:
    with psycopg.connect(url) as database:
        row = database.execute("SELECT count(*) FROM analysis_worldrecord").fetchone()
    return int(row[0]) if row else -1


@pytest.mark.slow
def test_the_command_loads_and_a_second_one_at_once_is_refused(
    fresh_database: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(export(*FIRST))
    with psycopg.connect(fresh_database["SUPERUSER_URL"]) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        refused = command(fresh_database, str(path))
        _out, said = refused.communicate(timeout=120)
    assert refused.returncode == 2
    assert "Another export is being loaded at this moment" in said
    done = command(fresh_database, str(path))
    out, _said = done.communicate(timeout=120)
    assert done.returncode == 0
    assert out.startswith("20 records, 20 present, 20 created")


@pytest.mark.slow
def test_a_load_that_is_killed_leaves_nothing(fresh_database: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(export(*FIRST))
    with (
        psycopg.connect(fresh_database["SUPERUSER_URL"]) as holding,
        psycopg.connect(fresh_database["SUPERUSER_URL"], autocommit=True) as watching,
    ):
        # All rows are written and indexed when the load comes to its place in the history.
        holding.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN])
        process = command(fresh_database, str(path))
        until = time.monotonic() + 120
        while not watching.execute(
            # The server has other tests' databases too, in which somebody may be waiting.
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND wait_event = 'advisory'"
        ).fetchone():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert stored(fresh_database["DATABASE_URL"]) == 0
    again = command(fresh_database, str(path), "--json")
    out, _said = again.communicate(timeout=120)
    assert '"created": 20' in out
