"""Build the arrays of the index from records. Pure: no Django, no database."""

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tawsiya.analysis.search.entries import analysis_of, plain
from tawsiya.core import text
from tawsiya.core.text import Language

FACETS = ("body", "year", "country", "theme", "persons", "sdg", "kind", "cycle", "position", "state")
_K1, _B = 1.2, 0.75  # of BM25


@dataclass(frozen=True)
class Record:
    """A record to be indexed; `values` holds the values of each facet of `FACETS`."""

    id: int
    language: str
    text: str
    values: Sequence[Sequence[str]]


class _Numbers(dict[str, int]):
    """Strings numbered as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Builder:
    """Takes records in the order of their ids and writes the index into a folder.

    Holds some 24 bytes for each word of the texts while it works.
    """

    def __init__(self) -> None:
        self._terms = _Numbers()
        self._words = _Numbers()
        # What a written word stands for, worked out once: its number, and those of its lexemes.
        self._known: dict[tuple[Language, str], tuple[int, tuple[int, ...]]] = {}
        self._ids = array("q")
        self._stream, self._starts = array("I"), array("q", [0])
        self._term_of, self._doc_of = array("I"), array("I")
        self._lengths = array("I")
        self._values = [_Numbers() for _ in FACETS]
        self._value_of = [array("I") for _ in FACETS]
        self._value_doc = [array("I") for _ in FACETS]

    def add(self, record: Record) -> None:
        """Take one record."""
        place = len(self._ids)
        self._ids.append(record.id)
        language = analysis_of(record.language)
        for token in text.analyse(record.text, language):
            known = self._known.get((language, token.surface))
            if known is None:
                known = self._known[language, token.surface] = (
                    self._words[plain(token.surface)],
                    tuple(self._terms[f"{language}:{lexeme}"] for lexeme in token.lexemes),
                )
            self._stream.append(known[0])
            for term in known[1]:
                self._term_of.append(term)
                self._doc_of.append(place)
        self._lengths.append(len(self._stream) - self._starts[-1])
        self._starts.append(len(self._stream))
        for facet, values in enumerate(record.values):
            for value in values:
                self._value_of[facet].append(self._values[facet][value])
                self._value_doc[facet].append(place)

    def write(self, folder: Path) -> None:
        """Write the arrays; the folder exists and is empty."""
        self._write_postings(folder)
        np.save(
            folder / "ids.npy",
            np.frombuffer(self._ids, dtype=np.int64) if self._ids else np.zeros(0, np.int64),
        )
        np.save(folder / "stream.npy", np.array(self._stream, dtype=np.uint32))
        np.save(folder / "starts.npy", np.array(self._starts, dtype=np.int64))
        rows = [self._bits(facet) for facet in range(len(FACETS))]
        np.save(folder / "bits.npy", np.concatenate(rows) if rows else np.zeros((0, 0), np.uint64))
        words: dict[str, Any] = {
            "terms": list(self._terms),
            "words": list(self._words),
            "facets": {name: list(values) for name, values in zip(FACETS, self._values, strict=True)},
        }
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    def _write_postings(self, folder: Path) -> None:
        terms = np.array(self._term_of, dtype=np.uint64)
        docs = np.array(self._doc_of, dtype=np.uint64)
        pairs, times = np.unique((terms << np.uint64(32)) | docs, return_counts=True)
        term, doc = pairs >> np.uint64(32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)
        starts = np.searchsorted(term, np.arange(len(self._terms) + 1, dtype=np.uint64))
        lengths = np.array(self._lengths, dtype=np.float32)
        average = float(lengths.mean()) if len(lengths) else 1.0
        norm = _K1 * (1 - _B + _B * lengths / max(average, 1.0))
        number = times.astype(np.float32)
        impact = number * (_K1 + 1) / (number + norm[doc]) if len(doc) else number
        # The rarity of a term is the same wherever it stands, so it goes in at once.
        held = np.diff(starts).astype(np.float64)
        rarity = np.log(1 + (len(lengths) - held + 0.5) / (held + 0.5)).astype(np.float32)
        np.save(folder / "term_starts.npy", starts.astype(np.int64))
        np.save(folder / "docs.npy", doc)
        np.save(folder / "impact.npy", (impact * np.repeat(rarity, np.diff(starts))).astype(np.float32))

    def _bits(self, facet: int) -> np.ndarray:
        """Return one row of bits for each value of a facet: which records have it."""
        number, width = len(self._values[facet]), padded(len(self._ids))
        marks = np.zeros((number, width), dtype=bool)
        values, docs = np.array(self._value_of[facet], np.int64), np.array(self._value_doc[facet], np.int64)
        marks[values, docs] = True
        return np.packbits(marks, axis=1, bitorder="little").view(np.uint64)


def padded(number: int) -> int:
    """Return how many bits a row has: whole words of 64, one at least."""
    return max(64, (number + 63) // 64 * 64)


def build(records: Iterable[Record], folder: Path) -> int:
    """Write the index of some records into an empty folder; return how many they were."""
    builder = Builder()
    number = 0
    for record in records:
        builder.add(record)
        number += 1
    builder.write(folder)
    return number
