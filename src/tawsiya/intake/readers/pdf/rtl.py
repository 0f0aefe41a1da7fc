"""Lines of right-to-left pages, set in reading order by where their letters stand.

The engine turns such lines round letter by letter, and tears them where a vowel sign is drawn a little
higher. So the letters are put together anew: by height to lines, from right to left, with numbers and
Latin words inside them from left to right, as the Unicode bidirectional algorithm lays them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tawsiya.intake.readers.pdf import tables
from tawsiya.intake.readers.pdf.page import Line
from tawsiya.intake.readers.pdf.shapes import EXACT, LETTER, Glyph, rows_of

_LEAST_SHARE = 0.3
"""Share of right-to-left letters from which a page is read so."""
_BLANK = 0.17
_WIDE = 0.5
"""A gap wider than this share of the size is a blank; the second where the line has blanks of its own."""
_APART = 1.5
"""A gap wider than this many sizes parts two pieces of a line."""
_SMALL = 0.8
_HIGHER = 0.12
"""A mark is smaller than the first share of its line's size, and raised by at least the second."""
_AFTER_BRACKET = frozenset(" .,;:،؛؟!()")
_IN_NUMBERS = frozenset(".,/:٫٬")
_DASHES = frozenset("-–‑")


def is_rtl(text: str) -> bool:
    """Whether the letters of a page are right-to-left ones in good part."""
    if text.isascii():
        return False
    found = len(LETTER.findall(text))
    return found > 0 and found > _LEAST_SHARE * sum(map(str.isalpha, text))


def lines(
    page: int, glyphs: Iterable[Glyph], left: float, top: float, before: Sequence[float] = ()
) -> tuple[list[Line], list[float]]:
    """The lines of a page from top to bottom, and the edges of a table's columns.

    ``left`` and ``top`` are the page's corner, ``before`` the edges on the page before.
    """
    rows = rows_of(glyphs)
    found = _lines(page, rows, (), left, top)
    columns = tables.edges(found, before, rtl=True)
    if columns:
        found = _lines(page, rows, [column + left for column in columns], left, top)
        tables.place(found, columns, rtl=True)
    return found, columns


def _lines(
    page: int, rows: Sequence[Sequence[Glyph]], columns: Sequence[float], left: float, top: float
) -> list[Line]:
    """The lines of rows, divided where a column of a table begins."""
    found: list[Line] = []
    for row in rows:
        rtl = any(LETTER.search(glyph.text) for glyph in row)
        for piece in _pieces(row, columns):
            line = _line(page, piece, left, top, rtl=rtl)
            if line is not None:
                found.append(line)
    return found


def _pieces(row: Sequence[Glyph], columns: Sequence[float]) -> Iterator[list[Glyph]]:
    """A row divided where its gaps are wide; blanks at the ends of pieces left out."""
    piece: list[Glyph] = []
    blanks: list[Glyph] = []
    for glyph in row:
        if glyph.text.isspace():
            blanks.append(glyph)
            continue
        gap = piece[-1].left - glyph.right if piece else 0.0
        size = max(piece[-1].size, glyph.size) if piece else 0.0
        at_edge = any(abs(glyph.right - column) < tables.EDGE for column in columns) and gap > _WIDE * size
        if piece and (at_edge or gap > _APART * size):
            yield piece
            piece = []
        if piece and blanks and _is_blank(blanks, piece[-1], glyph):
            piece.append(blanks[0])
        piece.append(glyph)
        blanks = []
    if piece:
        yield piece


def _is_blank(blanks: Sequence[Glyph], before: Glyph, after: Glyph) -> bool:
    """Whether there is a blank: those that the engine puts in have no width, and may be mistaken."""
    drawn = any(blank.right - blank.left > EXACT for blank in blanks)
    return drawn or before.left - after.right > _BLANK * max(before.size, after.size)


def _line(page: int, piece: Sequence[Glyph], left: float, top: float, *, rtl: bool) -> Line | None:
    size = max(glyph.size for glyph in piece)
    ordered = list(piece) if rtl else list(reversed(piece))
    # A damaged file can draw letters of no height at all.
    full = [glyph for glyph in piece if glyph.size > _SMALL * size] or piece
    raised = full[0].base + _HIGHER * size
    start, taken = _mark_at_start(ordered, size * _SMALL, raised)
    text, marks = (_logical if rtl else _plain)(ordered[taken:], size * _SMALL, raised)
    text = f"{start} {text}".strip() if start else text
    if not text:
        return None
    return Line(
        page,
        text,
        min(g.left for g in piece) - left,
        top - max(g.top for g in piece),
        max(g.right for g in piece) - left,
        top - min(g.bottom for g in piece),
        top - full[0].base,
        size,
        full[-1].bold,
        bool(start),
        marks,
    )


def _mark_at_start(glyphs: Sequence[Glyph], small: float, raised: float) -> tuple[str, int]:
    """The small figures that begin a footnote, and how many shapes they are."""
    count = 0
    while count < len(glyphs) - 1 and glyphs[count].size < small and glyphs[count].base > raised:
        count += 1
    digits = sorted((g for g in glyphs[:count] if g.text.isdigit()), key=lambda g: g.left)
    return ("".join(g.text for g in digits), count) if digits else ("", 0)


def _plain(glyphs: Sequence[Glyph], small: float, raised: float) -> tuple[str, tuple[str, ...]]:
    """A line without a right-to-left letter."""
    return " ".join(_spaced(glyphs).split()), ()


def _logical(glyphs: Sequence[Glyph], small: float, raised: float) -> tuple[str, tuple[str, ...]]:
    """Text from right to left with what runs from left to right inside it, and marks of footnotes."""
    pieces: list[str] = []
    marks: list[str] = []
    index = 0
    strong = False
    previous: Glyph | None = None
    while index < len(glyphs):
        glyph = glyphs[index]
        end = _run(glyphs, index, after_letter=strong)
        run = list(reversed(glyphs[index:end]))
        text = _spaced(run) if end - index > 1 or _is_latin(glyph) else glyph.text
        is_mark = glyph.text.isdigit() and all(g.size < small and g.base > raised for g in run)
        if is_mark and index > 0:
            marks.append(text)
        else:
            if previous is not None and _gap(previous, glyph):
                pieces.append(" ")
            pieces.append(text)
            previous = run[0]
        strong = strong or LETTER.search(glyph.text) is not None
        index = end
    return _bracketed(" ".join("".join(pieces).split())), tuple(marks)


def _bracketed(text: str) -> str:
    """Brackets as they stand to what they touch: the engine mirrors some and leaves others.

    One that touches only what follows opens, one that touches only what is before it closes.
    """
    if "(" not in text and ")" not in text:
        return text
    chars = list(text)
    inside = False
    for index, char in enumerate(chars):
        if char not in "()":
            continue
        before = index > 0 and chars[index - 1] not in " ("
        after = index + 1 < len(chars) and chars[index + 1] not in _AFTER_BRACKET
        inside = after if before is not after else not inside
        chars[index] = "(" if inside else ")"
    return "".join(chars)


def _run(glyphs: Sequence[Glyph], start: int, *, after_letter: bool) -> int:
    """Index after the shapes from ``start`` that run from left to right; one for any other shape."""
    if not _is_ltr(glyphs[start]):
        return start + 1
    end = start + 1
    latin = _is_latin(glyphs[start])
    index = end
    while index < len(glyphs) and LETTER.search(glyphs[index].text) is None:
        if _is_ltr(glyphs[index]):
            between = glyphs[end:index]
            latin = latin or _is_latin(glyphs[index])
            if not latin and not _in_number(between, after_letter=after_letter):
                break
            if not latin and _gap(glyphs[index - 1], glyphs[index]):
                break
            end = index + 1
        index += 1
    return end


def _in_number(between: Sequence[Glyph], *, after_letter: bool) -> bool:
    """Whether figures with these shapes between them are one number: "2.5", "31-10".

    After an Arabic letter a dash divides two numbers, which then stand from right to left.
    """
    if not between:
        return True
    if len(between) > 1:
        return False
    char = between[0].text
    return char in _IN_NUMBERS or (char in _DASHES and not after_letter)


def _is_ltr(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or _is_latin(glyph)


def _is_latin(glyph: Glyph) -> bool:
    return glyph.text.isalpha() and LETTER.match(glyph.text) is None


def _spaced(glyphs: Sequence[Glyph]) -> str:
    """Shapes from left to right with the blanks between them."""
    pieces: list[str] = []
    for index, glyph in enumerate(glyphs):
        if index and _gap(glyphs[index - 1], glyph):
            pieces.append(" ")
        pieces.append(glyph.text)
    return "".join(pieces)


def _gap(one: Glyph, other: Glyph) -> bool:
    wide = max(other.left - one.right, one.left - other.right)
    return wide > (_WIDE if one.spaced else _BLANK) * max(one.size, other.size)
