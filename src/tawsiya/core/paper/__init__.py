"""Documents on paper: Typst in a child process whose memory, time and output are capped.

The rooms call `typeset` and nothing else of it.
"""

import json
from collections.abc import Mapping
from typing import Any

from tawsiya.core.sandbox import MIB, Failed, Limits, Pool

LIMITS = Limits(memory=1024 * MIB, seconds=90, output=100 * MIB)
"""200 measures on some 440 pages take 360 MB and two seconds, twice as many twice that."""
POOL = Pool("tawsiya.core.paper.child", size=1, memory=LIMITS.memory)


class CannotTypeset(Exception):
    """A PDF was not made; `kind` says what ran out: `time`, `memory`, `output`, or `crash`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def typeset(source: str, content: Mapping[str, Any], *, accessible: bool = False) -> bytes:
    """Return a document as PDF, made in a child process.

    Args:
        source, accessible: as in `engine.compiled`.
        content: what the source reads as its data.

    Raises:
        CannotTypeset: the child ran out of time, memory or room, or died.
    """
    data = json.dumps(content, ensure_ascii=False).encode()
    try:
        with POOL.call("typeset", data, {"source": source, "accessible": accessible}, LIMITS) as pieces:
            return b"".join(pieces)
    except Failed as failure:
        raise CannotTypeset(failure.kind) from failure
