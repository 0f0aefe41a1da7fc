"""The codes by which values are told apart, as SDMX's cross-domain code lists have them, and their words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.core.errors import Message
from tawsiya.programme.indicator_cells import AGES, age_code, region_code
from tawsiya.programme.indicator_choices import Dimension

# Regions are the State's own, by code or name; ages are written Y0T14, Y_GE65, Y_LT5 or Y17.
CODES: Mapping[str, Mapping[str, Message]] = {
    Dimension.SEX: {"F": gettext_lazy("Women and girls"), "M": gettext_lazy("Men and boys")},
    Dimension.AREA: {"U": gettext_lazy("Urban"), "R": gettext_lazy("Rural")},
    Dimension.DISABILITY: {
        "PD": gettext_lazy("Persons with disabilities"),
        "PWD": gettext_lazy("Persons without disabilities"),
    },
    Dimension.NATIONALITY: {"NAT": gettext_lazy("Nationals"), "FOR": gettext_lazy("Foreign nationals")},
    Dimension.INCOME: {
        "Q1": gettext_lazy("Poorest fifth"),
        "Q2": gettext_lazy("Second fifth"),
        "Q3": gettext_lazy("Third fifth"),
        "Q4": gettext_lazy("Fourth fifth"),
        "Q5": gettext_lazy("Richest fifth"),
    },
    Dimension.EDUCATION: {
        "ISCED0": gettext_lazy("Early childhood"),
        "ISCED1": gettext_lazy("Primary"),
        "ISCED2": gettext_lazy("Lower secondary"),
        "ISCED3": gettext_lazy("Upper secondary"),
        "ISCED5": gettext_lazy("Higher"),
        "NONE": gettext_lazy("No schooling"),
    },
}


def code_of(dimension: str, text: str) -> str:
    """Return the code that a text is of a dimension; "" where it is none.

    A code in any case, an age band also as `0-14` or `65+`; a region as it stands.
    """
    text = " ".join(text.split())
    if dimension == Dimension.REGION:
        return region_code(text)
    if dimension == Dimension.AGE:
        return age_code(text)
    upper = text.upper()
    return upper if upper in CODES[dimension] else ""


def word_of(dimension: str, code: str) -> str:
    """Return the words of a code for the reader."""
    if dimension == Dimension.AGE:
        match = AGES.match(code)
        if match is None:
            return code
        if match["one"]:
            return _("%(age)s years") % {"age": match["one"]}
        if match["low"]:
            return _("%(low)s to %(high)s years") % {"low": match["low"], "high": match["high"]}
        words = _("%(age)s years and over") if match["way"] == "GE" else _("under %(age)s years")
        return words % {"age": match["edge"]}
    return str(CODES.get(dimension, {}).get(code, code))


def cell_of(breakdown: Mapping[str, str]) -> str:
    """Return a breakdown as text, its dimensions in a fixed order: "" for the total."""
    return ";".join(f"{name}={breakdown[name]}" for name in Dimension.values if name in breakdown)


def words_of(breakdown: Mapping[str, str]) -> str:
    """Return a breakdown in words, `Total` for none."""
    words = [word_of(name, breakdown[name]) for name in Dimension.values if name in breakdown]
    return " · ".join(words) or _("Total")
