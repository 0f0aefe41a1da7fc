"""Clean an untrusted file in a child process whose memory, time and output are capped."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import tawsiya
from tawsiya.portal.stripping import TEXT, CannotStrip
from tawsiya.portal.stripping.child import REFUSED

MEMORY = 1024 * 2**20
SECONDS = 60
OUTPUT = 100 * 2**20
_CHILD = "tawsiya.portal.stripping.child"


def strip(data: bytes, media_type: str) -> bytes:
    """As `stripping.strip`, in a child process without secrets in its environment.

    Raises:
        CannotStrip: as there; also when the child runs out of time, memory or room, or dies.
    """
    if media_type == TEXT:  # nothing is parsed
        return data
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(data)
        source.seek(0)
        status = _run([media_type, str(MEMORY), str(SECONDS), str(OUTPUT)], source, target)
        target.seek(0)
        result = target.read(OUTPUT + 1)
    if status == REFUSED:
        code, _, detail = result.decode("utf-8", "replace").partition("\n")
        raise CannotStrip(code, detail)
    if status != 0 or not result:
        raise CannotStrip("damaged")
    return result


def _run(arguments: list[str], source: IO[bytes], target: IO[bytes]) -> int:
    command = [sys.executable, "-P", "-s", "-m", _CHILD, *arguments]
    root = Path(tawsiya.__path__[0]).resolve().parent
    environment = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            return process.wait(SECONDS + 10)
        except subprocess.TimeoutExpired as late:
            raise CannotStrip("damaged") from late
        finally:
            process.kill()
