"""Sixty days of a questionnaire, a worker killed twice in between, and every mail by hand.

The first kill comes in the middle of a reminder: one institution has been told, the next has not. The second
comes while a mail is on its way: the server has it, the worker never learned so. Real workers are killed
with SIGKILL, a real SMTP server counts what arrives, and the days are those of March and April 2031.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.followup.smtp import Received, Server

ROOT = Path(__file__).resolve().parents[2]

PREPARE = """
from datetime import date
from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.models import User
from tests import factories
factories.make_instance()
def ministry(key, name):
    return factories.make_institution(InstitutionKind.GOVERNMENT, key=key, names={"en": name})
def person(role, home, name):
    return factories.make_person(role, home, email=f"{name}@example.org", name=name)
person(Role.COORDINATOR, None, "coordinator")
health, justice = ministry("health", "Health"), ministry("justice", "Justice")
for home, letter in ((health, "health"), (justice, "justice")):
    person(Role.FOCAL_POINT, home, f"focal.{letter}")
    person(Role.VALIDATOR, home, f"validator.{letter}")
person(Role.HEAD, health, "head.health")
User.objects.filter(email="focal.justice@example.org").update(mail_pace="weekly")
"""

# What people do, by day; everything else is the worker's.
ACTS = """
import sys
from datetime import date, datetime, time, timedelta, UTC
from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.core import clock
from tawsiya.followup.commands.extensions import act_on_extension, ask_for_time
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts, act_on_questionnaire, prepare_questionnaire, set_questions)
from tawsiya.followup.commands.replies import act_on_reply
from tawsiya.followup.models import Extension, Reply
from tawsiya.followup.tasks import remind_institutions
from tawsiya.accounts.models import Institution
from tawsiya.notifications.tasks import send_digests, send_waiting_mail
from tests.followup.asking import answer_all, facts
def by(name): return reader_for(User.objects.get(email=f"{name}@example.org"))
def reply(key): return Reply.objects.select_related("questionnaire", "institution").get(institution__key=key)
def ask():
    row = prepare_questionnaire(
        facts=facts(deadline=date(2031, 3, 31)),
        institutions=list(Institution.objects.filter(key__in=["health", "justice"])),
        by=by("coordinator"))
    set_questions(questionnaire=row, questions=[QuestionFacts("What was done?")], by=by("coordinator"))
    act_on_questionnaire(questionnaire=row, action="send", by=by("coordinator"))
def step(key, action, name, reason=""):
    act_on_reply(reply=reply(key), action=action, by=by(name), reason=reason)
def answer(key, name):
    answer_all(reply(key), by=by(name)); step(key, "submit", name)
ACTS = {
    "2031-03-01": lambda: ask(),
    "2031-03-19": lambda: answer("justice", "focal.justice"),
    "2031-03-20": lambda: step("justice", "approve", "validator.justice"),
    "2031-03-26": lambda: step("justice", "send_back", "coordinator", "Which courts?"),
    "2031-04-02": lambda: ask_for_time(
        reply=reply("health"), wanted=date(2031, 4, 10), reason="The survey is late", by=by("focal.health")),
    "2031-04-03": lambda: act_on_extension(
        extension=Extension.objects.get(), action="grant", by=by("coordinator")),
    "2031-04-05": lambda: step("justice", "submit", "focal.justice"),
    "2031-04-10": lambda: step("justice", "approve", "validator.justice"),
    "2031-04-28": lambda: answer("health", "focal.health"),
    "2031-04-29": lambda: step("health", "approve", "validator.health"),
    "2031-04-30": lambda: step("health", "validate", "coordinator"),
}
def play(day, queue=False):
    morning = datetime.combine(day, time(6, 15), UTC)
    stamp = int(morning.timestamp())
    if queue:
        remind_institutions.defer(timestamp=stamp)
        return
    remind_institutions(stamp)
    if day.weekday() == 0:
        send_digests(stamp)
    act = ACTS.get(day.isoformat())
    if act:
        with clock.at(morning + timedelta(hours=4)): act()
    send_waiting_mail()
first, last = (date.fromisoformat(word) for word in sys.argv[1:3])
while first <= last:
    play(first, queue=len(sys.argv) > 3)
    first += timedelta(days=1)
"""

TAKE_UP = """
from tawsiya.core import jobs
from tawsiya.core.tasks import take_up_jobs
from tawsiya.notifications.tasks import sweep_outbox
sweep_outbox(0)
jobs.defer(take_up_jobs, once="take-up", timestamp=0)
"""

SENT = "A questionnaire for {}: Mid-term report"
DUE = "Reminder: Mid-term report, due on {}"
OVERDUE = "Overdue: Mid-term report, was due on {}"
MARCH, APRIL = "31 Mar 2031", "10 Apr 2031"

# Every mail in its order: to whom, and its subject. Nothing else arrives.
MAILS = [
    # 1 March: asked, until the 31st.
    ("focal.health", SENT.format("Health")),
    ("validator.health", SENT.format("Health")),
    ("focal.justice", SENT.format("Justice")),
    ("validator.justice", SENT.format("Justice")),
    # 17 March, fourteen days before. The worker is killed between the two.
    ("focal.health", DUE.format(MARCH)),
    ("focal.justice", DUE.format(MARCH)),
    # 19 and 20 March: Justice answers.
    ("validator.justice", "Answers await your approval: Mid-term report"),
    ("coordinator", "Answers arrived: Mid-term report"),
    # 24 March, seven days before: Health only.
    ("focal.health", DUE.format(MARCH)),
    # 26 March: sent back. The focal point of Justice prefers one mail a week.
    ("validator.justice", "Answers returned by the delegation: Mid-term report"),
    # 30 March, the day before: Justice owes again.
    ("focal.health", DUE.format(MARCH)),
    ("focal.justice", DUE.format(MARCH)),
    # 31 March, a Monday.
    ("focal.justice", "Your week in Tawsiya, 31 Mar 2031"),
    # 1 April: a day late.
    ("focal.health", OVERDUE.format(MARCH)),
    ("focal.justice", OVERDUE.format(MARCH)),
    # 2 and 3 April: Health asks for more time, until the 10th, and gets it.
    ("coordinator", "More time asked: Health, Mid-term report"),
    ("focal.health", "More time given: Mid-term report"),
    ("validator.health", "More time given: Mid-term report"),
    # 5 April: Justice answers again; from now on it is its validator's turn, who is told on the 8th.
    ("validator.justice", "Answers await your approval: Mid-term report"),
    ("validator.justice", OVERDUE.format(MARCH)),
    # 9 April, the day before the new deadline.
    ("focal.health", DUE.format(APRIL)),
    # 10 April: Justice has answered for good.
    ("coordinator", "Answers arrived: Mid-term report"),
    # 11 April: a day late. 18 April: eight days; the validator too. The worker is killed while it sends.
    ("focal.health", OVERDUE.format(APRIL)),
    ("focal.health", OVERDUE.format(APRIL)),
    ("validator.health", OVERDUE.format(APRIL)),
    # 25 April: fifteen days; the head too, and the delegation is told so.
    ("focal.health", OVERDUE.format(APRIL)),
    ("validator.health", OVERDUE.format(APRIL)),
    ("head.health", OVERDUE.format(APRIL)),
    ("coordinator", "Still overdue: Health, Mid-term report"),
    # 28 to 30 April: Health answers.
    ("validator.health", "Answers await your approval: Mid-term report"),
    ("coordinator", "Answers arrived: Mid-term report"),
    ("focal.health", "Answers validated: Mid-term report"),
    ("validator.health", "Answers validated: Mid-term report"),
]

BLOCKED = """
DO $$
BEGIN
    FOR turn IN 1..6000 LOOP
        IF EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted) THEN RETURN; END IF;
        PERFORM pg_sleep(0.01);
    END LOOP;
    RAISE EXCEPTION 'the worker was never seen waiting';
END $$
"""


class Play:
    """The database, the mail server and the processes of the story."""

    def __init__(self, environment: dict[str, str], connection: psycopg.Connection[Any]) -> None:
        self.environment, self.connection = environment, connection

    def script(self, text: str, *words: str) -> None:
        """Run a script of the story with Django set up."""
        self.run("-c", "import django; django.setup()\n" + text, *words)

    def run(self, *words: str) -> None:
        command = [sys.executable, "-W", "ignore", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def worker(self) -> None:
        """Run a worker until nothing waits any more."""
        self.run("-m", "tawsiya", "worker", "--one-shot")

    def start_worker(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-W", "ignore", "-m", "tawsiya", "worker", "--one-shot"]
        return subprocess.Popen(words, env=self.environment, cwd=ROOT, start_new_session=True)

    def an_hour_passes(self) -> None:
        """Let the killed worker's signs of life grow old."""
        for statement in (
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'",
            "UPDATE notifications_outboxmail SET taken_at = taken_at - interval '1 hour'",
        ):
            self.connection.execute(statement)

    def all(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def kill(worker: "subprocess.Popen[bytes]") -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.slow
def test_sixty_days_with_two_kills(fresh_database: dict[str, str], tmp_path: Path) -> None:
    with Server() as server, psycopg.connect(fresh_database["SUPERUSER_URL"], autocommit=True) as connection:
        play = Play(
            os.environ
            | fresh_database
            | {
                "TAWSIYA_DATA": str(tmp_path),
                "TAWSIYA_MODE": "test",
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(server.port),
            },
            connection,
        )
        play.script(PREPARE)
        play.script(ACTS, "2031-03-01", "2031-03-16")

        # 17 March: killed after Health was told, before Justice is.
        play.script(ACTS, "2031-03-17", "2031-03-17", "queue")
        with psycopg.connect(fresh_database["SUPERUSER_URL"]) as holding:
            holding.execute(
                "SELECT 1 FROM accounts_user WHERE email = 'focal.justice@example.org' FOR UPDATE"
            )
            worker = play.start_worker()
            connection.execute(BLOCKED)
            kill(worker)
            holding.rollback()
        told = "SELECT params ->> 'institution' FROM notifications_notification WHERE code = 'reply.due'"
        assert [row[0] for row in play.all(told)] == ['{"en": "Health"}']
        play.an_hour_passes()
        play.script(TAKE_UP)
        play.worker()
        play.script(ACTS, "2031-03-18", "2031-04-17")

        # 18 April: killed while a mail is on its way.
        play.script(ACTS, "2031-04-18", "2031-04-18", "queue")
        server.keep_waiting(after=len(server.received) + 1)
        worker = play.start_worker()
        server.wait_until_kept()
        kill(worker)
        server.let_go()
        play.an_hour_passes()
        play.script(TAKE_UP)
        play.worker()
        play.script(ACTS, "2031-04-19", "2031-04-30")

        arrived = [(mail.to.removesuffix("@example.org"), mail.subject) for mail in server.received]
        assert "\n".join(map(" ".join, arrived)) == "\n".join(map(" ".join, MAILS))
        assert len({mail.message_id for mail in server.received}) == len(MAILS)
        unknown = play.all(
            "SELECT message_id, state, attempts FROM notifications_outboxmail WHERE state <> 'sent'"
        )
        kept: Received = server.received[MAILS.index(("validator.health", OVERDUE.format(APRIL))) - 1]
        assert unknown == [(kept.message_id, "unknown", 1)]
        digest = next(mail for mail in server.received if mail.subject.startswith("Your week"))
        assert "- Answers returned by the delegation: Mid-term report\n" in digest.body
        assert digest.body.count("\n- ") == 1
