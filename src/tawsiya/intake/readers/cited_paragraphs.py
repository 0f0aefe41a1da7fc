"""Paragraphs that a sentence names: "paragraphs 13 (a), 21 and 29 (c) above", "paragraphes 15 b) et 32"."""

from __future__ import annotations

import re

from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.item_labels import Path, item_label

_CITED = re.compile(
    r"\b(?:paragraph(?:e?s)?|paragraphe|paras?\b\.?|pars?\b\.|[بو]?(?:ال|لل)?فقر(?:ة|ات|تين))\s*",
    re.IGNORECASE,
)
_SYMBOL_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*\b[A-Z]{1,5}/[A-Z0-9][^()\[\]]*[)\]]")
_OTHER_TEXT = re.compile(
    r"(?:\b(?:rule|article|règle|art\.|resolution|résolution)|المادة|القرار)\s*[\d/]+(?:\s*\(\d+\))?\s*,?\s*"
    r"(?:paragraphe?s?|paras?\.|par\.|(?:ال|لل)?فقرة)\s*\d+(?:\s*\([a-z]\))?"
    r"|\b(?:paragraphe?s?|paras?\.|par\.|(?:ال|لل)?فقرة)\s*\d+(?:\s*\([a-z]\))?\s*(?:of|de|du|من)\s+(?:the |"
    r"l['’]|la |le )?"
    r"(?:rules?|article|annex|guidelines|general assembly|resolution|its rules|committee['’]s|règlement|"
    r"résolution|"
    r"annexe|directives|المادة|القرار|النظام|مرفق)",
    re.IGNORECASE,
)
_LETTER = r"(?:[a-z]{1,2}|[ivx]{1,5}|[\u0621-\u064a]{1,2}\u0640?)"
_BRACKETED = re.compile(rf"\(\s?({_LETTER})\s?\)|(?<=[\d\s,;⟩–-])({_LETTER})\)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NUMBER = re.compile(r"(?<![\w/.⟨])(\d{1,3})(?![\w/%])")
_BEFORE = re.compile(
    r"(?:^|[,;:،؛–-]|\b(?:and|et|to|à|al?|ou|or|y|see|voir|en particulier|in|aux?)|و|إلى|انظر)\s*$"
)
_AFTER = re.compile(
    r"\s*(?:per cent|months?|years?|mois|ans?\b|[A-Z][a-z]+ (?:19|20)\d\d|[a-zéû]+ (?:19|20)\d\d|سنة|سنوات|"
    r"شهرا)"
)
_RANGE = re.compile(r"^\s*(?:[-–‑]|to|à|إلى)\s*$")
_LETTERS = re.compile(r"\s*(?:(?:,|and|et|و|[-–‑]|to|à|إلى)\s*)*⟨([^⟩]+)⟩")
_JOINED = re.compile(r"\s*⟨")
_MOST = 60
_LONGEST = 4_000
"""Characters of a sentence that are looked at."""


def cited(sentence: str) -> tuple[str, ...]:
    """The paragraphs of the same document that ``sentence`` names, in order: "15", "23 (a)"."""
    text = _plain(sentence[:_LONGEST])
    found: list[str] = []
    triggers = list(_CITED.finditer(text))
    for place, trigger in enumerate(triggers):
        end = triggers[place + 1].start() if place + 1 < len(triggers) else len(text)
        found += _listed(text[trigger.end() : end])
    return tuple(dict.fromkeys(found))[:_MOST]


def _plain(sentence: str) -> str:
    """The sentence without references to other texts and without words in brackets."""
    text = western_digits(sentence)
    text = re.sub(r"(?<!\w)و(?=\d)", "و ", text)
    text = _OTHER_TEXT.sub(" ", _SYMBOL_IN_BRACKETS.sub(" ", text))
    text = _BRACKETED.sub(lambda match: f"⟨{match[1] or match[2]}⟩", text)
    return _BRACKETS.sub(lambda match: match[1] if _CITED.search(match[1]) else " ", text)


def _listed(text: str) -> list[str]:
    found: list[str] = []
    last, end = 0, 0
    for match in _NUMBER.finditer(text):
        if not _BEFORE.search(text[: match.start()]) or _AFTER.match(text, match.end()):
            continue
        number = int(match[1])
        if _RANGE.match(text[end : match.start()]) and last < number <= last + _MOST and last:
            found += [str(n) for n in range(last + 1, number)]
        paths = _paths(text, match.end())
        found += [f"{number} {path}" for path in paths] or [str(number)]
        last, end = number, match.end()
    return found


def _paths(text: str, place: int) -> list[str]:
    """The parts after a number: "(a)", "(a) (i)", "(a)-(c)", in Latin letters."""
    found: list[str] = []
    path = Path()
    while (match := _LETTERS.match(text, place)) is not None:
        between = text[place : match.start(1) - 1]
        label, _rest = item_label(f"({match[1]})")
        if label is None:
            break
        before = path.levels[-1] if path.levels else None
        if before is not None and not between.strip():  # "(a) (i)"
            nested = next((r for r in label.readings if r[0] != before[0]), label.readings[0])
            path.levels.append(nested)
            found.pop()
        else:
            style, last = (path.levels[0][0], path.levels[-1][1]) if path.levels else ("letter", 0)
            reading = next((r for r in label.readings if r[0] == style), label.readings[0])
            if _RANGE.match(between) and before is not None:
                for between_place in range(last + 1, reading[1]):
                    path.levels = [(style, between_place)]
                    found.append(_shown(path))
            path.levels = [reading]
        found.append(_shown(path))
        place = match.end()
    return found


def _shown(path: Path) -> str:
    return " ".join(f"({step})" for step in path.text.split("."))
