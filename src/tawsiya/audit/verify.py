"""Recompute the hash chain outside the database that wrote it."""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

START = "0" * 64


@dataclass(frozen=True)
class Verdict:
    """What the check found: how many events, the last hash, and the first position that is wrong."""

    count: int
    last_hash: str
    broken_at: int | None
    problem: str = ""


def verify_chain(expected_last: str = "") -> Verdict:
    """Walk all events in order and recompute each hash with SHA-256.

    Args:
        expected_last: a hash noted earlier outside the database; it must still be in the chain,
            which also shows a chain cut short or rewritten as a whole.
    """
    count, previous, position, seen = 0, START, 0, not expected_last
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute(
            "SELECT position, previous_hash, hash, audit_event_payload(e) "
            "FROM audit_event e ORDER BY position"
        )
        while rows := cursor.fetchmany(2000):
            for row_position, row_previous, row_hash, payload in rows:
                if row_position != position + 1:
                    return Verdict(count, previous, position + 1, "an event is missing")
                if row_previous != previous:
                    return Verdict(count, previous, row_position, "the link to the event before is wrong")
                digest = hashlib.sha256((previous + payload).encode()).hexdigest()
                if digest != row_hash:
                    return Verdict(count, previous, row_position, "the content was altered")
                count, previous, position = count + 1, row_hash, row_position
                seen = seen or row_hash == expected_last
    if not seen:
        return Verdict(count, previous, None, "the expected hash is not in the chain")
    return Verdict(count, previous, None)
