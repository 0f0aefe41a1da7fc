"""Render an event as a sentence in the reader's language.

Each app registers the sentences of its codes from its `events.py` when Django starts.
Placeholders: `%(actor)s`, `%(subject)s` and the keys of the event's `after`.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

from tawsiya.audit.models import Event
from tawsiya.core.labels import text_of

_sentences: dict[str, Promise | str] = {}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def register(sentences: Mapping[str, Promise | str]) -> None:
    """Add the sentences of an app. Raises ValueError for a code that is already taken."""
    known = {code for code in sentences if code in _sentences}
    taken = sorted(code for code in known if _sentences[code] is not sentences[code])
    if taken:
        raise ValueError(f"audit codes registered twice: {', '.join(taken)}")
    _sentences.update(sentences)


def registered() -> Mapping[str, Promise | str]:
    """Return every code with its sentence."""
    return _sentences


def render(event: Event) -> str:
    """Return the event's sentence in the active language; the bare code for an unknown one.

    A name frozen in several languages (`core.labels`) is picked by the reader's.
    """
    sentence = _sentences.get(event.code)
    if sentence is None:
        return event.code
    values = _Blank(
        {
            key: text_of(value) if isinstance(value, dict) else str(value)
            for key, value in event.after.items()
            if value is not None
        }
    )
    values.update(actor=event.who, subject=event.subject_name)
    return str(sentence) % values
