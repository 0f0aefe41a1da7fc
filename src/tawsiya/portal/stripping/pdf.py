"""PDF: written anew from its pages, so that earlier versions and unused objects stay behind."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    StreamObject,
)

from tawsiya.portal.stripping import CannotStrip
from tawsiya.portal.stripping.images import strip_jpeg_segments

# Of any object: descriptions, other programs' private data, names of layers' creators, alternate files.
_PRIVATE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/AA")
# Of the catalogue: attached files, scripts, form data, the collection view, what opens by itself.
_CATALOGUE_KEYS = ("/AcroForm", "/Collection", "/OpenAction", "/Perms", "/Legal", "/DSS")
_NAMED = ("/EmbeddedFiles", "/JavaScript")
# Everything else on a page besides links is a comment, with its author's name.
_KEPT_ANNOTATIONS = frozenset({"/Link"})
_RISKY_ACTIONS = frozenset({"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"})


def strip_pdf(data: bytes) -> bytes:
    """Return the PDF without document information, XMP, comments, attachments, scripts and forms.

    Links and bookmarks stay. Pictures inside lose their EXIF.

    Raises:
        CannotStrip: damaged, encrypted, or with filled form fields (they would vanish).
    """
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise CannotStrip("encrypted")
        if "/AcroForm" in reader.root_object and reader.get_fields():
            raise CannotStrip("form")
        writer = PdfWriter(clone_from=reader)
        return _clean(writer)
    except CannotStrip:
        raise
    # The engine fails in many ways on a damaged file; each means the same here.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise CannotStrip("damaged") from error


def _clean(writer: PdfWriter) -> bytes:
    root = writer.root_object
    for key in _CATALOGUE_KEYS:
        root.pop(NameObject(key), None)
    names = root.get("/Names")
    if names is not None:
        for key in _NAMED:
            names.get_object().pop(NameObject(key), None)
    for page in writer.pages:
        _drop_comments(page)
    for thing in list(writer._objects):  # the only way to reach every object
        _clean_object(thing)
    # Once more from the root: what nothing points to any longer (an attachment) is not copied.
    return _written(PdfWriter(clone_from=PdfReader(BytesIO(_written(writer)))))


def _written(writer: PdfWriter) -> bytes:
    writer.metadata = None
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _drop_comments(page: Any) -> None:
    kept = ArrayObject()
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        action = annotation.get("/A")
        risky = action is not None and action.get_object().get("/S") in _RISKY_ACTIONS
        if annotation.get("/Subtype") in _KEPT_ANNOTATIONS and not risky:
            for key in ("/T", "/Contents", "/M", "/NM"):
                annotation.pop(NameObject(key), None)
            kept.append(reference)
    page.pop(NameObject("/Annots"), None)
    if kept:
        page[NameObject("/Annots")] = kept


def _clean_object(thing: Any) -> None:
    if not isinstance(thing, DictionaryObject):
        return
    for key in _PRIVATE_KEYS:
        thing.pop(NameObject(key), None)
    if isinstance(thing, EncodedStreamObject | StreamObject) and _is_jpeg(thing):
        thing._data = strip_jpeg_segments(thing._data)


def _is_jpeg(stream: StreamObject) -> bool:
    filters = stream.get("/Filter")
    if isinstance(filters, ArrayObject):
        if len(filters) != 1:
            if "/DCTDecode" in filters:
                raise CannotStrip("picture")
            return False
        filters = filters[0]
    return filters == "/DCTDecode"
