"""The rows typed by hand beside the real reports, to compare with what is read.

One row stands for one recommending State. Where a row disagrees with the PDF, the PDF decides.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import Record
from tawsiya.mechanisms import states

COUNTS: dict[str, dict[str, int]] = {
    # Counted in the PDF files: by position, and the summary's numbered paragraphs ("other").
    "algeria2012": {"none": 112, "other": 130},
    "bahrain2012": {"none": 176, "other": 116},
    "egypt2010": {"supported": 119, "none": 25, "noted": 21, "other": 100},
    "france2013": {"none": 165, "other": 121},
    "jordan2013": {"supported": 126, "none": 13, "noted": 34, "other": 121},
    "mauritania2011": {"supported": 88, "none": 47, "noted": 4, "other": 94},
    "morocco2008": {"supported": 11, "other": 76, "pledge": 1},
    "senegal2009": {"supported": 30, "none": 10, "other": 99},
    "senegal2013": {"supported": 152, "none": 19, "noted": 14, "other": 127},
    "tunisia2008": {"supported": 12, "other": 83, "pledge": 1},
}
ROWS = (
    "algeria2012",
    "bahrain2012",
    "egypt2010",
    "france2013",
    "jordan2013",
    "mauritania2011",
    "senegal2013",
)
MISTYPED = {
    # The rows' encoding was lost on the way: letters of another code page.
    "Õ": "’", "Ô": "‘", "Ò": "“", "Ó": "”", "Í": "’", "™": "ô", "î": "”", "é": "é",
}  # fmt: skip
_NUMBER = re.compile(r"\s*(?P<number>\d+(?:\.\d+)*)\.?\s*")
_LIKE = 0.9
_DECISIONS = {"support": "supported", "implemented": "supported", "reject": "noted", "consider": None}


@dataclass(slots=True)
class Row:
    """A recommendation as the rows give it: number, words folded, position, States as codes."""

    number: str | None
    words: str
    position: str | None
    states: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Comparison:
    """How many rows were found, and in how many of these each field is the rows'.

    ``parts`` counts rows that divide one printed paragraph among its States: found where the
    paragraph holds their words. ``more_states`` counts recommendations with States inside their
    sentence, of whom the rows keep the last bracket only. ``extra`` are records of no row.
    """

    rows: int = 0
    found: int = 0
    parts: int = 0
    numbers: int = 0
    texts: int = 0
    states: int = 0
    positions: int = 0
    more_states: int = 0
    extra: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)


def shared_rows(folder: Path, name: str) -> list[Row]:
    """The recommendations of the rows, in their order, those of one text put together."""
    found: dict[str, Row] = {}
    with gzip.open(folder / "upr_reports" / f"{name}.csv.gz", "rt", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            text = "".join(MISTYPED.get(c, c) for c in line["text"].replace("C™te", "Côte"))
            match = _NUMBER.match(text)
            number, bare = (match["number"], text[match.end() :]) if match else (None, text)
            words = fold(attribute(bare, inside=True).text)
            row = found.setdefault(text, Row(number, words, _DECISIONS[line["decision"]]))
            row.states.add(states.recognise(line["From"]) or line["From"])
    return list(found.values())


def compare(rows: Sequence[Row], records: Sequence[Record]) -> Comparison:
    """Rows against the recommendations that were read."""
    result = Comparison(rows=len(rows))
    left = [(fold(record.text), record) for record in records]
    rest: list[Row] = []
    for row in rows:
        same = [pair for pair in left if pair[0] == row.words]
        best = max(same, key=lambda pair: _same_number(row, pair[1]), default=None)
        if best is None:
            rest.append(row)
        else:
            left.remove(best)
            _count(result, row, best[1])
    parts = [(fold(r.text), r) for r in records]
    used: set[int] = set()
    for row in rest:
        words, record = max(parts, key=lambda pair: _likeness(row, pair[0]))
        if SequenceMatcher(None, row.words, words, autojunk=False).ratio() > _LIKE:
            _count(result, row, record, text=False)
            used.add(id(record))
        elif _likeness(row, words) > _LIKE:
            result.found += 1
            result.parts += 1
            used.add(id(record))
        else:
            result.different.append(f"not found: {row.number} {row.words[:60]}")
    result.extra = [record.paragraph or "?" for _, record in left if id(record) not in used]
    return result


def _count(result: Comparison, row: Row, record: Record, *, text: bool = True) -> None:
    result.found += 1
    names = {*record.recommending_states, *record.recommending_states_unrecognised}
    checks = {
        "texts": text,
        "numbers": row.number is None or _same_number(row, record),
        "states": names >= row.states,
        "positions": record.position == row.position,
    }
    result.more_states += names > row.states
    for name, right in checks.items():
        setattr(result, name, getattr(result, name) + right)
        if not right:
            result.different.append(f"{name}: {record.paragraph} (row {row.number})")


def _same_number(row: Row, record: Record) -> bool:
    number = record.paragraph or ""
    return row.number is not None and (number == row.number or number.endswith(f".{row.number}"))


def _likeness(row: Row, words: str) -> float:
    """Share of the row's words that the text has."""
    mine, theirs = Counter(row.words.split()), Counter(words.split())
    return sum((mine & theirs).values()) / max(1, mine.total())
