"""`tawsiya extract FILE [--json] [--review [FILE.html]]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tawsiya.intake.readers import extract


def run(arguments: Sequence[str]) -> int:
    """Read one document. JSON lines, unless a person looks at a terminal and did not ask for them."""
    parser = argparse.ArgumentParser(prog="tawsiya extract", description=extract.__doc__)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--json", action="store_true", help="JSON lines on a terminal too")
    parser.add_argument(
        "--review",
        nargs="?",
        const="",
        metavar="FILE.html",
        help="write a page that shows the document beside what was read, in place of the records",
    )
    parser.add_argument(
        "--ocr",
        action="store_true",
        help="recognise the text of a PDF from its pages, though it has one: its letters are damaged",
    )
    options = parser.parse_args(arguments)
    file, page = options.file, options.review
    if file is None and page:  # `extract --review report.pdf`
        file, page = page, ""
    if file is None:
        parser.error("the following arguments are required: file")
    if page is not None:
        target = Path(page) if page else Path(f"{Path(file).stem}.review.html")
        return extract.review(file, target, sys.stdout, sys.stderr)
    as_json = options.json or not sys.stdout.isatty()
    return extract.run(file, sys.stdout, sys.stderr, as_json=as_json, ocr=options.ocr)
