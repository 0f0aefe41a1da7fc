"""Programmes as documents: a small one at once, a large one by a job, kept a day for who asked for it."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock, jobs
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.visibility import sees_whole
from tawsiya.reports.making import whole_version
from tawsiya.reports.models import MadeDocument
from tawsiya.reports.tasks import make_document

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
    rows = MadeDocument.objects.select_related("version__programme")
    document = rows.filter(pk=pk, asked_by=reader.user_id, step=Step.READY).first()
    if document is None or not sees_whole(reader, document.version):
        raise Http404
    return document


def ask_for_document(*, version: Version, form: str, language: str, by: Reader) -> MadeDocument:
    """Ask for a document. One that is still being made is not asked for again.

    Raises:
        PermissionRefused: `by` may not export.
        Http404: `by` does not see the whole version.
        RuleViolated: no such form.
    """
    actor = require(by, Act.EXPORT)
    whole_version(by, version.pk)
    if form not in MadeDocument.Form.values:
        raise RuleViolated(_("There is no such form."))
    with transaction.atomic():
        rows = MadeDocument.objects.filter(
            version=version, form=form, language=language, asked_by_id=actor.user_id
        ).exclude(step__in=[Step.READY, Step.FAILED])
        if open_one := rows.first():
            return open_one
        document = MadeDocument.objects.create(
            version=version, form=form, language=language, asked_by_id=actor.user_id, asked_at=clock.now()
        )
        # One after the other, for each takes much memory.
        jobs.defer(make_document, lock="reports.documents", document_id=document.pk)
    return document
