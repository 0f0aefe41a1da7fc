"""Widgets that forms of every room share."""

from django import forms

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


class DateInput(forms.DateInput):
    """The browser's own date picker; it sends and takes ISO dates whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def long_text(rows: int) -> forms.Textarea:
    """Return a box for several lines, in the direction of what is typed."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})
