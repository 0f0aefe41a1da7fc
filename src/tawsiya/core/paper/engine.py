"""Typst, with our own fonts and none of the machine's: the only place that calls it.

Pure, and run in a child process only (`core.paper.typeset`): some hundred pages take hundreds of megabytes,
and what people wrote may be long.
"""

from functools import cache
from importlib import resources
from typing import Literal

import typst

_STANDARDS: tuple[list[Literal["ua-1"]], ...] = (["ua-1"], [])


def compiled(source: str, data: str, *, accessible: bool) -> bytes:
    """Return a document as a tagged PDF.

    Args:
        source: Typst's markup, our own.
        data: JSON, read by the source as `sys.inputs.data`: what people wrote is never read as markup.
        accessible: hold it to PDF/UA-1. That refuses a letter that no font holds, such as a symbol typed into
            a name; tagged the document then stays.

    Raises:
        typst.TypstError: the source cannot be set.
    """
    for standards in _STANDARDS if accessible else _STANDARDS[1:]:
        # A compiler that has refused finds its source no more.
        compiler = typst.Compiler(source.encode(), font_paths=_fonts(), sys_inputs={"data": data})
        try:
            made = compiler.compile(format="pdf", pdf_standards=list(standards))
        except typst.TypstError:
            if not standards:
                raise
        else:
            break
    assert isinstance(made, bytes), "several files come of pictures only"
    return made


def warm_up() -> None:
    """Set one page, so that the engine has started its threads before a child gives up starting any."""
    compiled("#sys.inputs.data", "1", accessible=False)


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that Tawsiya ships, and no others: the same paper on every machine."""
    folder = resources.files("tawsiya").joinpath("assets/vendor/fonts")
    with resources.as_file(folder) as path:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path)])
