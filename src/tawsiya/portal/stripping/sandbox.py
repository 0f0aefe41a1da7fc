"""Clean an untrusted file in a child process whose memory, time and output are capped."""

from tawsiya.core.sandbox import MEMORY, MIB, Failed, Limits, Pool
from tawsiya.portal.stripping import TEXT, CannotStrip
from tawsiya.portal.stripping.child import CLEAN, REFUSED

LIMITS = Limits(memory=1024 * MIB, seconds=60, output=100 * MIB)
POOL = Pool("tawsiya.portal.stripping.child", memory=LIMITS.memory)


def strip(data: bytes, media_type: str) -> bytes:
    """As `stripping.strip`, in a child process without secrets in its environment.

    Raises:
        CannotStrip: as there; also when the child runs out of time, memory or room, or dies.
    """
    if media_type == TEXT:  # nothing is parsed
        return data
    try:
        with POOL.call("strip", data, {"media_type": media_type}, LIMITS) as pieces:
            answer = b"".join(pieces)
    except Failed as failure:
        raise CannotStrip("too_large" if failure.kind == MEMORY else "damaged") from failure
    kind, result = answer[:1], answer[1:]
    if kind == REFUSED:
        code, _, detail = result.decode("utf-8", "replace").partition("\n")
        raise CannotStrip(code, detail)
    if kind != CLEAN or not result:
        raise CannotStrip("damaged")
    return result
