"""A programme, or the sheet of one measure, as PDF: Typst, with our own fonts and none of the machine's."""

import json
from functools import cache
from importlib import resources
from typing import Any

import typst

_FOLDER = "typst"


def programme_pdf(content: dict[str, Any]) -> bytes:
    """Return a programme (of `content.programme_content`) as a tagged PDF."""
    return _compiled("programme", content)


def measure_pdf(content: dict[str, Any]) -> bytes:
    """Return one page on a measure (of `content.measure_content`) as a tagged PDF."""
    return _compiled("measure", content)


def _compiled(name: str, content: dict[str, Any]) -> bytes:
    # What people wrote goes in as data: it is never read as markup.
    given = {"data": json.dumps(content, ensure_ascii=False)}
    fonts = resources.files("tawsiya").joinpath("assets/vendor/fonts")
    with resources.as_file(fonts) as folder:
        compiled = typst.compile(  # type: ignore[misc]  # the stubs cannot bind their own variables
            _source(name), sys_inputs=given, font_paths=[str(folder)], ignore_system_fonts=True
        )
    assert isinstance(compiled, bytes)  # one file for all pages
    return compiled


@cache
def _source(name: str) -> bytes:
    folder = resources.files("tawsiya.reports").joinpath(_FOLDER)
    return b"\n".join(folder.joinpath(f"{part}.typ").read_bytes() for part in ("base", name))
