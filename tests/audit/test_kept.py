"""What is kept from the record is never stale, never another's, and kept by pages that read only."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit import kept
from tawsiya.audit.kept import until_next_act
from tawsiya.core import request_context
from tawsiya.core.request_context import RequestContext
from tests import factories

pytestmark = pytest.mark.django_db

_numbers = iter(range(1_000_000))


@contextmanager
def request(*, read_only: bool = True) -> Iterator[None]:
    with request_context.running(RequestContext(f"request-{next(_numbers)}", read_only)):
        with kept.reading() if read_only else nullcontext():
            yield


@pytest.fixture
def count() -> Callable[..., int]:
    """Count the institutions as a page does, and how often they were counted really."""

    def counted(*key: object) -> int:
        def work() -> int:
            counted.worked += 1  # type: ignore[attr-defined]
            return Institution.objects.count()

        return until_next_act(work, "tests.count", *key)

    counted.worked = 0  # type: ignore[attr-defined]
    factories.make_institution()
    return counted


def test_what_was_counted_stands_until_the_next_act(count: Any) -> None:
    for _ in range(3):
        with request():
            assert count() == 1
    assert count.worked == 1
    factories.make_institution()
    with request():
        assert count() == 2
    assert count.worked == 2


def test_an_act_that_writes_elsewhere_leaves_it_standing(count: Any) -> None:
    with request():
        assert count() == 1
    factories.make_document()
    with request():
        assert count() == 1
    assert count.worked == 1


def test_what_a_request_asked_before_it_counted_is_among_what_it_came_from() -> None:
    def found() -> list[str]:
        with request():
            name = Institution.objects.get().names["en"]  # known already when it is kept
            return until_next_act(lambda: [name], "tests.name")

    institution = factories.make_institution(names={"en": "Ministry of Health"})
    assert found() == ["Ministry of Health"]
    with factories.audit.change("institution.changed", by=factories.audit.SYSTEM, subject=institution):
        institution.names = {"en": "Ministry of Care"}
        institution.save()
    assert found() == ["Ministry of Care"]


def test_what_is_made_of_something_kept_falls_with_it(count: Any) -> None:
    def doubled() -> int:
        return until_next_act(lambda: 2 * count(), "tests.doubled")

    with request():
        count()
    with request():
        assert doubled() == 2  # of what the request before had counted
    factories.make_institution()
    with request():
        assert doubled() == 4


def test_an_act_undone_leaves_nothing_behind(count: Any) -> None:
    undone = transaction.savepoint()
    factories.make_institution()
    with request():
        assert count() == 2
    transaction.savepoint_rollback(undone)
    with request():
        assert count() == 1


def test_a_request_that_began_before_an_act_hands_nothing_old_on(count: Any) -> None:
    with request():
        assert count() == 1
        with request(read_only=False):  # another's, meanwhile
            factories.make_institution()
        assert count("later") == 2
    with request():
        assert (count(), count("later")) == (2, 2)


def test_each_key_language_and_day_has_its_own(count: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = factories.make_reader(Role.FOCAL_POINT)
    other = factories.make_reader(Role.FOCAL_POINT)
    assert mine.audience != other.audience
    with request():
        count(mine.audience)
        count(other.audience)
        assert count.worked == 2
        with translation.override("ar"):
            count(mine.audience)
        assert count.worked == 3
        monkeypatch.setattr(timezone, "localdate", lambda *_moment: date(2031, 5, 4))
        count(mine.audience)
        assert count.worked == 4


def test_two_people_of_one_role_and_institution_share(count: Any) -> None:
    institution = factories.make_institution()
    first = factories.make_reader(Role.VALIDATOR, institution)
    second = factories.make_reader(Role.VALIDATOR, institution)
    colleague = factories.make_reader(Role.FOCAL_POINT, institution)
    assert first.audience == second.audience != colleague.audience


def test_nothing_is_kept_where_something_may_be_written(count: Any) -> None:
    for _ in range(2):
        count()
        with request(read_only=False):
            count()
    assert count.worked == 4


def test_only_the_latest_are_kept(count: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    with request():
        for key in ("first", "second", "third", "third", "second", "first"):
            count(key)
    assert count.worked == 4


def test_of_readers_who_come_at_once_one_works_and_the_others_wait() -> None:
    begun, arrived = Event(), Event()
    worked: list[str] = []

    class Key:
        """Tells that somebody looks under it."""

        def __hash__(self) -> int:
            if begun.is_set():
                arrived.set()
            return 7

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Key)

    def ask(name: str) -> str:
        def work() -> str:
            worked.append(name)
            begun.set()
            assert arrived.wait(20)
            return f"found by {name}"

        try:
            with request():
                return until_next_act(work, "tests.at_once", Key())
        finally:
            connection.close()  # the thread's own

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, "first")
        assert begun.wait(20)
        second = pool.submit(ask, "second")
        assert {first.result(), second.result()} == {"found by first"}
    assert worked == ["first"]
