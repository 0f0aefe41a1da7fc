"""Replace the Word template of programmes and go back to the built-in one; ask for documents."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock, jobs
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.models import Version
from tawsiya.reports.making import whole_version
from tawsiya.reports.models import MadeDocument, OutputTemplate
from tawsiya.reports.programme import sandbox
from tawsiya.reports.programme.trial import CONTENT
from tawsiya.reports.programme.word import BadTemplate
from tawsiya.reports.tasks import make_document


def replace_template(*, file_name: str, data: bytes, by: Reader) -> OutputTemplate:
    """Take a Word file as the template of programmes, once it was filled on trial; else the old one stays.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: too large, no Word file, or marks that cannot be understood; says what.
    """
    actor = require(by, Act.MANAGE_TEMPLATES)
    if len(data) > settings.UPLOAD_LIMIT_BYTES:
        raise RuleViolated(
            _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_BYTES // 2**20}
        )
    for content in (CONTENT, CONTENT | {"rtl": True, "draft": "", "axes": [], "annex": []}):
        try:
            sandbox.fill(data, content)
        except BadTemplate as wrong:
            raise RuleViolated(
                _("This template cannot be filled, and the former one stays. The engine says: %(problem)s")
                % {"problem": wrong}
            ) from wrong
    stored_as = default_storage.save(f"templates/{uuid4().hex}", ContentFile(data))
    with audit.change("template.replaced", by=actor) as event:
        template = OutputTemplate.objects.create(
            file_name=file_name[-200:],
            stored_as=stored_as,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            uploaded_by_id=actor.user_id,
            uploaded_at=clock.now(),
        )
        event.subject, event.after = template, {"file": template.file_name, "sha256": template.sha256}
    return template


def restore_template(*, by: Reader) -> None:
    """Go back to the built-in template; the files of the former ones stay for the record.

    Raises:
        PermissionRefused: `by` is no administrator.
        RuleViolated: the built-in one is in use.
    """
    actor = require(by, Act.MANAGE_TEMPLATES)
    with transaction.atomic():
        rows = list(OutputTemplate.objects.select_for_update().filter(removed_at__isnull=True))
        if not rows:
            raise RuleViolated(_("The built-in template is in use."))
        with audit.change("template.restored", by=actor, subject=rows[0]) as event:
            event.after = {"file": rows[0].file_name}
            for row in rows:
                row.removed_at = clock.now()
                row.save(update_fields=["removed_at"])


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
        ).exclude(step__in=[MadeDocument.Step.READY, MadeDocument.Step.FAILED])
        if open_one := rows.first():
            return open_one
        document = MadeDocument.objects.create(
            version=version, form=form, language=language, asked_by_id=actor.user_id, asked_at=clock.now()
        )
        # One after the other, for each takes much memory.
        jobs.defer(make_document, lock="reports.documents", document_id=document.pk)
    return document
