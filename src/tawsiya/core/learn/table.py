"""CSV files of texts and labels: in with care, out as they were with the answers beside them."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tawsiya.core.learn.errors import LearnError

_LARGEST_CELL = 10_000_000


@contextmanager
def rows_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """Give the header and the rows of a UTF-8 CSV file, read as they are asked for.

    Rows are as long as the header: shorter ones are filled up.

    Raises:
        LearnError: no such file, not UTF-8, no header, a column missing, or a row with too many cells.
    """
    csv.field_size_limit(_LARGEST_CELL)
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise LearnError(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        try:
            reader = csv.reader(file)
            header = next(reader, None)
            if not header:
                raise LearnError(f"{path} is empty.")
            missing = [column for column in columns if column not in header]
            if missing:
                wanted, there = (", ".join(map(repr, names)) for names in (missing, header))
                raise LearnError(f"{path} has no column {wanted}; it has {there}.")
            yield header, _full(reader, header, path)
        except UnicodeDecodeError as error:
            raise LearnError(
                f"{path} is not in UTF-8 (byte {error.start}): save it as CSV UTF-8 and try again."
            ) from error
        except csv.Error as error:
            raise LearnError(f"{path} is no CSV file: {error}.") from error


def _full(reader: Iterator[list[str]], header: list[str], path: Path) -> Iterator[list[str]]:
    for number, row in enumerate(reader, start=2):
        if not row:
            continue
        if len(row) > len(header):
            raise LearnError(f"{path}, row {number}: {len(row)} cells where the header names {len(header)}.")
        yield row + [""] * (len(header) - len(row))


def split(cell: str, separator: str) -> list[str]:
    """Return the labels of a cell, without blanks around and without repetition.

    A label that holds the separator stands in quotes: `"health, mental",education`.
    """
    if len(separator) == 1 and '"' in cell:
        parts = next(csv.reader([cell.replace("\n", " ")], delimiter=separator, skipinitialspace=True), [])
    else:
        parts = cell.split(separator)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def join(labels: Sequence[str], separator: str) -> str:
    """Return labels as a cell that `split` reads."""
    if len(separator) != 1:
        return separator.join(labels)
    if not any(separator in label or label.startswith('"') for label in labels):
        return separator.join(labels)
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="").writerow(labels)
    return line.getvalue()


@contextmanager
def writer_to(path: Path | None) -> Iterator[csv.writer]:  # type: ignore[valid-type]  # a type only in the stubs
    """Give a CSV writer to a file, or to standard output; UTF-8, lines end as RFC 4180 asks.

    Raises:
        LearnError: the file cannot be written.
    """
    if path is None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            yield csv.writer(out)
        finally:
            out.flush()
            out.detach()
        return
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise LearnError(f"{path} cannot be written: {error.strerror}.") from error
    with file:
        yield csv.writer(file)
