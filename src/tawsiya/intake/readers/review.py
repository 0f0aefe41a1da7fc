"""Which review a matrix belongs to: State, cycle and session, from its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from tawsiya.intake.readers.folding import fold, one_line, western_digits
from tawsiya.intake.readers.records import ReaderWarning, Review
from tawsiya.mechanisms import states, symbols

_PAGE = re.compile(
    r"\b(?:page|p[aá]gina|pág\.?|صفحة|الصفحة)\s*\d*\s*(?:(?:of|de|sur|/|من)\s*\d*)?\s*$", re.IGNORECASE
)
_STATE = re.compile(
    r"""(?:universal\s+periodic\s+review|upr|examen\s+p[ée]riodique\s+universel|epu
      |examen\s+peri[oó]dico\s+universal|الاستعراض\s+الدوري\s+الشامل)
    [\s:–—-]*(?:of\s+(?:the\s+)?|du\s+|des\s+|de\s+(?:la\s+|los\s+|las\s+)?|de\s+l['’]|d['’]|del\s+
      |الخاص\s+ب|ل(?=ـ?\w))?[\s:–—-]*
    (?P<name>[^\t\n]{2,120})""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"""\s+[-–—|]\s*|\t|\n|:|,|;|\*
    |\s*\((?=[^)]*(?:cycle|ciclo|session|sesi|الجولة|الدورة|\d))
    |\s+(?=\d{1,2}\s?(?:st|nd|rd|th|er|e|ème|eme|[.º°ª])|(?:first|second|third|fourth|fifth)\s+cycle
        |thematic|list\b|matrix)""",
    re.VERBOSE | re.IGNORECASE,
)
_PIECES = re.compile(r"\s+[-–—|]\s+|[\n\t:;,()*]")
_ORDINALS = {
    1: "1 1st first premier 1er i primer primera الاولي الاول",
    2: "2 2nd second deuxieme second 2e 2eme ii segundo segunda الثانيه الثاني",
    3: "3 3rd third troisieme 3e 3eme iii tercer tercero tercera الثالثه الثالث",
    4: "4 4th fourth quatrieme 4e 4eme iv cuarto cuarta الرابعه الرابع",
    5: "5 5th fifth cinquieme 5e 5eme v quinto quinta الخامسه الخامس",
}
_ORDINAL = {word: number for number, words in _ORDINALS.items() for word in words.split()}
_CYCLES = (
    re.compile(r"(\w+)\s+(?:[oae]\s+)?(?:cycle|ciclo)\b"),
    re.compile(r"\b(?:cycle|ciclo|الجوله|جوله)\s+(?:no\s+)?(\w+)"),
)
_SESSION = re.compile(
    r"\b(\d{1,2})\s?(?:st|nd|rd|th|er|re|e|eme|o|a)?\s+(?:(?:upr|wg|working group)\s+)?"
    r"(?:session|sesion|periodo de sesiones)\b"
    r"|\b(?:session|sesion|periodo de sesiones|دوره|الدوره)\s+(?:no\s+|n\s+)?(\d{1,2})\b"
)
_MAX_LINE = 400
_FILE_SESSION = re.compile(r"(?:UPR|EPU)[ _-]?(\d{1,2})(?!\d)", re.IGNORECASE)


def title_of(lines: Iterable[str]) -> str | None:
    """A title from header or title lines, without page numbers and footnote marks."""
    pieces: list[str] = []
    for line in (given[:_MAX_LINE] for given in lines):
        for part in re.split(r"\t+|\n+", line):
            piece = one_line(_PAGE.sub("", one_line(part))).rstrip("*").strip(" -–—|")
            if piece and piece not in pieces:
                pieces.append(piece)
    return " – ".join(pieces)[:500] or None


def review_of(lines: Iterable[str], filename: str = "") -> tuple[Review, list[ReaderWarning]]:
    """The review that title lines name; the file's name only helps where they give no session."""
    text = "\n".join(line[:_MAX_LINE] for line in lines)
    folded = fold(text)
    warnings: list[ReaderWarning] = []
    cycle, session = _cycle(folded), _session(folded)
    if session is None:
        match = _FILE_SESSION.search(PurePath(filename).name)
        number = int(match[1]) if match else None
        if number and cycle in (None, symbols.upr_cycle_of_wg_session(number)):
            session = number
            warnings.append(ReaderWarning("session_from_file_name", {"session": number}))
    if cycle is None and session is not None:
        cycle = symbols.upr_cycle_of_wg_session(session)
        if cycle is not None:
            warnings.append(ReaderWarning("cycle_from_session", {"cycle": cycle}))
    state = _state(text)
    if state is None:
        warnings.append(ReaderWarning("state_under_review_unknown"))
    return Review(cycle, session, state), warnings


def _cycle(folded: str) -> int | None:
    for pattern in _CYCLES:
        for match in pattern.finditer(folded):
            if match[1] in _ORDINAL:
                return _ORDINAL[match[1]]
    return None


def _session(folded: str) -> int | None:
    match = _SESSION.search(western_digits(folded))
    if match is None:
        return None
    number = int(match[1] or match[2])
    return number or None


def _state(text: str) -> str | None:
    """The State after "UPR of", or the one State that a whole line names."""
    for match in _STATE.finditer(text):
        name = match["name"]
        stops = [len(name), *(m.start() for m in _AFTER_NAME.finditer(name))]
        for stop in sorted(set(stops), reverse=True):
            written = name[:stop].strip()
            # The Arabic preposition swallows the alif of the article: للمغرب is ل and المغرب.
            code = states.recognise(written) or states.recognise(f"ا{written}")
            if code is not None:
                return code
    for piece in (*re.split(r"[\n\t]", text), *_PIECES.split(text)):
        code = states.recognise(piece.strip())
        if code is not None:
            return code
    return None
