"""Programmes and measures as Word and PDF, and the template of the first."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.core.paper import CannotTypeset
from tawsiya.programme.queries import measure_or_404
from tawsiya.recommendations.reading import reader_language
from tawsiya.reports.commands import ask_for_document, replace_template, restore_template
from tawsiya.reports.documents import documents_of, is_large, own_document
from tawsiya.reports.forms import TemplateForm
from tawsiya.reports.making import file_name, template_in_use, whole_version, written
from tawsiya.reports.models import MadeDocument
from tawsiya.reports.programme.content import measure_content, programme_content
from tawsiya.reports.programme.pdf import typeset
from tawsiya.reports.programme.word import MARKS
from tawsiya.reports.queries import current_template
from tawsiya.reports.views import WORD, file_answer

PDF = "application/pdf"


TYPES = {MadeDocument.Form.WORD.value: WORD, MadeDocument.Form.PDF.value: PDF}


@require_safe
def programme_document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A programme as Word or PDF at once; a large one on the page where its documents are asked for."""
    reader = reader_of(request)
    version = whole_version(reader, pk)
    if is_large(version):
        return redirect("reports:programme-documents", pk)
    try:
        data = written(programme_content(reader, version), form)
    except CannotTypeset:
        return _not_made(request, "programme:version", pk)
    return file_answer(data, TYPES[form], file_name(version, reader_language(), form))


@require_http_methods(["GET", "HEAD", "POST"])
def programme_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the documents of a large programme, see how far each is, and take it."""
    reader = reader_of(request)
    version = whole_version(reader, pk)
    if request.method == "POST":
        try:
            ask_for_document(
                version=version, form=request.POST.get("form", ""), language=reader_language(), by=reader
            )
        except RuleViolated as refusal:
            messages.error(request, str(refusal))
        return redirect("reports:programme-documents", pk)
    rows = documents_of(reader, version)
    context = {
        "version": version,
        "documents": rows,
        "is_waiting": any(row.is_open for row in rows),
        "forms": MadeDocument.Form.choices,
    }
    return render(request, "reports/programme_documents.html", context)


@require_safe
def made_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document that was made for the reader."""
    document = own_document(reader_of(request), pk)
    with default_storage.open(document.stored_as) as stored:
        return file_answer(bytes(stored.read()), TYPES[document.form], document.file_name)


@require_safe
def measure_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """All that belongs to a measure, as PDF: a page where that is enough, else more."""
    reader = reader_of(request)
    require(reader, Act.EXPORT)
    measure = measure_or_404(reader, pk)
    stem = f"-{measure.code}".replace("/", "-")
    name = file_name(measure.version, reader_language(), "pdf", part=stem)
    try:
        data = typeset("measure", measure_content(reader, measure))
    except CannotTypeset:
        return _not_made(request, "programme:measure", pk)
    return file_answer(data, PDF, name)


def _not_made(request: HttpRequest, back: str, pk: int) -> HttpResponse:
    messages.error(request, _("The PDF could not be made: it took too long, or too much memory."))
    return redirect(back, pk)


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
    return file_answer(template_in_use(), WORD, "programme-template.docx")


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
