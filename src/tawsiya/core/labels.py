"""Labels in several languages: one JSON field type for axes, institutions, themes and the like."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Label = dict[str, str]
FALLBACK = ("en", "fr", "ar")


def language_within(name: object) -> str:
    """Return the name of a language as it stands within a phrase: French writes it small there."""
    said = str(name)
    return said.lower() if (get_language() or "").startswith("fr") else said


def pick(label: Label | None, language: str | None = None) -> tuple[str, str]:
    """Return `(text, language)` of a label for a reader.

    Args:
        label: texts by language code, for example `{"ar": "العدل", "fr": "Justice"}`.
        language: the reader's language; the active one when omitted.

    Returns:
        The text in that language, else in the first of English, French, Arabic that exists,
        else any; `("", "")` for an empty label.
    """
    texts = {code: text for code, text in (label or {}).items() if text}
    wanted = (language or get_language() or "en").split("-")[0]
    for code in (wanted, *FALLBACK, *texts):
        if code in texts:
            return texts[code], code
    return "", ""


def text_of(label: Label | None, language: str | None = None) -> str:
    """Return only the text of `pick`."""
    return pick(label, language)[0]


def validate_label(value: Any) -> None:
    """Refuse anything but a mapping of language codes to texts.

    Raises:
        ValidationError: the value is not such a mapping.
    """
    if not isinstance(value, dict) or not all(
        isinstance(key, str) and isinstance(text, str) for key, text in value.items()
    ):
        raise ValidationError(_("A label is a mapping of language codes to texts."))


class LabelField(models.JSONField):
    """A JSON column that holds one text per language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_label]
