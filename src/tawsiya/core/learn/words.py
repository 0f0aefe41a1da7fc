"""Words of a text and their stems: what the features of a text are made of.

Each word is worked out once and remembered: its stem and beginnings depend on the word alone, and a
collection of recommendations uses some ten thousand words over and over.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tawsiya.core import text as analysis
from tawsiya.core.text.snowball import stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_MEMO_LIMIT = 400_000
_LONGEST = 40

# Words too common to tell one text from another; stems leave them out, sequences of words keep them.
_ARABIC_STOP = frozenset(
    [
        "أن",
        "أو",
        "إلى",
        "إن",
        "التي",
        "الذي",
        "الذين",
        "ثم",
        "ذلك",
        "على",
        "عن",
        "في",
        "كل",
        "كما",
        "لا",
        "لدى",
        "ما",
        "مع",
        "من",
        "هذا",
        "هذه",
        "و",
    ]
)
_STOP = {
    "en": frozenset(
        [
            "a",
            "all",
            "an",
            "and",
            "any",
            "are",
            "as",
            "at",
            "be",
            "been",
            "by",
            "for",
            "from",
            "has",
            "have",
            "in",
            "into",
            "is",
            "it",
            "its",
            "of",
            "on",
            "or",
            "that",
            "the",
            "their",
            "these",
            "they",
            "this",
            "those",
            "to",
            "was",
            "were",
            "which",
            "will",
            "with",
        ]
    ),
    "fr": frozenset(
        [
            "a",
            "au",
            "aux",
            "avec",
            "ce",
            "ces",
            "cette",
            "dans",
            "de",
            "des",
            "du",
            "d",
            "en",
            "est",
            "et",
            "l",
            "la",
            "le",
            "les",
            "leur",
            "leurs",
            "ou",
            "par",
            "pour",
            "qu",
            "que",
            "qui",
            "sa",
            "se",
            "ses",
            "son",
            "sont",
            "sur",
            "un",
            "une",
        ]
    ),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, its stem ("" for a common word), and its beginnings."""

    form: str
    stem: str
    beginnings: tuple[str, ...]


def language_of(words: list[str]) -> str:
    """Return `fr` where French common words outnumber English ones, else `en`."""
    french = sum(word in _STOP["fr"] for word in words)
    return "fr" if french > sum(word in _STOP["en"] for word in words) else "en"


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of a text stands."""
    for match in _WORD.finditer(text):
        yield match.span()


def forms(text: str) -> list[str]:
    """Return the words of a text in lower case, in order; compatibility forms and diacritics are unified."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(text.lower())


class Lexicon:
    """The words met so far, worked out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Word] = {}

    def words(self, forms: list[str]) -> list[Word]:
        """Return words with stems and beginnings."""
        language, known = language_of(forms), self._known
        found = []
        for form in forms:
            word = known.get((form, language))
            if word is None:
                if len(known) > _MEMO_LIMIT:
                    known.clear()
                word = known[form, language] = _worked_out(form, language)
            found.append(word)
        return found


def _worked_out(form: str, language: str) -> Word:
    form = form[:_LONGEST]
    if form in _ARABIC_STOP:
        return Word(form, "", ())
    if _ARABIC.search(form):
        # One word can give several lexemes; the first is its own stem. A particle alone gives none.
        lexemes = analysis.lexemes(form, "ar")
        root = lexemes[0] if lexemes else ""
        return Word(form, root, tuple(f"<{root[:size]}" for size in (3, 4) if len(root) > size))
    if form in _STOP[language]:
        return Word(form, "", ())
    root = stem(form.replace("’", "'"), "french" if language == "fr" else "english")
    return Word(form, root, tuple(f"<{form[:size]}" for size in (3, 4, 5, 6, 7) if len(form) > size))
