"""Pages of the UN side: documents, one document, reviews, bodies."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.labels import text_of
from tawsiya.core.query import without
from tawsiya.core.tables import Column, respond
from tawsiya.mechanisms.filters import DOCUMENT_FACETS, DocumentFilter
from tawsiya.mechanisms.queries import (
    bodies_for,
    companions_of,
    document_for,
    documents_for,
    obligations_for,
    reviews_for,
)

_NUMBER = Column("recommendations", gettext_lazy("Recommendations"), lambda row: row.recommendation_count)

DOCUMENT_COLUMNS = (
    Column("id", gettext_lazy("Number"), lambda row: row.pk),
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.symbol),
    Column("body", gettext_lazy("Body"), lambda row: row.body.code),
    Column("type", gettext_lazy("Type"), lambda row: row.type),
    Column("cycle", gettext_lazy("Cycle"), lambda row: row.review.cycle if row.review else None),
    Column(
        "review_year", gettext_lazy("Year of the review"), lambda row: row.review.year if row.review else None
    ),
    Column("published_on", gettext_lazy("Date"), lambda row: row.published_on),
    Column("title", gettext_lazy("Title"), lambda row: text_of(row.titles)),
    Column("authentic_language", gettext_lazy("Authentic language"), lambda row: row.authentic_language),
    _NUMBER,
)
REVIEW_COLUMNS = (
    Column("body", gettext_lazy("Body"), lambda row: row.body.code),
    Column("body_name", gettext_lazy("Name of the body"), lambda row: text_of(row.body.names)),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("cycle", gettext_lazy("Cycle"), lambda row: row.cycle),
    Column("session", gettext_lazy("Session"), lambda row: row.session),
    Column("year", gettext_lazy("Year"), lambda row: row.year),
    Column("held_on", gettext_lazy("Date"), lambda row: row.held_on),
    Column("documents", gettext_lazy("Documents"), lambda row: [one.symbol for one in row.documents.all()]),
    _NUMBER,
)
OBLIGATION_COLUMNS = (
    Column("kind", gettext_lazy("What"), lambda row: row.kind),
    Column("body", gettext_lazy("Body"), lambda row: row.body.code),
    Column("due_on", gettext_lazy("Due date"), lambda row: row.due_on),
    Column("within_months", gettext_lazy("Months after adoption"), lambda row: row.within_months),
    Column("source", gettext_lazy("Document"), lambda row: row.source.symbol if row.source else ""),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.paragraph),
    Column("items", gettext_lazy("Paragraphs chosen"), lambda row: row.items),
    Column(
        "answered_by",
        gettext_lazy("Answered by"),
        lambda row: row.fulfilled_by.symbol if row.fulfilled_by else "",
    ),
    Column("note", gettext_lazy("Note"), lambda row: row.note),
)
BODY_COLUMNS = (
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column("name", gettext_lazy("Name"), lambda row: text_of(row.names)),
    Column("mechanism", gettext_lazy("Mechanism"), lambda row: row.mechanism),
    Column(
        "treaties",
        gettext_lazy("Treaties in force for the State"),
        lambda row: [treaty.code for treaty in row.treaties.all() if treaty.party_since],
    ),
    Column("reviews", gettext_lazy("Reviews"), lambda row: row.review_count),
    Column("documents", gettext_lazy("Documents"), lambda row: row.document_count),
    _NUMBER,
)


def _tabs(active: str) -> list[dict[str, Any]]:
    pages = (
        ("documents", _("Documents")),
        ("reviews", _("Reviews")),
        ("obligations", _("Obligations")),
        ("bodies", _("Bodies")),
    )
    return [
        {"label": label, "url": reverse(f"mechanisms:{name}"), "active": name == active}
        for name, label in pages
    ]


@require_safe
def document_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the list of documents."""
    rows = documents_for(reader_of(request))
    return respond(
        request,
        rows=DocumentFilter(request.GET, queryset=rows).qs,
        columns=DOCUMENT_COLUMNS,
        form=form,
        template="mechanisms/documents.html",
        context={"tabs": _tabs("documents"), **_browse(request, rows)} if form == "html" else None,
    )


def _browse(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """Return the shell's facets; the words searched are a chip too."""
    path = reverse("mechanisms:documents")
    context = facets.shell(DOCUMENT_FACETS, DocumentFilter, request.GET, rows, path)
    words = request.GET.get("q", "").strip()
    if words:
        rest = without(request.GET, "q", "page")
        chip = {"facet": _("Search"), "label": words, "url": f"?{rest.urlencode()}"}
        context["chips"] = [chip, *context["chips"]]
    return context


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one document: what it is, its editions and languages, what it obliges to, its recommendations."""
    reader = reader_of(request)
    found = document_for(reader, pk)
    context = {"document": found, "companions": companions_of(reader, found)}
    return render(request, "mechanisms/document.html", context)


@require_safe
def review_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the list of reviews, by body."""
    return respond(
        request,
        rows=reviews_for(reader_of(request)),
        columns=REVIEW_COLUMNS,
        form=form,
        template="mechanisms/reviews.html",
        context={"tabs": _tabs("reviews")},
    )


@require_safe
def obligation_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer what the State owes to the bodies, and by when."""
    return respond(
        request,
        rows=obligations_for(reader_of(request)),
        columns=OBLIGATION_COLUMNS,
        form=form,
        template="mechanisms/obligations.html",
        context={"tabs": _tabs("obligations")},
    )


@require_safe
def body_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the list of bodies with the treaties in force."""
    return respond(
        request,
        rows=bodies_for(reader_of(request)),
        columns=BODY_COLUMNS,
        form=form,
        template="mechanisms/bodies.html",
        context={"tabs": _tabs("bodies")},
        page_size=100,
    )
