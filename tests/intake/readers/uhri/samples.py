"""Records of the fictional State in the shapes of UHRI, written for the tests."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import xlsxwriter

Raw = dict[str, Any]

HEADERS = (
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "Document Publication Date",
    "UPR Reccomending States",
    "UPR Position",
    "Type",
    "OHCHR Annotation Id",
    "UPR Session",
    "Regions Concerned",
    "Recommending Regions",
    "Date of publication on UHRI",
)


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def raw(number: int = 1, **changes: Any) -> Raw:
    """A recommendation of the UPR in the shape of the JSON export."""
    return {
        "AnnotationId": guid(number),
        "AnnotationType": "- Recommendations",
        "Body": "- UPR",
        "Symbol": "A/HRC/52/70",
        "DocumentId": guid(900),
        "Text": f"132.{number} Open the wells of the villages to all who live near them (New Zealand);",
        "PublicationDate": "2022-12-20T00:00:00",
        "PublicationDateOnUhri": "2023-01-10T10:53:45.827",
        "Countries": ["Tamourt"],
        "Regions": ["Africa "],
        "Themes": [" Right to water & sanitation", "Right to health "],
        "AffectedPersons": ["- "],
        "Sdgs": ["6.2 - Sanitation", "6 - CLEAN WATER"],
        "UprCycle": "4",
        "UprPositions": ["Supported"],
        "UprRecommendingCountry": ["New Zealand"],
        "UprRecommendingRegions": ["Oceania"],
        "UprSession": ["41"],
    } | changes


def concern(number: int = 2, **changes: Any) -> Raw:
    """A paragraph of concluding observations in the shape of the JSON export."""
    return (
        raw(
            number,
            AnnotationType="- Concerns/Observations",
            Body="- CRC",
            Symbol="CRC/C/XTM/CO/3",
            Text=f"Right to education{number}.The Committee is concerned that the wells of the schools are dry.",
            UprCycle=None,
            UprPositions=[],
            UprRecommendingCountry=[],
            UprSession=[],
        )
        | changes
    )


def export(*records: Raw) -> bytes:
    return json.dumps(list(records), ensure_ascii=False, indent=1).encode()


def workbook(rows: Sequence[Sequence[Any]], headers: Sequence[str] = HEADERS) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate((headers, *rows)):
            sheet.write_row(number, 0, cells)
    return target.getvalue()
