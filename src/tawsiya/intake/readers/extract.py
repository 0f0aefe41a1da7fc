"""``tawsiya extract FILE``: what a UN document says, without a database."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tawsiya.intake.readers import mirror, sandbox
from tawsiya.intake.readers.archive import MAX_FILE, MIB
from tawsiya.intake.readers.layout import Layout
from tawsiya.intake.readers.records import Deadline, ReadResult, Record, UnreadableFile

OK = 0
UNREADABLE = 2
_WIDTH = 100
_STATES_SHOWN = 6
_DPI = 100
_AT_ONCE = 8
"""Pages that are drawn in one go."""


def run(path: str | Path, out: TextIO, err: TextIO, *, as_json: bool = False, ocr: bool = False) -> int:
    """Print the records of ``path`` to ``out``: JSON lines, or a table for people.

    Args:
        ocr: recognise the text of a PDF from its pages.

    Returns 0; or 2 after one line on ``err`` for a file that cannot be read. Warnings about the
    file as a whole go to ``err``, one line each; those about a record stand in it.
    """
    try:
        data = _bytes_of(Path(path))
        if ocr:
            result = sandbox.read_recognised(sandbox.recognise(data))
        else:
            result = sandbox.read(data, filename=Path(path).name, scans=True)
    except UnreadableFile as refusal:
        print(f"tawsiya: {refusal.message}", file=err)
        return UNREADABLE
    for warning in result.warnings:
        print(f"tawsiya: note: {' '.join(warning.message.split())}", file=err)
    try:
        if as_json:
            for deadline in result.deadlines:
                print(f"tawsiya: note: {_said(deadline)}", file=err)
            for record in result.records:
                print(json.dumps(record.as_json(), ensure_ascii=False), file=out)
        else:
            _print_table(result, out)
        out.flush()
    except BrokenPipeError:
        _quiet(out)
    return OK


def review(path: str | Path, target: Path, out: TextIO, err: TextIO) -> int:
    """Write the page that shows ``path`` beside its records to ``target``, and say so on ``out``.

    Returns 0; or 2 after one line on ``err``: a file that cannot be read, a page that cannot be written.
    """
    if target.suffix.lower() not in (".html", ".htm"):
        print(f"tawsiya: the page must be a file named .html, not {_shown(target)}.", file=err)
        return UNREADABLE
    try:
        data = _bytes_of(Path(path))
        result = sandbox.read(data, filename=Path(path).name)
        document = sandbox.layout(data)
        drawn = dict(_pictures(data, document, err))
        page = mirror.html(result, document, drawn, name=Path(path).name)
    except UnreadableFile as refusal:
        print(f"tawsiya: {refusal.message}", file=err)
        return UNREADABLE
    try:
        # Bytes of a file name that are no text are shown as question marks.
        target.write_bytes(page.encode("utf-8", "replace"))
    except OSError as error:
        print(f"tawsiya: {_shown(target)} cannot be written ({error.strerror}).", file=err)
        return UNREADABLE
    print(f"{_shown(target)}: {len(result.records)} records, {len(drawn)} pages", file=out)
    return OK


def _pictures(data: bytes, document: Layout, err: TextIO) -> Iterator[tuple[int, bytes]]:
    """Pictures of the pages by number; a page that cannot be drawn is said and left out."""
    numbers = [sheet.number for sheet in document.sheets]
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        try:
            for sheet, picture in sandbox.pictures(data, some, dpi=_DPI):
                yield sheet.number, picture
        except UnreadableFile as refusal:
            shown = f"{some[0]}–{some[-1]}"
            print(f"tawsiya: note: pages {shown} could not be drawn: {refusal.message}", file=err)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile("missing_file", path=_shown(path)) from error
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    return data


def _shown(path: Path) -> str:
    """A path fit for a one-line message."""
    return "".join(c if c.isprintable() else "?" for c in str(path))


def _print_table(result: ReadResult, out: TextIO) -> None:
    review = result.document.review
    place = [
        review.state or "",
        f"cycle {review.cycle}" if review.cycle else "",
        f"session {review.session}" if review.session else "",
    ]
    symbols = sorted({record.symbol for record in result.records if record.symbol})
    print(result.document.title or "(no title)", file=out)
    print(" · ".join(p for p in [*place, *symbols] if p), file=out)
    heading: str | None = None
    for record in result.records:
        if record.heading != heading:
            heading = record.heading
            print(f"\n{heading or ''}", file=out)
        _print_record(record, out)
    for deadline in result.deadlines:
        print(f"\n{_said(deadline)}", file=out)
    of_review = (result.document.type or "upr").startswith("upr")
    positions = Counter(
        record.position or ("no position" if of_review else record.kind) for record in result.records
    )
    counts = ", ".join(f"{count} {position}" for position, count in sorted(positions.items()))
    marked = sum(bool(record.warnings) for record in result.records)
    print(f"\n{len(result.records)} records: {counts}; {marked} with warnings.", file=out)


def _print_record(record: Record, out: TextIO) -> None:
    names = [*record.recommending_states, *record.recommending_states_unrecognised]
    more = f" +{len(names) - _STATES_SHOWN}" if len(names) > _STATES_SHOWN else ""
    states = " ".join(names[:_STATES_SHOWN]) + more
    parts = "".join(f"({step})" for step in (record.subparagraph or "").split(".") if step)
    of_review = (record.document.type or "upr").startswith("upr")
    kind = record.position or ("—" if of_review else record.kind)
    to = f"{record.addressee} " if record.addressee else ""
    due = f"follow-up by {record.follow_up.isoformat()}" if record.follow_up else ""
    line = f"  {(record.paragraph or '—') + parts:<9} {kind:<15} {states}{to}{due}"
    print(line if states else line.rstrip(), file=out)
    for line in textwrap.wrap(record.text, _WIDTH, initial_indent="    ", subsequent_indent="    "):
        print(line, file=out)
    for warning in record.warnings:
        print(f"    ! {warning.message}", file=out)


def _said(deadline: Deadline) -> str:
    """One sentence about a deadline, in English."""
    named = f" on paragraphs {', '.join(deadline.items)}" if deadline.items else ""
    what = "The next report" if deadline.kind == "report" else f"Follow-up information{named}"
    place = f" (paragraph {deadline.paragraph})" if deadline.paragraph else ""
    if deadline.due:
        return f"{what} is due by {deadline.due.isoformat()}{place}."
    if deadline.within_months:
        return f"{what} is due within {deadline.within_months} months{place}."
    return f"{what} is asked for without a date{place}."


def _quiet(out: TextIO) -> None:
    """The reader of a pipe has gone (``| head``): let the interpreter close without complaint."""
    if out is sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
