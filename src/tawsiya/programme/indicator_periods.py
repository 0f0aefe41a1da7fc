"""Periods of values: years, half-years, quarters and months, as SDMX writes them. Pure."""

import re

_FORMS = (
    (re.compile(r"^((?:19|20)\d\d)$"), "{0}"),
    (re.compile(r"^((?:19|20)\d\d)\.0$"), "{0}"),  # a year typed as a number
    (re.compile(r"^((?:19|20)\d\d)-?[SH]([12])$"), "{0}-S{1}"),
    (re.compile(r"^((?:19|20)\d\d)-?[QT]([1-4])$"), "{0}-Q{1}"),
    (re.compile(r"^((?:19|20)\d\d)-M?(0[1-9]|1[0-2])$"), "{0}-{1}"),
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read_period(text: str) -> str:
    """Return a period in its one form (`2024`, `2024-S1`, `2024-Q3`, `2024-05`); "" for anything else."""
    given = text.strip().translate(_DIGITS).upper().replace(" ", "-")
    for pattern, form in _FORMS:
        if match := pattern.match(given):
            return form.format(*match.groups())
    return ""


def year_of(period: str) -> int:
    """Return the year of a period."""
    return int(period[:4])


def frequency(period: str) -> str:
    """Return SDMX's code of how long a period is: A, S, Q or M."""
    if "S" in period:
        return "S"
    if "Q" in period:
        return "Q"
    return "M" if "-" in period else "A"


def between(first: str, last: str) -> list[str]:
    """Return the years from one to another where both are years, so that a gap has its place; else both."""
    if len(first) == len(last) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    return sorted({first, last})
