"""Find recommendations by what people type: words of any language, a symbol, a paragraph.

Words are looked for as they are written, inside one text, without regard to case, accents, Arabic
vowel signs and the forms of alef. Ranking and stems are another room's work (analysis).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from tawsiya.mechanisms import states, symbols
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.models import RecommendationText, RecommendingState

# What stands on the left is read as what stands on the right; the marks that follow are not read.
_READ_AS = {
    "àâäáãåÀÂÄÁÃÅ": "a",
    "çÇ": "c",
    "éèêëÉÈÊË": "e",
    "îïíìÎÏÍÌ": "i",
    "ñÑ": "n",
    "ôöóòõÔÖÓÒÕ": "o",
    "ùûüúÙÛÜÚ": "u",
    "ÿŸ": "y",
    "\u2018\u2019\u02bc`": "'",
    "\u2010\u2011\u2012\u2013": "-",
    "\u00a0\u202f\t\n\r": " ",
    "\u0622\u0623\u0625\u0671": "\u0627",
    "\u0649": "\u064a",
    "\u0629": "\u0647",
    "\u0660\u06f0": "0",
    "\u0661\u06f1": "1",
    "\u0662\u06f2": "2",
    "\u0663\u06f3": "3",
    "\u0664\u06f4": "4",
    "\u0665\u06f5": "5",
    "\u0666\u06f6": "6",
    "\u0667\u06f7": "7",
    "\u0668\u06f8": "8",
    "\u0669\u06f9": "9",
}
_UNREAD = "".join(map(chr, range(0x64B, 0x653))) + "\u0640\u0670\u00ad\u200e\u200f"
_TABLE: dict[int, str | None] = {
    **{ord(char): plain for written, plain in _READ_AS.items() for char in written},
    **{ord(char): None for char in _UNREAD},
}

_TOKEN = re.compile(r'"([^"]+)"|«([^»]+)»|“([^”]+)”|(\S+)')
_MARK = r"(?P<mark>§+|para(?:graphe?s?)?\.?|\u0627\u0644\u0641\u0642\u0631\u0647|\u0641\u0642\u0631\u0647)"
_PARAGRAPH = re.compile(
    rf"^(?:{_MARK})?\s*(?P<number>\d+(?:\.\d+)*)(?P<path>\s*[a-z]?|(?:\s*\([a-z]{{1,5}}\))+)$"
)
_LONGEST = 300
_MOST_WORDS = 12


def fold(text: str) -> str:
    """Return a text as the search reads it."""
    return text.translate(_TABLE).lower()


@dataclass(frozen=True)
class Asked:
    """What a query asks for. `only_paragraph` where the paragraph cannot be meant as words."""

    symbol: str = ""
    paragraph: str = ""
    path: str = ""
    only_paragraph: bool = False
    words: tuple[str, ...] = ()


def _paragraph(text: str) -> Asked | None:
    match = _PARAGRAPH.match(fold(text).strip())
    if match is None:
        return None
    path = ".".join(re.findall(r"[a-z]+", match["path"]))
    return Asked(paragraph=match["number"], path=path, only_paragraph=bool(match["mark"] or path))


def _words(text: str) -> tuple[str, ...]:
    found = [next(filter(None, groups)) for groups in _TOKEN.findall(text)]
    return tuple(word for word in map(fold, found) if word.strip())[:_MOST_WORDS]


def _known(symbol: str, documents: Iterable[str]) -> bool:
    return any(text.upper() == symbol or text.upper().startswith(f"{symbol}/") for text in documents)


def understand(query: str, documents: Iterable[str]) -> Asked:
    """Read a query: a symbol first, where one of the documents has it, then a paragraph, else words.

    Args:
        query: as typed: `cerd c mar co 19-21`, `A/HRC/36/6 § 144.5`, `31 (b)`, `"sign language" deaf`.
        documents: the symbols of the documents there are.
    """
    query = query.strip()[:_LONGEST]
    tokens, known = query.split(), list(documents)
    for cut in range(len(tokens), 0, -1):
        symbol = symbols.normalise_query(" ".join(tokens[:cut]))
        if symbol is None or not _known(symbol.upper(), known):
            continue
        rest = " ".join(tokens[cut:])
        part = _paragraph(rest) if rest else Asked()
        if part is not None:
            return Asked(symbol, part.paragraph, part.path, only_paragraph=bool(part.paragraph))
        return Asked(symbol=symbol, words=_words(rest))
    part = _paragraph(query) or Asked()
    return Asked("", part.paragraph, part.path, part.only_paragraph, _words(query))


def _paragraph_is(asked: Asked) -> Q:
    if not asked.path:
        return Q(paragraph=asked.paragraph) | Q(paragraph__startswith=f"{asked.paragraph}.")
    exact = Q(subparagraph=asked.path) | Q(subparagraph__startswith=f"{asked.path}.")
    return Q(paragraph=asked.paragraph) & exact


def _words_in_text(words: Iterable[str]) -> Q:
    # Read here and not in the database: its own way to fold (TRANSLATE) is a hundred times slower.
    texts = RecommendationText.objects.order_by().values_list("recommendation_id", "text")
    wanted = tuple(words)
    found = set()
    for pk, text in texts.iterator(chunk_size=5000):
        folded = fold(text)
        if all(word in folded for word in wanted):
            found.add(pk)
    return Q(pk__in=found)


def condition(query: str) -> Q:
    """Return the filter of the rows (paragraphs and parts) that a query finds. Reads every text."""
    asked = understand(query, Document.objects.order_by().values_list("symbol", flat=True))
    found = Q()
    if asked.symbol:
        found &= Q(document__symbol__iexact=asked.symbol) | Q(
            document__symbol__istartswith=f"{asked.symbol}/"
        )
    if asked.paragraph and asked.only_paragraph:
        return found & _paragraph_is(asked)
    if asked.words:
        hits = _words_in_text(asked.words)
        if asked.paragraph:
            hits |= _paragraph_is(asked)
        elif not asked.symbol:
            hits |= _named_otherwise(query.strip())
        found &= hits
    return found


def _named_otherwise(query: str) -> Q:
    """Return the rows whose document's symbol holds the query, or that a State of that name made."""
    rows = Q(document__symbol__icontains=query)
    state = states.recognise(query[:_LONGEST])
    if state:
        made = RecommendingState.objects.filter(state=state)
        rows |= Q(pk__in=made.order_by().values("recommendation_id"))
    return rows
