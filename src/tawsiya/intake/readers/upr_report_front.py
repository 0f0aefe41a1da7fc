"""What the first page and the introduction of a UPR report say about it: symbol, State, session, date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tawsiya.intake.readers.folding import fold, one_line, western_digits
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Review
from tawsiya.intake.readers.upr_report_sessions import session_of
from tawsiya.intake.readers.upr_report_source import Source
from tawsiya.mechanisms import states, symbols
from tawsiya.mechanisms.symbols import Symbol

REPORT = "upr_report"
ADDENDUM = "upr_addendum"

_REPORT_OF_GROUP = (
    "report of the working group on the universal periodic review",
    "rapport du groupe de travail sur l examen periodique universel",
    "informe del grupo de trabajo sobre el examen periodico universal",
    "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل",
    "доклад рабочеи группы по универсальному периодическому обзору",
    "普遍定期审议工作组报告",
)
_REVIEW_NAMES = ("universal periodic review", "examen periodique universel", "الاستعراض الدوري")
_REPORT_WORDS = ("report of the", "rapport du", "informe del", "تقرير", "доклад", "报告")
_ADDENDUM_WORDS = ("addendum", "additif", "adicion", "اضافه", "добавление", "增编")
_REVIEW_DOCUMENT = re.compile(r"A/HRC/WG\.\s?6/(?P<session>\d{1,2})/(?P<state>[A-Z]{3})/[123]\b")
_FIRST_SYMBOL = re.compile(r"A/HRC/\S+")
_DAY = re.compile(
    r"\b(\d{1,2})(?:er|º|°)?\s+(?:de\s+)?([^\W\d_]+)(?:/[^\W\d_]+)?\s+(?:de\s+)?((?:19|20)\d\d)\b"
)
_MONTHS = (
    "january janvier enero يناير كانون",
    "february fevrier febrero فبراير شباط",
    "march mars marzo مارس اذار",
    "april avril abril ابريل نيسان",
    "may mai mayo مايو ايار",
    "june juin junio يونيه حزيران يونيو",
    "july juillet julio يوليه تموز يوليو",
    "august aout agosto اغسطس اب",
    "september septembre septiembre سبتمبر ايلول",
    "october octobre octubre اكتوبر",
    "november novembre noviembre نوفمبر",
    "december decembre diciembre ديسمبر",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_ANY_STARS = re.compile(r"[*∗]+")
_MAX_TITLE_LINE = 70
_MAX_NAME = 80
_STARS = re.compile(r"\s*[*∗]+\s*$")
_END_OF_CYCLE = ((date(2012, 5, 1), 1), (date(2017, 5, 1), 2), (date(2022, 10, 1), 3), (date(2027, 5, 1), 4))
"""Days by which the last reports of a cycle and their addenda had been published, the next not begun."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the document says about itself; ``kind`` is :data:`REPORT` or :data:`ADDENDUM`."""

    kind: str
    symbol: str | None
    info: DocumentInfo
    warnings: tuple[ReaderWarning, ...]


def read_front(source: Source) -> Front | None:
    """None for a document that is no report of the UPR Working Group nor an addendum to one."""
    folded = fold(" ".join(source.front))
    symbol = _symbol(source.front)
    is_report = any(title in folded for title in _REPORT_OF_GROUP)
    start = " ".join(part.text for part in source.parts[:40])
    papers = _papers([start, *source.front, *source.references])
    named_otherwise = bool(papers) or any(name in folded for name in _REVIEW_NAMES)
    own = _FIRST_SYMBOL.search(" ".join(source.front))
    if own is not None and _REVIEW_DOCUMENT.match(own[0]):
        return None  # a national report, compilation or summary
    # Where the letters are damaged, the title may be unreadable.
    if not is_report and not (source.damaged and symbol is not None and named_otherwise):
        return None
    is_addendum = bool(symbol and symbol.addendum) or any(
        fold(line) in _ADDENDUM_WORDS for line in source.front
    )
    warnings: list[ReaderWarning] = []
    day = _date(source.front)
    review = _review(source.front, papers, start, day, warnings)
    kind = ADDENDUM if is_addendum else REPORT
    info = DocumentInfo(_title(source.front), day, review, kind)
    if symbol is None:
        warnings.append(ReaderWarning("no_symbol"))
    return Front(kind, symbol.text if symbol else None, info, tuple(warnings))


def _symbol(front: Sequence[str]) -> Symbol | None:
    """The document's own symbol: the first of a Council report on the page, with its addendum."""
    lines = "\n".join(line for line in front if "HRC" in line)
    named = symbols.find_all(lines)
    # The first reports were issued as A/HRC/WG.6/1/CZE/4 before they had a symbol of the Council.
    found = [s for s in named if s.series == "A/HRC" and s.number] or [
        s for s in named if s.series == "A/HRC/WG.6"
    ]
    for symbol in found:
        if symbol.addendum:
            return symbol
    return found[0] if found else None


def _papers(texts: Iterable[str]) -> list[re.Match[str]]:
    """References to the review's own documents, A/HRC/WG.6/{session}/{State}/1 to 3."""
    return [match for text in texts for match in _REVIEW_DOCUMENT.finditer(text)]


def _review(
    front: Sequence[str],
    papers: Sequence[re.Match[str]],
    start: str,
    day: date | None,
    warnings: list[ReaderWarning],
) -> Review:
    session = int(papers[0]["session"]) if papers else session_of(fold(start))
    cycle = symbols.upr_cycle_of_wg_session(session) if session else None
    if cycle is None and day is not None:
        cycle = next((c for end, c in _END_OF_CYCLE if day < end), None)
    state = _state(front)
    if state is None and papers:
        state = symbols.state_of_code(papers[0]["state"])
    if state is None:
        warnings.append(ReaderWarning("state_under_review_unknown"))
    return Review(cycle, session, state)


def _state(front: Sequence[str]) -> str | None:
    """The State whose name is a line of the first page, or two lines of it, asterisks aside."""
    lines = [_STARS.sub("", line).strip() for line in front]
    pairs = [f"{first} {second}" for first, second in pairwise(lines)]
    for name in (*lines, *pairs):
        if 3 < len(name) <= _MAX_NAME and name[0].isalpha() and name.upper() != "UNITED NATIONS":
            code = states.recognise(name)
            if code is not None:
                return code
    return None


def _date(front: Sequence[str]) -> date | None:
    """The date of distribution: the first whole date on the page."""
    for line in front:
        if len(line) > 60:
            continue  # a footnote
        match = _DAY.search(western_digits(line))
        month = _MONTH.get(fold(match[2]).split(" ")[0]) if match else None
        if match and month and 1 <= int(match[1]) <= 28 + (month != 2) * 2 + _is_long(month):
            return date(int(match[3]), month, int(match[1]))
    return None


def _is_long(month: int) -> bool:
    return month in (1, 3, 5, 7, 8, 10, 12)


def _title(front: Sequence[str]) -> str | None:
    """The heading of the first page, with the State's name as it stands there."""
    lines = [_STARS.sub("", one_line(line)) for line in front]
    for index, line in enumerate(lines):
        if any(word in fold(line) for word in _REPORT_WORDS):
            pieces = [line]
            for following in lines[index + 1 : index + 4]:
                if states.recognise(following) is not None:
                    return one_line(_ANY_STARS.sub("", f"{' '.join(pieces)} – {following}"))
                if len(following) > _MAX_TITLE_LINE:
                    break
                pieces.append(following)
            return line
    return None
