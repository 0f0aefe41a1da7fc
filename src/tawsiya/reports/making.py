"""Make programmes as documents, and forget those that were made: the work of the jobs, and of small ones."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils.translation import override

from tawsiya.accounts.models import User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused
from tawsiya.core.paper import CannotTypeset
from tawsiya.core.sandbox import CRASH
from tawsiya.programme.models import Version
from tawsiya.programme.queries import version_or_404
from tawsiya.programme.visibility import sees_whole
from tawsiya.reports.models import MadeDocument
from tawsiya.reports.programme import pdf, sandbox
from tawsiya.reports.programme.content import programme_content
from tawsiya.reports.programme.measures import Plain
from tawsiya.reports.programme.word import BadTemplate, built_in
from tawsiya.reports.queries import current_template

KEPT = timedelta(days=1)
TOO_LARGE = "too_large"  # why a document was not made: it took more time, memory or room than one may
Step = MadeDocument.Step


def whole_version(reader: Reader, pk: int) -> Version:
    """Return a version that the reader sees whole and may take out.

    Raises:
        PermissionRefused: the reader may not export.
        Http404: there is none, or the reader sees a part of it at most.
    """
    require(reader, Act.EXPORT)
    version = version_or_404(reader, pk)
    if not sees_whole(reader, version):
        raise Http404
    return version


def file_name(version: Version, language: str, form: str, part: str = "") -> str:
    """Return the name of a document of a version or a `part` of it; a draft says there that it is one."""
    draft = "" if version.state in ("adopted", "revised") else "-draft"
    return f"{version.programme.key}-{version.number}{draft}-{language}{part}.{form}"


def written(content: Plain, form: str) -> bytes:
    """Return the document; Word by the template in use, by the built-in one where that cannot be filled.

    Raises:
        CannotTypeset: a PDF took more time or memory than one may take.
    """
    if form == MadeDocument.Form.PDF:
        return pdf.typeset("programme", content)
    try:
        return sandbox.fill(template_in_use(), content)
    except BadTemplate:  # it was tried when it was taken; a programme of another shape may still defeat it
        return sandbox.fill(built_in(), content)


def template_in_use() -> bytes:
    """Return the bytes of the Word template in use."""
    chosen = current_template()
    if chosen is None:
        return built_in()
    with default_storage.open(chosen.stored_as) as stored:
        return bytes(stored.read())


def make_document(pk: int) -> None:
    """Make a document that was asked for, as its person may read the version now."""
    document = MadeDocument.objects.select_related("version__programme", "asked_by").filter(pk=pk).first()
    if document is None or not document.is_open:
        return
    try:
        with override(document.language):
            data = _made(document, document.asked_by)
    except (Http404, PermissionRefused):
        _go_to(document, Step.FAILED, failed="gone")
        return
    except CannotTypeset as refusal:
        # Trying again would end as this did: the person is told, and no administrator is called.
        _go_to(document, Step.FAILED, failed=TOO_LARGE if refusal.kind != CRASH else refusal.kind)
        return
    except Exception as error:
        _go_to(document, Step.FAILED, failed=f"{type(error).__name__}: {error}"[:200])
        raise
    document.stored_as = default_storage.save(f"documents/{uuid4().hex}", ContentFile(data))
    document.size = len(data)
    document.file_name = file_name(document.version, document.language, document.form)
    _go_to(document, Step.READY)


def _made(document: MadeDocument, user: User) -> bytes:
    reader = reader_for(user, language=document.language)
    version = whole_version(reader, document.version_id)
    _go_to(document, Step.READING)
    content = programme_content(reader, version)
    _go_to(document, Step.WRITING)
    return written(content, document.form)


def _go_to(document: MadeDocument, step: MadeDocument.Step, failed: str = "") -> None:
    document.step, document.failed = step, failed
    document.save()


def forget_documents() -> int:
    """Delete the documents, and their files, that were asked for more than a day ago; return how many."""
    rows = list(MadeDocument.objects.filter(asked_at__lt=clock.now() - KEPT))
    for document in rows:
        document.delete()
        if document.stored_as:
            default_storage.delete(document.stored_as)
    return len(rows)
