"""What the children of the sandbox do with a document to be set: the one task, `typeset`."""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

# One thread sets two hundred measures in a second, and holds less.
os.putenv("RAYON_NUM_THREADS", "1")

from tawsiya.reports.programme import pdf  # the engine reads the environment once

pdf.warm_up()


def typeset(source: BinaryIO, arguments: dict[str, Any]) -> Iterator[bytes]:
    """Set a document; `arguments` name its source, the file is its content."""
    yield pdf.typeset(arguments["name"], source.read().decode())


TASKS = {"typeset": typeset}
