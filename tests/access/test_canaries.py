"""Words that stand in confidential fields only, looked for in every answer to every reader."""

import json
from typing import Any

import pytest

from tests.access.table import READERS


def told(found: list[str]) -> None:
    """Fail with every finding in full, one a line."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


# Those who read just as another of the cast does are crawled with the slow tests.
LIKE_ANOTHER = frozenset({"norole", "analyst", "deputy", "other_validator", "civil"})


@pytest.mark.parametrize(
    "reader",
    [pytest.param(name, marks=pytest.mark.slow if name in LIKE_ANOTHER else ()) for name in READERS],
)
def test_a_reader_meets_the_words_meant_for_him_and_no_others(world, reader: str) -> None:
    from tests.access.canaries import crawled, leaks, missing, seen_by

    found = seen_by(world, reader, crawled())

    told(leaks(reader, found) + missing(reader, found))


SEARCHES = (
    "recommendations:list-json",
    "analysis:search-json",
    "followup:contributions-json",
    "followup:assignments-json",
    "portal:list-json",
    "api:recommendation-list",
    "api:public-recommendations",
)


@pytest.mark.parametrize("reader", ["public", "norole", "coordinator", "support", "other_focal", "nhri"])
def test_searching_for_a_word_one_may_not_read_finds_nothing(world, reader: str) -> None:
    from tests.access.canaries import AUDIENCES

    place, found = READERS.index(reader), []
    secret = [word for word in AUDIENCES if AUDIENCES[word][place] == "."]
    for view in SEARCHES:
        for word in [
            word for word in secret if word.startswith(("qmeas", "qnote", "qbare", "qvrea", "qtitle"))
        ][::4]:
            response = world.clients[reader].get(world.address(view), {"q": word})
            if response.status_code == 200 and json.loads(response.content)["count"]:
                found.append(f"{reader} finds something with {word} at {view}")

    told(found)


def test_a_word_one_may_read_is_found(world) -> None:
    def count(reader: str, view: str, word: str) -> Any:
        return json.loads(world.clients[reader].get(world.address(view), {"q": word}).content)["count"]

    assert count("nhri", "recommendations:list-json", "qbaretext") == 1
    assert count("public", "portal:list-json", "qmeasuresvalidated") in (0, 1)
    assert count("public", "portal:list-json", "qbaretext") == 0


def test_no_notification_or_mail_says_what_its_recipient_may_not_read(world) -> None:
    from tawsiya.notifications.models import Notification
    from tawsiya.notifications.sentences import render
    from tests.access.canaries import leaks, words_in

    names = {user.pk: name for name, user in world.users.items()}
    found, told_people = [], set()
    for row in Notification.objects.all():
        reader = names.get(row.recipient_id)
        if reader is not None:
            told_people.add(reader)
            words = words_in(f"{render(row.code, row.params)} {json.dumps(row.params)}")
            found += leaks(reader, {word: {f"notification {row.code}"} for word in words})

    told(found)
    assert {"focal", "validator", "coordinator", "support"} <= told_people


def test_a_refusal_says_nothing_of_what_it_hides(world) -> None:
    """The pages of what is hidden and of what is not there are the same, the address apart."""
    from tests.access.canaries import plain

    for reader in ("other_focal", "nhri", "administrator"):
        client = world.clients[reader]
        for view, pk in (
            ("followup:contribution", world.contributions["draft"].pk),
            ("followup:evidence", world.evidence["draft public"].pk),
            ("intake:run", world.others["run"].pk),
        ):
            hidden = client.get(world.address(view, pk))
            absent = client.get(world.address(view, 987654321))
            assert hidden.status_code == absent.status_code == 404
            assert plain(hidden).replace(f"/{pk}/", "/") == plain(absent).replace("/987654321/", "/")


OUTSIDE = tuple(name for name in READERS if name not in ("validator", "focal", "deputy"))
# Not compared: what counts requests or events, or carries the minute it was made at; and the outbox,
# where an administrator sees that a mail went out, but not of what it speaks (the test below).
NOT_COMPARED = frozenset(
    {
        "audit:check",
        "audit:access-log",
        "audit:access-log-csv",
        "audit:access-log-json",
        "reports:recommendations-xlsx",
        "reports:matrix-docx",
        "reports:matrix-xlsx",
        "notifications:outbox",
        "notifications:outbox-csv",
        "notifications:outbox-json",
    }
)


def test_the_outbox_does_not_say_of_what_a_mail_speaks(world) -> None:
    from tests.access.canaries import plain

    named = {item.document.symbol for item in world.items.values()}
    names = {row.names["en"] for row in world.institutions.values()}
    for form in ("", "-csv", "-json"):
        address = world.address(f"notifications:outbox{form}")
        # On paper by fifty: the first pages hold what the world has sent.
        places = ("1", "2", "3") if not form else ("1",)
        page = "".join(plain(world.clients["administrator"].get(address, {"page": at})) for at in places)
        assert "A contribution awaits your approval" in page
        assert not [word for word in named | names if word in page]


@pytest.mark.slow
def test_what_happens_inside_an_institution_changes_no_page_outside(world) -> None:
    """No count, facet, title, order or figure moves: each page is the same to the letter."""
    from django.db import transaction

    from tests.access.canaries import pages_of
    from tests.access.world import act_inside

    found = []
    with transaction.atomic():
        before = {reader: pages_of(world, reader, NOT_COMPARED) for reader in OUTSIDE}
        focal_before = pages_of(world, "focal", NOT_COMPARED)
        act_inside(world)
        for reader in OUTSIDE:
            after = pages_of(world, reader, NOT_COMPARED)
            found += [f"{reader}: {view} changed" for view in after if after[view] != before[reader][view]]
        changed_for_focal = {
            view
            for view, page in pages_of(world, "focal", NOT_COMPARED).items()
            if page != focal_before[view]
        }
        transaction.set_rollback(True)

    told(found)
    # Inside it shows: so the comparison can tell a difference.
    assert {
        "followup:contributions",
        "followup:contributions-json",
        "followup:item [draft]",
    } <= changed_for_focal
