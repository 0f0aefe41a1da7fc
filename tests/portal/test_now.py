"""What the portal's role can read at all, whatever asks: nothing before its hour, and nothing that was taken back."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.followup.commands.voices import Said, submit
from tawsiya.portal.choices import Selection
from tawsiya.portal.commands import (
    accept_submission,
    publish,
    publish_programme,
    withdraw_programme,
    withdraw_publication,
)
from tawsiya.portal.models import ConsultationSnapshot
from tawsiya.portal.queries import as_public
from tests import factories
from tests.portal import stories
from tests.programme import making

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
FRAME = "Plan-of-a-bittern"
DRAFT = "Draft-of-a-bustard"
ANSWER = "Answer-of-a-bulbul"


def readable() -> str:
    """Return every row of everything that the portal's role may select, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind IN ('r', 'p', 'v', 'm') AND has_table_privilege('tawsiya_portal', oid, 'SELECT')"
        )
        names = [row[0] for row in cursor.fetchall()]
    found = []
    with as_public(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'SELECT row_to_json(one)::text FROM "{name}" one')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def database_now() -> datetime:
    """Return the clock of the database: one moment for the whole of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def lay_before_everybody(
    opens_at: datetime, closes_at: datetime, *, over: bool = False, pk: int | None = None
) -> None:
    frame = {"names": {"en": FRAME}, "number": 1}
    draft = {"axes": [], "measures": [{"code": "1.1", "titles": {"en": DRAFT}}]}
    content = frame | ({"comments": [{"text": ANSWER}]} if over else draft)
    with audit.change("consultation.shown", by=audit.SYSTEM):
        ConsultationSnapshot.objects.create(
            pk=pk,
            consultation_id=1,
            publication=ConsultationSnapshot.objects.count() + 1,
            published_at=clock.now(),
            opens_at=opens_at,
            closes_at=closes_at,
            is_over=over,
            content=content,
        )


@pytest.mark.parametrize(
    ("opens", "closes", "frame", "draft"),
    [
        (TICK, HOUR, False, False),  # a moment before the hour nothing is known, not even its name
        (0 * TICK, HOUR, True, True),  # at the very hour
        (-HOUR, HOUR, True, True),
        (-HOUR, 0 * TICK, True, True),  # the last moment
        (-HOUR, -TICK, True, False),  # nobody has closed it: the hour alone does
    ],
)
def test_a_draft_is_readable_from_its_hour_to_its_hour(
    opens: timedelta, closes: timedelta, frame: bool, draft: bool
) -> None:
    now = database_now()
    lay_before_everybody(now + opens, now + closes)
    found = readable()
    assert (FRAME in found, DRAFT in found) == (frame, draft)


def test_the_clock_of_the_program_opens_nothing() -> None:
    now = database_now()
    lay_before_everybody(now + HOUR, now + 3 * HOUR)
    with clock.at(now + 2 * HOUR):
        assert DRAFT not in readable()


def test_a_draft_is_gone_once_its_consultation_was_closed_before_its_hour() -> None:
    now = database_now()
    lay_before_everybody(now - HOUR, now + HOUR)
    lay_before_everybody(now - HOUR, now, over=True)
    found = readable()
    assert DRAFT not in found
    assert ANSWER in found


def test_a_page_kept_from_before_the_last_hour_is_another_after_it(client: Client) -> None:
    factories.make_instance()
    now, address, tags = database_now(), "/en/public/consultations/1/", []
    for closes_at in (now + HOUR, now - TICK):
        with transaction.atomic():
            lay_before_everybody(now - HOUR, closes_at, pk=77)
            tags.append(client.get(address)["ETag"])
            transaction.set_rollback(True)
    assert tags[0] != tags[1]


def test_what_was_replaced_or_withdrawn_is_not_readable() -> None:
    factories.make_instance()
    story, desk = stories.make_story(), factories.coordinator()
    publish(recommendation=story.item, selection=story.everything, by=desk)
    first = readable()
    for word in (stories.MEASURES, stories.JUSTIFICATION, stories.PUBLIC_FILE):
        assert word in first
    publish(recommendation=story.item, selection=Selection(status=True), by=desk)
    second = readable()
    assert story.item.document.symbol in second
    for word in (stories.MEASURES, stories.JUSTIFICATION, stories.PUBLIC_FILE):
        assert word not in second
    withdraw_publication(recommendation=story.item, by=desk, reason="Published by mistake")
    assert readable() == ""


def test_what_others_say_is_readable_with_its_recommendation_only() -> None:
    factories.make_instance()
    story, desk = stories.make_story(), factories.coordinator()
    author = factories.make_reader(Role.NHRI)
    row = submit(
        recommendation=story.item, said=Said("Words-of-a-bunting", "en", status="not_started"), by=author
    )
    accept_submission(submission=row, seen_version=row.version, by=desk)
    assert "Words-of-a-bunting" not in readable()
    publish(recommendation=story.item, selection=Selection(), by=desk)
    assert "Words-of-a-bunting" in readable()
    withdraw_publication(recommendation=story.item, by=desk, reason="Published by mistake")
    assert "Words-of-a-bunting" not in readable()


def test_a_programme_that_was_withdrawn_is_not_readable() -> None:
    factories.make_instance()
    version = making.make_version()
    making.make_measure(version)
    adopted = making.adopted(version)
    publish_programme(version=adopted, by=factories.coordinator())
    assert "Train all judges" in readable()
    withdraw_programme(version=adopted, by=factories.coordinator(), reason="Published by mistake")
    assert readable() == ""
