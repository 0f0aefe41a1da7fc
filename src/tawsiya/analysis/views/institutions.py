"""Which institution is suggested as responsible, learnt from past assignments: for those who assign."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.models import ModelVersion
from tawsiya.analysis.permissions import may_see_institutions
from tawsiya.analysis.queries.tagging import newest_version, versions_of
from tawsiya.analysis.suggesting import model_of, nearest, said_of
from tawsiya.analysis.views.common import distinct_words, label_figures, total_of
from tawsiya.core import learn
from tawsiya.core.errors import RuleViolated
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for, with_everything
from tawsiya.recommendations.reading import reading_text

_MOST_ITEMS = 200
_MOST = 3


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """Show the model of institutions: figures on held-back data for each, and over its versions."""
    reader = reader_of(request)
    acting(reader, may_see_institutions(reader))
    version = newest_version(None)
    names = {row.key: row for row in Institution.objects.all()}
    context = {
        "version": version,
        "total": total_of(version),
        "figures": [(names.get(key), row) for key, row in label_figures(version).items()],
        "versions": [(row, total_of(row)) for row in versions_of(None)[:12]],
    }
    return render(request, "tagging/institutions.html", context)


@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    """Answer a piece of a page: the institutions suggested for one or several recommendations (`ids`)."""
    reader = reader_of(request)
    acting(reader, may_see_institutions(reader))
    ids = [int(one) for one in request.GET.get("ids", "").split(",") if one.isdecimal() and len(one) < 12]
    items = list(recommendations_for(reader).filter(pk__in=ids[:_MOST_ITEMS]).prefetch_related("texts"))
    version = newest_version(None)
    rows: list[dict[str, Any]] = []
    if version is not None and items:
        try:
            rows = _rows(reader, version, items)
        except RuleViolated:
            rows = []
    return render(
        request, "tagging/_institutions.html", {"rows": rows, "version": version, "many": len(items) > 1}
    )


def _rows(reader: Reader, version: ModelVersion, items: list[Recommendation]) -> list[dict[str, Any]]:
    model = model_of(version)
    scores: dict[str, float] = defaultdict(float)
    for said in said_of(model, [item.pk for item in items]):
        scores[said.label] += said.score / len(items)
    best = sorted(scores, key=lambda key: -scores[key])[:_MOST]
    names = {row.key: row for row in Institution.objects.filter(key__in=best)}
    first = reading_text(items[0]) if len(items) == 1 else None
    return [
        {
            "institution": names[key],
            "score": scores[key],
            "words": _words(model, first.text, key) if first else [],
            "examples": _examples(reader, version, first.text, key, items[0].pk) if first else [],
        }
        for key in best
        if key in names
    ]


def _words(model: learn.Model, text: str, key: str) -> list[str]:
    return distinct_words(text, learn.spoken_words(model, text, key))


def _examples(reader: Reader, version: ModelVersion, text: str, key: str, item: int) -> list[Recommendation]:
    near = dict(nearest(version, text, key, item, most=2))
    rows = with_everything(recommendations_for(reader).filter(pk__in=near), reader)
    return sorted(rows, key=lambda row: -near[row.pk])
