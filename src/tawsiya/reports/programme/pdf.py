"""A programme, or the sheet of one measure, as PDF."""

from functools import cache
from importlib import resources
from typing import Any

from tawsiya.core import paper


def typeset(name: str, content: dict[str, Any]) -> bytes:
    """Return a document as a tagged PDF.

    Args:
        name: of a source, `programme` or `measure`.
        content: of `content.programme_content` or `content.measure_content`.

    Raises:
        CannotTypeset: it takes more time, memory or room than one may.
    """
    return paper.typeset(_source(name), content)


@cache
def _source(name: str) -> str:
    folder = resources.files("tawsiya.reports").joinpath("typst")
    return "\n".join(folder.joinpath(f"{part}.typ").read_text("utf-8") for part in ("base", name))
