"""The marks by which a row of an exported matrix is known again, signed so that none is made up.

A mark is short enough for a Word content control (64 characters) and says: which recommendation,
in which version, for which institution, and which draft stood in the cells when it was exported.
"""

from dataclasses import astuple, dataclass
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from tawsiya.intake.readers import filled_matrix

PREFIX = filled_matrix.PREFIX.rstrip(".")
_SALT = "tawsiya.matrix"
_SIGNATURE = 16
_MAX = 2**53


@dataclass(frozen=True)
class Mark:
    """What a row is about. `contribution` and its version are 0 where no draft was there."""

    recommendation: int
    version: int
    institution: int
    contribution: int = 0
    contribution_version: int = 0


def _sign(text: str) -> str:
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()[:_SIGNATURE]


def write(mark: Mark) -> str:
    """Return a mark as the text that the file carries."""
    text = ".".join([PREFIX, *(str(number) for number in astuple(mark))])
    return f"{text}.{_sign(text)}"


def read(text: str) -> Mark | None:
    """Return what a mark says; None for one that was altered or comes from another installation."""
    body, _dot, signature = text.rpartition(".")
    if not compare_digest(_sign(body).encode(), signature.encode()):
        return None
    parts = body.split(".")
    if len(parts) != 6 or parts[0] != PREFIX or not all(part.isdecimal() for part in parts[1:]):
        return None
    numbers = [int(part) for part in parts[1:]]
    return Mark(*numbers) if max(numbers) < _MAX else None


@dataclass(frozen=True)
class DocumentMark:
    """What the document as a whole is: the language it was written in, and for whom."""

    language: str
    institution: int


def write_document(mark: DocumentMark) -> str:
    """Return the mark of the document as the text that the file carries."""
    text = f"{filled_matrix.DOCUMENT_PREFIX}{mark.language}.{mark.institution}"
    return f"{text}.{_sign(text)}"


def read_document(text: str | None) -> DocumentMark | None:
    """Return what the document's mark says; None where it was lost or altered."""
    body, _dot, signature = (text or "").rpartition(".")
    if not compare_digest(_sign(body).encode(), signature.encode()):
        return None
    parts = body.removeprefix(filled_matrix.DOCUMENT_PREFIX).split(".")
    if len(parts) != 2 or not parts[1].isdecimal() or int(parts[1]) >= _MAX:
        return None
    return DocumentMark(parts[0], int(parts[1]))
