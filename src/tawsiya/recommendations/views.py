"""The list of recommendations, and the forms about what is said of one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.audit.kept import until_next_act
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.query import without
from tawsiya.core.tables import respond
from tawsiya.recommendations.choices import Kind
from tawsiya.recommendations.columns import columns_for
from tawsiya.recommendations.commands import add_translation, set_national_grade, set_tags
from tawsiya.recommendations.facets import chips, clocked, facets_for
from tawsiya.recommendations.filters import ORDER_LABELS, Found, matching, matching_with_parts
from tawsiya.recommendations.forms import GradeForm, TagsForm, TranslationForm, open_languages
from tawsiya.recommendations.permissions import may_grade, may_tag, may_translate
from tawsiya.recommendations.queries import item_for, paragraphs_with_words, with_everything
from tawsiya.recommendations.reading import reader_language
from tawsiya.recommendations.visibility import sight_of


def _address(name: str) -> str:
    """Return the address of a page of a higher room, empty where that room is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_safe
def recommendation_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the list: the page in paragraphs with their parts, CSV and JSON row by row."""
    reader = reader_of(request)
    columns = columns_for(reader)
    if form != "html":
        rows = with_everything(matching_with_parts(reader, request.GET), reader)
        return respond(request, rows=rows, columns=columns, form=form, template="")
    found: Found = {}
    rows = paragraphs_with_words(matching(reader, request.GET, found), reader)
    query = without(request.GET, "page")
    if query.get("q", "").strip():
        # What words find stands in the index of texts, which follows the record a moment later.
        counted = _count(reader, query, found)
    else:
        counted = until_next_act(
            lambda: _count(reader, query, found),
            "recommendations.list",
            reader.audience,
            clocked(reader),
            query.urlencode(),
        )
    return respond(
        request,
        rows=rows,
        columns=columns,
        form=form,
        template="recommendations/list.html",
        context=_context(request, reader, counted),
        count=counted.total,
    )


@dataclass(frozen=True)
class _Counted:
    """What the list counts: facets, figures, all that it holds, the ids that whoever assigns may select."""

    facets: list[dict[str, Any]]
    figures: dict[str, int]
    total: int
    standing: list[int]


def _count(reader: Reader, query: QueryDict, words: Found) -> _Counted:
    found = matching(reader, query, words).order_by()
    figures = found.aggregate(
        total=Count("pk", distinct=True),
        recommendations=Count("pk", filter=Q(kind=Kind.RECOMMENDATION), distinct=True),
        others=Count("pk", filter=~Q(kind=Kind.RECOMMENDATION), distinct=True),
        parts=Count("parts", distinct=True),
    )
    assigns = bool(may(reader, Act.ASSIGN))
    standing = list(found.filter(withdrawn_at=None).values_list("pk", flat=True)) if assigns else []
    return _Counted(facets_for(reader, query, words), figures, figures["total"], standing)


def _context(request: HttpRequest, reader: Reader, counted: _Counted) -> dict[str, Any]:
    facets = counted.facets
    assign_url = _address("followup:assign") if may(reader, Act.ASSIGN) else ""
    ids = counted.standing if assign_url else []
    return {
        "sight": sight_of(reader),
        "facets": facets,
        "chips": chips(facets, request.GET),
        "clear_url": reverse("recommendations:list"),
        "search_query": request.GET.get("q", ""),
        "figures": counted.figures,
        "orders": _orders(request),
        "assign_url": assign_url,
        "plan_url": _address("programme:plan") if may(reader, Act.PLAN) else "",
        "all_ids": ",".join(map(str, ids)),
        "all_count": len(ids),
        "excel_url": _address("reports:recommendations-xlsx") if may(reader, Act.EXPORT) else "",
        "word_url": _address("reports:matrix-docx") if may(reader, Act.EXPORT) else "",
    }


def _orders(request: HttpRequest) -> list[dict[str, Any]]:
    now = request.GET.get("sort", "")
    rows = []
    for code, label in ORDER_LABELS.items():
        query = without(request.GET, "page")
        query["sort"] = code
        active = code == now or (now not in ORDER_LABELS and code == "document")
        rows.append({"label": label, "url": f"?{query.urlencode()}", "active": active})
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tags of one recommendation and set those that people set."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    acting(reader, may_tag(reader))
    form = TagsForm(request.POST or None, item=item)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            set_tags(
                recommendation=item,
                tags=form.chosen(),
                by=reader,
                seen_version=form.cleaned_data["seen_version"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form, status = _renewed(TagsForm, form, item, str(refusal)), 409
        else:
            messages.success(request, _("The tags are saved."))
            return redirect("followup:item", pk)
    return render(request, "recommendations/tags.html", {"item": item, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and record the national grade of the State's position."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    acting(reader, may_grade(reader))
    form = GradeForm(request.POST or None, item=item)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            set_national_grade(
                recommendation=item,
                grade=form.cleaned_data["grade"],
                by=reader,
                seen_version=form.cleaned_data["seen_version"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form, status = _renewed(GradeForm, form, item, str(refusal)), 409
        else:
            messages.success(request, _("The national grade is saved."))
            return redirect("followup:item", pk)
    return render(request, "recommendations/grade.html", {"item": item, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts of one recommendation and add an unofficial one."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    acting(reader, may_translate(reader))
    form = TranslationForm(request.POST or None, item=item, initial=_first_open(request, item))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            add_translation(
                recommendation=item,
                language=form.cleaned_data["language"],
                text=form.cleaned_data["text"],
                by=reader,
                seen_version=form.cleaned_data["seen_version"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form, status = _renewed(TranslationForm, form, item, str(refusal)), 409
        else:
            messages.success(request, _("The translation is saved."))
            return redirect("followup:item", pk)
    context = {"item": item, "form": form, "languages": open_languages(item)}
    return render(request, "recommendations/translate.html", context, status=status)


def _first_open(request: HttpRequest, item: Any) -> dict[str, str]:
    """Return the language that the form opens with, and the translation that stands there."""
    codes = [code for code, _name in open_languages(item)]
    asked = request.GET.get("language", reader_language())
    language = asked if asked in codes else next(iter(codes), "")
    text = next((row.text for row in item.texts.all() if row.language == language), "")
    return {"language": language, "text": text}


def _renewed(kind: Any, form: Any, item: Any, error: str) -> Any:
    """Return the form with what was typed, now about the version that the page shows."""
    data = form.data.copy()
    data["seen_version"] = str(item.version)
    renewed = kind(data, item=item)
    renewed.full_clean()
    renewed.add_error(None, error)
    return renewed
