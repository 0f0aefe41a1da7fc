"""How fast the pages of follow-up answer after six years of a whole State's work, twenty readers at once.

Run ``python bench/followup.py``. A script makes 50 institutions, 1,600 recommendations with a lead and a
support each, 80,000 contributions over six years with their events and 4,800 statuses, in a PostgreSQL of its
own (`.data/bench`), past the commands but under an act's number as the triggers demand: row histories and the
hash chain are there. Then Tawsiya is served as `tawsiya serve` does, with two processes, and asked: first by
one reader alone, then by twenty at once, each with a session and rights of its own, who look at a page for
one to two seconds before they ask for the next. The figures are milliseconds that the server took for a page
(what a browser would be told in `Server-Timing`), not the time on the wire. Charts come from the cache, as
the issue says: a first round asks for them and a worker's task draws them.

Figures are kept until an act writes to what they were counted from, so the pages are measured in both
states: `all anew` is the first time that one reader asks after an act that wrote to every table, with its
queries; and while twenty read, a contribution is approved or validated or a status set every thirty seconds,
four times what that work makes. `Python` is the processor time of the answering thread alone, which a busy
machine hardly changes.

The limits: lists 150 ms at the 95th percentile, the steering page 300 ms. The load of the machine stands
beside the figures: on a machine that does other work they say little. ``RECOMMENDATIONS``,
``CONTRIBUTIONS``, ``READERS``, ``SECONDS`` and ``ACTS`` (seconds between two acts) change the size;
``QUICK=1`` fills the tables without their triggers (no row histories, no chain), for whoever works on a
query.
"""

from __future__ import annotations

import hashlib
import http.client
import itertools
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tawsiya.core.embedded import EmbeddedServer, Urls

ROOT = Path(__file__).resolve().parents[1]
INSTITUTIONS = 50
RECOMMENDATIONS = int(os.environ.get("RECOMMENDATIONS", "1600"))
CONTRIBUTIONS = int(os.environ.get("CONTRIBUTIONS", "80000"))
READERS = int(os.environ.get("READERS", "20"))
SECONDS = float(os.environ.get("SECONDS", "60"))
ACTS = float(os.environ.get("ACTS", "30"))  # 80,000 contributions in six years: an act in some two minutes
QUICK = os.environ.get("QUICK") == "1"
ALONE = 12  # times that one reader alone asks for each page
WARM = 6  # times before that, so that each of the two processes has kept what it counts, as good as surely
FRESH = 4  # times that one reader asks for it right after an act
LIST_LIMIT, STEERING_LIMIT = 150.0, 300.0
STEERING = "steering/"
PAGES = {
    STEERING: ("coordinator", "analyst", "observer"),
    "steering/institutions/": ("coordinator", "observer"),
    "steering/answers/": ("coordinator", "observer"),
    "steering/moved/?days=365&what=validated": ("coordinator", "observer"),
    "steering/due/?days=90": ("coordinator", "observer"),
    "recommendations/": ("coordinator", "analyst", "observer", "validator", "focal_point"),
    "recommendations/?status=in_progress&axis=3": ("coordinator", "observer", "focal_point"),
    "assignments/": ("coordinator", "observer", "validator", "focal_point"),
    "assignments/?late=True": ("coordinator", "observer", "focal_point"),
    "contributions/": ("coordinator", "observer", "validator", "focal_point"),
    "contributions/?state=validated": ("coordinator", "observer", "validator"),
    "home/": ("coordinator", "observer", "validator", "focal_point"),
}
SIX_YEARS = 6 * 365
NOW = datetime.now(UTC).replace(microsecond=0)
TEXT = (
    "The bill was read a second time and the committee heard the professional bodies. "
    "Training sessions took place in each region and the circular was sent to every court. "
    "A budget line was opened; the first figures will be known at the end of the quarter. "
)
WORDS = TEXT.split()


def main() -> int:
    """Print the table; 0, or 1 where a limit is missed."""
    from tawsiya.core import embedded

    with (
        embedded.start(ROOT / ".data" / "bench" / "pg", open_way=True) as server,
        tempfile.TemporaryDirectory(prefix="tawsiya-bench-") as name,
    ):
        folder = Path(name)
        folder.chmod(0o755)
        try:
            return _measure(server, folder)
        finally:
            with embedded.connect(server.url("postgres", "postgres")) as connection:
                embedded.drop_database(connection, "bench")


def _measure(server: EmbeddedServer, folder: Path) -> int:
    urls = _database(server, folder)
    if QUICK:
        _allow_without_triggers(urls.superuser)
    import django

    django.setup()
    start = time.perf_counter()
    people = _fill(urls.owner)
    _say(
        f"{INSTITUTIONS} institutions, {RECOMMENDATIONS:,} recommendations,"
        f" {CONTRIBUTIONS:,} contributions made in {time.perf_counter() - start:.0f} s,"
        f" {'without' if QUICK else 'with'} row histories and chain"
    )
    return _ask(_sessions(people))


def _database(server: EmbeddedServer, folder: Path) -> Urls:
    """Make an empty database and point Tawsiya to it; what migrating makes is kept for the next run."""
    from tawsiya.core import embedded

    digest = hashlib.sha256()
    for path in sorted((ROOT / "src" / "tawsiya").glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    template = f"migrated_{digest.hexdigest()[:12]}"
    os.environ |= {
        "TAWSIYA_MODE": "test",
        "TAWSIYA_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "tawsiya.config.settings",
    }
    with embedded.connect(server.url("postgres", "postgres")) as connection:
        known = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
        if template not in known:
            _say("migrating an empty database")
            for old in (name for name in known if name.startswith("migrated_") or name == "building"):
                embedded.drop_database(connection, old)
            _point_to(embedded.prepare(server, "building"))
            subprocess.run([sys.executable, "-m", "tawsiya", "migrate", "--verbosity", "0"], check=True)
            connection.execute(f'ALTER DATABASE building RENAME TO "{template}"')
        embedded.drop_database(connection, "bench")
        embedded.create_database(connection, "bench", template=template)
    urls = server.urls("bench")
    _point_to(urls)
    return urls


def _point_to(urls: Urls) -> None:
    os.environ |= {"DATABASE_URL": urls.application, "DATABASE_OWNER_URL": urls.owner}


_began = time.monotonic()


def _say(what: str) -> None:
    """Print a line of progress with the seconds gone and the load of the machine."""
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"{time.monotonic() - _began:5.0f} s  {what} ({load})", flush=True)


# The State and its six years.


def _allow_without_triggers(superuser: str) -> None:
    import psycopg

    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO tawsiya_app")


def _triggers(mode: str) -> None:
    """Run the triggers of the tables (`origin`) or not (`replica`) until the act ends."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('session_replication_role', %s, TRUE)", [mode])


def _fill(owner: str) -> dict[str, list[Any]]:
    """Make everything; return the people by role."""
    dice = random.Random(1600)  # noqa: S311 - only the same each time
    with _act():
        people, institutions = _people()
        documents, axes = _documents()
    with _act():
        items = _recommendations(dice, documents, axes)
    _analyse(owner)
    with _act():
        held = _assignments(dice, items, institutions, people)
    with _act():
        _contributions(dice, held, people)
    with _act():
        _assessments(dice, items, people["coordinator"][0])
    _analyse(owner)
    return people


@contextmanager
def _act() -> Iterator[None]:
    """Open an act of the record, on a connection that has planned nothing while the tables were empty."""
    from django.db import connection, transaction

    from tawsiya.audit import commands as audit

    connection.close()
    with transaction.atomic(), audit.change("instance.created", by=audit.SYSTEM):
        yield


def _people() -> tuple[dict[str, list[Any]], list[Any]]:
    from tawsiya.accounts.choices import InstitutionKind, Role
    from tawsiya.accounts.commands import Person, create_institution, create_person, start_membership
    from tawsiya.recommendations.setup import create_instance

    create_instance(
        state="XTM",
        names={"en": "Tamourt", "fr": "Tamourt", "ar": "تامورت"},
        languages=("ar", "fr", "en"),
        locales={"ar": "ar_MA", "fr": "fr_MA", "en": "en"},
        is_demo=False,
    )
    delegation = create_institution(
        key="delegation", kind=InstitutionKind.DELEGATION, names={"en": "Delegation", "ar": "المندوبية"}
    )
    institutions = [
        create_institution(
            key=f"ministry-{number}",
            kind=InstitutionKind.GOVERNMENT,
            names={
                "en": f"Ministry number {number}",
                "fr": f"Ministère numéro {number}",
                "ar": f"الوزارة {number}",
            },
        )
        for number in range(1, INSTITUTIONS + 1)
    ]
    people: dict[str, list[Any]] = defaultdict(list)

    def join(role: Role, institution: Any) -> None:
        number = sum(map(len, people.values()))
        person = Person(f"person{number}@example.org", f"Person {number}", "", ("ar", "fr", "en")[number % 3])
        user = create_person(person=person, password=None)
        start_membership(user=user, institution=institution, role=role, starts_on=date(2015, 1, 1))
        people[role.value].append(user)

    for _ in range(3):
        join(Role.COORDINATOR, delegation)
        join(Role.ANALYST, delegation)
    for institution in institutions:
        join(Role.FOCAL_POINT, institution)
        join(Role.VALIDATOR, institution)
    for institution in institutions[:4]:
        join(Role.OBSERVER, institution)
    return dict(people), institutions


def _documents() -> tuple[list[Any], list[Any]]:
    """Ten bodies with two documents each, a fifth of them visits, and nine axes."""
    from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ReviewKind
    from tawsiya.mechanisms.commands import (
        DocumentFacts,
        ReviewFacts,
        register_body,
        register_document,
        register_review,
    )
    from tawsiya.recommendations.choices import Taxonomy
    from tawsiya.recommendations.issued import register_tag

    documents = []
    for number in range(10):
        visit = number >= 8
        body = register_body(
            code=f"BODY{number}",
            mechanism=MechanismKind.SPECIAL_PROCEDURE if visit else MechanismKind.TREATY_BODY,
            names={"en": f"Body {number}", "fr": f"Organe {number}", "ar": f"الهيئة {number}"},
        )
        for year in (2017, 2022):
            review = register_review(
                body=body,
                facts=ReviewFacts(
                    kind=ReviewKind.VISIT if visit else ReviewKind.TREATY_REVIEW,
                    year=year,
                    held_on=date(year, 5, 2),
                ),
            )
            facts = DocumentFacts(
                symbol=f"BODY{number}/C/XTM/CO/{year}",
                type=DocumentType.VISIT_REPORT if visit else DocumentType.CONCLUDING_OBSERVATIONS,
                titles={"en": f"Document {number} of {year}"},
                published_on=date(year, 7, 1),
                authentic_language="en",
            )
            documents.append(register_document(facts=facts, body=body, review=review))
    axes = [
        register_tag(
            Taxonomy.AXIS,
            str(n),
            {"en": f"Axis {n}", "fr": f"Axe {n}", "ar": f"المحور {n}"},
            sort_key=f"{n:02d}",
        )
        for n in range(1, 10)
    ]
    return documents, axes


def _copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY in the open act: the triggers of the tables run as for any other write."""
    from django.db import connection

    start, count = time.perf_counter(), 0
    if QUICK:
        _triggers("replica")
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    if QUICK:
        _triggers("origin")  # the act itself is told in the chain
    _say(f"{table}: {count:,} rows in {time.perf_counter() - start:.1f} s")


def _ids(table: str, count: int) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _said(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words))


STATUSES = ("not_started", "in_progress", "in_progress", "partly_implemented", "implemented", "")


def _recommendations(dice: random.Random, documents: list[Any], axes: list[Any]) -> list[int]:
    items = _ids("recommendations_recommendation", RECOMMENDATIONS)
    each = -(-RECOMMENDATIONS // len(documents))
    _copy(
        "recommendations_recommendation",
        "id, document_id, kind, paragraph, subparagraph, ordinal, sort_key, headings, position,"
        " national_grade, source_of_position, addressee, is_follow_up_priority, comment, external_id, status,"
        " version, created_at",
        (
            (
                pk, documents[place // each].pk, "recommendation", str(place % each + 1), "", 1,
                f"{place % each + 1:06d}", "{}", "", "", "", "", False, "", "", dice.choice(STATUSES), 1, NOW,
            )
            for place, pk in enumerate(items)
        ),
    )  # fmt: skip
    _copy(
        "recommendations_recommendationtext",
        "recommendation_id, language, text, status",
        ((pk, code, _said(dice, 30), "official") for pk in items for code in ("en", "fr", "ar")),
    )
    _copy(
        "recommendations_recommendationtag",
        "recommendation_id, tag_id, origin, set_at",
        ((pk, dice.choice(axes).pk, "import", NOW) for pk in items),
    )
    return items


Held = list[tuple[int, int, int, datetime]]
"""Assignments: number, recommendation, institution (its place), when."""


def _assignments(
    dice: random.Random, items: list[int], institutions: list[Any], people: dict[str, list[Any]]
) -> Held:
    pairs = [(pk, place) for pk in items for place in dice.sample(range(len(institutions)), 2)]
    ids = _ids("followup_assignment", len(pairs))
    coordinator = people["coordinator"][0]
    held: Held = []
    rows = []
    for number, (pk, (item, place)) in enumerate(zip(ids, pairs, strict=True)):
        # Two thirds in the first years, the others spread to today.
        days = dice.randint(300, SIX_YEARS) if number % 3 else dice.randint(5, 360)
        at = NOW - timedelta(days=days)
        held.append((pk, item, place, at))
        accepted = dice.random() < 0.93
        deadline = (at + timedelta(days=dice.choice((180, 365, 2500)))).date()
        answered = at + timedelta(days=dice.randint(1, 30)) if accepted else None
        rows.append(
            (
                pk, item, institutions[place].pk, "support" if number % 2 else "lead",
                "accepted" if accepted else "proposed", deadline, "", "L/1", at.date(), coordinator.pk, at,
                people["focal_point"][place].pk if accepted else None, answered, "",
            )
        )  # fmt: skip
    _copy(
        "followup_assignment",
        "id, recommendation_id, institution_id, level, state, deadline, note, letter_reference, letter_date,"
        " assigned_by_id, assigned_at, answered_by_id, answered_at, reason",
        rows,
    )
    _copy(
        "recommendations_access",
        "recommendation_id, institution_id, level",
        ((row[1], row[2], row[3]) for row in rows),
    )
    _events(
        "assignment.created",
        "followup.assignment",
        ((row[0], row[1], row[2], "proposed", row[10]) for row in rows),
    )
    return held


STATES = ("draft", "with_validator", "with_delegation", "returned_by_delegation", "validated", "validated")


def _contributions(dice: random.Random, held: Held, people: dict[str, list[Any]]) -> None:
    """Spread the contributions over the assignments; all but the last of each are validated."""
    from tawsiya.accounts.models import Institution

    keys = {row.key: row.pk for row in Institution.objects.all()}
    each, more = divmod(CONTRIBUTIONS, len(held))
    ids = iter(_ids("followup_contribution", CONTRIBUTIONS))
    rows: list[tuple[Any, ...]] = []
    authors: list[tuple[int, int]] = []
    events: list[tuple[Any, ...]] = []
    for number, (_pk, item, place, at) in enumerate(held):
        count = each + (number < more)
        institution, author = keys[f"ministry-{place + 1}"], people["focal_point"][place].pk
        span = (NOW - at) / max(1, count + 1)
        for turn in range(count):
            pk, state = next(ids), "validated" if turn < count - 1 else dice.choice(STATES)
            made = at + span * (turn + 1)
            changed = min(NOW, made + timedelta(days=dice.randint(1, 20)))
            returned = "Give the figures" if state == "returned_by_delegation" else ""
            rows.append(
                (
                    pk, item, institution, state, dice.choice(("ar", "fr", "en")), _said(dice, 60),
                    _said(dice, 20), _said(dice, 15), "[]", *("internal",) * 4, dice.choice(STATUSES),
                    returned, author, made, changed, 3,
                )
            )  # fmt: skip
            authors.append((pk, author))
            if state in ("validated", "with_delegation", "returned_by_delegation"):
                events.append((pk, item, institution, "with_delegation", made))
            if state == "validated":
                events.append((pk, item, institution, "validated", changed))
    _copy(
        "followup_contribution",
        "id, recommendation_id, institution_id, state, language, measures_taken, obstacles, next_steps,"
        " figures, measures_taken_mark, obstacles_mark, next_steps_mark, figures_mark,"
        " proposed_status, return_reason, created_by_id, created_at, changed_at, version",
        rows,
    )
    _copy("followup_contributionauthor", "contribution_id, user_id", authors)
    events.sort(key=lambda event: event[4])
    for state in ("with_delegation", "validated"):
        _events(f"contribution.{state}", "followup.contribution", (one for one in events if one[3] == state))


# The trigger of the chain counts by itself; without it each event needs a place of its own, and leaves the
# next one free for the act that ends.
_positions = itertools.count(1_000_000, 2)


def _events(code: str, subject: str, rows: Iterable[Sequence[Any]]) -> None:
    """Append events to the chain: (subject, recommendation, institution, state, when)."""
    _copy(
        "audit_event",
        "position, code, at, actor_name, on_behalf_of_name, subject_type, subject_id, subject_name, item_id,"
        " institution_id, state, before, after, reason, request_id, previous_hash, hash",
        (
            (
                next(_positions),
                code,
                at,
                "A person",
                "",
                subject,
                pk,
                "",
                item,
                institution,
                state,
                "{}",
                "{}",
                "",
                "",
                "",
                "",
            )
            for pk, item, institution, state, at in rows
        ),
    )


def _assessments(dice: random.Random, items: list[int], coordinator: Any) -> None:
    _copy(
        "followup_assessment",
        "recommendation_id, status, justification, language, proposed, derivation, decided_by_id, decided_at",
        (
            (
                pk,
                dice.choice(STATUSES[:5]),
                _said(dice, 12),
                "fr",
                "",
                "{}",
                coordinator.pk,
                NOW - timedelta(days=dice.randint(1, SIX_YEARS)),
            )
            for pk in items
            for _ in range(3)
        ),
    )


def _analyse(owner: str) -> None:
    import psycopg

    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


# The readers.


def _sessions(people: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    """Return as many readers as asked: role, language, cookie."""
    from django.test import Client

    roles = (
        "coordinator",
        "analyst",
        "observer",
        "observer",
        "focal_point",
        "focal_point",
        "validator",
        "validator",
    )
    found = []
    for number in range(READERS):
        role = roles[number % len(roles)]
        user = people[role][(number // len(roles)) % len(people[role])]
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        found.append((role, user.language, client.cookies["sessionid"].value))
    return found


@contextmanager
def _server() -> Iterator[int]:
    """Serve Tawsiya with two processes on a free port."""
    from tawsiya.cli.serve import command

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = command("127.0.0.1", port, 2)
    words[-1] = "timed_wsgi:application"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "bench" / "peers")}
    process = subprocess.Popen(words, env=environment)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class _Taken:
    """What an answer took: milliseconds of the server, those of its thread's processor, queries."""

    whole: float
    computed: float
    queries: float


def _get(port: int, path: str, reader: tuple[str, str, str]) -> _Taken:
    """Ask for a page as a reader.

    Raises:
        RuntimeError: it answered anything but 200.
    """
    _role, language, cookie = reader
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/{language}/{path}", headers={"Cookie": f"sessionid={cookie}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return _Taken(*(float(part.rsplit("=", 1)[1]) for part in answer.headers["Server-Timing"].split(",")))


def _write_everywhere() -> None:
    """End all that is kept, as an import or a reshuffle would: an act on every table that a page counts."""
    from django.db import connection

    from tawsiya.audit import commands as audit
    from tawsiya.audit.table_states import noted_tables

    counted = [name for name in noted_tables() if not name.startswith(("analysis_", "portal_"))]
    with audit.change("instance.created", by=audit.SYSTEM), connection.cursor() as cursor:
        for table in counted:
            cursor.execute(f'DELETE FROM "{table}" WHERE FALSE')  # noqa: S608 - names of our own tables


def _work(turn: int) -> None:
    """One step of what fills a day: a contribution approved, one validated, a status set."""
    from tawsiya.accounts.choices import Role
    from tawsiya.accounts.models import Membership
    from tawsiya.accounts.queries import reader_for
    from tawsiya.followup.commands.assessments import set_status
    from tawsiya.followup.commands.contributions import act_on_contribution
    from tawsiya.followup.models import Contribution
    from tawsiya.recommendations.choices import Status

    def one(role: str, **more: Any) -> Any:
        return reader_for(Membership.objects.filter(role=role, **more)[0].user, language="en")

    coordinator = one(Role.COORDINATOR)
    state = ("with_validator", "with_delegation")[turn % 2]
    contribution = Contribution.objects.filter(state=state).order_by("pk")[turn]
    if turn % 3 == 2:
        set_status(
            recommendation=contribution.recommendation,
            status=Status.IN_PROGRESS,
            justification="The bill is before parliament.",
            language="en",
            by=coordinator,
        )
    elif state == "with_validator":
        validator = one(Role.VALIDATOR, institution=contribution.institution_id)
        act_on_contribution(contribution=contribution, action="approve", by=validator)
    else:
        act_on_contribution(contribution=contribution, action="validate", by=coordinator)


Measured = dict[str, list[_Taken]]


def _ask(readers: list[tuple[str, str, str]]) -> int:
    together: Measured = defaultdict(list)
    failures: list[str] = []
    with _server() as port:
        one_each = {(role, language): (role, language, cookie) for role, language, cookie in readers}
        for path, roles in PAGES.items():
            for reader in one_each.values():
                if reader[0] in roles:
                    _get(port, path, reader)  # warms the processes, and asks for the charts
        _say(f"{_draw()} charts drawn; one reader alone")
        fresh, alone = _alone(port, readers)
        _say(f"{READERS} readers at once for {SECONDS:.0f} s, an act every {ACTS:.0f} s")
        end = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=_read, args=(port, reader, end, together, failures, number))
            for number, reader in enumerate(readers)
        ]
        for thread in threads:
            thread.start()
        for turn in itertools.count():
            if time.monotonic() >= end:
                break
            _work(turn)
            time.sleep(max(0.0, min(ACTS, end - time.monotonic())))
        for thread in threads:
            thread.join()
    _say(f"{sum(map(len, together.values()))} pages read")
    return _verdict(fresh, alone, together, failures)


def _alone(port: int, readers: list[tuple[str, str, str]]) -> tuple[Measured, Measured]:
    """Ask for each page as one reader: right after an act, and again while nothing is written."""
    fresh: Measured = defaultdict(list)
    alone: Measured = defaultdict(list)
    for path, roles in PAGES.items():
        one = next(reader for reader in readers if reader[0] in roles)
        for _turn in range(FRESH):
            _write_everywhere()
            fresh[path].append(_get(port, path, one))
        for _turn in range(WARM):
            _get(port, path, one)
        alone[path] = [_get(port, path, one) for _turn in range(ALONE)]
    return fresh, alone


def _draw() -> int:
    """Draw the charts that were asked for, as the worker does."""
    from tawsiya.core.models import Drawing
    from tawsiya.core.tasks import draw_chart

    keys = list(Drawing.objects.filter(drawn_at=None).values_list("key", flat=True))
    for key in keys:
        draw_chart(key)
    return len(keys)


def _read(
    port: int,
    reader: tuple[str, str, str],
    end: float,
    times: Measured,
    failures: list[str],
    number: int,
) -> None:
    dice = random.Random(number)  # noqa: S311 - only the same each time
    own = [path for path, roles in PAGES.items() if reader[0] in roles]
    time.sleep(dice.uniform(0, 2))  # they read already: nobody clicks in the same moment
    while time.monotonic() < end:
        path = dice.choice(own)
        try:
            times[path].append(_get(port, path, reader))
        except (OSError, RuntimeError) as error:
            failures.append(str(error))
        time.sleep(dice.uniform(1, 2))


def _at(times: Iterable[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _verdict(fresh: Measured, alone: Measured, together: Measured, failures: list[str]) -> int:
    """Print the table; 1 where a limit was missed."""
    crowd = f"{READERS} readers"
    print(f"\n{'milliseconds of the server':<40}{'all anew':>20}{'one reader':>20}{crowd:>14}")
    heads = ("p50", "queries", "p50", "p95", "Python", "p50", "p95", "limit")
    print(f"{'':<40}" + "".join(f"{head:>8}" for head in heads))
    missed = 0
    for path, taken in alone.items():
        limit = STEERING_LIMIT if path == STEERING else LIST_LIMIT
        slow = _at((one.whole for one in together[path]), 0.95)
        missed += slow > limit
        figures = (
            _at((one.whole for one in fresh[path]), 0.5),
            max(one.queries for one in fresh[path]),
            _at((one.whole for one in taken), 0.5),
            _at((one.whole for one in taken), 0.95),
            _at((one.computed for one in taken), 0.5),
            _at((one.whole for one in together[path]), 0.5),
            slow,
            limit,
        )
        row = "".join(f"{figure:>8.0f}" for figure in figures)
        print(f"/{path:<39}{row}  {'ok' if slow <= limit else 'MISSED'}")
    lists = [one.whole for path, taken in together.items() if path != STEERING for one in taken]
    for name, measured, limit in (
        (f"lists, {READERS} readers, p95", _at(lists, 0.95), LIST_LIMIT),
        ("steering page, p95", _at((one.whole for one in together[STEERING]), 0.95), STEERING_LIMIT),
    ):
        missed += measured > limit
        print(f"{name}: {measured:.0f} of {limit:.0f} ms: {'ok' if measured <= limit else 'MISSED'}")
    print(f"{missed} missed; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for failure in failures[:5]:
        print(f"failed: {failure}")
    return 1 if missed or failures else 0


if __name__ == "__main__":
    sys.exit(main())
