"""What the children of the sandbox do with a template: the one task, `fill`.

The answer is one piece: `GOOD` and the document, or `BAD` and what is wrong.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from tawsiya.reports.programme.word import BadTemplate, filled

GOOD = b"+"
BAD = b"-"


def fill(source: BinaryIO, arguments: dict[str, Any]) -> Iterator[bytes]:
    """Fill a template; `arguments` hold the content."""
    try:
        yield GOOD + filled(source.read(), arguments["content"])
    except BadTemplate as wrong:
        yield BAD + str(wrong).encode()


TASKS = {"fill": fill}
