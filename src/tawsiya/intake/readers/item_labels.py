"""Labels of the items inside a numbered paragraph, and the path each makes: "a", "a.i".

Arabic items are counted in abjad order (أ ب ج د) and their paths written in Latin letters, so
that the parts of all language versions of a document have one name. A second level is numbered in
Roman figures, in Arabic with figures in quotation marks: both are "i", "ii" in a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tawsiya.intake.readers.folding import western_digits

_LABEL = re.compile(
    r"""(?:
    \(?\s?(?P<latin>[a-z]{1,2}|[ivxl]{1,6})\s?\)
    | \(?\s?(?P<arabic>[\u0621-\u064a]{1,2}(?:\u0640)?)\s?\)
    | (?P<dotted>[a-z])\.(?=\s+[A-ZÀ-Ý])
    | \(?\s?['‘’"“”«»]\s?(?P<quoted>\d{1,2})\s?['‘’"“”«»]\s?\)?
    )\s*""",
    re.VERBOSE,
)
ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_PLAIN = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ـ": None, "ة": "ه", "ى": "ي"})
_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)
_SKIP = 3
LETTER, ROMAN, ALPHA = "letter", "roman", "alpha"


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """A label that was read: every counting it can belong to, with its place there from 1."""

    readings: tuple[tuple[str, int], ...]


def item_label(text: str) -> tuple[ItemLabel | None, str]:
    """The label that begins ``text`` and what follows it; None and the text if there is none."""
    match = _LABEL.match(western_digits(text[:16]))
    if match is None:
        return None, text
    rest = text[match.end() :]
    if match["quoted"]:
        place = int(match["quoted"])
        return (ItemLabel(((ROMAN, place),)), rest) if 1 <= place <= len(_ROMAN) else (None, text)
    if match["arabic"]:
        readings = _arabic(match["arabic"].translate(_PLAIN))
    else:
        readings = _latin(match["latin"] or match["dotted"])
    return (ItemLabel(readings), rest) if readings else (None, text)


def _latin(word: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    if len(set(word)) == 1:
        found.append((LETTER, 26 * (len(word) - 1) + ord(word[0]) - ord("a") + 1))
    if word in _ROMAN:
        found.append((ROMAN, _ROMAN.index(word) + 1))
    return tuple(found)


def _arabic(word: str) -> tuple[tuple[str, int], ...]:
    if not word or (len(word) > 1 and len(set(word)) > 1):
        return ()
    rounds = 26 * (len(word) - 1)
    return tuple(
        (style, rounds + order.index(word[0]) + 1)
        for style, order in ((LETTER, ABJAD), (ALPHA, _ALPHA))
        if word[0] in order
    )


@dataclass(slots=True)
class Path:
    """Where in the items of one paragraph we are; ``levels`` holds counting and place, outer first."""

    levels: list[tuple[str, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As records carry it: "a", "a.i"; empty before the first item."""
        return ".".join(_written(style, place) for style, place in self.levels)

    def take(self, label: ItemLabel, *, opens: bool) -> bool:
        """Move to the item so labelled; False where no item can have this label now.

        ``opens`` says that the text before ends as one that introduces a list does.
        """
        found = self._best(label, opens=opens)
        if found is None:
            return False
        depth, reading = found
        self.levels[depth:] = [reading]
        return True

    def next(self, *, opens: bool) -> None:
        """Move to the following item where its label cannot be read."""
        if not self.levels:
            self.levels = [(LETTER, 1)]
        elif opens:
            self.levels.append((ROMAN if self.levels[-1][0] != ROMAN else LETTER, 1))
        else:
            style, place = self.levels[-1]
            self.levels[-1] = (style, place + 1)

    def _best(self, label: ItemLabel, *, opens: bool) -> tuple[int, tuple[str, int]] | None:
        depth = len(self.levels)
        if opens and depth:
            for style, place in label.readings:
                if place == 1 and style not in [known for known, _ in self.levels]:
                    return depth, (style, place)
        for jump in range(1, _SKIP + 1):
            for level in range(depth - 1, -1, -1):
                known, last = self.levels[level]
                for style, place in label.readings:
                    if style == known and place == last + jump:
                        return level, (style, place)
            if jump == 1 and (fresh := self._fresh(label)) is not None:
                return fresh
        return None

    def _fresh(self, label: ItemLabel) -> tuple[int, tuple[str, int]] | None:
        """The first item of a list: inside the one open, or a new list after it."""
        used = [style for style, _ in self.levels]
        for style, place in label.readings:
            if place == 1 and style not in used:
                return len(self.levels), (style, place)
        for style, place in label.readings:
            if place == 1 and used and style == used[0]:
                return 0, (style, place)
        if not self.levels:
            near = [reading for reading in label.readings if reading[1] <= _SKIP]
            return (0, near[0]) if near else None
        if self.levels == [(LETTER, 2)]:  # أ ب ت: a list in alphabetical order
            for style, place in label.readings:
                if style == ALPHA and place == 3:
                    return 0, (ALPHA, 3)
        return None


def _written(style: str, place: int) -> str:
    if style == ROMAN and place <= len(_ROMAN):
        return _ROMAN[place - 1]
    rounds, index = divmod(place - 1, 26)
    return chr(ord("a") + index) * (rounds + 1)
