"""What a sentence says about the recommendations under it (or above it): the State's position.

The wording is the Working Group's, fixed but for small changes since 2008: recommendations enjoy
the support of the State, did not enjoy it, were noted, or will be examined and answered later. The
last gives no position: it comes in the addendum.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawsiya.intake.readers import upr_report_words as words
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.labels import BOTH, NOTED, SUPPORTED

PENDING = "pending"
"""Will be examined: no position yet."""
_MAX = 1_200
"""Characters of a paragraph in which its answer stands."""
_USUAL_ENDS = ("support", "soutien", "appui", "تاييد", "examined by", "accepted")


@dataclass(frozen=True, slots=True)
class Stance:
    """What a sentence says: ``answer`` is a position, :data:`PENDING`, or None for nothing.

    ``speaks`` is False for a text that is not about recommendations; ``backwards`` that it
    speaks of those above it; ``reasoned`` that it says more than the position; ``named`` the
    paragraphs that it says they stand in.
    """

    speaks: bool
    answer: str | None = None
    backwards: bool = False
    reasoned: bool = False
    named: frozenset[int] = frozenset()

    @property
    def position(self) -> str | None:
        """The position in the Council's vocabulary; None where it comes later or is not said."""
        return None if self.answer == PENDING else self.answer


def stance(text: str) -> Stance:
    """Read a paragraph that introduces or follows a list of recommendations."""
    folded = fold(text[:_MAX])
    if not words.RECOMMEND.search(folded):
        return Stance(speaks=False)
    answer = None if words.CLOSING.search(folded) else answer_in(folded)
    backwards = bool(words.BACKWARDS.search(folded)) or (
        bool(words.THESE.search(folded)) and not text.rstrip().endswith(":")
    )
    backwards = backwards and not words.FORWARDS.search(folded)
    named = words.PARAGRAPHS.findall(folded) if backwards else []
    reasoned = answer is not None and bool(words.REASON.search(_later(folded)))
    numbers = frozenset(int(number) for text in named for number in text.split() if number.isdigit())
    return Stance(True, answer, backwards, reasoned, numbers)


def answer_in(folded: str, *, final: bool = False) -> str | None:
    """Position in folded words, :data:`PENDING`, or None.

    ``final``: the words are the State's last ones, where "accepted, and will be studied further"
    and "cannot be accepted, but remains under review" are answers all the same.
    """
    if not final and words.PENDING.search(folded):
        return PENDING
    answer = _position(folded)
    return PENDING if answer is None and final and words.PENDING.search(folded) else answer


def _position(folded: str) -> str | None:
    if words.PARTLY.search(folded):
        return BOTH
    if words.NEGATED.search(folded):
        return NOTED
    noted = bool(words.NOTES.search(folded))
    supported = bool(words.SUPPORTED.search(folded))
    if noted and supported:
        return None  # "supported … and noted": one sentence about two lists says nothing of either
    if noted:
        return NOTED
    return SUPPORTED if supported or words.IMPLEMENTED.search(folded) else None


def _later(folded: str) -> str:
    """The sentence after its usual beginning, in which "have been examined" gives no reason."""
    for word in _USUAL_ENDS:
        _, found, rest = folded.partition(word)
        if found:
            return rest
    return folded
