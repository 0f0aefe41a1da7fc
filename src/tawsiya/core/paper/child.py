"""What the children of the sandbox do with a document to be set: the one task, `typeset`."""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

# One thread sets two hundred measures in a second, and holds less.
os.putenv("RAYON_NUM_THREADS", "1")

from tawsiya.core.paper import engine  # it reads the environment once

engine.warm_up()


def typeset(source: BinaryIO, arguments: dict[str, Any]) -> Iterator[bytes]:
    """Set a document; the arguments are those of the engine, the file is its data."""
    data = source.read().decode()
    yield engine.compiled(arguments["source"], data, accessible=arguments["accessible"])


TASKS = {"typeset": typeset}
