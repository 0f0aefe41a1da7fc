"""Where the index of other States lies, and whether it is the one of what the table holds now.

Built by a job after an import, into a folder of the data directory, which all processes map. An index of an
older state of the table is never used: until the new one stands, the tab says that it is being built.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tawsiya.analysis.models import SearchWorldVersion
from tawsiya.analysis.search.world.arrays import WorldIndex
from tawsiya.analysis.search.world.building import Record, build
from tawsiya.core.text import ANALYSIS_VERSION

# In the order of `building.FACETS`, after what identifies a record.
_ROWS = """
    SELECT id, language, symbol, text, body, year::text, states, themes, persons, sdgs, kind,
           upr_cycle::text, position, recommending_states
    FROM analysis_worldrecord WHERE withdrawn_in IS NULL ORDER BY id
"""
_CHUNK = 2000
_loaded: dict[Path, WorldIndex] = {}


def version() -> int:
    """Return the version of the records of other States; 0 where there never were any."""
    row = SearchWorldVersion.objects.values_list("version", flat=True).first()
    return int(row or 0)


def _folder(number: int) -> Path:
    database = str(connection.settings_dict["NAME"])
    return Path(settings.DATA) / "search" / database / f"world-{number}-{ANALYSIS_VERSION}"


def current(number: int) -> WorldIndex | None:
    """Return the index of a version of the records; None while it is not built."""
    folder = _folder(number)
    found = _loaded.get(folder)
    if found is None and (folder / "words.json").is_file():
        found = WorldIndex(folder)
        _loaded.clear()  # one is used at a time
        _loaded[folder] = found
    return found


def is_behind() -> bool:
    """Tell whether there are records whose index is not built."""
    number = version()
    return number > 0 and not (_folder(number) / "words.json").is_file()


def build_now() -> int:
    """Build the index of the records there are, and drop older ones. Returns how many they are.

    Where the records change meanwhile nothing is kept: the next run builds it.
    """
    before = version()
    folder = _folder(before)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        number = build(_records(), building)
        if version() == before:
            shutil.rmtree(folder, ignore_errors=True)
            building.replace(folder)
            for other in folder.parent.glob("world-*"):
                if other != folder:
                    shutil.rmtree(other, ignore_errors=True)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return number


def _records() -> Iterator[Record]:
    # A server-side cursor lives in a transaction; one statement sees one state of the table.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(_CHUNK):
            for pk, language, symbol, content, *values in rows:
                yield Record(pk, language, f"{symbol or ''}\n{content}", [_listed(value) for value in values])


def _listed(value: str | list[str] | None) -> list[str]:
    if isinstance(value, list):
        return list(dict.fromkeys(one for one in value if one))
    return [value] if value else []
