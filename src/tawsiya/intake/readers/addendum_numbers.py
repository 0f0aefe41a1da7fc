"""Lists and ranges of recommendations as States write them: "140.7, 140.9-12, 15 and 140.20"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.folding import fold, western_digits

_FULL = re.compile(
    r"(?<![\d.,/$€£])(?P<lead>\d{1,3})\s?[.‑]\s?(?P<item>\d{1,3})(?:\.(?P<sub>\d{1,2}))?(?P<letter>[a-z](?![a-z]))?"
    r"(?![\d%/]|[.,]\d{3}|\s?(?:per\s?cent|percent|pour\s?cent|%|million|billion|milli|kilomet|km\b))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:[-–—‑]|to|through|until|à|au|a|al|hasta|jusqu[’']à|إلى|الى|حتى|لغاية)\s*(?:(?P<lead>\d{1,3})\s?\.\s?)?(?P<item>\d{1,3})(?![\d%])(?!\.\d)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\s*(?:[,;،؛&+]|\band\b|\bet\b|\by\b|\bor\b|و)\s*)+(?P<item>\d{1,3})(?![\d.%]|\s?[-–]\s?\d{4})(?!\.\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,;.:،؛&+()\[\]/–—-]*(?:(?:and|et|y|or|as\s+well\s+as|ainsi\s+que|و|nos?\.?|recommendations?|recommandations?)[\s,;.:()]*)*",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?:recommendations?|recommandations?|recomendaciones|recomendación|التوصيات|التوصية|توصيات)"
    r"\s*(?:n(?:os?|°|º|umbers?|uméros?|úms?)\.?\s*)?:?\s*(?=\(?\d)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\(?(?P<item>\d{1,3})\)?(?![\d%/])(?!\.\d)")
_PLAIN_MORE = re.compile(r"\s*(?:[,;،؛&+]|and|et|y|و)+\s*(?=\(?\d)", re.IGNORECASE)
_MOST_OF_RANGE = 400
_DASHED = re.compile(r"(?<![\d.,/-])(\d{1,3})[-‑–](\d{1,3})(?![\d%/]|[.,]\d|-\d)")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LABEL_WORDS = re.compile(
    r"^(?:recommendations?|recommandations?|recomendaci\w+|para(?:graph)?s?\.?|nos?\.?|التوصي\w+|\W)+",
    re.IGNORECASE,
)
_NUMBER_OF_PARAGRAPH = re.compile(
    r"(?:paragraphs?|paras?\.?|paragraphes?|párrafos?|الفقر\w*)\s+(\d{1,3})\b(?!\s*\()", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Recommendations named in one stretch of text, from ``start`` to ``end`` of it."""

    paragraphs: tuple[str, ...]
    start: int
    end: int


class Leads(frozenset[int]):
    """Paragraphs of the report that introduce lists; ``dashed``: written "144-1", as in Arabic."""

    dashed = False


def leads(texts: Iterable[str]) -> Leads:
    """Numbers of the report's paragraphs that introduce the lists: those most references begin with."""
    plain = [western_digits(text) for text in texts]
    if sum(_ARABIC.search(text) is not None for text in plain) * 2 > len(plain):
        dashed = _dashed_leads(plain)
        if dashed:
            return dashed
    counts: Counter[int] = Counter()
    for text in plain:
        for match in _FULL.finditer(text):
            counts[int(match["lead"])] += 1
    if not counts:
        return Leads()
    least = max(1, counts.most_common(1)[0][1] // 40)
    return Leads(number for number, count in counts.items() if count > least or len(counts) == 1)


def _dashed_leads(texts: Sequence[str]) -> Leads:
    """Numbers that stand beside most others: 144 in "144-1", or turned round in "1-144"."""
    partners: dict[int, set[int]] = {}
    for text in texts:
        for match in _DASHED.finditer(text):
            one, other = int(match[1]), int(match[2])
            partners.setdefault(one, set()).add(other)
            partners.setdefault(other, set()).add(one)
    most = max(map(len, partners.values()), default=0)
    if not most:
        return Leads()
    if most == 1:
        found = Leads(max(number, *others) for number, others in partners.items())
    else:
        found = Leads(
            number for number, others in partners.items() if len(others) * 5 >= most > 1 < len(others)
        )
        found = Leads(n for n in found if not any(other in found and other > n for other in partners[n]))
    found.dashed = True
    return found


def _dotted(text: str, known: frozenset[int]) -> str:
    """Western figures, and "144-1" and "1-144" as "144.1" where 144 is ``known``; of the same length."""
    plain = western_digits(text)
    if not getattr(known, "dashed", False):
        return plain

    def dotted(match: re.Match[str]) -> str:
        if int(match[1]) in known:
            return f"{match[1]}.{match[2]}"
        return f"{match[2]}.{match[1]}" if int(match[2]) in known else match[0]

    return _DASHED.sub(dotted, plain)


def references(text: str, known: frozenset[int], *, alone: bool = False) -> list[Reference]:
    """Groups of recommendations in ``text``, those with only separators between them as one.

    ``known`` are the lists' paragraphs (see :func:`leads`). ``alone``: the text is nothing but a
    list, so that "140.82-85, 87" goes on with plain numbers.
    """
    plain = _dotted(text, known)
    found: list[Reference] = []
    position = 0
    while (match := _FULL.search(plain, position)) is not None:
        position = match.end()
        if int(match["lead"]) not in known:
            continue
        names, end = _from(plain, match, alone=alone)
        last = found[-1] if found else None
        if last is not None and _BETWEEN.fullmatch(plain, last.end, match.start()):
            found[-1] = Reference((*last.paragraphs, *names), last.start, end)
        else:
            found.append(Reference(tuple(names), match.start(), end))
        position = end
    return found


def _from(text: str, match: re.Match[str], *, alone: bool) -> tuple[list[str], int]:
    """The recommendations that begin at ``match``: itself, its range, the plain numbers after it."""
    lead, item = int(match["lead"]), int(match["item"])
    tail = f".{match['sub']}" if match["sub"] else (match["letter"] or "").lower()
    names = [f"{lead}.{item}{tail}"]
    end = match.end()
    if not tail:
        names, end = _ranged(text, lead, item, end)
    while alone and (more := _MORE.match(text, end)) is not None:
        rest, end = _ranged(text, lead, int(more["item"]), more.end())
        names += rest
    return names, end


def _ranged(text: str, lead: int, item: int, end: int) -> tuple[list[str], int]:
    match = _RANGE.match(text, end)
    if match is not None and (match["lead"] is None or int(match["lead"]) == lead):
        last = int(match["item"])
        if item < last <= item + _MOST_OF_RANGE:
            return [f"{lead}.{n}" for n in range(item, last + 1)], match.end()
    return [f"{lead}.{item}"], end


def only_references(text: str, known: frozenset[int]) -> tuple[str, ...]:
    """The recommendations of a text that holds nothing else ("Recommendations 140.82-85, 87")."""
    if len(text) > 400:
        return ()
    found = references(text, known, alone=True)
    if len(found) != 1:
        return ()
    before = _LABEL_WORDS.sub("", text[: found[0].start])
    after = text[found[0].end :].strip(" .,:;)-–]")
    return found[0].paragraphs if not before and not after else ()


def beginning(text: str, known: frozenset[int]) -> tuple[tuple[str, ...], str]:
    """The recommendations that a text begins with ("140.1-6 Ratification is …"), and the rest."""
    if not any(c.isdigit() for c in text[:40]):
        return (), text
    found = references(text, known)
    if not found or _LABEL_WORDS.sub("", text[: found[0].start]):
        return (), text
    return found[0].paragraphs, text[found[0].end :].lstrip(" .:;)-–—]")


def plain_references(text: str) -> list[Reference]:
    """First-cycle style: "recommendations 1, 3 and 5-8" with no paragraph before the number."""
    text = western_digits(text)
    found = []
    for word in _WORD.finditer(text):
        names: list[str] = []
        position = word.end()
        while (match := _PLAIN.match(text, position)) is not None:
            names += list(_span(text, match))
            ranged = _RANGE.match(text, match.end())
            position = ranged.end() if ranged and ranged["lead"] is None else match.end()
            more = _PLAIN_MORE.match(text, position)
            if more is None:
                break
            position = more.end()
        if names:
            found.append(Reference(tuple(names), word.start(), position))
    return found


def _span(text: str, match: re.Match[str]) -> Iterator[str]:
    first = int(match["item"])
    ranged = _RANGE.match(text, match.end())
    last = int(ranged["item"]) if ranged and ranged["lead"] is None else first
    if not first <= last <= first + _MOST_OF_RANGE:
        last = first
    yield from (str(number) for number in range(first, last + 1))


def list_paragraphs(text: str) -> list[int]:
    """Paragraphs of the report that a sentence about recommendations names ("paragraph 98")."""
    folded = fold(text)
    if "recom" not in folded and "توصي" not in folded:
        return []
    return [int(match[1]) for match in _NUMBER_OF_PARAGRAPH.finditer(western_digits(text))]
