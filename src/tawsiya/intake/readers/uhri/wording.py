"""The text of an annotation as it was printed, and what UHRI glued before and after it.

A text carries HTML, doubled blanks and its paragraph number: ``"4.The Committee…"``,
``"132.90 Repeal…(New Zealand);"``, ``"Right to education49. The Committee…"``. Editions in other
languages write ``110-40 -``, ``٤٩-``.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.names import read_names

MAX_TEXT = 200_000
"""Characters; the longest paragraph of a UN document has about 10,000."""
MAX_HEADING = 300

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,400}|!--[^<>]{0,400}--)>")
_BREAKING = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?ul|/?ol|/?h[1-6])\b[^<>]{0,400}>", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)
_LONE_APOSTROPHE = re.compile(
    r"(?<=\w) ([’']) ?(?=s\b)|(?<=\b[dlnsjmtcDLNSJMTC]) ([’']) ?(?=\w)|(?<=\bqu) ([’']) ?(?=\w)"
)

_NUMBER = re.compile(
    r"""[\s"“«]*(?:[•*–-]\s{0,3})?
    (?:(?P<main>\d{1,3})\s{0,2}[.‑–-]\s{0,2}(?P<sub>\d{1,4})(?P<third>\.\d{1,4})?(?P<bis>\s?(?:bis|ter|quater)\b)?
        (?![\d%])(?:\s{0,2}[.:)‑–-]{1,2}(?!\d))?
      |(?P<plain>\d{1,3})\s{0,2}(?:\.|\)|[‑–-](?=\s)|[‑–-](?=[^\W\d_]))(?!\d))
    \s*(?:\((?P<part>[a-z])\)\s*(?=[A-Z«“]))?""",
    re.VERBOSE,
)
_CITED = re.compile(
    r"\s*Recommendation\s+No\.?\s*(?P<sub>\d{1,4}),?\s+para(?:graph|s)?\.?\s*(?P<main>\d{1,4})\s*[:.]\s*",
    re.IGNORECASE,
)
# A heading, then the number: closed by a dot (a dash in Arabic), and what follows begins a sentence.
_HEADED = re.compile(
    r"(?P<heading>[\"“«]?[^\W\d].{1,299}?)(?P<number>\d{1,3})\s{0,2}(?:\.|[‑–-](?=[\s\u0620-\u064a]))\s{0,12}"
    r"(?=[A-ZÀ-ÖØ-ÞА-Я«“\"(\[]|[\u0620-\u064a]|[\u4e00-\u9fff])",
    re.DOTALL,
)
# What a number belongs to when it ends a sentence: "Law No. 57. It should …".
_OF_A_SENTENCE = re.compile(
    r"""(?:\b(?:nos?|arts?|articles?|paras?|paragraphs?|par|pars|secs?|sections?|chap|chapters?|goals?|targets?|law|act
        |bill|decree|resolution|ilo\sconvention|rule|rules|principles?|page|pp?|vol|comments?|since|in|of|to|and|or
        |the|from|between|n[°ºo]|articulos?|artículos?|ley|loi|décret|en|de|et|y|ст|пункте?|закона?|№|until|by|age|aged
        |under|over|about|than|least|januar\w+|februar\w+|march|april|may|june|july|august|september|october|november
        |december|المادة|المواد|الفقرة|رقم|القانون|第)\b\.?|[-–/,;:№°§])\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"""^(?:the\s(?:state\sparty|committee|subcommittee|special\srapporteur|working\sgroup|government)|l[’']?\s?état\spartie
        |le\scomité|el\s(?:estado\sparte|comité)|комитет|государств\w+|委员会|缔约国|(?:و)?(?:ينبغي|توصي|تحث|يجب)
        |in\s(?:line|accordance|the\slight|view)\b|while\b|recalling\b|consider\b|ensure\b|take\b|adopt\b|continue\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:should|recommends?|urges?|welcomes?|regrets?|notes|(?:is|are) concerned|encourages?|reiterates?"
    r"|devrait|recommande|deber[íi]a|recomienda|рекомендует|следует)\b|建议|توصي|ينبغي",
    re.IGNORECASE,
)
_JOINED_HEADINGS = re.compile(r"(?<=[a-z)])(?=[A-Z][a-z])(?<!Mc)")
# A heading glued to a paragraph that has no number: "Right to educationThe Committee recommends…".
_GLUED = re.compile(
    r"""(?P<heading>(?:[A-Z]{1,4}\.\s?)?[^\W\d][^.;:]{2,250}?[a-zé)])
    (?=(?:The\s(?:Committee|State\sparty)|While|Recalling|In\s(?:the\s)?light\sof|Le\sComité|L[’']État\spartie
        |El\sComité|El\sEstado\sparte)\s[a-zé])""",
    re.VERBOSE,
)
_OUTLINE = re.compile(r"^(?:[A-Z]|[IVX]{1,5})\.\s*(?=[A-ZÀ-Ý])")
_CLOSING = " \t;,.:،؛"


class Numbered(NamedTuple):
    """A text parted from its number ("15", "132.90"), lettered part and heading; None where absent."""

    paragraph: str | None
    subparagraph: str | None
    heading: str | None
    text: str


def clean(raw: str) -> str:
    """A text without HTML, entities, invisible characters and doubled blanks; typography stays."""
    text = raw[:MAX_TEXT]
    if "<" in text:
        text = _TAG.sub("", _BREAKING.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
        if "&nbsp;" in text or "&amp;" in text:  # escaped twice
            text = html.unescape(text)
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = " ".join(text.split())
    if " ’" in text or " '" in text:
        text = _LONE_APOSTROPHE.sub(lambda m: m[1] or m[2] or m[3], text)
    return text


def split_number(text: str) -> Numbered:
    """Part a clean text from the paragraph number glued on it, and from a heading before that."""
    plain = text if text.isascii() else western_digits(text)
    found = _NUMBER.match(plain)
    if found is not None:
        return Numbered(_label(found), found["part"], None, text[found.end() :].strip())
    if plain[:6].casefold() == "recomm" and (cited := _CITED.match(plain)) is not None:
        return Numbered(f"{int(cited['main'])}.{int(cited['sub'])}", None, None, text[cited.end() :].strip())
    return _headed(text, plain) or Numbered(None, None, None, text)


def _label(found: re.Match[str]) -> str:
    if found["plain"]:
        return str(int(found["plain"]))
    inserted = f" {found['bis'].strip()}" if found["bis"] else ""
    return f"{int(found['main'])}.{int(found['sub'])}{found['third'] or ''}{inserted}"


def _headed(text: str, plain: str) -> Numbered | None:
    if _SENTENCE.match(plain):
        return None
    if (glued := _GLUED.match(plain)) is not None and not _VERB.search(glued["heading"]):
        return Numbered(None, None, _heading(glued["heading"]), text[glued.end() :].strip())
    for found in _HEADED.finditer(plain[: MAX_HEADING + 40]):
        heading = text[: found.end("heading")].strip()
        if found.start() or _VERB.search(heading):
            return None
        before = plain[: found.start("number")]
        # A number glued to a word was glued there by UHRI; one after a blank may be the sentence's own.
        if not (before[-1].isalpha() or before[-1] == ")") and _OF_A_SENTENCE.search(before):
            return None
        return Numbered(str(int(found["number"])), None, _heading(heading), text[found.end() :].strip())
    return None


def _heading(heading: str) -> str:
    return _OUTLINE.sub("", _JOINED_HEADINGS.sub(" ", heading)).strip(" .;,:")[:MAX_HEADING]


def split_states(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a UPR recommendation from the States in brackets at its end: ISO3 codes in their order."""
    states: tuple[str, ...] = ()
    rest = text
    while (bare := rest.rstrip(_CLOSING)).endswith((")", "）")):
        start = max(bare.rfind("("), bare.rfind("（"))
        names = read_names([bare[start + 1 : -1]]) if start > 0 else None
        if names is None or not names.states or names.unrecognised:
            break
        states, rest = (*names.states, *states), bare[:start].rstrip()
    return rest.rstrip(_CLOSING) if states else text.rstrip(" ;؛"), tuple(dict.fromkeys(states))
