"""A message withdrawn by its author: the text is on no page any more, the fact that it was written stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from tawsiya.accounts.commands import appoint_deputy
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused
from tawsiya.followup.choices import Circle
from tawsiya.followup.commands.messages import withdraw_message, write_message
from tawsiya.followup.models import Message
from tests import factories
from tests.followup.cast import Cast

WORDS = "Ask Youssef about qwithdrawn first"


@pytest.fixture
def message(cast: Cast) -> Message:
    factories.make_assignment(recommendation=cast.item, institution=cast.lead)
    return write_message(
        item=cast.item,
        circle=Circle.WITH_DELEGATION,
        institution=cast.lead,
        text=WORDS,
        by=cast.reader("own focal point"),
    )


def addresses(cast: Cast) -> list[str]:
    with translation.override("en"):
        return [
            reverse("followup:thread", args=[cast.item.pk, Circle.WITH_DELEGATION.value, cast.lead.pk]),
            reverse("followup:item", args=[cast.item.pk]),
            *(reverse(f"followup:conversations{form}") for form in ("", "-csv", "-json")),
        ]


def test_the_author_withdraws_and_the_text_leaves_every_page(cast: Cast, message: Message) -> None:
    client = cast.client("own focal point")
    where = reverse("followup:message-withdraw", args=[message.pk])
    answer = client.post(where, follow=True)
    page = answer.content.decode()
    assert "The message is withdrawn." in page
    assert "Withdrawn by its author" in page
    for name in ("own focal point", "own validator", "coordinator"):
        for address in addresses(cast):
            reply = cast.client(name).get(address)
            body = b"".join(reply) if reply.streaming else reply.content
            assert b"qwithdrawn" not in body, (name, address)
    # Who wrote, and when, stays.
    thread = cast.client("coordinator").get(addresses(cast)[0]).content.decode()
    assert "own focal point" in thread
    event = Event.objects.get(code="message.withdrawn")
    assert (event.state, event.institution_id, event.item_id) == (
        "with_delegation",
        cast.lead.pk,
        cast.item.pk,
    )
    assert "qwithdrawn" not in str(event.before) + str(event.after) + event.subject_name
    # The record keeps it, in the versions of the row, which no page shows.
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM followup_messageevent WHERE id = %s ORDER BY pgh_id", [message.pk])
        assert [row[0] for row in cursor.fetchall()] == [WORDS, ""]


def test_nobody_else_withdraws_and_nobody_twice(cast: Cast, message: Message) -> None:
    for name in ("own validator", "coordinator"):
        with pytest.raises(PermissionRefused, match="Only its author"):
            withdraw_message(message=message, by=cast.reader(name))
    with pytest.raises(PermissionRefused, match="not available"):
        withdraw_message(message=message, by=cast.reader("outside"))
    withdraw_message(message=message, by=cast.reader("own focal point"))
    with pytest.raises(PermissionRefused, match="not possible"):
        withdraw_message(message=message, by=cast.reader("own focal point"))
    message.refresh_from_db()
    assert message.text == ""
    assert Event.objects.filter(code="message.withdrawn").count() == 1


def test_a_deputy_does_not_withdraw_what_the_absent_person_wrote(cast: Cast, message: Message) -> None:
    away, here = cast.users["own focal point"], cast.users["own validator"]
    today = timezone.localdate()
    appoint_deputy(person=away, deputy=here, starts_on=today, ends_on=today + timedelta(days=3))
    with pytest.raises(PermissionRefused, match="Only its author"):
        withdraw_message(message=message, by=cast.reader("own validator"))


def test_the_page_offers_it_to_the_author_alone(cast: Cast, message: Message) -> None:
    where = reverse("followup:message-withdraw", args=[message.pk])
    seen = {
        name: where in cast.client(name).get(addresses(cast)[0]).content.decode()
        for name in ("own focal point", "own validator", "coordinator")
    }
    assert seen == {"own focal point": True, "own validator": False, "coordinator": False}
