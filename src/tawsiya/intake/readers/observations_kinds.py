"""What a paragraph of concluding observations does: asks, worries, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.intake.readers import observations_words as words
from tawsiya.intake.readers.folding import fold

RECOMMENDATION, CONCERN, OTHER = "recommendation", "concern", "other"

_SENTENCE = re.compile(r"(?<=[.;!?؟؛])[\"”’»)]*\s+(?=[\"“«(]?[A-ZÀ-Ý\u0621-\u064a])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:art|arts|para|paras|par|No|Nos|vol|cf|e\.g|i\.e|Mr|Ms|Mrs|Dr|St|sect|chap|M|Mme|al|op|p|pp)|"
    r"\b[A-Z])\.$"
)
_DOUBLED = re.compile(r"(.)\1+")
_CONCERN_HEADING = re.compile(
    r"concern|preoccupation|\brecomm?[ae]nd|inquietude|القلق|قلق|توصيات|preocupacion|شواغل"
)
_OPENING_HEADING = re.compile(
    r"^(?:[ivx]+ |[a-e] |\w{1,6} )?(?:introduction|positive|aspects? positifs?|elements? positifs?|"
    r"introduccion|"
    r"aspectos positivos|مقدمه|الجوانب الايجابيه|جوانب ايجابيه|factors|facteurs|العوامل)"
)


@dataclass(frozen=True, slots=True)
class Act:
    """What was recognised: ``kind`` of the whole text, ``of_items`` what the items under it are."""

    kind: str
    of_items: str


def is_concern_heading(heading: str) -> bool:
    """Whether a section so headed holds concerns and recommendations."""
    folded = fold(heading)
    return bool(_CONCERN_HEADING.search(folded)) and not is_opening_heading(heading)


def is_opening_heading(heading: str) -> bool:
    """Whether a section so headed comes before the concerns: introduction, positive aspects, factors."""
    return bool(_OPENING_HEADING.search(fold(heading)))


def act_of(text: str, *, among_concerns: bool, bold: bool = False, damaged: bool = False) -> Act:
    """Read a paragraph. One that asks anywhere is a recommendation, whatever else it says.

    ``among_concerns`` says that it stands in the chapter of concerns and recommendations, where
    what neither asks nor praises but speaks of something missing is a concern; ``bold`` is how
    committees print what they ask there; ``damaged`` says that letters may be doubled or torn.
    """
    folded = [_folded(sentence, damaged=damaged) for sentence in sentences(text)]
    whole = _act(folded, among_concerns=among_concerns)
    if among_concerns and bold and (damaged or whole == OTHER or not _worries(folded)):
        return Act(RECOMMENDATION, RECOMMENDATION)
    if among_concerns and damaged and whole == OTHER:
        whole = CONCERN
    last = _act(folded[-1:], among_concerns=False)
    return Act(whole, whole if last == OTHER else last)


def _worries(folded: Sequence[str]) -> bool:
    return any(map(words.CONCERN.search, folded))


def asks(text: str, *, damaged: bool = False) -> bool:
    """Whether ``text`` asks the State (or somebody) for something."""
    return any(_asks(_folded(sentence, damaged=damaged)) for sentence in sentences(text))


def _asks(folded: str) -> bool:
    if words.ASK.search(folded):
        return True
    return bool(words.ASK_SOFTLY.search(folded)) and not words.CONCERN.search(folded)


def _act(said: Sequence[str], *, among_concerns: bool) -> str:
    if any(map(_asks, said)):
        return RECOMMENDATION
    if _worries(said):
        return CONCERN
    missing = among_concerns and words.MISSING.search(" ".join(said)) is not None
    return CONCERN if missing else OTHER


def _folded(text: str, *, damaged: bool) -> str:
    folded = fold(text)
    return _DOUBLED.sub(r"\1", folded) if damaged else folded


def sentences(text: str) -> list[str]:
    """Sentences of a paragraph; an abbreviation's dot ends none."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found
