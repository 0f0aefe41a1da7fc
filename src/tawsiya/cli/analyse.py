"""`tawsiya analyse --language ar|fr|en [--query]`."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TextIO

from tawsiya.core import text


def run(arguments: Sequence[str]) -> int:
    """Read one text per line, print one JSON list per line. UTF-8, whatever the terminal's encoding."""
    parser = argparse.ArgumentParser(
        prog="tawsiya analyse",
        description="Read one text per line and print one JSON list per line: the lexemes stored for it.",
    )
    parser.add_argument("--language", choices=text.LANGUAGES, required=True)
    parser.add_argument(
        "--query",
        action="store_true",
        help="print one list of alternatives per word; a text matches that has one alternative of each word",
    )
    options = parser.parse_args(arguments)
    analysis = text.query if options.query else text.lexemes
    for line in _utf8(sys.stdin, newline="\n"):
        # Lone surrogates stand for bytes that were no UTF-8; they are escaped in JSON.
        result = json.dumps(analysis(line.rstrip("\r\n"), options.language), ensure_ascii=False)
        _utf8(sys.stdout).write(result + "\n")
    sys.stdout.flush()
    return 0


def _utf8(stream: TextIO, newline: str | None = None) -> TextIO:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure and (stream.encoding or "").lower() != "utf-8":
        reconfigure(encoding="utf-8", errors="surrogateescape", newline=newline)
    return stream
