"""Sixty days of a questionnaire and of assignments, a worker killed three times in between, every mail by hand.

The first two kills come in the middle of the reminders, of the questionnaire and of the assignments: one
institution has been told, the next has not. The third comes while a mail is on its way: the server has it, the
worker never learned so. Real workers are killed
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
document = factories.make_document(symbol="CERD/C/XTM/CO/1")
for paragraph in ("11", "12", "13"):
    factories.make_recommendation(document=document, paragraph=paragraph)
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
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import act_on_contribution, start_contribution
from tawsiya.followup.commands.paces import set_pace
from tawsiya.followup.content import Content
from tawsiya.followup.pace import Pace
from tawsiya.recommendations.models import Recommendation
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts, act_on_questionnaire, prepare_questionnaire, set_questions)
from tawsiya.followup.commands.replies import act_on_reply
from tawsiya.followup.models import Assignment, Contribution, Extension, Reply
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
def assign():
    set_pace(pace=Pace((7,), 7, 8, 15), answer_within=10, by=by("coordinator"))
    for key, paragraphs in (("health", ("11", "12")), ("justice", ("13",))):
        assign_recommendations(
            recommendations=list(Recommendation.objects.filter(paragraph__in=paragraphs)),
            lead=Institution.objects.get(key=key), supporting=[], deadline=date(2031, 4, 15),
            by=by("coordinator"))
def accept(name, *paragraphs):
    for row in Assignment.objects.filter(recommendation__paragraph__in=paragraphs).order_by("pk"):
        act_on_assignment(assignment=row, action="accept", by=by(name))
def report():
    text = start_contribution(
        recommendation=Recommendation.objects.get(paragraph="11"),
        institution=Institution.objects.get(key="health"),
        content=Content(language="en", measures_taken="A law was adopted."), by=by("focal.health"))
    act_on_contribution(contribution=text, action="submit", by=by("focal.health"))
def text_step(action, name):
    act_on_contribution(contribution=Contribution.objects.get(), action=action, by=by(name))
ACTS = {
    "2031-03-01": lambda: ask(),
    "2031-03-02": lambda: assign(),
    "2031-03-06": lambda: accept("focal.health", "11", "12"),
    "2031-03-28": lambda: accept("focal.justice", "13"),
    "2031-04-09": lambda: report(),
    "2031-04-17": lambda: text_step("approve", "validator.health"),
    "2031-04-24": lambda: text_step("validate", "coordinator"),
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
GIVEN = "A recommendation is assigned to you: CERD/C/XTM/CO/1 § {}"
ACCEPTED = "Assignment accepted: CERD/C/XTM/CO/1 § {}"
LATE_ANSWER = "Answer overdue: CERD/C/XTM/CO/1 § 13, was due on 12 Mar 2031"
LATE_TEXT = "Overdue: CERD/C/XTM/CO/1 § {}, was due on 15 Apr 2031"
WEEK = "Your week in Tawsiya, {} 2031"

# Every mail in its order: to whom, and its subject. Nothing else arrives.
MAILS = [
    # 1 March: asked, until the 31st.
    ("focal.health", SENT.format("Health")),
    ("validator.health", SENT.format("Health")),
    ("focal.justice", SENT.format("Justice")),
    ("validator.justice", SENT.format("Justice")),
    # 2 March: three recommendations assigned, to be answered by the 12th and reported on by 15 April. The
    # focal point of Justice prefers one mail a week.
    ("focal.health", GIVEN.format("11")),
    ("validator.health", GIVEN.format("11")),
    ("focal.health", GIVEN.format("12")),
    ("validator.health", GIVEN.format("12")),
    ("validator.justice", GIVEN.format("13")),
    # 3 March, a Monday.
    ("focal.justice", WEEK.format("3 Mar")),
    # 5 March: seven days before the answer is due; Justice's waits for Monday. 6 March: Health accepts.
    ("focal.health", "Answer awaited: 2 recommendations, by 12 Mar 2031"),
    ("coordinator", ACCEPTED.format("11")),
    ("coordinator", ACCEPTED.format("12")),
    ("focal.justice", WEEK.format("10 Mar")),
    # 13 March: Justice's answer is a day late, which waits for a Monday.
    # 17 March, fourteen days before. The worker is killed between the two.
    ("focal.health", DUE.format(MARCH)),
    ("focal.justice", DUE.format(MARCH)),
    # 19 and 20 March: Justice answers the questionnaire. On the 20th its other answer is eight days late.
    ("validator.justice", "Answers await your approval: Mid-term report"),
    ("validator.justice", LATE_ANSWER),
    ("coordinator", "Answers arrived: Mid-term report"),
    # 24 March, a Monday, and seven days before: Health only.
    ("focal.health", DUE.format(MARCH)),
    ("focal.justice", WEEK.format("24 Mar")),
    # 26 March: sent back. The focal point of Justice reads it on Monday.
    ("validator.justice", "Answers returned by the delegation: Mid-term report"),
    # 27 March: fifteen days late; Justice has no head to be told, and the delegation is. 28 March: accepted.
    ("validator.justice", LATE_ANSWER),
    ("coordinator", "Still overdue: Justice, CERD/C/XTM/CO/1 § 13"),
    ("coordinator", ACCEPTED.format("13")),
    # 30 March, the day before: Justice owes again.
    ("focal.health", DUE.format(MARCH)),
    ("focal.justice", DUE.format(MARCH)),
    # 31 March, a Monday.
    ("focal.justice", WEEK.format("31 Mar")),
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
    # 8 April too: seven days before the contributions are due. The worker is killed between Health and Justice,
    # whose focal point reads it on Monday.
    ("focal.health", "Reminder: 2 recommendations, due on 15 Apr 2031"),
    # 9 April, the day before the new deadline; Health writes on § 11.
    ("focal.health", DUE.format(APRIL)),
    ("validator.health", "A contribution awaits your approval: CERD/C/XTM/CO/1 § 11"),
    # 10 April: Justice has answered for good.
    ("coordinator", "Answers arrived: Mid-term report"),
    # 11 April: a day late.
    ("focal.health", OVERDUE.format(APRIL)),
    # 14 April, a Monday: that § 13 falls due.
    ("focal.justice", WEEK.format("14 Apr")),
    # 16 April: the contributions are a day late; that on § 11 waits for its validator.
    ("focal.health", LATE_TEXT.format("12")),
    ("validator.health", LATE_TEXT.format("11")),
    ("coordinator", "A contribution awaits validation: CERD/C/XTM/CO/1 § 11"),
    # 18 April: eight days; the validator too. The worker is killed while it sends.
    ("focal.health", OVERDUE.format(APRIL)),
    ("validator.health", OVERDUE.format(APRIL)),
    # 21 April, a Monday: that § 13 is late.
    ("focal.justice", WEEK.format("21 Apr")),
    # 23 April: eight days late; the validators too.
    ("focal.health", LATE_TEXT.format("12")),
    ("validator.health", LATE_TEXT.format("12")),
    ("validator.justice", LATE_TEXT.format("13")),
    # 24 April: § 11 is validated.
    ("focal.health", "Contribution validated: CERD/C/XTM/CO/1 § 11"),
    ("validator.health", "Contribution validated: CERD/C/XTM/CO/1 § 11"),
    # 25 April: fifteen days; the head too, and the delegation is told so.
    ("focal.health", OVERDUE.format(APRIL)),
    ("validator.health", OVERDUE.format(APRIL)),
    ("head.health", OVERDUE.format(APRIL)),
    ("coordinator", "Still overdue: Health, Mid-term report"),
    # 28 April, a Monday; and 28 to 30 April: Health answers.
    ("focal.justice", WEEK.format("28 Apr")),
    ("validator.health", "Answers await your approval: Mid-term report"),
    ("coordinator", "Answers arrived: Mid-term report"),
    # 30 April: fifteen days late; the head of Health too, and the delegation is told of both.
    ("focal.health", LATE_TEXT.format("12")),
    ("validator.health", LATE_TEXT.format("12")),
    ("head.health", LATE_TEXT.format("12")),
    ("coordinator", "Still overdue: Health, CERD/C/XTM/CO/1 § 12"),
    ("validator.justice", LATE_TEXT.format("13")),
    ("coordinator", "Still overdue: Justice, CERD/C/XTM/CO/1 § 13"),
    ("focal.health", "Answers validated: Mid-term report"),
    ("validator.health", "Answers validated: Mid-term report"),
]

# What stands in the weekly mails of the focal point of Justice. The answer of 28 March leaves the reminder of
# the 27th with nothing to say on the 31st.
WEEKS = {
    "3 Mar": [GIVEN.format("13")],
    "10 Mar": ["Answer awaited: CERD/C/XTM/CO/1 § 13, by 12 Mar 2031"],
    "24 Mar": [LATE_ANSWER, LATE_ANSWER],
    "31 Mar": ["Answers returned by the delegation: Mid-term report"],
    "14 Apr": ["Reminder: CERD/C/XTM/CO/1 § 13, due on 15 Apr 2031"],
    "21 Apr": [LATE_TEXT.format("13")],
    "28 Apr": [LATE_TEXT.format("13")],
}

BLOCKED = """
DO $$
BEGIN
    FOR turn IN 1..6000 LOOP
        -- The server has other tests' databases too, in which somebody may be waiting.
        IF EXISTS (
            SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'
        ) THEN RETURN; END IF;
        PERFORM pg_sleep(0.01);
        PERFORM pg_stat_clear_snapshot();
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

    def killed_before_justice_is_told(self, day: str) -> None:
        """Run the reminders of a day in a worker, and kill it when it comes to the focal point of Justice."""
        self.script(ACTS, day, day, "queue")
        with psycopg.connect(self.environment["SUPERUSER_URL"]) as holding:
            holding.execute(
                "SELECT 1 FROM accounts_user WHERE email = 'focal.justice@example.org' FOR UPDATE"
            )
            worker = self.start_worker()
            self.connection.execute(BLOCKED)
            kill(worker)
            self._end_what_it_asked_for(but_not=holding)
            holding.rollback()

    def _end_what_it_asked_for(self, *, but_not: "psycopg.Connection[Any]") -> None:
        """End the killed worker's sessions, and wait until they are gone.

        Foreign keys are looked at when a transaction ends: what waits for the lock is a COMMIT, which the
        server would carry out once it may, though nobody is there any more to hear of it.
        """
        self.connection.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> ALL(%s)",
            [[self.connection.info.backend_pid, but_not.info.backend_pid]],
        )

    def take_up(self) -> None:
        """Let the killed worker's signs of life grow old, and another one take its work up."""
        for statement in (
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'",
            "UPDATE notifications_outboxmail SET taken_at = taken_at - interval '1 hour'",
        ):
            self.connection.execute(statement)
        self.script(TAKE_UP)
        self.worker()

    def told(self, code: str) -> list[str]:
        """Return of which institutions people were told under a code, in order."""
        rows = self.all(
            "SELECT params ->> 'institution' FROM notifications_notification "
            f"WHERE code = '{code}' ORDER BY id"
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def all(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def kill(worker: "subprocess.Popen[bytes]") -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.slow
def test_sixty_days_with_three_kills(fresh_database: dict[str, str], tmp_path: Path) -> None:
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

        # 17 March: killed after Health was told of the questionnaire, before Justice is.
        play.killed_before_justice_is_told("2031-03-17")
        assert play.told("reply.due") == ['{"en": "Health"}']
        play.take_up()
        assert play.told("reply.due") == ['{"en": "Health"}', '{"en": "Justice"}']
        play.script(ACTS, "2031-03-18", "2031-04-07")

        # 8 April: the same, in the run that reminds of assignments; what goes before it is done.
        play.killed_before_justice_is_told("2031-04-08")
        assert play.told("assignments.report_due") == ['{"en": "Health"}']
        play.take_up()
        assert play.told("assignments.report_due") == ['{"en": "Health"}', '{"en": "Justice"}']
        play.script(ACTS, "2031-04-09", "2031-04-17")

        # 18 April: killed while a mail is on its way.
        play.script(ACTS, "2031-04-18", "2031-04-18", "queue")
        server.keep_waiting(after=len(server.received) + 1)
        worker = play.start_worker()
        server.wait_until_kept()
        kill(worker)
        server.let_go()
        play.take_up()
        play.script(ACTS, "2031-04-19", "2031-04-30")

        arrived = [(mail.to.removesuffix("@example.org"), mail.subject) for mail in server.received]
        assert "\n".join(map(" ".join, arrived)) == "\n".join(map(" ".join, MAILS))
        assert len({mail.message_id for mail in server.received}) == len(MAILS)
        unknown = play.all(
            "SELECT message_id, state, attempts FROM notifications_outboxmail WHERE state <> 'sent'"
        )
        kept: Received = server.received[MAILS.index(("validator.health", OVERDUE.format(APRIL))) - 1]
        assert unknown == [(kept.message_id, "unknown", 1)]
        weeks = {mail.subject: mail.body for mail in server.received if mail.subject.startswith("Your week")}
        told_in = {
            subject: [line[2:] for line in body.splitlines() if line.startswith("- ")]
            for subject, body in weeks.items()
        }
        assert told_in == {WEEK.format(day): titles for day, titles in WEEKS.items()}
