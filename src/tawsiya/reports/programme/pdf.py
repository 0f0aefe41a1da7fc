"""A programme, or the sheet of one measure, as PDF: Typst, with our own fonts and none of the machine's.

Pure, and done in a child process (`sandbox.typeset`): some hundred pages take hundreds of megabytes.
"""

from functools import cache
from importlib import resources

import typst

_FOLDER = "typst"


def typeset(name: str, data: str) -> bytes:
    """Return a document as a tagged PDF.

    Args:
        name: of a source, `programme` or `measure`.
        data: JSON of `content.programme_content` or `content.measure_content`.
    """
    # What people wrote goes in as data: it is never read as markup.
    return _compiled(_source(name), data)


def warm_up() -> None:
    """Set one page, so that the engine has started its threads before a child gives up starting any."""
    _compiled(b"#sys.inputs.data", "1")


def _compiled(source: bytes, data: str) -> bytes:
    fonts = resources.files("tawsiya").joinpath("assets/vendor/fonts")
    with resources.as_file(fonts) as folder:
        compiled = typst.compile(  # type: ignore[misc]  # the stubs cannot bind their own variables
            source, sys_inputs={"data": data}, font_paths=[str(folder)], ignore_system_fonts=True
        )
    assert isinstance(compiled, bytes)  # one file for all pages
    return compiled


@cache
def _source(name: str) -> bytes:
    folder = resources.files("tawsiya.reports").joinpath(_FOLDER)
    return b"\n".join(folder.joinpath(f"{part}.typ").read_bytes() for part in ("base", name))
