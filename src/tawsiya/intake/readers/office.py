"""Word files in the old .doc format, by LibreOffice where it is installed: converted, then read as .docx.

The conversion runs apart (:mod:`tawsiya.core.sandbox.programs`) with a profile of its own, in which macros,
links to other files and everything that would be fetched are switched off.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

from tawsiya.core.sandbox import MIB, Failed, programs
from tawsiya.core.sandbox.process import TIME
from tawsiya.intake.readers.archive import MAX_FILE
from tawsiya.intake.readers.records import UnreadableFile

CAPS = programs.Caps(seconds=120, memory=4096 * MIB, output=MAX_FILE * 2)
"""Of one conversion: 200 pages take some seconds; its libraries alone claim 1 GiB of addresses."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _ENCRYPTED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def is_old_word(data: bytes) -> bool:
    """Whether a file is a Word text in the old binary format, without a password."""
    return data.startswith(_OLE) and _WORD in data and _ENCRYPTED not in data


def program() -> str:
    """The path of LibreOffice, "" where it is not installed."""
    return programs.found("soffice", "libreoffice")


# Reading, showing and applying one import ask for the same file one after the other.
@lru_cache(maxsize=2)
def to_docx(data: bytes, caps: programs.Caps = CAPS) -> bytes:
    """Convert an old Word file.

    Raises UnreadableFile where LibreOffice is missing or does not get through.
    """
    office = program()
    if not office:
        raise UnreadableFile("legacy_word")
    with programs.private_folder() as folder:
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        (folder / "document.doc").write_bytes(data)
        try:
            programs.run(
                _command(office, folder), folder=folder, caps=caps, more={"SAL_USE_VCLPLUGIN": "svp"}
            )
            made = (folder / "out" / "document.docx").read_bytes()
        except Failed as failure:
            if failure.kind == TIME:
                raise UnreadableFile("timed_out", seconds=caps.seconds) from failure
            raise UnreadableFile("legacy_word_failed") from failure
        except OSError as error:  # it said nothing and wrote nothing
            raise UnreadableFile("legacy_word_failed") from error
    if len(made) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=math.ceil(MAX_FILE / MIB))
    return made


def _command(office: str, folder: Path) -> list[str]:
    return [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--infilter=MS Word 97",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / "document.doc"),
    ]
