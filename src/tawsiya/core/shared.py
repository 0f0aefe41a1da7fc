"""What the serving processes keep in common for a moment: the counts of the limits of rate, and their locks.

A cache as Django knows it, in one unlogged table of PostgreSQL. Each call is one statement, so that of many
who `add` at once one succeeds; the moment is that of the database. Keys are stored as keyed hashes: neither
the table nor a backup of it tells an address. Nothing lasts longer than a day, and each write forgets some
of what has lasted. Where the database does not answer, the call raises: a limit that cannot be counted
refuses.
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

LONGEST_SECONDS = 86_400

_KEEP = """
    INSERT INTO core_shared (key, value, expires_at)
    VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at
"""
ADD = _KEEP + " WHERE core_shared.expires_at <= clock_timestamp() RETURNING 1"
# Rows that another process forgets at the same time are left to it.
_FORGET = """
    WITH lasted AS (
        SELECT key FROM core_shared WHERE expires_at <= clock_timestamp() AND key <> %s
        LIMIT 50 FOR UPDATE SKIP LOCKED
    ), forgotten AS (DELETE FROM core_shared WHERE key IN (SELECT key FROM lasted))
"""
_GET = "SELECT value FROM core_shared WHERE key = %s AND expires_at > clock_timestamp()"
_DELETE = "DELETE FROM core_shared WHERE key = %s AND expires_at > clock_timestamp() RETURNING 1"


class SharedCache(BaseCache):
    """A cache of small values that JSON can write, in the database."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _name(self, key: str, version: int | None) -> str:
        return salted_hmac("tawsiya.core.shared", self.make_key(key, version), algorithm="sha256").hexdigest()

    def _seconds(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return LONGEST_SECONDS if seconds is None else min(float(seconds), LONGEST_SECONDS)

    def _one(self, sql: str, *values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone() if cursor.description else None

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where none is kept; tell whether it is."""
        name = self._name(key, version)
        return self._one(ADD, name, json.dumps(value), self._seconds(timeout)) is not None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return a value that is kept, `default` where none is."""
        row = self._one(_GET, self._name(key, version))
        return default if row is None else json.loads(row[0])

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, whatever was kept."""
        name = self._name(key, version)
        self._one(_FORGET + _KEEP, name, name, json.dumps(value), self._seconds(timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; tell whether one was kept."""
        return self._one(_DELETE, self._name(key, version)) is not None

    def clear(self) -> None:
        """Forget everything."""
        self._one("DELETE FROM core_shared")


def forget_lasted() -> None:
    """Delete all that has lasted."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_shared WHERE expires_at <= clock_timestamp()")
