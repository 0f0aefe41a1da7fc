"""The document of an import as pages to look at: drawn in the sandbox, kept beside the stored file.

What is kept can be drawn again at any time; it stands in private storage under the file's own random
name and is served to those who may see the import, by the views.
"""

import json
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tawsiya.intake.models import ImportRun
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.layout import Layout

DPI = 120
"""Dots per inch: a page of A4 is some thousand pixels wide and weighs about 70 kB."""
_LAYOUT = "layout-1.json"
"""The number changes with the shape of what is kept."""


def layout_of(run: ImportRun) -> Layout:
    """Return the pages or passages of an import's file.

    Raises:
        FileNotFoundError: the stored file has gone.
        UnreadableFile: the file cannot be opened any more, by what a child of the sandbox says.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Layout.from_json(json.loads(_kept(run, _LAYOUT)))
    layout = sandbox.layout(_stored(run))
    _keep(run, _LAYOUT, json.dumps(layout.as_json()).encode("ascii"))
    return layout


def picture_of(run: ImportRun, number: int) -> bytes:
    """Return a page of an import's PDF as PNG; `number` counts from 1.

    Raises:
        FileNotFoundError: the stored file has gone, or has no such page.
        UnreadableFile: the page cannot be drawn within the limits of the sandbox.
    """
    name = f"{number}-{DPI}.png"
    with suppress(OSError):
        return _kept(run, name)
    for _sheet, drawn in sandbox.pictures(_stored(run), [number], dpi=DPI):
        _keep(run, name, drawn)
        return drawn
    raise FileNotFoundError(name)


def _stored(run: ImportRun) -> bytes:
    with default_storage.open(run.stored_as) as stream:
        data: bytes = stream.read()
    return data


def _kept(run: ImportRun, name: str) -> bytes:
    with default_storage.open(_path(run, name)) as stream:
        data: bytes = stream.read()
    return data


def _keep(run: ImportRun, name: str, data: bytes) -> None:
    path = _path(run, name)
    if default_storage.exists(path):
        default_storage.delete(path)  # of another shape, or damaged
    written = default_storage.save(path, ContentFile(data))
    if written != path:  # somebody drew the same page at the same moment
        default_storage.delete(written)


def _path(run: ImportRun, name: str) -> str:
    return f"{run.stored_as}.pages/{name}"
