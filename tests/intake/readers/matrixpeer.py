"""The rows that were parsed beside OHCHR's matrices, brought to the reader's form to compare.

The peer keeps the States in the text ("… (Mongolia);") and writes lists with "|". The only
normalisations are written here; differences that remain are listed in the test by paragraph.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tawsiya.intake.readers.records import Record
from tawsiya.mechanisms import states

REPOSITORY = Path(__file__).resolve().parents[3]
MATRICES = {
    "UPR17_China_matrix_2013": 252,
    "UPR20_Egypt_matrix": 300,
    "UPR48_Slovenia_thematic_list": 254,
}
FIELDS = (
    "paragraph",
    "heading",
    "text",
    "states",
    "position",
    "source",
    "themes",
    "persons",
    "sdgs",
    "session",
    "country",
)
Comparable = dict[str, object]


@dataclass(frozen=True)
class Difference:
    """A field of a row in which reader and peer differ."""

    paragraph: str
    field: str
    peer: object
    ours: object


def shared_data() -> Path | None:
    """The folder of the shared real data, None where it is absent."""
    folder = Path(os.environ.get("TAWSIYA_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
    return folder if (folder / "ohchr_matrices").is_dir() else None


def peer_rows(folder: Path, name: str, more_names: frozenset[str] = frozenset()) -> list[Comparable]:
    """The peer's rows of one matrix; brackets around ``more_names`` are taken out of texts too."""
    path = folder / "ohchr_matrices" / f"{name}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = {n for row in rows for n in row["recommending_states"].split("|") if n} | more_names
    return [_peer(row, names) for row in rows]


def _peer(row: dict[str, str], names: set[str]) -> Comparable:
    return {
        "paragraph": row["rec_no"],
        "heading": row["theme_heading"].strip(),
        "text": _text(row["text"], names),
        "states": [states.recognise(n) or n for n in _list(row["recommending_states"])],
        "position": row["position"].lower(),
        "source": row["source_of_position"] or None,
        "themes": _list(row["themes"]),
        "persons": _list(row["affected_persons"]),
        "sdgs": _list(row["sdgs"]),
        "session": int(row["upr_session"]),
        "country": states.recognise(row["country"]),
    }


def ours(record: Record) -> Comparable:
    """The same fields of a record."""
    return {
        "paragraph": record.paragraph,
        "heading": record.heading,
        "text": _text(record.text, set()),
        "states": list(record.recommending_states + record.recommending_states_unrecognised),
        "position": record.position,
        "source": record.source_of_position,
        "themes": list(record.themes),
        "persons": list(record.affected_persons),
        "sdgs": list(record.sdgs),
        "session": record.document.review.session,
        "country": record.document.review.state,
    }


def differences(peer: list[Comparable], records: list[Comparable]) -> list[Difference]:
    """Field by field, row by row; both lists in file order and of one length."""
    return [
        Difference(str(theirs["paragraph"]), field, theirs[field], mine[field])
        for theirs, mine in zip(peer, records, strict=True)
        for field in FIELDS
        if theirs[field] != mine[field]
    ]


def _list(text: str) -> list[str]:
    return [item.strip() for item in text.split("|") if item.strip()]


def _text(text: str, names: set[str]) -> str:
    """Without the States' brackets, straight apostrophes, one blank, one form of semicolon."""
    plain = text.replace("\u2019", "'").replace("\u00a0", " ")
    for name in names:
        plain = plain.replace(f"({name.replace(chr(0x2019), chr(39))})", " ")
    plain = re.sub(r"\s+", " ", plain)
    plain = re.sub(r"(?:\s*;)+\s*", "; ", plain)
    return plain.strip(" ;.")
