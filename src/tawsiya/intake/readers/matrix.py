"""OHCHR's Word matrices ("thematic list of recommendations") of all generations.

One row is one recommendation: its number, text and States, its position, its themes. A row over
the full width is a heading. One record is made for each row, in file order: where a paragraph
comes again under another heading it is a second record with the next ordinal and a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawsiya.intake.readers import columns as cols
from tawsiya.intake.readers.columns import Columns
from tawsiya.intake.readers.docx import Paragraph, Table, WordDocument
from tawsiya.intake.readers.drafts import Draft, finished
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import (
    DocumentInfo,
    ReaderWarning,
    ReadResult,
    UnreadableFile,
)
from tawsiya.intake.readers.review import review_of, title_of
from tawsiya.intake.readers.rows import RowReader

DOCUMENT_TYPE = "upr_matrix"
_TITLE_LINES = 6
_MAX_TITLE_LINE = 160
_HEADER_WITHIN = 12
"""A header row stands among the first rows of its table."""
_UPR_WORDS = (
    "upr",
    "epu",
    "universal periodic",
    "periodique universel",
    "periodico universal",
    "الاستعراض الدوري",
)


@dataclass(frozen=True, slots=True)
class _Matrix:
    table: Table
    columns: Columns
    guessed: bool


def read_matrix(document: WordDocument, filename: str = "") -> ReadResult:
    """All recommendations of a matrix. Raises UnreadableFile where the document holds none."""
    matrices = list(_matrices(document.blocks, None))
    if not matrices:
        raise UnreadableFile("not_a_matrix")
    reader = RowReader()
    for matrix in matrices:
        reader.read_table(matrix.table.rows, matrix.columns)
    title_lines = [*document.headers, *_title_lines(document.blocks), *reader.title_lines]
    drafts = [draft for draft in reader.drafts if draft.entry.text or draft.entry.number]
    if not drafts or not _is_upr(title_lines, matrices, drafts):
        raise UnreadableFile("not_a_matrix")
    review, warnings = review_of(title_lines, filename)
    info = DocumentInfo(title=title_of(title_lines), review=review, type=DOCUMENT_TYPE)
    if document.tracked:
        warnings.append(ReaderWarning("tracked_changes"))
    warnings += _column_warnings(matrices)
    warnings += reader.warnings
    body_text = "\n".join([*title_lines, *(b.text for b in document.blocks if isinstance(b, Paragraph))])
    return ReadResult(info, tuple(finished(drafts, info, body_text)), tuple(warnings))


def _matrices(blocks: Sequence[Paragraph | Table], columns: Columns | None) -> Iterator[_Matrix]:
    """Tables that are (parts of) a matrix, those inside layout tables too."""
    for block in blocks:
        if not isinstance(block, Table):
            continue
        found = _as_matrix(block, columns)
        if found is not None:
            columns = found.columns
            yield found
            continue
        for row in block.rows:
            for cell in row.cells:
                for inner in _matrices(cell.blocks, columns):
                    columns = inner.columns
                    yield inner


def _as_matrix(table: Table, previous: Columns | None) -> _Matrix | None:
    for row in table.rows[:_HEADER_WITHIN]:
        found = cols.from_header(row)
        if found is not None:
            return _Matrix(table, found, guessed=False)
    guess = cols.from_content(table.rows)
    if guess is None:
        return None
    if previous is not None and _continues(table, guess, previous):
        return _Matrix(table, previous, guessed=False)
    if guess.roles & {cols.POSITION, cols.SDGS}:
        return _Matrix(table, guess, guessed=True)
    return None


def _continues(table: Table, guess: Columns, previous: Columns) -> bool:
    """Whether a table without header has the layout of the matrix before it."""
    same_place = guess.order[cols.RECOMMENDATION] == previous.order[cols.RECOMMENDATION]
    return same_place and guess.count == previous.count and bool(table.rows)


def _title_lines(blocks: Sequence[Paragraph | Table]) -> list[str]:
    """Short lines of the body before the first table with content."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            break
        text = block.text.strip()
        if text and len(text) <= _MAX_TITLE_LINE:
            lines.append(text)
    return lines[:_TITLE_LINES]


def _is_upr(lines: Sequence[str], matrices: Sequence[_Matrix], drafts: Sequence[Draft]) -> bool:
    """A table of recommendations is a UPR matrix by its positions, its sources or its title."""
    folded = fold(" ".join(lines))
    return (
        any(cols.POSITION in matrix.columns.roles for matrix in matrices)
        or any(draft.entry.source for draft in drafts)
        or any(word in folded for word in _UPR_WORDS)
    )


def _column_warnings(matrices: Sequence[_Matrix]) -> list[ReaderWarning]:
    warnings = []
    if any(matrix.guessed for matrix in matrices):
        warnings.append(ReaderWarning("no_header_row"))
    ignored = dict.fromkeys(name for matrix in matrices for name in matrix.columns.ignored)
    warnings += [ReaderWarning("column_ignored", {"header": name}) for name in ignored]
    return warnings
