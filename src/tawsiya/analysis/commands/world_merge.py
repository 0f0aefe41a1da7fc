"""The statements of a load: what stands beside the table is compared with it and merged, set by set.

All of them run inside `world.load_export`, in its transaction.
"""

# ruff: noqa: S608 - put into the statements are names of our own tables and columns, nothing else
from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper

from tawsiya.analysis.world_columns import COLUMNS

STAGING = "world_staging"
COUNTED = ("created", "changed", "withdrawn", "returned")

# Not of the record itself, but of how it was read: a difference in these alone is no change.
_OF_READING = ("filled", "digest", "analysis_version", "lexemes")
_COMPARED = tuple(name for name in COLUMNS if name not in ("external_id", *_OF_READING))
_LIST = ", ".join(COLUMNS)
_DIFFERS = " OR ".join(f"s.{name} IS DISTINCT FROM w.{name}" for name in _COMPARED)
_ASSIGNED = ", ".join(f"{name} = s.{name}" for name in COLUMNS if name != "external_id")
# The values before, of the fields that differ only.
_BEFORE = " || ".join(
    f"CASE WHEN s.{name} IS DISTINCT FROM w.{name}"
    f" THEN jsonb_build_object('{name}', w.{name}) ELSE '{{}}'::jsonb END"
    for name in _COMPARED
)


def make_staging(cursor: CursorWrapper) -> None:
    """Create the tables beside, for this transaction."""
    columns = ", ".join(f"w.{name}" for name in COLUMNS)
    cursor.execute(f"DROP TABLE IF EXISTS {STAGING}, world_unchanged")
    cursor.execute(
        f"CREATE TEMP TABLE {STAGING} ON COMMIT DROP AS SELECT {columns} FROM analysis_worldrecord w LIMIT 0"
    )
    cursor.execute("CREATE TEMP TABLE world_unchanged (external_id uuid NOT NULL) ON COMMIT DROP")


def known_digests(cursor: CursorWrapper) -> bytes:
    """Return the digests of the records that are present, eight bytes each."""
    cursor.execute(
        "SELECT string_agg(int8send(digest), ''::bytea) FROM analysis_worldrecord WHERE withdrawn_in IS NULL"
    )
    found = cursor.fetchone()[0]
    return bytes(found) if found else b""


def put_unchanged(cursor: CursorWrapper, identifiers: bytes) -> None:
    """Note which records are in the export as they are stored."""
    written = identifiers.hex()
    with cursor.copy("COPY world_unchanged FROM STDIN") as copy:
        for start in range(0, len(written), 32 * 8192):
            block = written[start : start + 32 * 8192]
            copy.write("".join(f"{block[at : at + 32]}\n" for at in range(0, len(block), 32)))
    cursor.execute("ANALYZE world_unchanged")


def keep_richest(cursor: CursorWrapper, table: str) -> None:
    """Of several records with one identifier keep the one that says most."""
    cursor.execute(
        f"""
        DELETE FROM {table} AS r USING (
            SELECT ctid, row_number() OVER (
                PARTITION BY external_id ORDER BY filled DESC, digest DESC
            ) AS rank FROM {table}
        ) AS ranked WHERE r.ctid = ranked.ctid AND ranked.rank > 1
        """
    )


def count_missing(cursor: CursorWrapper) -> int:
    """Return how many records that are present the export does not have."""
    cursor.execute(f"SELECT count(*) FROM ({_MISSING}) AS missing")
    return int(cursor.fetchone()[0])


_MISSING = f"""
    SELECT w.id FROM analysis_worldrecord w
    WHERE w.withdrawn_in IS NULL
      AND NOT EXISTS (SELECT FROM world_unchanged u WHERE u.external_id = w.external_id)
      AND NOT EXISTS (SELECT FROM {STAGING} s WHERE s.external_id = w.external_id)
"""


def merge(cursor: CursorWrapper, load: int, *, withdraw: bool) -> Mapping[str, int]:
    """Bring the table to what the export says; return how many records were touched in which way."""
    _drop_poorer(cursor)
    cursor.execute(f"ANALYZE {STAGING}")
    counts = dict.fromkeys(COUNTED, 0)
    if withdraw:
        # Before anything is inserted: what is new is not missing.
        cursor.execute(
            f"""
            INSERT INTO analysis_worldchange (load_id, record_id, action, before)
            SELECT %s, id, 'withdrawn', '{{}}' FROM ({_MISSING}) AS missing ORDER BY id
            """,
            [load],
        )
        counts["withdrawn"] = cursor.rowcount
        cursor.execute(
            """
            UPDATE analysis_worldrecord w SET withdrawn_in = %s FROM analysis_worldchange c
            WHERE c.load_id = %s AND c.action = 'withdrawn' AND c.record_id = w.id
            """,
            [load, load],
        )
    cursor.execute(
        f"""
        INSERT INTO analysis_worldchange (load_id, record_id, action, before)
        SELECT %s, w.id, CASE WHEN w.withdrawn_in IS NULL THEN 'changed' ELSE 'returned' END, {_BEFORE}
        FROM {STAGING} s JOIN analysis_worldrecord w USING (external_id)
        WHERE w.withdrawn_in IS NOT NULL OR {_DIFFERS}
        ORDER BY w.id
        """,
        [load],
    )
    cursor.execute(
        "SELECT action, count(*) FROM analysis_worldchange WHERE load_id = %s GROUP BY action", [load]
    )
    counts |= dict(cursor.fetchall())
    cursor.execute(
        f"""
        UPDATE analysis_worldrecord w SET {_ASSIGNED}, withdrawn_in = NULL
        FROM {STAGING} s WHERE s.external_id = w.external_id
        """
    )
    cursor.execute(
        f"""
        INSERT INTO analysis_worldrecord ({_LIST})
        SELECT {_LIST} FROM {STAGING} s
        WHERE NOT EXISTS (SELECT FROM analysis_worldrecord w WHERE w.external_id = s.external_id)
        """
    )
    counts["created"] = cursor.rowcount
    return counts


def _drop_poorer(cursor: CursorWrapper) -> None:
    """Drop a repetition that says no more than the record of the same identifier that did not change."""
    cursor.execute(
        f"""
        DELETE FROM {STAGING} s USING analysis_worldrecord w, world_unchanged u
        WHERE w.external_id = s.external_id AND u.external_id = s.external_id
          AND (s.filled, s.digest) <= (w.filled, w.digest)
        """
    )
