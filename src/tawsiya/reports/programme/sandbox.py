"""Fill a Word template in a child process whose memory, time and output are capped."""

from typing import Any

from tawsiya.core.sandbox import MIB, TIME, Failed, Limits, Pool
from tawsiya.reports.programme.child import BAD
from tawsiya.reports.programme.word import BadTemplate

LIMITS = Limits(memory=768 * MIB, seconds=60, output=50 * MIB)
POOL = Pool("tawsiya.reports.programme.child", size=1, memory=LIMITS.memory)


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
