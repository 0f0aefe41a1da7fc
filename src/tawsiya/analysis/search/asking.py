"""What people type, understood: words, "exact phrases", -exclusions, a symbol, a paragraph. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tawsiya.core.text import LANGUAGES, Language, Query
from tawsiya.core.text import query as analysed
from tawsiya.core.text.chars import fold
from tawsiya.core.text.tokens import loose_symbols
from tawsiya.mechanisms import symbols

_LONGEST = 300
_MOST_TOKENS = 24
_LONGEST_SYMBOL = 12  # in words: a hrc wg 6 41 mar 1 …

# A minus that begins a word takes away what follows; a phrase may lack its closing mark while it is typed.
_TOKEN = re.compile(
    r"""(?P<minus>(?:(?<=\s)|^)[-\u2212])?
        (?:"(?P<straight>[^"]*)(?:"|$)|«(?P<angled>[^»]*)(?:»|$)|[“„](?P<curled>[^”“]*)(?:[”“]|$)
        |(?P<word>[^\s"«“„]+))""",
    re.VERBOSE,
)
_MARK = r"(?P<mark>§+|para(?:graphe?s?)?\.?|الفقرة|فقرة|الفقره|فقره)"
_NUMBER = r"(?P<number>\d+(?:\.\d+)*)(?P<path>(?:\s*\([a-z]{1,5}\))+|[a-z]?(?![^\W_]))"
_MARKED = re.compile(rf"(?<![^\W_]){_MARK}\s*{_NUMBER}(?![^\W_])")
_BARE = re.compile(rf"^{_NUMBER}$")


@dataclass(frozen=True)
class Asked:
    """What a query asks for. `only_paragraph` where the number cannot be meant as a word.

    Attributes:
        symbol: of a document that there is; what begins with it counts too.
        paragraph, path: `144.25`; `12` and `b.ii`.
        words: the free words as typed, in one line.
        phrases: to be found word for word.
        excluded: words and phrases that must not stand there; phrases have their marks.
    """

    symbol: str = ""
    paragraph: str = ""
    path: str = ""
    only_paragraph: bool = False
    words: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether anything is looked for in texts."""
        return bool(self.words or self.phrases)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Asked()


def understand(query: str, documents: Iterable[str]) -> Asked:
    """Read a query.

    Args:
        query: as typed: `cerd c mar co 19-21 § 12 (b)`, `"sign language" deaf -school`, `144.25`.
        documents: the symbols of the documents there are: only these are symbols, all else is words.
    """
    asked, words = _split(query.replace("\0", " ")[:_LONGEST])
    known = [symbol.upper() for symbol in documents]
    asked, words = _take_symbol(asked, words, known)
    rest = " ".join(words)
    marked = _MARKED.search(_as_read(rest))
    if marked:
        asked = _with_paragraph(asked, marked, only=True)
        rest = f"{rest[: marked.start()]} {rest[marked.end() :]}".strip()
    elif bare := _BARE.match(_as_read(rest)):
        certain = bool(asked.symbol or bare["path"].strip())
        asked = _with_paragraph(asked, bare, only=certain)
        rest = "" if certain else rest
    return replace(asked, words=" ".join(rest.split()))


def _as_read(words: str) -> str:
    """Return words of the same length with ASCII digits and small letters, so that places stay."""
    return "".join(folded if len(folded := fold(char)) == 1 else char for char in words)


def _split(query: str) -> tuple[Asked, list[str]]:
    words, phrases, excluded = [], [], []
    for found in list(_TOKEN.finditer(query))[:_MOST_TOKENS]:
        phrase = next((p for p in found.group("straight", "angled", "curled") if p is not None), None)
        content = " ".join((phrase if phrase is not None else found["word"]).split())
        if not any(char.isalnum() for char in content) and "§" not in content:
            continue
        if found["minus"]:
            excluded.append(content if phrase is None else f'"{content}"')
        elif phrase is not None:
            phrases.append(content)
        else:
            words.append(content)
    return Asked(phrases=tuple(phrases), excluded=tuple(excluded)), words


def _take_symbol(asked: Asked, words: list[str], known: list[str]) -> tuple[Asked, list[str]]:
    """Take the longest run of words that is the symbol of a document there is."""
    for length in range(min(len(words), _LONGEST_SYMBOL), 0, -1):
        for start in range(len(words) - length + 1):
            symbol = _symbol(" ".join(words[start : start + length]), known)
            if symbol:
                return replace(asked, symbol=symbol), words[:start] + words[start + length :]
    return asked, words


def _symbol(typed: str, known: list[str]) -> str:
    closed_up = [symbol for _start, _end, symbol in loose_symbols(typed) if " " not in typed]
    for candidate in (typed, *closed_up):
        symbol = symbols.normalise_query(candidate)
        if symbol and any(one == symbol.upper() or one.startswith(f"{symbol.upper()}/") for one in known):
            return symbol
    return ""


def _with_paragraph(asked: Asked, found: re.Match[str], *, only: bool) -> Asked:
    path = ".".join(re.findall(r"[a-z]+", found["path"]))
    return replace(asked, paragraph=found["number"], path=path, only_paragraph=only)


@dataclass(frozen=True)
class Wanted:
    """What a text in one language must hold.

    words: for each word, its alternatives; the words of phrases among them.
    phrases: as typed, to be looked for as written.
    """

    words: Query
    phrases: tuple[str, ...]

    @property
    def lexemes(self) -> frozenset[str]:
        """Every alternative of every word."""
        return frozenset(lexeme for alternatives in self.words for lexeme in alternatives)


def wanted(asked: Asked, language: Language) -> Wanted:
    """Return what a text must hold, in the analysis of its language."""
    words = analysed(asked.words, language) if asked.words else []
    for phrase in asked.phrases:
        words += [one for one in analysed(phrase, language) if one not in words]
    return Wanted(words, asked.phrases)


def unwanted(asked: Asked, language: Language) -> list[Wanted]:
    """Return, one for each exclusion, what a text must not hold."""
    found = []
    for one in asked.excluded:
        phrase = one.startswith('"')
        content = one.strip('"')
        found.append(Wanted(analysed(content, language), (content,) if phrase else ()))
    return found


def by_language(asked: Asked) -> dict[Language, Wanted]:
    """Return `wanted` in each language of the analysis: one query finds texts of all of them."""
    return {language: wanted(asked, language) for language in LANGUAGES}
