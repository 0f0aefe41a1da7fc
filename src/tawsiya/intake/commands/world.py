"""Load an export of the Universal Human Rights Index into the records of all States."""

import hashlib
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.commands.world import ExportFile, load_export
from tawsiya.analysis.models import WorldLoad
from tawsiya.analysis.permissions import may_load
from tawsiya.audit.commands import SYSTEM, Actor
from tawsiya.intake.queries import served_state
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.uhri import bulk


class _Export:
    """An export on disk as `load_export` takes it."""

    def __init__(self, path: Path, *, alone: bool) -> None:
        self._path, self._alone = path, alone
        # Asked for now: while rows are copied the connection can do nothing else.
        self._state = served_state()
        self._unchanged = bytearray()
        self._reading = bulk.Reading()

    @property
    def unchanged(self) -> bytes:
        return bytes(self._unchanged)

    @property
    def counts(self) -> Counter[str]:
        return self._reading.counts

    def blocks(self, known: bytes) -> Generator[bytes, None, None]:
        self._reading = bulk.Reading(known=known, without=self._state)
        with closing(bulk.read(self._path, self._reading, alone=self._alone)) as frames:
            for kind, data in frames:
                if kind == bulk.ROWS:
                    yield data
                else:
                    self._unchanged += data


def load_world(
    path: Path, *, by: Reader | None = None, partial: bool = False, complete: bool = False
) -> WorldLoad:
    """Load an export of any size from disk.

    Args:
        by: who loads it; None for whoever runs the command on the server.
        partial: a filtered export: nothing is withdrawn.
        complete: the whole index, even where it lacks much of what is stored.

    Raises:
        PermissionRefused: `by` may not.
        UnreadableFile: the file is no export; nothing was written.
        RuleViolated: as `load_export`.
    """
    actor: Actor = SYSTEM if by is None else acting(by, may_load(by))
    digest, size = _fingerprint(path)
    file = ExportFile(path.name, digest, size, partial=partial, complete=complete)
    try:
        return load_export(_Export(path, alone=False), file, by=actor)
    except bulk.Torn:
        return load_export(_Export(path, alone=True), file, by=actor)


def _fingerprint(path: Path) -> tuple[str, int]:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return digest.hexdigest(), file.tell()
    except (OSError, ValueError) as error:
        raise UnreadableFile("missing_file", path=str(path)) from error
