"""One cell: from its text to a value, and back."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, override

from tawsiya.core.errors import Message
from tawsiya.core.text.chars import fold
from tawsiya.programme.exchange.layout import LANGUAGES, Column, Form

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1990, 2101)
_CODES = re.compile(r"[\s,;،؛]+")
_BLANK = re.compile(r"[\s\u00a0\u202f']+")
_MAX_AMOUNT = Decimal("99999999999999.99")

WHY: dict[str, Message] = {
    "missing": gettext_lazy("This cell cannot be empty."),
    "key": gettext_lazy("This identity was altered: leave the cell as the system wrote it, or empty."),
    "day": gettext_lazy("This is no date. Write it as 2027-03-31 or 31/03/2027."),
    "number": gettext_lazy("This is no whole number."),
    "year": gettext_lazy("This is no year between 1990 and 2100."),
    "amount": gettext_lazy("This is no amount of money."),
    "currency": gettext_lazy("A currency has three capital letters, such as MAD."),
    "choice": gettext_lazy("This word is not known here. Use one of: %(words)s"),
    "long": gettext_lazy("This text is longer than %(limit)s characters."),
    "taken": gettext_lazy("This number is taken."),
    "twice": gettext_lazy("This row says the same thing as row %(row)s."),
    "unknown_axis": gettext_lazy("There is no axis or objective with this number."),
    "unknown_measure": gettext_lazy("There is no measure with this number."),
    "unknown_milestone": gettext_lazy(
        "There is no such milestone: write the number of the measure / its order."
    ),
    "unknown_institution": gettext_lazy("No institution is called so."),
    "unknown_recommendation": gettext_lazy(
        "No recommendation is called so. Write the symbol § the paragraph."
    ),
    "unknown_target": gettext_lazy("This is no SDG target."),
    "ring": gettext_lazy("It would wait, over others, for itself."),
    "under_itself": gettext_lazy("A branch cannot stand under itself."),
    "before_start": gettext_lazy("The end comes before the start."),
    "two_leads": gettext_lazy("The measure has a lead institution already."),
    "untitled": gettext_lazy("Write it in one language at least."),
}


class CellFault(ValueError):
    """A cell that cannot be read: why, by a code of `WHY` with its parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def why(code: str, params: Mapping[str, Any]) -> str:
    """Return why a cell is refused, in the reader's language."""
    return str(WHY[code]) % params


@cache
def _words(choices: type[TextChoices]) -> dict[str, str]:
    """Return the code of each word, in every language, folded."""
    found = {fold(code): code for code in choices.values}
    for language in LANGUAGES:
        with override(language):
            found |= {fold(str(label)): code for code, label in choices.choices}
    return found


def read(column: Column, text: str) -> Any:
    """Return what a cell says; None, "" or () for an empty one.

    Raises:
        CellFault: it cannot be read.
    """
    text = text.strip()
    if column.limit and column.form is Form.TEXT and len(text) > column.limit:
        raise CellFault("long", limit=column.limit)
    if not text:
        if column.required:
            raise CellFault("missing")
        return _empty(column)
    return _READ[column.form](column, text)


def _empty(column: Column) -> Any:
    if column.form in (Form.LIST, Form.CODES):
        return ()
    if column.form in (Form.TEXT, Form.CURRENCY, Form.INFO):
        return ""
    return column.default or None


def _key(_column: Column, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CellFault("key") from error


def _day(_column: Column, text: str) -> date:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError as error:
        raise CellFault("day") from error
    if text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(text))
    raise CellFault("day")


def _number(column: Column, text: str) -> int:
    if not (text.isdecimal() and len(text) <= 5):
        raise CellFault("year" if column.code == "year" else "number")
    number = int(text)
    if column.code == "year" and number not in _YEARS:
        raise CellFault("year")
    if not 0 < number < 32_000:
        raise CellFault("number")
    return number


def _amount(_column: Column, text: str) -> Decimal:
    plain = _BLANK.sub("", text)
    if re.fullmatch(r"\d+,\d{1,2}", plain):  # French writes the comma
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise CellFault("amount") from error
    if not value.is_finite() or not 0 <= value <= _MAX_AMOUNT or value != round(value, 2):
        raise CellFault("amount")
    return round(value, 2)


def _currency(_column: Column, text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise CellFault("currency")
    return text


def _choice(column: Column, text: str) -> str:
    assert column.choices is not None
    code = _words(column.choices).get(fold(text))
    if code is None:
        raise CellFault("choice", words=" · ".join(str(label) for label in column.choices.labels))
    return code


def _listed(column: Column, pieces: Iterable[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(piece for one in pieces if (piece := one.strip())))
    if any(len(value) > column.limit for value in values):
        raise CellFault("long", limit=column.limit)
    return values


_READ = {
    Form.TEXT: lambda _column, text: text,
    Form.INFO: lambda _column, text: text,
    Form.KEY: _key,
    Form.DAY: _day,
    Form.NUMBER: _number,
    Form.AMOUNT: _amount,
    Form.CURRENCY: _currency,
    Form.CHOICE: _choice,
    Form.LIST: lambda column, text: _listed(column, text.split("\n")),
    Form.CODES: lambda column, text: _listed(column, _CODES.split(text)),
}


def write(column: Column, value: Any) -> Any:
    """Return a value as its cell holds it: str, int, date or Decimal, None for an empty cell."""
    if value is None or value == "" or value == ():
        return None
    if column.form is Form.CHOICE:
        assert column.choices is not None
        return str(column.choices(value).label)
    if column.form is Form.LIST:
        return "\n".join(value)
    if column.form is Form.CODES:
        return ", ".join(value)
    return value if isinstance(value, (int, date, Decimal)) else str(value)


def words_of(choices: type[TextChoices]) -> list[str]:
    """Return the words a cell of a choice can hold, in the reader's language."""
    return [str(label) for label in choices.labels]


def plain(column: Column, value: Any) -> str:
    """Return a value as text, as a preview shows it."""
    written = write(column, value)
    if written is None:
        return ""
    return written.isoformat() if isinstance(written, date) else str(written)
