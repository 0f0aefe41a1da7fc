"""What a notification says, rendered in the recipient's language when it is read or mailed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tawsiya.accounts.models import User
from tawsiya.core.formats import localise_date
from tawsiya.core.labels import text_of

if TYPE_CHECKING:
    from tawsiya.notifications.models import Notification


@dataclass(frozen=True)
class Sentence:
    """A title (also the mail's subject) and a body. Both may use the notification's parameters.

    Parameters carry symbols, names and dates only, never the text of anything that is not
    visible to everyone with a role: mail travels outside.

    `holds` tells, when the mail is about to leave, whether its recipient may still be told: rights can
    have changed since the notification was written. None where nothing can have changed.
    """

    title: Promise | str
    body: Promise | str
    holds: "Callable[[Notification], bool] | None" = None
    at_once: bool = False


# The parameter that says whom a deputy replaces: rows of `person` (names by language) and `until`.
REPLACED = "replaced"

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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


def _in_words(value: Any) -> Any:
    """Return a parameter as the reader writes it: a label by language, an ISO date by the State's locale."""
    if isinstance(value, dict):
        return text_of(value)
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return localise_date(date.fromisoformat(value))
    return value


def render(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """Return `(title, body)` in the active language; labels and dates among the parameters follow it."""
    sentence = _sentences.get(code)
    if sentence is None:
        return code, ""
    values = {key: _in_words(value) for key, value in params.items()}
    body = "\n\n".join([str(sentence.body) % values, *_why_to_deputy(params)])
    return str(sentence.title) % values, body


def names_of(user: User) -> dict[str, str]:
    """Return a person's name as it is written in each language, for a parameter."""
    return {code: user.name_in(code) for code, _language in settings.LANGUAGES}


def _why_to_deputy(params: Mapping[str, Any]) -> list[str]:
    """Return for each person whom the recipient replaces the sentence that says so."""
    return [
        _("You receive this because you replace %(person)s until %(until)s.")
        % {key: _in_words(value) for key, value in one.items()}
        for one in params.get(REPLACED, ())
    ]


def replaced_in_words(params: Mapping[str, Any]) -> str:
    """Return the names of those whom the recipient replaces, "" where it is told in its own right."""
    return _(", ").join(_in_words(one["person"]) for one in params.get(REPLACED, ()))


def still_holds(notification: "Notification") -> bool:
    """Tell whether a notification's recipient may still be told of what it says."""
    sentence = _sentences.get(notification.code)
    return sentence is None or sentence.holds is None or sentence.holds(notification)


def cannot_wait(code: str) -> bool:
    """Tell whether a kind of notification is mailed at once, whatever its recipient prefers."""
    sentence = _sentences.get(code)
    return sentence is not None and sentence.at_once


class _Hidden(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def kind_of(code: str) -> str:
    """Return the title of a kind of notification in the active language, every parameter left out."""
    sentence = _sentences.get(code)
    return code if sentence is None else str(sentence.title) % _Hidden()
