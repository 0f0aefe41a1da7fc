"""Find the tag that a label of a file means: by code, by name in any language, by older label.

Pure: no Django, no database.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAX_CODE = 120

# "A12 Acceptance…", "2.1. Acceptance…": the number of an older thesaurus before the label.
_NUMBERED = re.compile(r"^(?:[A-Z]\d{1,3}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})*)\.?\s+(?=\D)")
_BREAKS = re.compile(r"[\W_]+", re.UNICODE)
_AND = {"&": " and "}


@dataclass(frozen=True)
class Term:
    """A tag as the vocabulary knows it."""

    taxonomy: str
    code: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()


def fold(label: str) -> str:
    """Return a label as it is compared: no case, no punctuation, "&" as "and"."""
    plain = unicodedata.normalize("NFKC", label).casefold()
    for sign, word in _AND.items():
        plain = plain.replace(sign, word)
    return _BREAKS.sub(" ", plain).strip()


def slug(label: str) -> str:
    """Return the code of a new tag, made of its label; letters of any script stay."""
    return fold(without_number(label)).replace(" ", "-")[:MAX_CODE].strip("-")


def without_number(label: str) -> str:
    """Return a label without the number that an older thesaurus put before it."""
    return _NUMBERED.sub("", label.strip())


@dataclass
class Vocabulary:
    """The tags of an instance, and the new ones that a file brings in while it is planned."""

    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    new: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _by_label: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Vocabulary":
        """Build the index; a name goes before an alias where two tags share a label."""
        made = cls()
        listed = list(terms)
        for term in listed:
            made.terms[term.taxonomy, term.code] = term
            for label in (term.code, *term.names.values()):
                made._by_label.setdefault((term.taxonomy, fold(label)), term.code)
        for term in listed:
            for label in term.aliases:
                made._by_label.setdefault((term.taxonomy, fold(label)), term.code)
        return made

    def find(self, taxonomy: str, label: str) -> str | None:
        """Return the code of the tag that a label means, None where no tag is known by it."""
        for text in (label, without_number(label)):
            code = self._by_label.get((taxonomy, fold(text)))
            if code is not None:
                return code
        return None

    def find_or_add(self, taxonomy: str, label: str, language: str) -> str:
        """Return the code of a label's tag; an unknown label becomes a new tag. "" for an empty label."""
        known = self.find(taxonomy, label)
        if known is not None:
            return known
        code = slug(label)
        if code:
            self.new[taxonomy, code] = {language: without_number(label)}
            self._by_label[taxonomy, fold(label)] = code
            self._by_label[taxonomy, fold(without_number(label))] = code
        return code
