"""The evaluation pairs: a query, a sentence, and whether the one should find the other.

Written for this project, with the words of the domain in sentences of our own. Half of them (told apart by a
digest of query and sentence, so that the halves do not move when pairs are added) may be looked at when the
analysis is improved; the other half only gives the figures. Pairs marked as seen were looked at too.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Pair(NamedTuple):
    """A query and a sentence; `match` says whether a reader expects the sentence among the results."""

    category: str
    query: str
    text: str
    match: bool
    seen: bool = False

    @property
    def held_back(self) -> bool:
        digest = hashlib.sha256(f"{self.query}|{self.text}".encode()).digest()
        return digest[0] % 2 == 1 and not self.seen


def read(language: str) -> list[Pair]:
    """Return the pairs of a language."""
    rows = json.loads((FOLDER / f"pairs_{language}.json").read_text(encoding="utf-8"))
    return [Pair(**row) for row in rows]
