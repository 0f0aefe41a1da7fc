"""What a person corrects in what was read: records edited, split, joined, confirmed. Pure.

Corrections are applied to the records in the order in which they were made, before anything is
compared. A record that was read is known by its content, so a correction holds as long as the file
reads the same there; a corrected one is known by the correction that made it, so that a later
correction can build upon it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tawsiya.intake.choices import Fix
from tawsiya.intake.readers.records import Record

EDITABLE = (
    "paragraph",
    "subparagraph",
    "kind",
    "text",
    "recommending_states",
    "recommending_states_unrecognised",
    "position",
)
"""The fields of a record that a person corrects."""

# What the content of a record is: where it stands on the page may change, its words may not.
_CONTENT = (
    "kind",
    "symbol",
    "paragraph",
    "subparagraph",
    "text",
    "language",
    "recommending_states",
    "recommending_states_unrecognised",
    "position",
    "comment",
)
_TUPLES = ("recommending_states", "recommending_states_unrecognised")
_OR_NONE = ("paragraph", "subparagraph", "position")


@dataclass(frozen=True)
class Made:
    """A correction as it was made. `doubts` are the codes of warnings that the person settled."""

    pk: int
    kind: str
    keys: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A record with the key by which it is known again, and what people did to it."""

    record: Record
    key: str
    fixes: tuple[int, ...] = ()
    settled: frozenset[str] = frozenset()


def key_of(record: Record) -> str:
    """Return the fingerprint of a record's content."""
    value = record.as_json()
    told = json.dumps([value[name] for name in _CONTENT], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def readings_of(records: Iterable[Record]) -> list[Reading]:
    """Return the records with their keys; of equal ones the second has a key of its own."""
    seen: dict[str, int] = {}
    found = []
    for record in records:
        key = key_of(record)
        seen[key] = seen.get(key, 0) + 1
        found.append(Reading(record, key if seen[key] == 1 else f"{key}-{seen[key]}"))
    return found


def corrected(records: Iterable[Record], made: Sequence[Made]) -> tuple[list[Reading], tuple[int, ...]]:
    """Return the records as corrected, and the corrections that no longer find what they were made on."""
    readings = readings_of(records)
    lost = []
    for one in sorted(made, key=lambda each: each.pk):
        places = _places(readings, one.keys)
        if places is None:
            lost.append(one.pk)
            continue
        first, last = places[0], places[-1]
        readings[first : last + 1] = _applied(one, readings[first : last + 1])
    return readings, tuple(lost)


def output_keys(pk: int) -> tuple[str, str]:
    """Return the keys that the records made by a correction have."""
    return f"c{pk}-1", f"c{pk}-2"


def fields_of(record: Record) -> dict[str, Any]:
    """Return the fields of a record that can be corrected, as plain JSON values."""
    value = record.as_json()
    return {name: value[name] for name in EDITABLE}


def _places(readings: Sequence[Reading], keys: Sequence[str]) -> list[int] | None:
    """Where the records of a correction stand, one after the other; None where they do not."""
    by_key = {reading.key: place for place, reading in enumerate(readings)}
    places = [by_key.get(key, -1) for key in keys]
    if not places or -1 in places or places != list(range(places[0], places[0] + len(places))):
        return None
    return places


def _applied(made: Made, readings: Sequence[Reading]) -> list[Reading]:
    settled = frozenset(made.doubts).union(*(reading.settled for reading in readings))
    fixes = (*dict.fromkeys(pk for reading in readings for pk in reading.fixes), made.pk)
    if made.kind == Fix.CONFIRM:
        return [replace(reading, settled=settled, fixes=fixes) for reading in readings]
    records = _records(made, [reading.record for reading in readings])
    return [
        Reading(one, key, fixes, settled) for one, key in zip(records, output_keys(made.pk), strict=False)
    ]


def _records(made: Made, records: Sequence[Record]) -> list[Record]:
    if made.kind == Fix.MERGE:
        return [joined(records)]
    if made.kind == Fix.SPLIT:
        return [_with(records[0], part) for part in made.data["parts"]]
    return [_with(records[0], made.data)]


def _with(record: Record, values: Mapping[str, Any]) -> Record:
    given: dict[str, Any] = {name: values[name] for name in EDITABLE if name in values}
    given |= {name: tuple(given[name]) for name in _TUPLES if name in given}
    given |= {name: given[name] or None for name in _OR_NONE if name in given}
    return replace(record, **given)


def joined(records: Sequence[Record]) -> Record:
    """Return several records as one: the place of the first, the words and States of all."""
    first = records[0]

    def all_of(name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(value for record in records for value in getattr(record, name)))

    return replace(
        first,
        text=" ".join(record.text.strip() for record in records if record.text.strip()),
        comment="\n".join(record.comment for record in records if record.comment) or None,
        recommending_states=all_of("recommending_states"),
        recommending_states_unrecognised=all_of("recommending_states_unrecognised"),
        position=next((record.position for record in records if record.position), None),
        themes=all_of("themes"),
        affected_persons=all_of("affected_persons"),
        sdgs=all_of("sdgs"),
        sdg_codes=all_of("sdg_codes"),
        boxes=all_of("boxes"),
        warnings=tuple(warning for record in records for warning in record.warnings),
    )


def cut(text: str, begins: str) -> tuple[str, str] | None:
    """Return a text in two, the second beginning with the given words; None unless they stand there once.

    Nothing is lost but the blanks at the cut.
    """
    words = begins.strip()
    if not words or text.count(words) != 1:
        return None
    place = text.index(words)
    first, second = text[:place].strip(), text[place:].strip()
    return (first, second) if first else None


def cuts(text: str, *, most: int = 12, words: int = 6) -> list[str]:
    """Return the likely beginnings of a second part: the first words after the end of a sentence."""
    found = []
    for place, char in enumerate(text[:-1]):
        if char in ".;:!?؟؛)" and text[place + 1].isspace():
            start = " ".join(text[place + 1 :].split()[:words])
            if start and cut(text, start):
                found.append(start)
    return list(dict.fromkeys(found))[:most]
