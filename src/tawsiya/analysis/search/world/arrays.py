"""Search the arrays: words, phrases, exclusions, facets with exact counts, best first. Pure: no Django.

Postings hold for each term its records in order, each with what the term adds to its rank (BM25). Each value
of a facet is a row of bits; a count is the number of bits that the row and the result share. The files are
mapped, not read: processes share them, and the system drops what nobody uses.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tawsiya.analysis.search.asking import Asked, by_language, unwanted
from tawsiya.analysis.search.entries import plain
from tawsiya.analysis.search.world.building import padded
from tawsiya.core import text
from tawsiya.core.text import LANGUAGES, Language

Docs = NDArray[np.int32]
Scores = NDArray[np.float32]
Bits = NDArray[np.uint64]
Chosen = Mapping[str, Sequence[str]]
"""Facets with the values chosen in them: alternatives."""

_NONE = (np.zeros(0, np.int32), np.zeros(0, np.float32))


@dataclass(frozen=True)
class Page:
    """What a search found.

    Attributes:
        count: how many records answer.
        counts: for each facet asked for, how many of the answers have each value, its own filter left out.
    """

    count: int
    counts: dict[str, dict[str, int]]
    _docs: Docs
    _scores: Scores
    _ids: NDArray[np.int64]

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the ids of a stretch of the answers, best first; equal ones in the order of their ids."""
        stop = min(stop, len(self._docs))
        if start >= stop:
            return []
        docs, scores = self._docs, self._scores
        if stop < len(docs):
            least = np.partition(scores, len(scores) - stop)[len(scores) - stop]
            near = scores >= least
            docs, scores = docs[near], scores[near]
        order = np.lexsort((docs, -scores))[start:stop]
        return [int(pk) for pk in self._ids[docs[order]]]


class WorldIndex:
    """The index in a folder."""

    def __init__(self, folder: Path) -> None:
        def mapped(name: str) -> NDArray[np.generic]:
            array: NDArray[np.generic] = np.load(folder / f"{name}.npy", mmap_mode="r")
            # A plain view: numpy's own class for mapped files costs at every slice.
            return array.view(np.ndarray)

        self._ids: NDArray[np.int64] = mapped("ids")  # type: ignore[assignment]  # as it was written
        self._stream: NDArray[np.uint32] = mapped("stream")  # type: ignore[assignment]  # as it was written
        self._starts: NDArray[np.int64] = mapped("starts")  # type: ignore[assignment]  # as it was written
        self._term_starts: list[int] = mapped("term_starts").tolist()
        self._docs: Docs = mapped("docs")  # type: ignore[assignment]  # as it was written
        self._impact: Scores = mapped("impact")  # type: ignore[assignment]  # as it was written
        self._bits: Bits = mapped("bits")  # type: ignore[assignment]  # as it was written
        words = json.loads((folder / "words.json").read_text("utf-8"))
        self._terms = {term: number for number, term in enumerate(words["terms"])}
        self._words = {word: number for number, word in enumerate(words["words"])}
        self.values: dict[str, list[str]] = words["facets"]
        ends = np.cumsum([0, *(len(values) for values in self.values.values())]).tolist()
        self._rows = dict(zip(self.values, pairwise(ends), strict=True))

    def __len__(self) -> int:
        return len(self._ids)

    @cached_property
    def _everything(self) -> Docs:
        return np.arange(len(self), dtype=np.int32)

    def search(
        self,
        asked: Asked,
        chosen: Chosen | None = None,
        facets: Sequence[str] = (),
        seen: Bits | None = None,
    ) -> Page:
        """Return what answers.

        Args:
            asked: words, phrases and exclusions; without any, everything answers.
            chosen: filters; a facet that the index does not know filters nothing.
            facets: which to count.
            seen: the records that the reader may see, as bits (`as_bits`); None for all.
        """
        docs, scores = self._matching(asked)
        found = self.as_bits(docs)
        if seen is not None:
            found &= seen
        filters = {name: self._any_of(name, values) for name, values in (chosen or {}).items() if values}
        counts = {name: self._counted(name, found, filters) for name in facets}
        for bits in filters.values():
            found = found & bits
        if filters or seen is not None:
            kept = np.unpackbits(found.view(np.uint8), bitorder="little").view(bool)[docs]
            docs, scores = docs[kept], scores[kept]
        return Page(len(docs), counts, docs, scores, self._ids)

    def as_bits(self, docs: Docs) -> Bits:
        """Return places of records as bits."""
        marks = np.zeros(padded(len(self)), dtype=bool)
        marks[docs] = True
        return np.packbits(marks, bitorder="little").view(np.uint64)

    def _any_of(self, name: str, values: Sequence[str]) -> Bits:
        first, _last = self._rows[name]
        bits = np.zeros(self._bits.shape[1], dtype=np.uint64)
        known = {value: number for number, value in enumerate(self.values[name])}
        for value in values:
            if value in known:
                bits |= self._bits[first + known[value]]
        return bits

    def _counted(self, name: str, found: Bits, filters: Mapping[str, Bits]) -> dict[str, int]:
        for other, bits in filters.items():
            if other != name:
                found = found & bits
        first, last = self._rows[name]
        rows = self._bits[first:last]
        used = np.flatnonzero(found)
        if len(used) < len(found) // 4:
            rows, found = rows[:, used], found[used]
        numbers = np.bitwise_count(rows & found).sum(axis=1, dtype=np.int64).tolist()
        return {value: count for value, count in zip(self.values[name], numbers, strict=True) if count}

    def _matching(self, asked: Asked) -> tuple[Docs, Scores]:
        if not asked.has_words:
            docs, scores = self._everything, np.zeros(len(self), np.float32)
        else:
            docs, scores = _union(
                [
                    self._in_language(language, wanted.words, wanted.phrases)
                    for language, wanted in by_language(asked).items()
                    if wanted.words
                ]
            )
        for language in LANGUAGES:
            for one in unwanted(asked, language):
                if one.words and len(docs):
                    gone, _scores = self._in_language(language, one.words, one.phrases)
                    kept = ~np.isin(docs, gone, assume_unique=True)
                    docs, scores = docs[kept], scores[kept]
        return docs, scores

    def _in_language(
        self, language: Language, words: Sequence[Sequence[str]], phrases: Sequence[str]
    ) -> tuple[Docs, Scores]:
        """Return the records that hold every word, in any of its alternatives, and each phrase as written."""
        lists = [self._holding(language, alternatives) for alternatives in words]
        lists.sort(key=lambda one: len(one[0]))
        docs, scores = lists[0]
        for more, added in lists[1:]:
            if not len(docs):
                return _NONE
            docs, scores = self._both(docs, scores, more, added)
        for phrase in phrases:
            kept = self._say(docs, [plain(t.surface) for t in text.analyse(phrase, language)])
            docs, scores = docs[kept], scores[kept]
        return docs, scores

    def _holding(self, language: Language, alternatives: Sequence[str]) -> tuple[Docs, Scores]:
        numbers = [self._terms.get(f"{language}:{lexeme}") for lexeme in alternatives]
        return _union(
            [
                (self._docs[start:stop], self._impact[start:stop])
                for number in numbers
                if number is not None
                for start, stop in [(self._term_starts[number], self._term_starts[number + 1])]
            ]
        )

    def _both(self, docs: Docs, scores: Scores, more: Docs, added: Scores) -> tuple[Docs, Scores]:
        """Return the records in both lists, the shorter one first, and the sums of their ranks."""
        if len(docs) * 16 < len(more):
            places = np.searchsorted(more, docs)
            places[places == len(more)] = 0
            kept = more[places] == docs
            return docs[kept], scores[kept] + added[places[kept]]
        spread = np.zeros(len(self), np.float32)
        spread[more] = added
        found = spread[docs]
        kept = found > 0
        return docs[kept], scores[kept] + found[kept]

    def _say(self, docs: Docs, words: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which records hold some words in this order."""
        numbers = [self._words.get(word) for word in words]
        if not numbers or not len(docs):
            return np.full(len(docs), not numbers)
        if None in numbers:
            return np.zeros(len(docs), bool)
        starts, stops = self._starts[docs], self._starts[docs + np.int32(1)]
        lengths = stops - starts
        owner = np.repeat(np.arange(len(docs)), lengths)
        places = np.arange(int(lengths.sum())) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        at = np.flatnonzero(self._stream[places] == numbers[0])
        places, owner = places[at], owner[at]
        for further, number in enumerate(numbers[1:], start=1):
            inside = places + further < stops[owner]
            places, owner = places[inside], owner[inside]
            same = self._stream[places + further] == number
            places, owner = places[same], owner[same]
        said = np.zeros(len(docs), bool)
        said[owner] = True
        return said


def _union(lists: Sequence[tuple[Docs, Scores]]) -> tuple[Docs, Scores]:
    """Return the records of any list, in order, each with its best rank."""
    lists = [one for one in lists if len(one[0])]
    if len(lists) < 2:
        return lists[0] if lists else _NONE
    docs = np.concatenate([one[0] for one in lists])
    scores = np.concatenate([one[1] for one in lists])
    order = np.argsort(docs, kind="stable")
    docs, scores = docs[order], scores[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    return docs[first], np.maximum.reduceat(scores, first)
