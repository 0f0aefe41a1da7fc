"""Who was let in once: closed accounts, roles and replacements that ended, began not yet, or lost their ground.

Each person observes in the ministry, or no longer; and replaced its focal point, whose draft, file, message and
calendar must be gone with the replacement.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import (
    appoint_deputy,
    close_account,
    end_deputy,
    end_membership,
    start_membership,
)
from tawsiya.accounts.models import Deputy, Membership
from tawsiya.accounts.queries import reader_for
from tawsiya.audit.models import Event
from tawsiya.followup.calendar_links import secret_of
from tawsiya.followup.choices import AssignmentState, Circle
from tawsiya.followup.commands.calendars import open_calendar, revoke_calendar
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.models import CalendarAddress
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

# Who, and by hand: the draft, its file, the conversation inside; submitting, taking the file off, writing a
# message; the calendar; and whether the list of contributions is open at all. Letters of `table`.
TABLE = """
who                                draft  file  talk   submit  remove  write   calendar  list  in the list
replaces today                     2      2     2      R       R       R       2         2     1
replaced until yesterday           4      4     4      4       4       4       2         2     0
replaces from tomorrow             4      4     4      4       4       4       2         2     0
replaced until it was ended        4      4     4      4       4       4       2         2     0
replaces a closed account          4      4     4      4       4       4       2         2     0
replaces one whose role ended      4      4     4      4       4       4       2         2     0
moved to another ministry          4      4     4      4       4       4       2         2     0
lost the own role                  4      4     4      4       4       4       4         2     0
own account closed                 L      L     L      L       L       L       4         L     -
"""
ROWS = [line.rsplit(maxsplit=9) for line in TABLE.strip().splitlines()[1:]]


@pytest.fixture
def ministry(tmp_path, settings) -> SimpleNamespace:
    """Give a ministry with a focal point, somebody who observes, and one of everything that is inside."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    factories.make_instance()
    home = factories.make_institution()
    focal = factories.make_person(Role.FOCAL_POINT, home)
    here = factories.make_person(Role.OBSERVER, home)
    draft = factories.make_contribution(institution=home)
    factories.make_assignment(AssignmentState.ACCEPTED, institution=home)
    message = write_message(
        item=draft.recommendation, circle=Circle.INSIDE, institution=home, text="Inside", by=reader_for(focal)
    )
    file = factories.make_evidence(draft)
    return SimpleNamespace(
        home=home, focal=focal, here=here, draft=draft, message=message, file=file,
        admin=factories.make_reader(Role.ADMINISTRATOR),
    )  # fmt: skip


def _replace(at: SimpleNamespace, first: int, last: int) -> Deputy:
    today = timezone.localdate()
    return appoint_deputy(
        person=at.focal, deputy=at.here, starts_on=today + first * DAY, ends_on=today + last * DAY
    )


def _happen(who: str, at: SimpleNamespace) -> None:
    """Let come about what the first column of the table says, after some days of replacement."""
    days = {"replaced until yesterday": (-9, -1), "replaces from tomorrow": (1, 9)}
    row = _replace(at, *days.get(who, (-3, 9)))
    role = Membership.objects.get(user=at.here)
    if who == "replaced until it was ended":
        end_deputy(deputy=row, by=at.admin)
    elif who == "replaces a closed account":
        close_account(user=at.focal, by=at.admin)
    elif who == "replaces one whose role ended":
        end_membership(membership=Membership.objects.get(user=at.focal), by=at.admin)
    elif who in ("moved to another ministry", "lost the own role"):
        end_membership(membership=role, by=at.admin)
        if who.startswith("moved"):
            other = factories.make_institution()
            start_membership(user=at.here, institution=other, role=Role.FOCAL_POINT)
    elif who == "own account closed":
        close_account(user=at.here, by=at.admin)


def _letter(response) -> str:
    if response.status_code == 302:
        return "L" if "/login/" in response["Location"] else "R"
    return {200: "2", 403: "F", 404: "4"}.get(response.status_code, str(response.status_code))


@pytest.mark.parametrize(
    ("who", "expected"), [(who, rest) for who, *rest in ROWS], ids=[row[0] for row in ROWS]
)
def test_what_is_left_to_somebody_who_was_let_in(
    ministry: SimpleNamespace, who: str, expected: list[str]
) -> None:
    at, client = ministry, Client()
    client.force_login(at.here, backend=BACKEND)
    address = secret_of(at.here.pk, open_calendar(by=reader_for(at.here)).made_at)
    _happen(who, at)
    talk = [at.draft.recommendation_id, Circle.INSIDE.value, at.home.pk]
    got = [
        _letter(client.get(reverse("followup:contribution", args=[at.draft.pk]))),
        _letter(client.get(reverse("followup:evidence", args=[at.file.pk]))),
        _letter(client.get(reverse("followup:thread", args=talk))),
    ]
    calendar, rows = (
        Client().get(reverse("calendar", args=[address])),
        client.get(reverse("followup:contributions-json")),
    )
    before = Event.objects.count()
    # Writing first: what was submitted is read no more by who only wrote.
    written = _letter(client.post(reverse("followup:thread", args=talk), {"text": "Words"}))
    removed = _letter(client.post(reverse("followup:evidence-remove", args=[at.file.pk])))
    submitted = _letter(client.post(reverse("followup:contribution-submit", args=[at.draft.pk])))
    got += [submitted, removed, written, _letter(calendar), _letter(rows)]
    got.append(str(rows.json()["count"]) if rows.status_code == 200 else "-")

    assert got == expected
    assert (Event.objects.count() > before) == ("R" in expected)
    # The feed shrinks with what its owner sees: the ministry's deadlines are there for a replacement only.
    assert ("BEGIN:VEVENT" in calendar.content.decode()) == (who == "replaces today")


def test_a_calendar_opens_by_its_whole_address_only(ministry: SimpleNamespace) -> None:
    by = reader_for(ministry.focal)
    old = secret_of(ministry.focal.pk, open_calendar(by=by).made_at)
    secret = secret_of(ministry.focal.pk, open_calendar(by=by).made_at)

    def status(token: str) -> int:
        return Client().get(reverse("calendar", args=[token])).status_code

    assert status(secret) == 200
    stored = CalendarAddress.objects.get(user=ministry.focal, revoked_at__isnull=True).token_hash
    for token in (old, stored, secret[:-1], secret[:32], secret.upper(), secret + "0", "0" * 64):
        assert status(token) == 404, token
    revoke_calendar(by=by)
    assert status(secret) == 404


def test_a_calendar_is_nobody_elses_and_gives_its_owner_s_sight_only(ministry: SimpleNamespace) -> None:
    """Whoever is signed in: the address says whose deadlines they are, and opens nothing else."""
    stranger = factories.make_person(Role.FOCAL_POINT)
    secret = secret_of(stranger.pk, open_calendar(by=reader_for(stranger)).made_at)
    client = Client()
    client.force_login(ministry.focal, backend=BACKEND)
    answer = client.get(reverse("calendar", args=[secret]))
    assert answer.status_code == 200
    assert "BEGIN:VEVENT" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    # And the address lets nobody in: no session begins.
    assert "sessionid" not in Client().get(reverse("calendar", args=[secret])).cookies


def test_one_does_not_end_or_revoke_what_is_anothers(ministry: SimpleNamespace) -> None:
    row = _replace(ministry, -1, 5)
    client = Client()
    client.force_login(ministry.here, backend=BACKEND)
    assert client.post(reverse("accounts:end-absence", args=[row.pk])).status_code == 404
    secret = secret_of(ministry.focal.pk, open_calendar(by=reader_for(ministry.focal)).made_at)
    # A deputy revokes the own address, which is none, and leaves the absent person's alone.
    client.post(reverse("followup:calendar-revoke"))
    assert Client().get(reverse("calendar", args=[secret])).status_code == 200
