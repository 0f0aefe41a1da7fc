"""What every page repeats: headers, footers, page numbers. They are no part of the text.

A line is taken away only from the edge of a page inwards, in its upper or lower margin, and only
if it is a symbol, a page number, a job number, or stands on several pages at the same height.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.pdf.page import Line, Page

_ZONE = 0.14
"""Share of the page's height that header or footer may take."""
_MOST = 6
"""Lines of one header or footer."""
_SYMBOL = r"(?:A|E|S|CERD|CCPR|CEDAW|CAT|CRC|CMW|CRPD|CED|HRI)(?:/[A-Z0-9.\-]+(?:\s/\d+)?){1,8}\*{0,2}"
_JOB = r"(?:GE|HR|V|NY)\s?[.-]\s?\d\d-\d{3,6}(?:\s?\([A-Z]\))?(?:\s+\d{6})*"
_JOB_NUMBER = re.compile(_JOB)
_PAGE_WORD = r"(?:page|p\.|página|страница|стр\.|صفحة|الصفحة|第)\s*"
_NUMBER = r"[ivxlc]{1,6}|[-–]?\s?\d{1,4}\s?[-–]?"
_PART = rf"(?:{_SYMBOL}|{_JOB}|(?:{_PAGE_WORD})?(?:{_NUMBER})(?:\s?(?:/|of|de|من|sur)\s?\d{{1,4}})?(?:页)?)"
_FURNITURE = re.compile(rf"{_PART}(?:\s+{_PART}){{0,3}}", re.IGNORECASE)
_LABEL = re.compile(r"\(?[^\W\d_]{1,2}\)|(?=.*[.–-])[-–]?\s?\d{1,3}(?:\s?[.–-]\s?\d{1,3}){0,2}\s?[.–-]?")
_LONGEST_LABEL = 12
_SAME = 0.3
_RULE_CHARACTERS = frozenset(" _-–—.=")
_RULE = re.compile(r"[\s_\-–—.=]+")
_DIGITS = re.compile(r"\d+")
_NO_LETTERS = re.compile(r"[\s\ue000-\uf8ff]*")
"""Bar codes and other signs of symbol fonts."""


def split(pages: Sequence[Page]) -> tuple[list[list[Line]], list[Line]]:
    """The lines of each page without its furniture, and the furniture, in page order."""
    margins = [_margins(page) for page in pages]
    repeated = _repeated(margins)
    bodies: list[list[Line]] = []
    furniture: list[Line] = []
    for page, (head, foot) in zip(pages, margins, strict=True):
        taken = _taken(page, head, repeated) | _taken(page, foot, repeated)
        bodies.append([line for line in page.lines if id(line) not in taken])
        furniture += [line for line in page.lines if id(line) in taken]
    return bodies, furniture


def _margins(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines in the upper and in the lower margin, from the edge of the page inwards."""
    height = page.height * _ZONE
    low = page.height - height
    head = [line for line in page.lines if line.bottom < height]
    foot = [line for line in page.lines if line.top > low]
    head.sort(key=lambda line: line.top)
    foot.sort(key=lambda line: -line.top)
    return head, foot


def _taken(page: Page, margin: Sequence[Line], repeated: frozenset[tuple[str, int]]) -> set[int]:
    """Identities of the lines of a margin that are furniture."""
    taken: set[int] = set()
    for line in margin[:_MOST]:
        taken_by_look = _NO_LETTERS.fullmatch(line.text) or is_furniture(line.text)
        if not (taken_by_look or _key(line) in repeated) or _is_label(line, page, repeated):
            break
        taken.add(id(line))
    return taken


def _is_label(line: Line, page: Page, repeated: frozenset[tuple[str, int]]) -> bool:
    """Whether a number has a text beside it: "1-" or "4.2" of the first paragraph on a page."""
    if len(line.text) > _LONGEST_LABEL or _LABEL.fullmatch(western_digits(line.text)) is None:
        return False
    beside = [x for x in page.lines if x is not line and abs(x.base - line.base) < _SAME * line.size]
    return any(not is_furniture(other.text) and _key(other) not in repeated for other in beside)


def is_furniture(text: str) -> bool:
    """Whether a line says nothing but symbol, job number or page."""
    return len(text) < 80 and _FURNITURE.fullmatch(western_digits(text.strip())) is not None


def is_job_number(text: str) -> bool:
    """Whether a line is the number under which a document was printed ("GE.14-19288 (E) 130115")."""
    return len(text) < 80 and _JOB_NUMBER.fullmatch(text.strip()) is not None


def is_rule(text: str) -> bool:
    """Whether a line is drawn with characters, as the one above footnotes or at the end."""
    return len(text) >= 5 and text[0] in _RULE_CHARACTERS and _RULE.fullmatch(text) is not None


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.top / 3)


def _repeated(margins: Sequence[tuple[list[Line], list[Line]]]) -> frozenset[tuple[str, int]]:
    """Lines (figures aside) that stand at the same height in the margins of several pages."""
    counts = Counter(_key(line) for head, foot in margins for line in (*head, *foot))
    least = max(3, len(margins) // 4)
    return frozenset(key for key, count in counts.items() if count >= least)
