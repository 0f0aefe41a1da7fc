"""`tawsiya similar --input CSV --text COL --id COL --output CSV`."""

import argparse
import csv
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# A cell may hold a whole document.
_LONGEST_CELL = 50_000_000


def run(arguments: Sequence[str]) -> int:
    """Group the texts of a CSV by what they ask for; write `id,group`. Files are UTF-8."""
    parser = argparse.ArgumentParser(
        prog="tawsiya similar",
        description="Group the texts of a CSV that ask for the same thing; write id,group, one line per row.",
    )
    parser.add_argument("--input", type=Path, required=True, metavar="CSV")
    parser.add_argument("--text", required=True, metavar="COL", help="the column with the texts")
    parser.add_argument("--id", required=True, metavar="COL", help="the column with the ids")
    parser.add_argument("--output", type=Path, required=True, metavar="CSV")
    parser.add_argument(
        "--language",
        choices=("ar", "fr", "en"),
        help="the language of all texts; by default guessed for each",
    )
    options = parser.parse_args(arguments)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        ids, texts = _rows(options.input, options.id, options.text)
    except (OSError, UnicodeDecodeError, csv.Error, LookupError) as problem:
        print(f"tawsiya similar: {problem}", file=sys.stderr)
        return 2
    # The tables are small: one thread is as fast, and does not wait for a busy machine. Nothing is freed in
    # the second this takes, so looking for what could be is time lost.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    from tawsiya.analysis.similar.grouping import group_texts

    groups = group_texts(texts, [options.language] * len(texts))
    try:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "group"])
            writer.writerows(zip(ids, (group + 1 for group in groups), strict=True))
    except OSError as problem:
        print(f"tawsiya similar: {problem}", file=sys.stderr)
        return 2
    return 0


def _rows(path: Path, id_column: str, text_column: str) -> tuple[list[str], list[str]]:
    """Return ids and texts.

    Raises:
        LookupError: a column is not there.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for column in (id_column, text_column):
            if column not in (reader.fieldnames or []):
                raise LookupError(f"{path} has no column {column!r}")
        rows = [(row[id_column] or "", row[text_column] or "") for row in reader]
    return [row[0] for row in rows], [row[1] for row in rows]
