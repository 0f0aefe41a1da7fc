"""Invitations: their life, their secret, their mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import (
    Person,
    accept_invitation,
    create_person,
    find_invitation,
    invite,
    revoke_invitation,
)
from tawsiya.accounts.models import Invitation, User
from tawsiya.accounts.queries import invitations, reader_for
from tawsiya.accounts.tasks import send_invitation
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tests import factories

pytestmark = pytest.mark.django_db
STRONG = "four quiet rivers meet"
SAME_SENTENCE = "This invitation is not valid any more"


def sent(email: str = "new@example.org", language: str = "en") -> tuple[Invitation, str]:
    return invite(
        person=Person(email, "New Person", "شخص جديد", language),
        institution=factories.make_institution(names={"en": "Ministry of Health", "ar": "وزارة الصحة"}),
        role=Role.FOCAL_POINT,
        by=factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR),
    )


def test_accepting_makes_the_account_with_its_role() -> None:
    invitation, token = sent()
    user = accept_invitation(token=token, password=STRONG)
    assert (user.email, user.name, user.name_ar, user.language) == (
        "new@example.org",
        "New Person",
        "شخص جديد",
        "en",
    )
    assert user.check_password(STRONG)
    reader = reader_for(user)
    assert reader.roles == {Role.FOCAL_POINT}
    assert reader.own_institutions == {invitation.institution_id}


def test_it_works_for_seven_days() -> None:
    _invitation, token = sent()
    with clock.at(timezone.now() + timedelta(days=6, hours=23)):
        assert find_invitation(token).email == "new@example.org"
    with clock.at(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(RuleViolated, match=SAME_SENTENCE):
            accept_invitation(token=token, password=STRONG)
        assert invitations().get().state == "expired"
    assert not User.objects.filter(email="new@example.org").exists()


def test_it_works_once() -> None:
    _invitation, token = sent()
    accept_invitation(token=token, password=STRONG)
    with pytest.raises(RuleViolated, match=SAME_SENTENCE):
        accept_invitation(token=token, password=STRONG)


def test_a_revoked_one_works_no_more_and_frees_the_address() -> None:
    invitation, token = sent()
    with pytest.raises(RuleViolated, match="is open"):
        sent("NEW@example.org")
    by = factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)
    revoke_invitation(invitation=invitation, by=by)
    with pytest.raises(RuleViolated, match=SAME_SENTENCE):
        accept_invitation(token=token, password=STRONG)
    _second, other = sent()
    assert other != token


def test_nobody_with_an_account_is_invited() -> None:
    create_person(person=Person("new@example.org", "There"), password=None)
    with pytest.raises(RuleViolated, match="already an account"):
        sent()


@pytest.mark.parametrize("weak", ["short", "password1234", "new@example.org"])
def test_a_weak_password_leaves_the_invitation_open(weak: str) -> None:
    _invitation, token = sent()
    with pytest.raises(ValidationError):
        accept_invitation(token=token, password=weak)
    assert find_invitation(token)
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_secret_stands_nowhere_in_the_database() -> None:
    _invitation, token = sent()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        holding = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{token}%"])
            if cursor.fetchone():
                holding.append(table)
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'accounts.send_invitation'")
        jobs = [row[0] for row in cursor.fetchall()]
    assert "accounts_invitation" in tables
    assert holding == []
    assert len(jobs) == 1


def test_the_mail_carries_the_link_in_the_person_s_language() -> None:
    invitation, token = sent(language="ar")
    send_invitation(invitation.pk)
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    link = re.search(r"http\S+", message.body)
    assert link is not None
    assert link.group() == f"http://127.0.0.1:8000/ar/invitation/{token}/"
    assert "شخص جديد" in message.body
    assert "وزارة الصحة" in message.body


def test_no_mail_for_a_closed_invitation_nor_after_a_change_of_key() -> None:
    invitation, token = sent()
    with override_settings(SECRET_KEY="another-key-" + "k" * 40):
        send_invitation(invitation.pk)
    accept_invitation(token=token, password=STRONG)
    send_invitation(invitation.pk)
    assert mail.outbox == []


# The page.


def test_the_page_shows_the_form_and_writes_nothing(client: Client) -> None:
    _invitation, token = sent()
    answer = client.get(f"/en/invitation/{token}/")
    assert answer.status_code == 200
    assert "Ministry of Health" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert find_invitation(token)


def test_accepting_on_the_page_signs_in_and_speaks_the_person_s_language(client: Client) -> None:
    _invitation, token = sent(language="ar")
    answer = client.post(f"/en/invitation/{token}/", {"password": STRONG, "again": STRONG})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/home/")
    assert answer.cookies["django_language"].value == "ar"
    assert client.session["_auth_user_id"] == str(User.objects.get(email="new@example.org").pk)


@pytest.mark.parametrize(("password", "again"), [(STRONG, "something else"), ("short", "short"), ("", "")])
def test_a_mistake_on_the_page_keeps_the_door_open(client: Client, password: str, again: str) -> None:
    _invitation, token = sent()
    answer = client.post(f"/en/invitation/{token}/", {"password": password, "again": again})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert find_invitation(token)


def test_unknown_used_revoked_and_expired_links_get_one_answer(client: Client) -> None:
    by = factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)
    _used, used = sent("used@example.org")
    accept_invitation(token=used, password=STRONG)
    row, revoked = sent("revoked@example.org")
    revoke_invitation(invitation=row, by=by)
    with clock.at(timezone.now() - timedelta(days=8)):
        _expired, expired = sent("expired@example.org")
    shown = set()
    for token in ("0" * 64, "x", used, revoked, expired):
        for answer in (
            client.get(f"/en/invitation/{token}/"),
            client.post(f"/en/invitation/{token}/", {"password": STRONG, "again": STRONG}),
        ):
            assert answer.status_code == 404
            main = answer.content.decode().split("<main")[1].split("</main>")[0]
            shown.add(main)
    assert len(shown) == 1
    assert SAME_SENTENCE in shown.pop()
