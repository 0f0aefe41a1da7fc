"""What is kept from the record is never stale, never another's, and kept by pages that read only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit.kept import until_next_act
from tawsiya.core import request_context
from tawsiya.core.request_context import RequestContext
from tests import factories

pytestmark = pytest.mark.django_db

_numbers = iter(range(1_000_000))


@contextmanager
def request(*, read_only: bool = True) -> Iterator[None]:
    with request_context.running(RequestContext(f"request-{next(_numbers)}", read_only)):
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
        monkeypatch.setattr(timezone, "localdate", lambda: date(2031, 5, 4))
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
