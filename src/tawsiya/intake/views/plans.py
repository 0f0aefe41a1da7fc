"""Read the plan of a programme from a file: its tables are read in the sandbox, the rest is programme's."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.intake import messages
from tawsiya.intake.forms import PlanForm
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.programme.commands.exchange import keep_file
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.programme.queries import open_file_of, version_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file for a draft, and show what it would make of it."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    acting(reader, may_act_on_version(reader, version, "edit"))
    form = PlanForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            upload: UploadedFile = form.cleaned_data["file"]
            data = upload.read()
            try:
                file = keep_file(
                    version=version,
                    tables=sandbox.read_tables(data),
                    file_name=upload.name or "",
                    sha256=hashlib.sha256(data).hexdigest(),
                    by=reader,
                )
            except UnreadableFile as error:
                form.add_error("file", messages.refusal(error))
            except RuleViolated as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("programme:file", file.pk)
    context = {"form": form, "version": version, "waiting": open_file_of(reader, version)}
    return render(request, "intake/plan.html", context, status=status)
