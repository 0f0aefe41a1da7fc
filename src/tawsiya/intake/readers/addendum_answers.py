"""The wordings of single answers: "Accepted", "does not enjoy the support", "in part, because …"."""

from __future__ import annotations

import re

from tawsiya.intake.readers import upr_report_words as words
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.labels import BOTH, SUPPORTED
from tawsiya.intake.readers.upr_report_leads import PENDING, answer_in

_ANSWERS = "response position answer reply réponse respuesta posición الرد رد الموقف موقف الإجابة"
_ANSWER_WORDS = frozenset(map(fold, _ANSWERS.split()))
_EXCEPT = re.compile(r"\b(?:except|excluding|other than|sauf|hormis|excepto)|باستثناء|ما عدا")
_IN_PART = re.compile(
    r"(?:\w+ ){0,2}(?:in part|partly|partially|en partie|partiellement|parcialmente|en parte|جزييا)\b"
)
"""What may follow the number: "accepts recommendation 140.7 in part"."""
_PART_OF_ONE = re.compile(
    r"\b(?:first|second|last|latter|other|premiere|seconde|deuxieme|derniere|autre|primera|segunda|otra)"
    r" (?:part|partie|parte|sentence|half|phrase)\b|\b(?:الجزء|الشق)\b"
)
"""An answer to a part of a recommendation is none to the whole."""
_RECOMMENDATIONS = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\b|التوصيات")
_PLAIN_WORDS = """
the this these recommendation recommendations is are was were has have been be fully in part partially
partly not does do did cannot can accept accepts accepted support supports supported note notes noted take
takes taken reject rejects rejected enjoy enjoys enjoyed of its by government state and but already
implemented principle la cette ces recommandation recommandations est sont a ont ete en partie
partiellement ne pas accepte acceptee acceptees acceptes appuie appuyee appuyees soutient soutien notee
notees note prend acte rejetee rejetees le gouvernement de du l n recueille non appui adhesion beneficie
beneficient recueillent par pleinement entierement partielle soutenue soutenues rejette appuie
la las esta estas este recomendacion recomendaciones se acepta aceptada aceptadas apoya apoyo apoyada
apoyadas toma nota tomada anotada anotadas rechazada parcialmente parte cuenta cuentan con el gobierno
هذه التوصيه التوصيات بالتوصيه بالتوصيات توصيه مقبوله مقبول مويده تقبل قبلت قبول تويد ايدت تحظي حظيت
تحظ يحظي بالتاييد بتاييد تاييد تاييدها التاييد بتاييدها لا لم غير احيط تحيط احاطت يحيط بها علما جزييا
جزيي كليا كامل مرفوضه ترفض رفضت رفض حكومه الحكومه الدوله من
"""
_ANSWERING = frozenset(_PLAIN_WORDS.split())
_STRANGE = 2
"""Other words that an answer may hold: the State's name."""
_SHORT = 60
_CLAUSE = 240
"""Characters before a list in which its verdict is looked for."""


def is_answer(text: str) -> bool:
    """Whether a short text is an answer and nothing else: "Accepted", "Slovenia takes note"."""
    if _PART_OF_ONE.search(fold(text)):
        return False
    given = fold(text).split()
    strange = sum(word not in _ANSWERING for word in given)
    return len(text) <= _SHORT and strange <= min(_STRANGE, len(given) - 1) and answer_of(text) is not None


def answers_parts(text: str) -> bool:
    """Whether a comment accepts one part and not the other."""
    folded = fold(text[:_CLAUSE])
    return (
        _PART_OF_ONE.search(folded) is not None
        and words.SUPPORTED.search(folded) is not None
        and (words.NOTES.search(folded) or words.NEGATED.search(folded)) is not None
    )


def answer_of(text: str) -> str | None:
    """The position in a short answer; None for another text."""
    answer = answer_in(fold(text), final=True)
    return None if answer == PENDING else answer


def verdict(before: str, after: str) -> tuple[str | None, bool]:
    """The answer to a list by the words before it, else after it; whether it is an exception."""
    clause = before[-_CLAUSE:]
    # Only the last sentence before the list speaks of it.
    clause = clause.rpartition(". ")[2] if ". " in clause else clause
    folded = fold(clause)
    excepted = _EXCEPT.search(folded) is not None
    answer = answer_in(folded, final=True)
    following = fold(after.partition(". ")[0][:_CLAUSE])
    if answer is None:
        answer = answer_in(following, final=True)
    elif answer == SUPPORTED and _IN_PART.match(following):
        answer = BOTH
    return (None if answer == PENDING else answer), excepted


def first_sentence(text: str) -> tuple[str, str]:
    """The text up to its first full stop, dash or semicolon, and the rest."""
    for index, char in enumerate(text[: _SHORT + 1]):
        if char in ".;:،؛" or (char in "-–—" and text[index - 1 : index] == " "):
            return text[:index].strip(), text[index + 1 :].strip()
    return text.strip(), ""


def without_label(text: str) -> str:
    """The text after "Response:" and the like."""
    head, _, tail = text.partition(":")
    return tail.strip() if tail and fold(head) in _ANSWER_WORDS else text


def of_recommendations(text: str) -> bool:
    """Whether a heading speaks of recommendations in the plural, and so of all under it."""
    return _RECOMMENDATIONS.search(fold(text)) is not None
