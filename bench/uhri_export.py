"""Writes an export of the Universal Human Rights Index of full size, in its exact shape, from given texts.

The texts are those of ``uhri_six_languages`` and ``upr_info`` in the shared data; numbers, headings,
labels, identifiers and the traps of the real export (stray blanks, asterisks, HTML, duplicated
identifiers, empty lists) are put around them by a seeded generator, so that the same call writes the
same file. A second export differs by exactly what is asked.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tawsiya.mechanisms import states
from tawsiya.mechanisms.reference import loaders

RECORDS = 267_000
SEED = 20_260_204
_TREATY = ("CRC", "CEDAW", "CESCR", "CCPR", "CAT", "CERD", "CRPD", "CMW", "CED")
_VISITS = ("SR Torture", "SR Housing", "WG Disappearances", "SR Migrants", "SR Food", "IE Older persons")
_REGIONS = ("Africa ", "Asia", " Europe", "Latin America and the Caribbean", "Oceania")
_HEADINGS = (
    "Right to education",
    "Data collection",
    "Conditions of detention",
    "Children with disabilities (art. 7)",
)


@dataclass(frozen=True)
class Delta:
    """How a later export differs: so many records changed, new, and missing."""

    changed: int = 0
    new: int = 0
    missing: int = 0


def write(target: Path, shared: Path, *, records: int = RECORDS, delta: Delta | None = None) -> None:
    """Write an export. ``shared`` is the folder of the shared data."""
    given, altered = list(_texts(shared)), delta or Delta()
    step = max(1, records // max(1, altered.changed + altered.missing + 1))
    touched = range(step, records, step)
    changed = set(touched[: altered.changed])
    missing = set(touched[altered.changed : altered.changed + altered.missing])
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[\n")
        separator = ""
        for number in range(records + altered.new):
            if number in missing:
                continue
            record = _record(number, given)
            if number in changed:
                record["Text"] += " As a matter of priority."
            file.write(separator + json.dumps(record, ensure_ascii=False))
            separator = ",\n"
            if number % 60_000 == 59_999:  # an annotation that the export has twice, once poorer
                file.write(separator + json.dumps(record | {"Themes": []}, ensure_ascii=False))
        file.write("\n]\n")


def _texts(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "uhri_six_languages" / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["en"]
    path = shared / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["Text"]


def _record(number: int, given: Sequence[str]) -> dict[str, Any]:
    """The record of a number: always the same, whatever is written before it."""
    chance = random.Random(SEED + number)  # noqa: S311 - the same file every time, nothing secret
    names = _names()
    state = chance.choice(names)
    upr = chance.random() < 0.48
    year = chance.randrange(2007, 2026)
    record: dict[str, Any] = {
        "AnnotationId": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "AnnotationType": "- Recommendations" if upr or chance.random() < 0.7 else "- Concerns/Observations",
        "Body": "- UPR",
        "Symbol": f"A/HRC/{year - 1998}/{chance.randrange(2, 19)}",
        "DocumentId": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "Text": "",
        "PublicationDate": f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}T00:00:00",
        "PublicationDateOnUhri": f"{year}-12-30T10:53:45.827",
        "Countries": []
        if chance.random() < 0.01
        else [states.name(state) + chance.choice(("", "", "", "*"))],
        "Regions": [chance.choice(_REGIONS)],
        "Themes": chance.sample(_themes(), chance.randrange(1, 8)),
        "AffectedPersons": chance.sample(_persons(), chance.randrange(0, 5)) or ["- "],
        "Sdgs": chance.sample(_goals(), chance.randrange(0, 5)),
        "UprCycle": None,
        "UprPositions": [],
        "UprRecommendingCountry": [],
        "UprRecommendingRegions": [],
        "UprSession": [],
    }
    if upr:
        _upr(record, chance, given)
    else:
        _other(record, chance, given, state)
    return record


def _upr(record: dict[str, Any], chance: random.Random, given: Sequence[str]) -> None:
    recommending = states.name(chance.choice(_names()))
    session = chance.randrange(1, 50)
    texts = " ".join(chance.choice(given).rstrip(". ;") + ";" for _ in range(chance.randrange(1, 5)))
    number = f"{chance.randrange(70, 200)}.{chance.randrange(1, 300)}"
    record["Text"] = f"{number}{chance.choice(('. ', ' '))}{texts} ({recommending});"
    record["UprCycle"] = f"{1 + (session > 12) + (session > 26) + (session > 40)}"
    record["UprPositions"] = [chance.choice(("Supported", "Supported", "Noted", "Supported/Noted"))]
    record["UprRecommendingCountry"] = [recommending]
    record["UprRecommendingRegions"] = [chance.choice(_REGIONS)]
    record["UprSession"] = [str(session)]


def _other(record: dict[str, Any], chance: random.Random, given: Sequence[str], state: str) -> None:
    body = chance.choice(_TREATY)
    items = [chance.choice(given).rstrip(". ;") for _ in range(chance.randrange(2, 8))]
    listed = " ".join(f"({chr(97 + index)})&nbsp;{item};" for index, item in enumerate(items))
    heading = chance.choice(_HEADINGS) if chance.random() < 0.4 else ""
    opening = (
        "The Committee recommends that the State party:"
        if chance.random() < 0.9
        else "<p>The State party should:</p>"
    )
    record["Text"] = f"{heading}{chance.randrange(4, 90)}.{opening} {listed}"
    record["Body"] = f"- {body}"
    prefix = "E/C.12" if body == "CESCR" else f"{body}/C"
    record["Symbol"] = f"{prefix}/{state}/CO/{chance.randrange(1, 9)}"
    if chance.random() < 0.08:
        record["Body"] = f"- {chance.choice(_VISITS)}"
        record["Symbol"] = (
            f"A/HRC/{chance.randrange(10, 60)}/{chance.randrange(20, 90)}/Add.{chance.randrange(1, 4)}"
        )


@cache
def _names() -> tuple[str, ...]:
    return tuple(state.iso3 for state in states.all_states())


@cache
def _themes() -> tuple[str, ...]:
    return tuple(
        f" {term.names['en']}" if index % 9 == 0 else term.names["en"]
        for index, term in enumerate(loaders.themes())
    )


@cache
def _persons() -> tuple[str, ...]:
    return tuple(term.names["en"] for term in loaders.affected_persons())


@cache
def _goals() -> tuple[str, ...]:
    goals = [f"{goal.code} - {goal.names['en'].upper()}" for goal in loaders.goals()]
    return (
        *goals,
        *(
            f"{target.code} - Target of goal {target.goal} as the index words it"
            for target in loaders.targets()
        ),
    )
