"""From a text to the features that a linear model weighs.

Three blocks. The body: words alone, in twos and threes; stems of the words that say something, alone and
in twos; beginnings of words. The pairs: two stems that stand near each other, in any order ("training" with
"police" says what neither says alone). The opening: what the first words are and in what order, and the words
after "and", "to" and "by" (the verb that opens a recommendation says what kind of action it asks for). Each
block is weighed by rarity and brought to a comparable length apart.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tawsiya.core.learn.words import Lexicon, Word, forms

Matrix: TypeAlias = Any  # scipy.sparse.csr_matrix, which carries no types
Floats = NDArray[np.float32]

# How far apart the two stems of a pair may stand: pairs grow with the length of a text, not with its square.
PAIR_REACH = 12
_OPENING_WORDS = 8
_OPENING_RUN = 6
LINKS = frozenset(("and", "to", "by", "et", "pour", "par", "و"))


def body_of(words: Sequence[Word]) -> list[str]:
    """Return the features of what a text is about; `~` marks stems, `<` beginnings."""
    written = [word.form for word in words]
    found = list(written)
    found += map(" ".join, pairwise(written))
    found += map(" ".join, zip(written, written[1:], written[2:], strict=False))
    stems = ["~" + word.stem for word in words if word.stem]
    found += stems
    found += map(" ".join, pairwise(stems))
    for word in words:
        found += word.beginnings
    return found


def pairs_of(words: Sequence[Word]) -> list[str]:
    """Return the pairs of different stems near each other, in the order of the alphabet; each counts once."""
    stems = [word.stem for word in words if word.stem]
    found = set()
    for place, one in enumerate(stems, start=1):
        for other in stems[place : place + PAIR_REACH]:
            if one != other:
                found.add(pair_of(one, other))
    return list(found)


def pair_of(one: str, other: str) -> str:
    """Return the name of the pair of two stems, the same in either order."""
    return f"{one}&{other}" if one < other else f"{other}&{one}"


def opening_of(words: Sequence[Word]) -> list[str]:
    """Return the features of how a text begins and how long it is. All begin with `^`, each counts once."""
    written = [word.form for word in words]
    found = {f"^{' '.join(written[:size])}" for size in range(1, min(_OPENING_RUN, len(written)) + 1)}
    found |= {f"^~{form}" for form in written[:_OPENING_WORDS]}
    found |= {f"^{place}:{form}" for place, form in enumerate(written[:4])}
    if written:
        found |= {f"^{written[0]}_{form}" for form in written[1:12]}
    found |= {f"^>{after}" for link, after in pairwise(written) if link in LINKS}
    found.add(f"^#{min(9, int(np.log2(len(written) + 1) * 1.5))}")
    return list(found)


@dataclass(frozen=True)
class Family:
    """What features of a block are and how they are weighed; the figures were chosen by cross-validation on
    real recommendations (bench/classifier.py).

    least: in how many texts a feature has to be met.
    length: the exponent with which the length of a text is taken out: 1 is the cosine; below it, a long text
        that names many things keeps more of each.
    scale: what the block weighs beside the others.
    """

    make: Callable[[Sequence[Word]], list[str]]
    least: int = 2
    length: float = 1.0
    scale: float = 1.0


BLOCKS = {
    "body": Family(body_of, length=0.75, scale=20.0**-0.25),
    "pairs": Family(pairs_of, least=5, scale=0.4),
    "opening": Family(opening_of),
}


@dataclass
class Block:
    """The features of one family that were met often enough, with the weight of their rarity."""

    name: str
    vocabulary: dict[str, int] = field(default_factory=dict)
    idf: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    def learn(self, texts: Sequence[Sequence[Word]]) -> Matrix:
        """Take the features met in enough texts, and return the weighed matrix of the texts."""
        names: dict[str, int] = {}
        make, least = BLOCKS[self.name].make, BLOCKS[self.name].least
        rows = [[names.setdefault(name, len(names)) for name in make(words)] for words in texts]
        counts = _matrix(rows, len(names))
        in_texts = np.bincount(counts.indices, minlength=len(names))
        kept = np.flatnonzero(in_texts >= min(least, max(1, len(texts) - 1)))
        places = list(names)
        self.vocabulary = {places[old]: new for new, old in enumerate(kept)}
        self.idf = (np.log((1 + len(texts)) / (1 + in_texts[kept])) + 1).astype(np.float32)
        return self._weighed(counts[:, kept].tocsr())

    def matrix(self, texts: Iterable[Sequence[Word]]) -> Matrix:
        """Return the weighed matrix of texts; features never met are left out."""
        get, make = self.vocabulary.get, BLOCKS[self.name].make
        rows = [[place for name in make(words) if (place := get(name)) is not None] for words in texts]
        return self._weighed(_matrix(rows, len(self.vocabulary)))

    def _weighed(self, counts: Matrix) -> Matrix:
        data = counts.data.astype(np.float32)
        np.log(data, out=data)
        data += 1
        data *= self.idf[counts.indices]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        length = np.sqrt(np.bincount(rows, data * data, counts.shape[0])).astype(np.float32)
        length[length == 0] = 1
        family = BLOCKS[self.name]
        data *= (family.scale / length**family.length)[rows].astype(np.float32)
        return sp.csr_matrix((data, counts.indices, counts.indptr), counts.shape)


def _matrix(rows: Sequence[Sequence[int]], width: int) -> Matrix:
    """Return the counts of features by text."""
    ends = np.cumsum([0, *map(len, rows)])
    places = np.fromiter((place for row in rows for place in row), np.int32, int(ends[-1]))
    counts = sp.csr_matrix((np.ones(len(places), np.float32), places, ends), (len(rows), width))
    counts.sum_duplicates()
    return counts


@dataclass
class Vectoriser:
    """The blocks in force, side by side in one matrix."""

    blocks: list[Block]
    lexicon: Lexicon = field(default_factory=Lexicon)

    @property
    def width(self) -> int:
        """How many features there are."""
        return sum(len(block.vocabulary) for block in self.blocks)

    def words(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """Yield the words of each text."""
        for text in texts:
            yield self.lexicon.words(forms(text))

    def learn(self, texts: Sequence[str]) -> Matrix:
        """Choose the features from texts and return their matrix."""
        words = list(self.words(texts))
        return sp.hstack([block.learn(words) for block in self.blocks], format="csr", dtype=np.float32)

    def matrix(self, texts: Iterable[str]) -> Matrix:
        """Return the matrix of texts."""
        words = list(self.words(texts))
        parts = [block.matrix(words) for block in self.blocks]
        return parts[0] if len(parts) == 1 else sp.hstack(parts, format="csr", dtype=np.float32)
