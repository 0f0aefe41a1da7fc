"""One HTML file that shows a document beside what was read from it: for ``tawsiya extract --review``.

Self-contained: pictures stand in it, nothing is fetched, nothing is sent. Every word of the document
is escaped, and the page's own policy allows no other source.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from tawsiya.intake.readers import layout
from tawsiya.intake.readers.layout import Layout, Mark, Sheet
from tawsiya.intake.readers.records import Json, ReadResult

_LOOK = Path(__file__).with_name("mirror.css")
_SCRIPT = Path(__file__).with_name("mirror.js")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def html(result: ReadResult, document: Layout, pictures: Mapping[int, bytes], *, name: str) -> str:
    """The page. ``pictures`` are PNG by number of page; ``name`` is shown as the name of the file."""
    records = [record.as_json() for record in result.records]
    script, look = _SCRIPT.read_text("utf-8"), _LOOK.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    key = hashlib.sha256("\n".join(f"{r['paragraph']} {r['text']}" for r in records).encode()).hexdigest()
    title = escape(result.document.title or name)
    targets: dict[int, str] = {}
    side = "".join(_side(records, document, pictures, targets))
    warned = sum(bool(record["warnings"]) for record in records)
    notes = "".join(f'<li dir="auto">{escape(warning.message)}</li>' for warning in result.warnings)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{look}</style></head>"
        f'<body data-key="{key[:16]}"><header><h1 dir="auto">{title}</h1>'
        f"<p><bdi>{escape(name)}</bdi> · {len(records)} records, {warned} with warnings, "
        '<output id="seen">0</output> seen</p>'
        + (f"<ul>{notes}</ul>" if notes else "")
        + '<p class="tools" hidden><label><input type="checkbox" data-only="warned"> with warnings only'
        "</label> "
        '<label><input type="checkbox" data-only="unseen"> not seen yet only</label> '
        "<span>Keys: <kbd>J</kbd> or <kbd>↓</kbd> next, <kbd>K</kbd> or <kbd>↑</kbd> previous, "
        "<kbd>S</kbd> seen and next</span></p></header>"
        '<main><ol id="records" tabindex="0" aria-label="What was read">'
        + "".join(_record(place, record, targets.get(place, "")) for place, record in enumerate(records))
        + f'</ol><section id="document" tabindex="0" aria-label="The document">{side}</section></main>'
        f"<script>{script}</script></body></html>\n"
    )


def _side(
    records: Sequence[Json], document: Layout, pictures: Mapping[int, bytes], targets: dict[int, str]
) -> Iterator[str]:
    """The document's side; notes in ``targets`` where each record stands."""
    if document.kind == layout.PAGES:
        marks = layout.marks(records)
        for sheet in document.sheets:
            yield _sheet(sheet, marks.get(sheet.number, ()), records, pictures.get(sheet.number), targets)
        return
    if document.kind != layout.PASSAGES:
        yield "<p>This file has no pages: each record shows all that its row says.</p>"
        return
    yield "<p>A Word file has no fixed pages: its text is shown, paragraph by paragraph.</p>"
    places = layout.places(records, document.passages)
    targets.update({place: f"passage-{at}" for place, at in places.items()})
    begins = {at: place for place, at in reversed(list(places.items()))}
    for at, text in enumerate(document.passages):
        place = begins.get(at)
        if place is None:
            yield f'<p dir="auto">{escape(text)}</p>'
        else:
            label = _label(records[place])
            text = layout.rest_of(text, label)
            link = f'<a href="#record-{place}"><bdi dir="ltr">{escape(label)}</bdi></a>'
            start = f'<p dir="auto" class="mark" id="passage-{at}" data-mark="{place}">'
            yield f"{start}{link} {escape(text)}</p>"


def _sheet(
    sheet: Sheet,
    marks: Sequence[Mark],
    records: Sequence[Json],
    picture: bytes | None,
    targets: dict[int, str],
) -> str:
    width, height = sheet.seen_width, sheet.seen_height
    if width <= 0 or height <= 0:
        return ""
    drawn = "<p>This page could not be drawn.</p>"
    if picture is not None:
        source = base64.b64encode(picture).decode("ascii")
        size = f'width="{width:.0f}" height="{height:.0f}"'
        drawn = f'<img alt="Page {sheet.number}" {size} src="data:image/png;base64,{source}">'
    shapes = []
    for mark in marks:
        identity = f"box-{mark.record}-{mark.part}"
        targets.setdefault(mark.record, identity)
        warned = " warned" if records[mark.record]["warnings"] else ""
        shapes.append(
            f'<a class="mark{warned}" href="#record-{mark.record}" data-mark="{mark.record}" '
            f'aria-label="{escape(_label(records[mark.record]))}"><rect id="{identity}" x="{mark.x:g}" '
            f'y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}" rx="2"/></a>'
        )
    turned = f' transform="{sheet.transform}"' if sheet.transform else ""
    return (
        f'<figure><figcaption>page {sheet.number}</figcaption><div class="sheet">{drawn}'
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-label="Records on page {sheet.number}">'
        f"<g{turned}>{''.join(shapes)}</g></svg></div></figure>"
    )


def _record(place: int, record: Json, target: str) -> str:
    label = f'<bdi dir="ltr">{escape(_label(record))}</bdi>'
    name = f'<a class="name" href="#{target}">{label}</a>' if target else f'<b class="name">{label}</b>'
    states = [*record["recommending_states"], *record["recommending_states_unrecognised"]]
    page = f"page {record['page']}" if record["page"] else ""
    facts = " · ".join(escape(fact) for fact in (record["kind"], record["position"] or "", page) if fact)
    language = record["language"] or ""
    direction = "rtl" if language in _RIGHT_TO_LEFT else "auto"
    said = f' lang="{escape(language)}"' if language else ""
    warnings = "".join(f'<p class="note" dir="auto">! {escape(w["message"])}</p>' for w in record["warnings"])
    shown_states = f'<p class="facts"><bdi>{escape(", ".join(states))}</bdi></p>' if states else ""
    return (
        f'<li id="record-{place}" tabindex="-1" data-record="{place}"{" data-warned" if warnings else ""}>'
        f'<p class="head">{name} <span class="facts">{facts}</span> '
        '<label class="tick" hidden><input type="checkbox"> seen</label></p>'
        f'<p dir="{direction}"{said}>{escape(record["text"])}</p>{shown_states}{warnings}</li>'
    )


def _label(record: Json) -> str:
    part = record["subparagraph"]
    return f"{record['paragraph'] or '—'}{f' ({part})' if part else ''}"
