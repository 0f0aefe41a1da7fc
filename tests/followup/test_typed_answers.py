"""Answers to a questionnaire are kept as one types, and when two people write, both texts are on screen."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.followup.commands.replies import act_on_reply
from tawsiya.followup.models import Answer, Question, Reply, TypedText
from tests import factories
from tests.followup.asking import answer_all, reply_of, send
from tests.followup.cast import BACKEND

ROOT = Path(__file__).resolve().parents[2]
Address = Callable[..., str]
MINE, THEIRS = "A law of 2031 punishes it.", "A law of 2031 punishes it, with prison."


@pytest.fixture
def asked(db) -> Reply:
    factories.make_instance()
    _questionnaire, ministry, _other = send()
    return reply_of(ministry)


def _client(ministry: Institution, role: Role = Role.FOCAL_POINT) -> Client:
    client = Client()
    client.force_login(factories.make_person(role, ministry), backend=BACKEND)
    return client


def _fields(reply: Reply, words: str = "", figure: str = "", **more: object) -> dict[str, object]:
    first, second = Question.objects.filter(questionnaire=reply.questionnaire).order_by("order")
    return {
        f"a{first.pk}": words,
        f"n{first.pk}": "",
        f"a{second.pk}": figure,
        f"n{second.pk}": "",
        "seen_version": reply.version,
    } | more


def _form(page: str) -> dict[str, str]:
    """Return what stands in the fields of the form, by question and kind."""
    found = BeautifulSoup(page, "html.parser").select("[data-tw-writing] textarea, [data-tw-writing] input")
    return {
        field["name"][:1]: (field.text.strip() if field.name == "textarea" else field.get("value", ""))
        for field in found
        if field["name"][:1] in "an" and (field.text.strip() or field.get("value"))
    }


def test_what_is_typed_is_kept_and_stands_in_the_form_again(asked: Reply, address: Address) -> None:
    client, edit = _client(asked.institution), address("followup:reply-edit", asked.pk)
    kept = client.post(address("followup:reply-typing", asked.pk), _fields(asked, MINE))
    assert kept.json()["said"].startswith("Kept as you type: ")
    assert (kept.json()["stale"], Answer.objects.count()) == ("", 0)
    page = client.get(edit).content.decode()
    assert _form(page)["a"] == MINE
    assert "What you had typed is in the form again" in page
    # On the page of the reply too, for the person alone.
    shown = address("followup:reply", asked.pk)
    assert MINE in client.get(shown).content.decode()
    assert MINE not in _client(asked.institution).get(shown).content.decode()
    # Saved, or discarded, it is forgotten.
    client.post(edit, _fields(asked, MINE))
    assert not TypedText.objects.exists()
    asked.refresh_from_db()
    assert 'data-tw-written="reply:' in client.get(shown).content.decode()
    client.post(address("followup:reply-typing", asked.pk), _fields(asked, "Other words"))
    client.post(address("followup:reply-typing", asked.pk), {"then": "discard"})
    assert "Other words" not in client.get(edit).content.decode()


def test_two_who_write_see_both_texts_and_nothing_is_overwritten(asked: Reply, address: Address) -> None:
    mine, edit = _client(asked.institution), address("followup:reply-edit", asked.pk)
    begun = _fields(asked, MINE)
    _client(asked.institution).post(edit, _fields(asked, THEIRS))
    refused = mine.post(edit, begun)
    assert refused.status_code == 409
    page = BeautifulSoup(refused.content, "html.parser")
    (row,) = page.select("[data-tw-differing]")
    assert row.h3.get_text() == "Question 1"
    assert [box.get_text() for box in row.select("[data-tw-text]")] == [THEIRS, MINE]
    assert row.select_one("del").get_text() == ", with prison"
    assert Answer.objects.get().text == THEIRS
    assert _form(refused.content.decode())["a"] == MINE
    asked.refresh_from_db()
    assert mine.post(edit, begun | {"seen_version": asked.version}).status_code == 302
    assert Answer.objects.get().text == MINE
    # While one types, the page says so.
    said = mine.post(address("followup:reply-typing", asked.pk), begun).json()
    assert said["stale"] == "Somebody else saved meanwhile. When you save, both texts are shown."


# Each act in a transaction of its own, as it is in life: which version holds what is told by their times.
TWO_WHO_WRITE = """
from decimal import Decimal
from tawsiya.accounts.choices import Role
from tawsiya.followup.commands.replies import Given, save_answers
from tawsiya.followup.models import Question
from tawsiya.followup.views.answers import merged
from tests import factories
from tests.followup.asking import reply_of, send
factories.make_instance()
ministry = send()[1]
by = factories.reader_in(ministry, Role.FOCAL_POINT)
asked = list(Question.objects.order_by("order"))
first, second = (question.pk for question in asked)
def save(**given):
    reply = reply_of(ministry)
    return save_answers(reply=reply, given={first: Given(given["words"]), second: Given(figure=given["figure"])},
        seen_version=reply.version, by=by)
begun = save(words="Old", figure=Decimal("1.5")).version
# The other changes the words and takes the figure away; this person adds a note and changes the figure.
reply = save(words="Theirs", figure=None)
typed = {f"a{first}": "Old", f"n{first}": "My note", f"a{second}": "7.5", f"n{second}": ""}
mine = merged(by, reply, asked, typed, begun)
print([mine[name] for name in typed])
# Whoever begins now has nothing to take over.
print([merged(by, reply, asked, typed, reply.version)[name] for name in typed])
"""


@pytest.mark.slow
def test_what_only_the_other_changed_is_taken_over(fresh_database: dict[str, str]) -> None:
    words = [sys.executable, "-W", "ignore", "-c", "import django; django.setup()\n" + TWO_WHO_WRITE]
    environment = os.environ | fresh_database | {"TAWSIYA_MODE": "test"}
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["['Theirs', 'My note', '7.5', '']", "['Old', 'My note', '7.5', '']"]


def test_words_are_kept_when_a_colleague_submits_meanwhile(asked: Reply, address: Address) -> None:
    mine = _client(asked.institution)
    begun = _fields(asked, "Words of half an hour")
    by = factories.reader_in(asked.institution, Role.FOCAL_POINT)
    act_on_reply(reply=answer_all(asked, by=by), action="submit", by=by)
    refused = mine.post(address("followup:reply-edit", asked.pk), begun)
    assert refused.status_code == 403
    assert "Words of half an hour" in refused.content.decode()
    assert "Words of half an hour" in mine.get(address("followup:reply", asked.pk)).content.decode()


def test_a_figure_written_otherwise_is_no_difference(asked: Reply, address: Address) -> None:
    client = _client(asked.institution)
    client.post(address("followup:reply-edit", asked.pk), _fields(asked, "Words", "412.5"))
    asked.refresh_from_db()
    client.post(address("followup:reply-typing", asked.pk), _fields(asked, "Words\r\n", "412.50"))
    assert "not save" not in client.get(address("followup:reply", asked.pk)).content.decode()


def test_the_device_keeps_nothing_where_policy_says_so(asked: Reply, address: Address, settings) -> None:
    client, edit = _client(asked.institution), address("followup:reply-edit", asked.pk)
    assert 'data-keep="yes"' in client.get(edit).content.decode()
    settings.KEEP_TYPED_ON_DEVICE = False
    assert 'data-keep="no"' in client.get(edit).content.decode()
