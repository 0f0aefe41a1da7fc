"""Word's automatic numbering: the label a paragraph shows though no text carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tawsiya.intake.readers.xmlsafe import descend

_LEVELS = 9
_MAX_BASED_ON = 20
_MAX_START = 1_000_000
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ARABIC: dict[str, tuple[str, ...]] = {
    "arabicAbjad": ("أ", "ب", "ج", "د", "هـ", *"وزحطيكلمنسعفصقرشتثخذضظغ"),
    "arabicAlpha": (*"أبتثجحخدذرزسشصضطظعغفقكلمن", "هـ", "و", "ي"),
}
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A numbering instance: its abstract list and its levels after overrides."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Labels of paragraphs, asked in document order (each question counts one on)."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = _lists(numbering)
        self._styles = {s.get("w:styleId", ""): s for s in _all(styles, "w:style")}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str | None:
        """The label of ``paragraph`` ("140.7.", "(a)"), None if it has none or a bullet."""
        number, level = self._place(paragraph)
        found = self._lists.get(number or "")
        if number is None or found is None or level not in found.levels:
            return None
        counters = self._count(number, level, found)
        shape = found.levels[level]
        if shape.format in ("bullet", "none"):
            return None

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            value = counters.get(index, found.levels.get(index, _Level()).start)
            style = "decimal" if shape.legal else found.levels.get(index, _Level()).format
            return _format(value, style)

        return _PLACEHOLDER.sub(shown, shape.text).strip() or None

    def _count(self, number: str, level: int, found: _List) -> dict[int, int]:
        counters = self._counters.setdefault(found.abstract, {})
        restart = found.restarts.get(level)
        if restart is not None and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counters[level] = restart
        else:
            counters[level] = counters.get(level, found.levels[level].start - 1) + 1
        for upper in range(level):
            if upper in found.levels:
                counters.setdefault(upper, found.levels[upper].start)
        for lower in range(level + 1, _LEVELS):
            counters.pop(lower, None)
        return counters

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """List and level of a paragraph: its own, else its style's."""
        own = descend(paragraph, "w:pPr", "w:numPr")
        number, level = _num_pr(own)
        if number is None:
            style = descend(paragraph, "w:pPr", "w:pStyle")
            number, of_style = self._of_style(style.get("w:val", "") if style is not None else "")
            level = of_style if level is None else level
        return (None if number == "0" else number), (level or 0)

    def _of_style(self, style_id: str) -> tuple[str | None, int | None]:
        level: int | None = None
        for _ in range(_MAX_BASED_ON):
            style = self._styles.get(style_id)
            if style is None:
                break
            number, own_level = _num_pr(descend(style, "w:pPr", "w:numPr"))
            level = own_level if level is None else level
            if number is not None:
                return number, level
            based = style.find("w:basedOn")
            style_id = based.get("w:val", "") if based is not None else ""
        return None, level


def _all(root: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if root is None else root.iter(tag)


def _num_pr(element: Element | None) -> tuple[str | None, int | None]:
    if element is None:
        return None, None
    number, level = element.find("w:numId"), element.find("w:ilvl")
    return (
        number.get("w:val") if number is not None else None,
        _integer(level, 0) if level is not None else None,
    )


def _integer(element: Element | None, default: int) -> int:
    """The value of a counting property; ``default`` where it is no sensible number."""
    value = element.get("w:val", "") if element is not None else ""
    if value.isascii() and value.isdigit() and len(value) < 8:
        return min(int(value), _MAX_START)
    return default


def _level(element: Element) -> _Level:
    kind, text = element.find("w:numFmt"), element.find("w:lvlText")
    legal = element.find("w:isLgl")
    return _Level(
        start=_integer(element.find("w:start"), 0),
        format=kind.get("w:val", "decimal") if kind is not None else "decimal",
        text=text.get("w:val", "") if text is not None else "",
        legal=legal is not None and legal.get("w:val", "1") not in ("0", "false"),
    )


def _index(element: Element) -> int:
    value = element.get("w:ilvl", "")
    return int(value) if len(value) == 1 and value.isdigit() and value.isascii() else _LEVELS


def _lists(root: Element | None) -> dict[str, _List]:
    abstracts = {
        a.get("w:abstractNumId", ""): {_index(lv): _level(lv) for lv in a.findall("w:lvl")}
        for a in _all(root, "w:abstractNum")
    }
    lists: dict[str, _List] = {}
    for num in _all(root, "w:num"):
        reference = num.find("w:abstractNumId")
        abstract = reference.get("w:val", "") if reference is not None else ""
        made = _List(abstract, dict(abstracts.get(abstract, {})))
        for override in num.findall("w:lvlOverride"):
            index, own = _index(override), override.find("w:lvl")
            if own is not None:
                made.levels[index] = _level(own)
            start = override.find("w:startOverride")
            if start is not None and index in made.levels:
                made.restarts[index] = _integer(start, 1)
                made.levels[index] = replace(made.levels[index], start=made.restarts[index])
        lists[num.get("w:numId", "")] = made
    return lists


def _format(value: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letters = _letters(value)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman.upper() if style == "upperRoman" else roman
    if style in _ARABIC and 1 <= value <= len(_ARABIC[style]):
        return _ARABIC[style][value - 1]
    if style == "decimalZero":
        return f"{value:02d}"
    return str(value)


def _letters(value: int) -> str:
    """a … z, then aa, bb … as Word counts."""
    if not 1 <= value <= 26 * 20:
        return str(value)
    repeat, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (repeat + 1)


def _roman(value: int) -> str:
    if not 1 <= value < 4000:
        return str(value)
    out = []
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        out.append(letters * count)
    return "".join(out)
