"""Take out of a file what its author did not mean to publish: names, comments, places, earlier states.

Pure: bytes in, bytes out, no Django, no database. A file that cannot be cleaned with certainty is
refused by a code; `portal.messages` says it in the reader's language. The files were uploaded by
people, so `sandbox.strip` does the work in a child process with limits.
"""

from collections.abc import Callable


class CannotStrip(Exception):
    """The file cannot be cleaned: `code` says why, `detail` names the part of the file."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
IMAGES = {"image/png": "PNG", "image/jpeg": "JPEG"}


def strip(data: bytes, media_type: str) -> bytes:
    """Return the file without its metadata. Plain text has none and stays as it is.

    Raises:
        CannotStrip: the kind of file is not known, or this one holds what cannot be taken out.
    """
    if media_type == TEXT:
        return data
    return _stripper(media_type)(data)


def _stripper(media_type: str) -> Callable[[bytes], bytes]:
    # Imported where needed: the child that cleans a picture loads no PDF engine.
    if media_type in IMAGES:
        from tawsiya.portal.stripping.images import strip_image

        return lambda data: strip_image(data, IMAGES[media_type])
    if media_type == "application/pdf":
        from tawsiya.portal.stripping.pdf import strip_pdf

        return strip_pdf
    if media_type in (WORD, EXCEL):
        from tawsiya.portal.stripping.office import strip_office

        return lambda data: strip_office(data, media_type)
    raise CannotStrip("kind")
