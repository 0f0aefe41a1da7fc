"""What a notification says, rendered in the recipient's language when it is read or mailed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from tawsiya.core.labels import text_of


@dataclass(frozen=True)
class Sentence:
    """A title (also the mail's subject) and a body. Both may use the notification's parameters.

    Parameters carry symbols, names and dates only, never the text of anything that is not
    visible to everyone with a role: mail travels outside.
    """

    title: Promise | str
    body: Promise | str


_sentences: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add the sentences of an app. Raises ValueError for a code that is already taken."""
    taken = sorted(code for code, new in sentences.items() if _sentences.get(code, new) != new)
    if taken:
        raise ValueError(f"notification codes registered twice: {', '.join(taken)}")
    _sentences.update(sentences)


def registered() -> Mapping[str, Sentence]:
    """Return every code with its sentence."""
    return _sentences


def render(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """Return `(title, body)` in the active language; a label among the parameters is picked by language."""
    sentence = _sentences.get(code)
    if sentence is None:
        return code, ""
    values = {key: text_of(value) if isinstance(value, dict) else value for key, value in params.items()}
    return str(sentence.title) % values, str(sentence.body) % values
