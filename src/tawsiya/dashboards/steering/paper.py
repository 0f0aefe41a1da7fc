"""The steering page as a PDF of two pages, set by Typst: tagged, fonts inside, nothing fetched.

The bars are drawn by Typst itself from the very figures and colours of the page's charts, so that the
paper never waits for a drawing and its words stay words.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from pypdf import PdfReader

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.charting import tone_of
from tawsiya.analysis.crossing import Crossing, Value
from tawsiya.core import instance
from tawsiya.core.charts.palette import colours
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import text_of
from tawsiya.core.looks import LOOKS
from tawsiya.core.paper import typeset
from tawsiya.dashboards.figures import isolated
from tawsiya.dashboards.steering.page import Section, Steering, share_text, values_of
from tawsiya.dashboards.steering.standing import AXIS, BODY, INSTITUTION, VISIT

PAGES = 2
# How many rows of each list stand on paper; fewer where the words are so long that a third page would begin.
_ROWS = {AXIS: 12, BODY: 12, VISIT: 6, INSTITUTION: 12, "paces": 8, "moves": 6, "dues": 6}
_SHRINKING = (1.0, 0.75, 0.5, 0.25)
_LONGEST = 90  # characters of a label on paper


def pdf_of(page: Steering, reader: Reader) -> bytes:
    """Return the PDF, in the active language. Two pages, whatever the length of the words.

    Raises:
        CannotTypeset: it takes more time, memory or room than one may.
    """
    data = b""
    for share in _SHRINKING:
        content = _content(page, reader, {name: max(1, int(most * share)) for name, most in _ROWS.items()})
        data = typeset(_source(), content, accessible=True)
        if len(PdfReader(BytesIO(data)).pages) <= PAGES:
            break
    return data


@cache
def _source() -> str:
    return resources.files(__package__).joinpath("steering.typ").read_text("utf-8")


def _content(page: Steering, reader: Reader, most: dict[str, int]) -> dict[str, Any]:
    """Return all that the paper says."""
    served = instance.current()
    sections = {section.name: section for section in page.sections}
    return {
        "language": (get_language() or "en").split("-")[0],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "title": _("Follow-up of the recommendations"),
        "author": (text_of(served.names) if served else "") or "Tawsiya",
        "subtitle": _("Steering page as it stands on %(day)s") % {"day": localise_date(page.today, "long")},
        "foot": _("Counted from what %(reader)s may see, on %(day)s. Recommendations withdrawn are left out.")
        % {"reader": reader.display_name or reader.name, "day": localise_date(page.today, "long")},
        "words": {"all": _("All"), "shares": _("Status of implementation")},
        "tiles": [
            {
                "figure": localise_number(tile["value"]),
                "share": share_text(tile["value"], page.standing.total) if tile["of_all"] else "",
                "label": str(tile["label"]),
            }
            for tile in page.tiles
        ],
        "statuses": {
            "title": _("Status of implementation"),
            "parts": _parts(page.standing.statuses, page.standing.total),
        },
        "first": [_section(sections[name], most[name], page) for name in (AXIS, BODY)],
        "second": [_section(sections[name], most[name], page) for name in (VISIT, INSTITUTION)],
        "paces": _paces(page, reader, most["paces"]),
        "moves": _moves(page, most["moves"]),
        "dues": _dues(page, most["dues"]),
    }


def _colours(page: Steering) -> dict[str, str]:
    """Return the colour of each status, the same in every bar of the paper."""
    statuses = page.standing.statuses
    tones = [tone_of(value) for value in statuses]
    return {value.code: colour for value, colour in zip(statuses, colours(tones, len(tones)), strict=True)}


def _parts(values: Sequence[Value], total: int) -> list[dict[str, Any]]:
    tones = [tone_of(value) for value in values]
    return [
        {
            "label": str(value.label),
            "count": value.count,
            "figure": localise_number(value.count),
            "share": share_text(value.count, total),
            "colour": colour,
        }
        for value, colour in zip(values, colours(tones, len(tones)), strict=True)
    ]


def _section(section: Section, most: int, page: Steering) -> dict[str, Any]:
    colour_of = _colours(page)
    rows = [
        {
            "label": _short(str(row.label)),
            "figure": localise_number(row.count),
            "parts": [{"count": count, "colour": colour_of[column.code]} for column, count in cells],
            "said": " · ".join(f"{column.label} {localise_number(count)}" for column, count in cells),
        }
        for row, cells in values_of(section.crossing, most)
    ]
    return {"title": section.title, "name": "", "rows": rows, "note": _note(section.crossing, most)}


def _note(crossing: Crossing, most: int) -> str:
    """Return what the rows leave out."""
    left = len(crossing.rows) - most
    said = []
    if left > 0:
        said.append(
            ngettext(
                "%(number)s further row is on the page.", "%(number)s further rows are on the page.", left
            )
            % {"number": localise_number(left)}
        )
    if crossing.without:
        said.append(
            ngettext(
                "%(number)s recommendation stands in none of these rows.",
                "%(number)s recommendations stand in none of these rows.",
                crossing.without,
            )
            % {"number": localise_number(crossing.without)}
        )
    return " ".join(said)


def _paces(page: Steering, reader: Reader, most: int) -> dict[str, Any]:
    reported = _("Days to contribute") if reader.is_delegation else _("Days to a validated contribution")
    return {
        "title": _("Late institutions and response times"),
        "heads": [
            _("Institution"),
            _("Overdue"),
            _("Open"),
            _("Oldest deadline past"),
            _("Days to answer"),
            reported,
        ],
        "rows": [
            [
                _short(row.name),
                localise_number(row.late),
                localise_number(row.open),
                localise_date(row.oldest) if row.oldest else "—",
                "—" if row.answer_days is None else localise_number(row.answer_days),
                "—" if row.report_days is None else localise_number(row.report_days),
            ]
            for row in page.paces[:most]
        ],
        "empty": _("Nothing is assigned yet"),
        "note": _(
            "Days are counted from the assignment; the figure is the median of the last twelve months. "
            "Overdue: open past its deadline with nothing sent."
        ),
    }


def _moves(page: Steering, most: int) -> dict[str, Any]:
    note = " · ".join(f"{line['label']}: {localise_number(line['count'])}" for line in page.lines_of_moves)
    return {
        "title": ngettext(
            "What moved in the last %(number)s day", "What moved in the last %(number)s days", page.days
        )
        % {"number": localise_number(page.days)},
        "heads": [_("Recommendation"), _("When"), _("Status")],
        "rows": [
            [
                isolated(f"{move.item.document.symbol} § {move.item.label}"),
                localise_date(move.at, "short"),
                str(LOOKS[move.after].label),
            ]
            for move in page.moves[:most]
        ],
        "empty": _("No status was set in this time."),
        "note": note,
    }


def _dues(page: Steering, most: int) -> dict[str, Any]:
    note = " · ".join(f"{line['label']}: {localise_number(line['count'])}" for line in page.lines_of_dues)
    return {
        "title": ngettext(
            "What falls due within %(number)s day", "What falls due within %(number)s days", page.days
        )
        % {"number": localise_number(page.days)},
        "heads": [_("Recommendation"), _("Due"), _("Institution")],
        "rows": [
            [isolated(f"{row.symbol} § {row.paragraph}"), localise_date(row.on, "short"), _short(row.who, 44)]
            for row in page.dues[:most]
        ],
        "empty": _("Nothing is due from institutions in this time."),
        "note": note,
    }


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
