"""The language versions of one document side by side, paragraph by paragraph."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.tables import Column, respond
from tawsiya.intake import messages
from tawsiya.intake.queries import language_differences, languages_of, paragraphs_of
from tawsiya.mechanisms.queries import document_for
from tawsiya.recommendations.models import Recommendation

ROWS_PER_PAGE = 50
DIFFERENT = "different"


@dataclass(frozen=True)
class ParagraphShown:
    """A paragraph with its text in each language of the document, "" where it is missing."""

    item: Recommendation
    texts: Sequence[tuple[str, str, str]]
    differences: Sequence[str]


def _text_in(language: str) -> Column:
    def value(item: Recommendation) -> str | None:
        return next((one.text for one in item.texts.all() if one.language == language), None)

    return Column(f"text_{language}", language, value)


@require_safe
def languages(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Show where the versions of a document agree, and where one lacks a paragraph or says another thing."""
    reader = reader_of(request)
    document = document_for(reader, pk)
    codes = languages_of(document)
    only = request.GET.get("show", "") == DIFFERENT
    rows = paragraphs_of(reader, document, missing_in=codes if only else ())
    if form != "html":
        columns = (
            Column("paragraph", gettext_lazy("Paragraph"), lambda item: item.label),
            Column("kind", gettext_lazy("Kind"), lambda item: item.kind),
            Column("position", gettext_lazy("Position"), lambda item: item.position),
            *(_text_in(code) for code in codes),
        )
        return respond(request, rows=rows, columns=columns, form=form, template="")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    missing = paragraphs_of(reader, document, missing_in=codes).count()
    context = {
        "document": document,
        "languages": codes,
        "page": page,
        "rows": _shown(reader, list(page.object_list), codes),
        "tabs": _tabs(request, only, missing),
        "missing": missing,
    }
    return render(request, "intake/languages.html", context)


def _tabs(request: HttpRequest, only: bool, missing: int) -> list[dict[str, Any]]:
    return [
        {"label": _("All paragraphs"), "url": request.path, "active": not only},
        {
            "label": _("Missing in a language, or different"),
            "url": f"{request.path}?show={DIFFERENT}",
            "active": only,
            "badge": missing,
        },
    ]


def _shown(reader: Reader, items: Iterable[Recommendation], codes: Sequence[str]) -> list[ParagraphShown]:
    listed = list(items)
    told: dict[int, list[str]] = defaultdict(list)
    for target, warning in language_differences(reader, [item.pk for item in listed]):
        sentence = messages.warning(warning)
        if sentence not in told[target]:
            told[target].append(sentence)
    shown = []
    for item in listed:
        held = {one.language: (one.text, one.status) for one in item.texts.all()}
        texts = [(code, *held.get(code, ("", ""))) for code in codes]
        shown.append(ParagraphShown(item, texts, told[item.pk]))
    return shown
