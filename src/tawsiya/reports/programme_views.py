"""Programmes and measures as Word and PDF, and the template of the first."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.models import Version
from tawsiya.programme.queries import measure_or_404, version_or_404
from tawsiya.programme.visibility import sees_whole
from tawsiya.recommendations.reading import reader_language
from tawsiya.reports.commands import replace_template, restore_template
from tawsiya.reports.forms import TemplateForm
from tawsiya.reports.programme import pdf, sandbox
from tawsiya.reports.programme.content import measure_content, programme_content
from tawsiya.reports.programme.word import MARKS, BadTemplate, built_in
from tawsiya.reports.queries import current_template
from tawsiya.reports.views import WORD, file_answer

PDF = "application/pdf"


def _whole(reader: Reader, pk: int) -> Version:
    require(reader, Act.EXPORT)
    version = version_or_404(reader, pk)
    if not sees_whole(reader, version):
        raise Http404
    return version


def _name(version: Version, end: str) -> str:
    """Return a file's name, in which a draft says that it is one."""
    draft = "" if version.state in ("adopted", "revised") else "-draft"
    return f"{version.programme.key}-{version.number}{draft}-{reader_language()}{end}"


@require_safe
def programme_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme as Word, by the template in use; by the built-in one where that cannot be filled."""
    reader = reader_of(request)
    version = _whole(reader, pk)
    content = programme_content(reader, version)
    try:
        data = sandbox.fill(_template(), content)
    except BadTemplate:  # it was tried when it was taken; a programme of another shape may still defeat it
        data = sandbox.fill(built_in(), content)
    return file_answer(data, WORD, _name(version, ".docx"))


def _template() -> bytes:
    chosen = current_template()
    if chosen is None:
        return built_in()
    with default_storage.open(chosen.stored_as) as stored:
        return bytes(stored.read())


@require_safe
def programme_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme as PDF."""
    reader = reader_of(request)
    version = _whole(reader, pk)
    return file_answer(pdf.programme_pdf(programme_content(reader, version)), PDF, _name(version, ".pdf"))


@require_safe
def measure_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """All that belongs to a measure, as PDF: a page where that is enough, else more."""
    reader = reader_of(request)
    require(reader, Act.EXPORT)
    measure = measure_or_404(reader, pk)
    stem = f"-{measure.code}".replace("/", "-")
    return file_answer(
        pdf.measure_pdf(measure_content(reader, measure)), PDF, _name(measure.version, f"{stem}.pdf")
    )


@require_safe
def measure_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All that belongs to a measure, to be printed."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    return render(request, "reports/measure_sheet.html", measure_content(reader, measure) | {"pk": pk})


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """Show which template is in use, and take another one."""
    reader = reader_of(request)
    require(reader, Act.MANAGE_TEMPLATES)
    form = TemplateForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            upload: UploadedFile = form.cleaned_data["file"]
            try:
                replace_template(file_name=upload.name or "", data=upload.read(), by=reader)
            except RuleViolated as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, _("The template is in use."))
                return redirect("reports:template")
    context = {"form": form, "chosen": current_template(), "marks": MARKS}
    return render(request, "reports/template.html", context, status=status)


@require_safe
def template_docx(request: HttpRequest) -> HttpResponse:
    """The template in use, to be edited in Word."""
    require(reader_of(request), Act.MANAGE_TEMPLATES)
    return file_answer(_template(), WORD, "programme-template.docx")


@require_POST
def template_restore(request: HttpRequest) -> HttpResponse:
    """Go back to the built-in template."""
    try:
        restore_template(by=reader_of(request))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The built-in template is in use again."))
    return redirect("reports:template")
