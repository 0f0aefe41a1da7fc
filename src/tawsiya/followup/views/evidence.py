"""Files that prove what a contribution says: attach, remove, and read them safely."""

import logging

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.commands import log_access
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.commands.evidence import attach_evidence, remove_evidence
from tawsiya.followup.forms import EvidenceForm
from tawsiya.followup.permissions import may_act_on_contribution
from tawsiya.followup.queries import evidence_for
from tawsiya.followup.views.common import author_ids
from tawsiya.followup.views.contributions import contribution_or_404, page

log = logging.getLogger(__name__)

# A file that came from outside is shown by no page of ours: it is saved, never run or framed.
SAFE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to a contribution that can be edited."""
    reader = reader_of(request)
    contribution = contribution_or_404(reader, pk)
    acting(reader, may_act_on_contribution(reader, contribution, "edit", author_ids(contribution)))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload: UploadedFile = form.cleaned_data["file"]
        try:
            attach_evidence(
                contribution=contribution,
                title=form.cleaned_data["title"],
                file_name=upload.name or "",
                data=upload.read(),
                mark=EvidenceMark(form.cleaned_data["mark"]),
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The file is attached."))
            return redirect("followup:contribution", pk)
    return page(request, contribution, evidence_form=form, status=422)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off a contribution that can be edited."""
    reader = reader_of(request)
    evidence = get_object_or_404(evidence_for(reader), pk=pk)
    remove_evidence(evidence=evidence, by=reader)
    messages.success(request, _("The file is removed."))
    return redirect("followup:contribution", evidence.contribution_id)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file that the reader may see, as an attachment of its sniffed type; note who read it.

    Raises:
        Http404: no such file, or not the reader's to see.
    """
    reader = reader_of(request)
    evidence = get_object_or_404(evidence_for(reader), pk=pk)
    try:
        with default_storage.open(evidence.stored_as) as file:
            data = file.read()
    except FileNotFoundError as missing:
        log.exception("evidence %s is missing from storage", evidence.pk)
        raise Http404 from missing
    if reader.user_id is not None:
        log_access(user_id=reader.user_id, subject=evidence)
    disposition = content_disposition_header(as_attachment=True, filename=evidence.file_name)
    return HttpResponse(
        data,
        content_type=evidence.media_type,
        headers={**SAFE_HEADERS, "Content-Disposition": disposition or "attachment"},
    )
