"""`tawsiya extract FILE [--json]`."""

import argparse
import sys
from collections.abc import Sequence

from tawsiya.intake.readers import extract


def run(arguments: Sequence[str]) -> int:
    """Read one document. JSON lines, unless a person looks at a terminal and did not ask for them."""
    parser = argparse.ArgumentParser(prog="tawsiya extract", description=extract.__doc__)
    parser.add_argument("file")
    parser.add_argument("--json", action="store_true", help="JSON lines on a terminal too")
    options = parser.parse_args(arguments)
    as_json = options.json or not sys.stdout.isatty()
    return extract.run(options.file, sys.stdout, sys.stderr, as_json=as_json)
