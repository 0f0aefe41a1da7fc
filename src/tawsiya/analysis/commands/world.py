"""Load an export of all States' records: all of it in one transaction, or nothing."""

from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.utils import DataError
from django.utils.translation import gettext as _

from tawsiya.analysis.commands import world_merge as merge
from tawsiya.analysis.models import WorldLoad, WorldRecord
from tawsiya.analysis.models.world import LOAD_SETTING
from tawsiya.analysis.world_columns import COLUMNS
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated

# One load at a time; a second is refused rather than made to wait for minutes.
LOCK = 7203655
SUSPICIOUS_SHARE = 0.1
"""An export that lacks more than this part of what is stored is probably a filtered one."""


class Source(Protocol):
    """An export that is being read. `unchanged` and `counts` hold once the last block was taken."""

    @property
    def unchanged(self) -> bytes:
        """The identifiers, 16 bytes each, of the records that are known as they are."""

    @property
    def counts(self) -> Mapping[str, int]:
        """`records` of the file, `own` left out, `no_…` unreadable."""

    def blocks(self, known: bytes) -> Generator[bytes, None, None]:
        """Yield lines of COPY in the order of `COLUMNS`, without those whose digest is among `known`."""


@dataclass(frozen=True)
class ExportFile:
    """The file, and what it is declared to be.

    `partial`: a filtered export, nothing is withdrawn. `complete`: the whole index, even if it lacks
    much of what is stored. Neither: the whole index, refused if it lacks more than a tenth.
    """

    name: str
    sha256: str
    size: int
    partial: bool = False
    complete: bool = False


def load_export(source: Source, file: ExportFile, *, by: audit.Actor) -> WorldLoad:
    """Read an export into the records of all States; a later one gives exactly what differs.

    The caller has decided whether `by` may (`permissions.may_load`).

    Raises:
        RuleViolated: another load is running, or the export lacks too much and is not declared.
        Whatever `source` raises; nothing is written then.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _take_turn(cursor)
        with audit.change("world.loaded", by=by) as event:
            load = _begin(cursor, file, by)
            event.subject = load
            first = not WorldRecord.objects.exists()
            try:
                counts = _load_first(cursor, source) if first else _load_later(cursor, source, load, file)
            except DataError as error:
                said = str(error).splitlines()[0]
                raise RuleViolated(
                    _("The export holds a value that cannot be stored: %(detail)s") % {"detail": said}
                ) from error
            _finish(load, source, counts)
            event.after = {
                "file": load.file_name,
                "sha256": load.sha256,
                "records": load.records,
                **{name: counts[name] for name in merge.COUNTED},
            }
            cursor.execute("SELECT set_config(%s, '', TRUE)", [LOAD_SETTING])
    return load


def _take_turn(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
    if not cursor.fetchone()[0]:
        raise RuleViolated(_("Another export is being loaded at this moment; load this one when it is done."))


def _begin(cursor: CursorWrapper, file: ExportFile, by: audit.Actor) -> WorldLoad:
    load = WorldLoad.objects.create(
        file_name=file.name[-200:],
        sha256=file.sha256,
        size=file.size,
        complete=not file.partial,
        loaded_at=clock.now(),
        loaded_by_id=by.user_id,
    )
    cursor.execute("SELECT set_config(%s, %s, TRUE)", [LOAD_SETTING, str(load.pk)])
    # For this transaction only: the server's own defaults are meant for small machines.
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute("SET LOCAL work_mem = '64MB'")
    return load


def _load_first(cursor: CursorWrapper, source: Source) -> Mapping[str, int]:
    """Copy straight into the table, which is empty, and index it afterwards."""
    cursor.execute("SELECT analysis_world_indexes(FALSE)")
    _copy(cursor, "analysis_worldrecord", source.blocks(b""))
    merge.keep_richest(cursor, "analysis_worldrecord")
    # What the deletions have to check is checked now: a table that waits for it cannot be indexed.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT analysis_world_indexes(TRUE)")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return dict.fromkeys(merge.COUNTED, 0) | {"created": WorldRecord.objects.count()}


def _load_later(
    cursor: CursorWrapper, source: Source, load: WorldLoad, file: ExportFile
) -> Mapping[str, int]:
    """Copy what is not known as it is beside the table, then merge it."""
    merge.make_staging(cursor)
    _copy(cursor, merge.STAGING, source.blocks(merge.known_digests(cursor)))
    merge.put_unchanged(cursor, source.unchanged)
    merge.keep_richest(cursor, merge.STAGING)
    if not file.partial:
        _check_complete(merge.count_missing(cursor), file)
    return merge.merge(cursor, load.pk, withdraw=not file.partial)


def _check_complete(missing: int, file: ExportFile) -> None:
    stored = WorldRecord.objects.filter(withdrawn_in__isnull=True).count()
    if missing > stored * SUSPICIOUS_SHARE and not file.complete:
        raise RuleViolated(
            _(
                "The file lacks %(missing)s of the %(stored)s records that are stored. Say --partial if it is"
                " a filtered export, --complete if they are to be withdrawn; nothing was written."
            )
            % {"missing": missing, "stored": stored}
        )


def _copy(cursor: CursorWrapper, table: str, blocks: Generator[bytes, None, None]) -> None:
    # Closed at once whatever happens: behind the blocks stand processes and threads.
    with closing(blocks), cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for block in blocks:
            copy.write(block)


def _finish(load: WorldLoad, source: Source, counts: Mapping[str, int]) -> None:
    load.records = source.counts.get("records", 0)
    load.left_out = source.counts.get("own", 0)
    load.unreadable = sum(n for name, n in source.counts.items() if name.startswith("no_"))
    load.present = WorldRecord.objects.filter(withdrawn_in__isnull=True).count()
    for name in merge.COUNTED:
        setattr(load, name, counts[name])
    load.save()
