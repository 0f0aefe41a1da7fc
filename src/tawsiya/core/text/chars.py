"""Characters brought to one form: compatibility forms, marks, capitals, digits."""

import re
import unicodedata

# Marks that join a word without being letters for `re`: combining marks of the scripts met in our texts,
# joiners, direction marks, soft hyphens. The tatweel (U+0640) is a letter for `re` already.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff"
)
ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_OTHERS = re.compile(f"[^{ARABIC.pattern[1:-1]}]+")
_MARK = re.compile(f"[{MARKS}\u0640]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# Letters of neighbouring languages that Arabic keyboards and old fonts put for the Arabic ones.
_LOOKALIKES = str.maketrans(
    {
        "ک": "ك",
        "ڪ": "ك",
        "ی": "ي",
        "ے": "ي",
        "ې": "ي",
        "ۀ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ۃ": "ة",
        "ٱ": "ا",
    }
)
_ASCII = re.compile(r"[\x00-\x7f]*\Z")


def fold(surface: str) -> str:
    """Return a word without marks, tatweel, capitals, compatibility forms; digits in ASCII.

    The letters of Arabic keep their hamzas and dots (`arabic.key` folds those); Latin, Greek and Cyrillic
    letters lose their accents. The result is stable: folding it again changes nothing.
    """
    if _ASCII.match(surface):
        return surface.lower()
    before, text = None, surface
    for _ in range(4):  # casefolding may call for another normalisation; two rounds do in practice
        if text == before:
            break
        before, text = text, _fold_once(text)
    return text


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(_digit(c) for c in text)
    text = _OTHERS.sub(lambda run: unicodedata.normalize("NFKD", run.group().translate(_LIGATURES)), text)
    return unicodedata.normalize("NFC", _MARK.sub("", text)).translate(_LOOKALIKES)


def _digit(character: str) -> str:
    if character > "\x7f" and character.isdecimal():
        return str(unicodedata.decimal(character))
    return character
