"""What the front page of a special procedure's report on a visit says: mandate, State, symbol, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tawsiya.intake.readers.dates import first_date
from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Review
from tawsiya.intake.readers.upr_report_source import Source
from tawsiya.mechanisms import states, symbols
from tawsiya.mechanisms.reference import loaders
from tawsiya.mechanisms.symbols import Symbol

VISIT = "visit_report"

_MANDATE = re.compile(
    r"special rapporteur|independent expert|working group|special representative|rapporteure? special|"
    r"rapporteuse speciale|experte? independante?|groupe de travail|relatora? especial|"
    r"experta? independiente|"
    r"المقرر الخاص|المقرره الخاصه|الخبير المستقل|الخبيره المستقله|الفريق العامل|فريق الخبراء العامل"
)
_VISIT = re.compile(
    r"\b(?:visit|mission) to (?P<en>.+)|\b(?:visite|mission) (?:officielle )?(?:en|au|aux|a|dans|"
    r"effectuee en|"
    r"effectuee au) (?P<fr>.+)|\b(?:visita|mision) (?:a|al) (?P<es>.+)|"
    r"(?:زياره|زيارته|زيارتها|بعثه|بعثته|بعثتها|البعثه|الزياره|مهمته|مهمتها)(?: \w+){0,4}? الي (?P<ar>.+)"
)
_OTHER = re.compile(
    r"universal periodic review|examen periodique universel|الاستعراض الدوري|comments (?:by|from|"
    r"of) (?:the )?state|"
    r"commentaires de l etat|observations de l etat|comentarios del estado|تعليقات الدوله|"
    r"follow up on country visits"
)
_END_OF_TITLE = re.compile(
    r"^(?:the present|le present|reproduced|advance|summary|resume|resumen|موجز|note by|note du|مذكره|"
    r"contents|table des matieres|المحتويات)\b"
)
_MAX_FRONT = 40
_MAX_TITLE = 8
_LIKE = 0.55
"""Share of a mandate's name, rare words weighing more, that the title must have."""
_SMALL = frozenset(
    [
        "of",
        "the",
        "on",
        "and",
        "in",
        "to",
        "its",
        "as",
        "a",
        "by",
        "his",
        "her",
        "for",
        "with",
        "at",
        "it",
        "report",
        "visit",
        "mission",
        "rapport",
        "du",
        "de",
        "la",
        "le",
        "les",
        "des",
        "sur",
        "l",
        "et",
        "d",
        "en",
        "au",
        "aux",
        "un",
        "une",
        "son",
        "sa",
        "leurs",
        "ses",
        "من",
        "عن",
        "في",
        "علي",
        "و",
        "الي",
        "تقرير",
        "بشان",
        "المعني",
        "المعنيه",
    ]
)


@dataclass(frozen=True, slots=True)
class VisitFront:
    """What the document says about itself; ``mechanism`` is the code of the mandate, None if unknown."""

    mechanism: str | None
    symbol: str | None
    info: DocumentInfo
    warnings: tuple[ReaderWarning, ...]


def read_visit_front(source: Source) -> VisitFront | None:
    """None for a document that is no report of a special procedure on a visit to a State."""
    title = _title(source.front)
    folded = fold(title)
    visit = _VISIT.search(folded)
    if visit is None or _MANDATE.search(folded) is None or _OTHER.search(folded):
        return None
    symbol = _symbol(source.front)
    if symbol is not None and symbol.body == "UPR":
        return None
    warnings: list[ReaderWarning] = []
    state = _state(title)
    if state is None:
        warnings.append(ReaderWarning("state_under_review_unknown"))
    if symbol is None:
        warnings.append(ReaderWarning("no_symbol"))
    info = DocumentInfo(title, first_date(source.front[:_MAX_FRONT]), Review(state=state), VISIT)
    return VisitFront(_mandate(folded), symbol.text if symbol else None, info, tuple(warnings))


def _title(front: Sequence[str]) -> str:
    """The lines from the one that names the mandate or the visit to the summary, on one line."""
    lines = [one_line(line) for line in front[:_MAX_FRONT]]
    for index, line in enumerate(lines):
        folded = fold(line)
        if not (_MANDATE.search(folded) or _VISIT.match(folded)) or len(line) > 160:
            continue
        pieces: list[str] = []
        for following in lines[index : index + _MAX_TITLE]:
            if _END_OF_TITLE.match(fold(following)) or symbols.find_all(following):
                break
            pieces.append(following)
        return re.sub(r"\s*[*∗]+(?:\s*,\s*[*∗]+)*", "", " ".join(pieces))
    return ""


def _symbol(front: Sequence[str]) -> Symbol | None:
    """The first symbol of the page that is an addendum, else the first."""
    found = [symbol for line in front[:_MAX_FRONT] if len(line) < 60 for symbol in symbols.find_all(line)]
    return next((symbol for symbol in found if symbol.addendum), found[0] if found else None)


def _state(title: str) -> str | None:
    """The State visited: the longest name of one after "visit to"."""
    words = title.split(" ")
    for start, word in enumerate(words):
        if fold(word) not in ("to", "en", "au", "aux", "a", "al", "الي"):
            continue
        for end in range(min(len(words), start + 10), start + 1, -1):
            name = " ".join(words[start + 1 : end]).strip(" ,;:.–-()")
            code = states.recognise(name) if len(name) > 3 else None
            if code is not None:
                return code
    return None


def _mandate(folded_title: str) -> str | None:
    """The mandate whose name shares most words with the title."""
    title = _words(folded_title)
    best, code = 0.0, None
    for candidate, weights in _mandates():
        likeness = sum(weight for word, weight in weights if word in title) / sum(w for _word, w in weights)
        if likeness > best:
            best, code = likeness, candidate
    return code if best >= _LIKE else None


@cache
def _mandates() -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """Codes of mandates with the words of each of their names, a rare word weighing more."""
    names = [
        (row.code, _words(fold(name)))
        for row in loaders.mechanisms()
        if row.kind == "special_procedure"
        for name in (*row.names.values(), *row.aliases)
        if len(fold(name).split()) > 2
    ]
    counts = Counter(word for _code, words in names for word in words)
    weighed = [(code, tuple((word, 1 / counts[word]) for word in sorted(words))) for code, words in names]
    return tuple(sorted(weighed, key=lambda pair: -len(pair[1])))


def _words(folded: str) -> frozenset[str]:
    return frozenset(word for word in folded.split() if word not in _SMALL)
