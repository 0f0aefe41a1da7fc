"""Fill a Word template, or set a PDF, in a child process whose memory, time and output are capped."""

import json
from typing import Any

from tawsiya.core.sandbox import MIB, TIME, Failed, Limits, Pool
from tawsiya.reports.programme.child import BAD
from tawsiya.reports.programme.word import BadTemplate

LIMITS = Limits(memory=768 * MIB, seconds=60, output=50 * MIB)
POOL = Pool("tawsiya.reports.programme.child", size=1, memory=LIMITS.memory)
SETTING = Limits(memory=1024 * MIB, seconds=90, output=100 * MIB)
"""Of a PDF: 200 measures on some 440 pages take 360 MB and two seconds, twice as many twice that."""
TYPESETTERS = Pool("tawsiya.reports.programme.typesetter", size=1, memory=SETTING.memory)


class CannotTypeset(Exception):
    """A PDF was not made; `kind` says what ran out: `time`, `memory`, `output`, or `crash`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def typeset(name: str, content: dict[str, Any]) -> bytes:
    """As `pdf.typeset`, in a child process.

    Raises:
        CannotTypeset: the child ran out of time, memory or room, or died.
    """
    data = json.dumps(content, ensure_ascii=False).encode()
    try:
        with TYPESETTERS.call("typeset", data, {"name": name}, SETTING) as pieces:
            return b"".join(pieces)
    except Failed as failure:
        raise CannotTypeset(failure.kind) from failure


def fill(template: bytes, content: dict[str, Any]) -> bytes:
    """As `word.filled`, in a child process.

    Raises:
        BadTemplate: as there; also when the child runs out of time, memory or room, or dies.
    """
    try:
        with POOL.call("fill", template, {"content": content}, LIMITS) as pieces:
            answer = b"".join(pieces)
    except Failed as failure:
        raise BadTemplate("timeout" if failure.kind == TIME else str(failure.kind)) from failure
    if answer[:1] == BAD:
        raise BadTemplate(answer[1:].decode("utf-8", "replace"))
    return answer[1:]
