"""Numbers of paragraphs and recommendations in a report, and which of the two a number is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tawsiya.intake.readers.folding import western_digits

_LABEL = re.compile(
    r"""[-–]?\(?\s?
    (?P<figures>\d{1,3}(?:\s{0,2}[.\-‑–]\s{0,2}\d{1,3}){0,3})
    (?P<letter>[a-z](?=[.)\s]))?
    (?:\s?(?P<extra>bis|ter|quater|مكررا?)\b)?
    (?P<close>\s?[.)\-–:]{0,3})\s*""",
    re.VERBOSE,
)
_LETTER = re.compile(
    r"\((?P<a>[a-z]{1,2}|[ivx]{1,5}|[\u0621-\u064a]{1,2})\)\s*|(?P<b>[a-z])\)\s+", re.IGNORECASE
)
_BULLET = re.compile(r"[•▪◦●*·–—-]\s+")
_PART = re.compile(r"\d+")
_NO_NUMBER = re.compile(r"\s*(?:%|°|per cent|percent|pour cent)", re.IGNORECASE)
_EXTRA = {"مكرر": "bis", "مكررا": "bis"}


@dataclass(frozen=True, slots=True)
class Label:
    """The number that begins a paragraph.

    ``figures`` are its parts ((140, 7) for "140.7"), ``suffix`` "bis" or a letter glued on,
    ``spaced`` says that blanks stand between its parts ("12. 5"), ``closed`` that a dot, bracket
    or dash follows.
    """

    figures: tuple[int, ...]
    suffix: str = ""
    spaced: bool = False
    closed: bool = False

    @property
    def text(self) -> str:
        """As records carry it: "140.7", "140.7 bis"."""
        figures = ".".join(map(str, self.figures))
        return figures + (f" {self.suffix}" if len(self.suffix) > 1 else self.suffix)


def label_of(text: str) -> tuple[Label | None, str]:
    """The number that begins ``text`` and what follows it; None and the text if there is none.

    A single figure needs a dot, bracket or dash after it; one with parts does not.
    """
    if not (text[:1].isdigit() or text[:1] in "-–("):
        return None, text
    plain = western_digits(text[:40])
    match = _LABEL.match(plain)
    if match is None or _NO_NUMBER.match(plain, match.end()):
        return None, text
    end = match.end()
    written, letter, extra, close = match.groups()
    figures = tuple(map(int, _PART.findall(written)))
    closed = plain[0] in "-–" or not (not close or close.isspace())
    following = plain[end : end + 1]
    if len(figures) == 1 and (not closed or (following.isdigit() and plain[end - 1] != " ")):
        return None, text
    if following in ",/" and following:
        return None, text
    suffix = _EXTRA.get(extra, extra) if extra else letter or ""
    return Label(figures, suffix, len(written.split()) > 1, closed), text[end:]


def letter_of(text: str) -> tuple[str | None, str]:
    """The letter of "(a) text" or "a) text", and the text; None and the text if there is none."""
    match = _LETTER.match(text)
    if match is None:
        return None, text
    return (match["a"] or match["b"]).lower(), text[match.end() :]


def without_bullet(text: str) -> tuple[bool, str]:
    """Whether a bullet begins ``text``, and the text after it."""
    match = _BULLET.match(text)
    return (True, text[match.end() :]) if match else (False, text)


def split_spaced(label: Label, text: str) -> tuple[Label, str]:
    """ "12. 15 countries" read as the paragraph 12 that begins with a figure."""
    figures = " ".join(map(str, label.figures[1:]))
    return Label(label.figures[:1], "", closed=True), f"{figures}{label.suffix} {text}".strip()
