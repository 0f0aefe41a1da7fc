"""The figures of a contribution as plain data: label, value, unit, period, source. No Django.

A value stays as it was written: whether "about 40 %" can be counted is for an indicator to decide.
"""

from collections.abc import Iterable, Mapping

KEYS = ("label", "value", "unit", "period", "source")
LENGTHS = {"label": 200, "value": 60, "unit": 60, "period": 60, "source": 300}
MOST = 40
"""Figures of one contribution."""

Figure = dict[str, str]


def tidy(rows: Iterable[Mapping[str, object]]) -> list[Figure]:
    """Return the rows with every key as stripped text, those without any text left out."""
    found = []
    for row in rows:
        figure = {key: str(row.get(key) or "").strip() for key in KEYS}
        if any(figure.values()):
            found.append(figure)
    return found


def in_words(figure: Mapping[str, str]) -> str:
    """Return one figure as a line: `Girls at school: 212 pupils (2025; Ministry of Education)`."""
    amount = " ".join(filter(None, (figure.get("value", ""), figure.get("unit", ""))))
    about = "; ".join(filter(None, (figure.get("period", ""), figure.get("source", ""))))
    line = ": ".join(filter(None, (figure.get("label", ""), amount)))
    return f"{line} ({about})" if about else line


def as_text(figures: Iterable[Mapping[str, str]]) -> str:
    """Return figures as text, one a line."""
    return "\n".join(in_words(figure) for figure in figures)
