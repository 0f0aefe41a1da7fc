"""Values as SDMX-CSV 2.0: the columns of the structure, dimensions, measure and attributes. Pure.

Concepts and codes are those of SDMX's cross-domain lists (FREQ, SEX, AGE, OBS_STATUS); what is read back
says the same.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tawsiya.programme.indicator_periods import frequency

STRUCTURE = "TAWSIYA:DF_INDICATORS(1.0)"
# Concept of SDMX by dimension of this system, in the order of the columns.
CONCEPTS: Mapping[str, str] = {
    "sex": "SEX",
    "age": "AGE",
    "area": "URBANISATION",
    "disability": "DISABILITY_STATUS",
    "nationality": "CITIZENSHIP",
    "income": "INCOME_WEALTH_QUANTILE",
    "education": "EDUCATION_LEV",
}
HEAD = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "INDICATOR",
    "REF_AREA",
    *CONCEPTS.values(),
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "UNIT_MEASURE",
    "SOURCE_DETAIL",
    "COMMENT_OBS",
    "BREAK",
)
_QUALITY = {"final": "A", "provisional": "P", "estimated": "E"}
_MISSING = {"not_collected": "L", "withheld": "Q", "not_yet": "O"}
_UNITS = {"percent": "PT", "yes_no": "BOOL", "number": "NUMBER"}


@dataclass(frozen=True)
class Observation:
    """A value with the fields that SDMX wants of it; see `IndicatorValue`."""

    indicator: str
    period: str
    breakdown: Mapping[str, str]
    state: str
    value: Decimal | None
    missing: str
    quality: str
    measured: str
    source: str = ""
    reason: str = ""
    break_note: str = ""


def lines(observations: Iterable[Observation], country: str) -> Iterator[str]:
    """Yield the lines of an SDMX-CSV file.

    Args:
        country: the State's code, alpha-3, which stands for the whole country in REF_AREA.
    """
    yield _line(HEAD)
    for one in observations:
        yield _line(
            (
                "dataflow",
                STRUCTURE,
                "I",
                frequency(one.period),
                one.indicator,
                one.breakdown.get("region", country),
                *(one.breakdown.get(name, "_T") for name in CONCEPTS),
                one.period,
                f"{one.value.normalize():f}" if one.value is not None else "",
                _status(one),
                _UNITS[one.measured],
                _safe(one.source),
                _safe(one.reason),
                _safe(one.break_note),
            )
        )


def _status(one: Observation) -> str:
    if one.state == "known":
        return _QUALITY[one.quality]
    return "M" if one.state == "not_applicable" else _MISSING[one.missing]


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) else flat


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
