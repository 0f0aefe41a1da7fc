"""What a paragraph of concluding observations does: asks, worries, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tawsiya.intake.readers.cells import MAX_TEXT
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.observations_words import words_of

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
    r"introduccion|aspectos positivos|مقدمه|الجوانب الايجابيه|جوانب ايجابيه|factors|facteurs|العوامل)"
)
_CLOSING_HEADING = re.compile(
    r"^(?:[ivx]+ |[a-z] |\d+ )?(?:follow up|dissemination(?! of (?:racis|hate))|next (?:periodic )?report|"
    r"preparation of|technical (?:assistance|cooperation)|suivi|suite donnee|diffusion|"
    r"prochain rapport|etablissement du|"
    r"assistance technique|cooperation technique)|المتابعه|نشر المعلومات|النشر|التقرير (?:الدوري )?المقبل|"
    r"اعداد التقرير|المساعده التقنيه"
)
_REQUESTS = re.compile(r"\brecomm?[ae]nd|\bsuggestion|توصيات|اقتراحات")
_WORRIES = re.compile(r"concern|preoccupation|inquietude|قلق|شواغل")
_ASKING_FIRST = re.compile(
    r"^(?:also |further |strongly |again )*(?:urges|recommends|calls|encourages|requests|invites|"
    r"reiterates|suggests)\b|"
    r"^(?:engage|exhorte|recommande|encourage|prie|demande|invite|appelle|reitere|renouvelle|suggere)\b|"
    r"^(?:[تي]وصي|[تي]حث|[تي]شجع|[تي]دعو|[تي]طلب|[تي]هيب|[تي]كرر)"
)
_SPEAKER_LAST = re.compile(r"(?:committee|comite|اللجنه)$")


@dataclass(frozen=True, slots=True)
class Act:
    """What was recognised: ``kind`` of the whole text, ``of_items`` what the items under it are."""

    kind: str
    of_items: str


def is_concern_heading(heading: str) -> bool:
    """Whether a section so headed holds concerns and recommendations."""
    folded = fold(heading)
    return bool(_CONCERN_HEADING.search(folded)) and not is_opening_heading(heading)


def is_closing_heading(heading: str) -> bool:
    """Whether a section so headed speaks of follow-up, dissemination and the next report."""
    return bool(_CLOSING_HEADING.search(fold(heading)))


def is_recommendation_heading(heading: str) -> bool:
    """Whether a section so headed holds suggestions and recommendations alone."""
    folded = fold(heading)
    return bool(_REQUESTS.search(folded)) and not _WORRIES.search(folded)


def is_opening_heading(heading: str) -> bool:
    """Whether a section so headed comes before the concerns: introduction, positive aspects, factors."""
    return bool(_OPENING_HEADING.search(fold(heading)))


def act_of(text: str, *, among_concerns: bool, bold: bool = False, damaged: bool = False) -> Act:
    """Read a paragraph. One that asks anywhere is a recommendation, whatever else it says.

    ``among_concerns`` says that it stands in the chapter of concerns and recommendations, where
    what neither asks nor praises but speaks of something missing is a concern; ``bold`` is how
    committees print what they ask there; ``damaged`` says that letters may be doubled or torn.
    """
    said = [_Sentence(_folded(sentence, damaged=damaged)) for sentence in sentences(text)]
    worries = any(sentence.worries for sentence in said)
    whole = OTHER
    if any(sentence.asks for sentence in said):
        whole = RECOMMENDATION
    elif worries or (among_concerns and any(sentence.misses for sentence in said)):
        whole = CONCERN
    if among_concerns and bold and (damaged or whole == OTHER or not worries):
        return Act(RECOMMENDATION, RECOMMENDATION)
    if among_concerns and damaged and whole == OTHER:
        whole = CONCERN
    last = said[-1]
    return Act(whole, RECOMMENDATION if last.asks else CONCERN if last.worries else whole)


def asks(text: str, *, damaged: bool = False) -> bool:
    """Whether ``text`` asks the State (or somebody) for something."""
    return any(_Sentence(_folded(sentence, damaged=damaged)).asks for sentence in sentences(text))


def item_asks(text: str) -> bool:
    """Whether an item asks by itself, though what introduces it does not.

    It begins with what the committee does ("(a) Urges the State party …"), or has sentences of its
    own after the one that the introduction began.
    """
    if _ASKING_FIRST.match(fold(text[:80])):
        return True
    first, *own = sentences(text)
    said = [sentence for sentence in own if asks(sentence)]
    return bool(said) or ("ommittee" in first and asks(first))


def leaves_it_to_items(text: str) -> bool:
    """Whether an introduction breaks off before the verb: "Recalling its advice, the Committee:"."""
    return _SPEAKER_LAST.search(fold(text[-60:])) is not None


class _Sentence:
    """A folded sentence, looked at no more than asked for."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._words = words_of(folded)

    @cached_property
    def worries(self) -> bool:
        return self._words.worries.search(self._folded) is not None

    @cached_property
    def asks(self) -> bool:
        if self._words.asks.search(self._folded):
            return True
        return self._words.asks_softly.search(self._folded) is not None and not self.worries

    @cached_property
    def misses(self) -> bool:
        return self._words.misses.search(self._folded) is not None


def _folded(text: str, *, damaged: bool) -> str:
    folded = fold(text)
    return _DOUBLED.sub(r"\1", folded) if damaged else folded


def sentences(text: str) -> list[str]:
    """Sentences of a paragraph; an abbreviation's dot ends none. What no record can hold is not read."""
    found: list[str] = []
    for piece in _SENTENCE.split(text[:MAX_TEXT]):
        if found and _ABBREVIATED.search(found[-1][-12:]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found
