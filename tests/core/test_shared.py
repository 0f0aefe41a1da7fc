"""What serving processes count together: seen by each, once, no longer than it lasts, and without an address."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from tawsiya.accounts.limits import within_limits
from tawsiya.core.shared import SharedCache
from tests import factories

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, value FROM core_shared ORDER BY key")
        return [(str(key), str(value)) for key, value in cursor.fetchall()]


def age(seconds: int) -> None:
    """Let time pass for everything that is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_shared SET expires_at = expires_at - make_interval(secs => %s)", [seconds]
        )


def test_a_limit_counts_over_processes_and_not_in_each(rf: RequestFactory) -> None:
    # Each process has a cache object of its own; the first one's memory is gone here before the second asks.
    for number in range(20):
        cache.close()
        assert within_limits(rf.post("/", REMOTE_ADDR="192.0.2.7"), "public_comment"), number
    other = SharedCache("", {})
    assert not other.add(_key("192.0.2.7"), [], 60)
    assert not within_limits(rf.post("/", REMOTE_ADDR="192.0.2.7"), "public_comment")
    assert within_limits(rf.post("/", REMOTE_ADDR="192.0.2.8"), "public_comment")


def _key(address: str) -> str:
    return f"allauth:rl:allauth.account:public_comment:20/3600/ip:ip:{address}"


def test_neither_an_address_nor_what_is_counted_can_be_read_from_the_table(rf: RequestFactory) -> None:
    within_limits(rf.post("/", REMOTE_ADDR="192.0.2.7"), "public_comment")
    found = rows()
    assert found
    assert "192.0.2.7" not in str(found)
    assert "public_comment" not in str(found)
    assert all(len(key) == 64 for key, _value in found)


def test_what_has_lasted_is_gone_from_the_answers_and_then_from_the_table() -> None:
    cache.set("a", [1], 60)
    cache.set("b", [2], 3600)
    age(61)
    assert (cache.get("a"), cache.get("b")) == (None, [2])
    assert cache.add("a", [3], 60)
    assert cache.get("a") == [3]
    age(61)
    cache.set("c", True, 60)
    assert len(rows()) == 2  # writing one forgets what has lasted: b and c are left


def test_nothing_is_kept_longer_than_a_day() -> None:
    cache.set("a", 1, None)
    age(86401)
    assert cache.get("a") is None


def test_add_takes_what_is_free_only_and_delete_frees_it() -> None:
    assert cache.add("lock", True, 10)
    assert not cache.add("lock", True, 10)
    assert cache.delete("lock")
    assert not cache.delete("lock")
    assert cache.add("lock", True, 10)
    cache.set("lock", True, 0)
    assert cache.add("lock", True, 10)
    cache.clear()
    assert rows() == []


def test_of_many_who_add_at_once_one_succeeds(fresh_database: dict[str, str]) -> None:
    from tawsiya.core.shared import ADD

    barrier, taken = threading.Barrier(8), []

    def take() -> None:
        with psycopg.connect(fresh_database["DATABASE_URL"], autocommit=True) as own:
            barrier.wait()
            taken.append(own.execute(ADD, ["k" * 64, "true", 10]).fetchone() is not None)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(True) == 1


@pytest.fixture
def _no_sign_in_failed_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_no_sign_in_failed_before")
def test_failed_sign_ins_are_counted_in_the_database(client: Client) -> None:
    said = {"login": "nobody@example.org", "password": "wrong"}
    factories.make_instance()
    client.post(reverse("account_login"), said)
    assert rows()
