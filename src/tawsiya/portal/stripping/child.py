"""What the children of the sandbox do with a file that is to be published: the one task, `strip`.

The answer is one piece: `CLEAN` and the file, or `REFUSED`, a code and a detail on two lines.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from tawsiya.portal.stripping import CannotStrip, strip

CLEAN = b"+"
REFUSED = b"-"


def stripped(source: BinaryIO, arguments: dict[str, Any]) -> Iterator[bytes]:
    """Clean a file; `arguments` hold its media type."""
    try:
        yield CLEAN + strip(source.read(), arguments["media_type"])
    except CannotStrip as refusal:
        yield REFUSED + f"{refusal.code}\n{refusal.detail}".encode()


TASKS = {"strip": stripped}
