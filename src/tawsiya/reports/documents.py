"""Which documents of a programme a reader asked for, and which programmes are too large for one at once."""

from django.http import Http404

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.programme.models import Measure, Version
from tawsiya.reports.making import whole_version
from tawsiya.reports.models import MadeDocument

AT_ONCE = 40  # measures: beyond, a document takes more than the second that a page may take
Step = MadeDocument.Step


def is_large(version: Version) -> bool:
    """Tell whether the documents of a version are made by a job."""
    return Measure.objects.filter(version=version).count() > AT_ONCE


def documents_of(reader: Reader, version: Version) -> list[MadeDocument]:
    """Return the documents of a version that the reader asked for, the newest first."""
    return list(MadeDocument.objects.filter(version=version, asked_by=reader.user_id))


def own_document(reader: Reader, pk: int) -> MadeDocument:
    """Return a document that the reader asked for, is ready, and may still be read.

    Raises:
        PermissionRefused: the reader may not export any more.
        Http404: there is none, or the reader does not see the whole version any more.
    """
    require(reader, Act.EXPORT)
    document = MadeDocument.objects.filter(pk=pk, asked_by=reader.user_id, step=Step.READY).first()
    if document is None:
        raise Http404
    whole_version(reader, document.version_id)
    return document
