"""Models: train, the page of one version, apply what is sure, undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.commands.tagging import apply_automatically, undo_automatic
from tawsiya.analysis.examples import FEWEST, examples_of
from tawsiya.analysis.models import Decision, Suggestion
from tawsiya.analysis.permissions import may_review, may_see_institutions
from tawsiya.analysis.queries.tagging import newest_version, version_for, vocabulary_for
from tawsiya.analysis.tasks import train_model
from tawsiya.analysis.views.common import label_figures, total_of
from tawsiya.core import jobs
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.models import RecommendationTag, Tag, Vocabulary
from tawsiya.recommendations.queries import recommendations_for, with_everything

_SHOWN = 100


@require_POST
def train_taxonomy(request: HttpRequest, code: str) -> HttpResponse:
    """Queue the training of a taxonomy's model."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    acting(reader, may_review(reader))
    _queue(request, vocabulary, reader.user_id)
    return redirect("tagging:taxonomy", code)


@require_POST
def train_institutions(request: HttpRequest) -> HttpResponse:
    """Queue the training of the model of institutions."""
    reader = reader_of(request)
    acting(reader, may_see_institutions(reader))
    _queue(request, None, reader.user_id)
    return redirect("tagging:institutions")


def _queue(request: HttpRequest, vocabulary: Vocabulary | None, user_id: int | None) -> None:
    if not examples_of(vocabulary).enough:
        text = _("There is too little to learn from: at least %(count)s labelled recommendations are needed.")
        messages.error(request, text % {"count": FEWEST})
        return
    code = vocabulary.code if vocabulary else ""
    # The key of the queue has no place for two trainings of one taxonomy.
    jobs.defer(train_model, lock=f"train-{code}", once=f"train-{code}", code=code, user_id=user_id)
    messages.success(request, _("The model is being trained; its figures appear here when it is done."))


@require_safe
def model(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: what it learnt from, its figures, what it applied and what people decided."""
    reader = reader_of(request)
    version = version_for(reader, pk)
    links = RecommendationTag.objects.filter(
        model_version=version.pk, recommendation__in=recommendations_for(reader)
    )
    automatic = links.filter(origin=TagOrigin.AUTOMATIC)
    verdicts: dict[str, int] = {}
    for verdict in Decision.objects.filter(version=version).values_list("verdict", flat=True):
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    newest = newest_version(version.vocabulary) == version
    may = bool(may_review(reader)) and version.vocabulary is not None
    rows = recommendations_for(reader).filter(pk__in=automatic.values("recommendation_id"))
    context: dict[str, Any] = {
        "version": version,
        "vocabulary": version.vocabulary,
        "total": total_of(version),
        "figures": _named(version),
        "automatic": automatic.count(),
        "confirmed": links.filter(origin=TagOrigin.PERSON).count(),
        "verdicts": verdicts,
        "sure": Suggestion.objects.filter(version=version, sure=True).count(),
        "items": with_everything(rows.order_by("document__symbol", "sort_key"), reader)[:_SHOWN],
        "may_apply": may and newest and version.undone_at is None,
        "may_undo": may,
    }
    return render(request, "tagging/model.html", context)


def _named(version: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Return the figures of each label with its tag, where the taxonomy still has it."""
    code = version.vocabulary.code if version.vocabulary else ""
    tags = {tag.code: tag for tag in Tag.objects.filter(taxonomy=code)}
    return [(tags.get(label, label), row) for label, row in label_figures(version).items()]


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply the sure suggestions of the newest version."""
    reader = reader_of(request)
    version = version_for(reader, pk)
    try:
        count = apply_automatically(version=version, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(count)s tag was applied.", "%(count)s tags were applied.", count)
        messages.success(request, text % {"count": localise_number(count)})
    return redirect("tagging:model", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what a version applied and nobody confirmed."""
    reader = reader_of(request)
    version = version_for(reader, pk)
    try:
        count = undo_automatic(version=version, by=reader, reason=request.POST.get("reason", ""))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(count)s tag was taken away.", "%(count)s tags were taken away.", count)
        messages.success(request, text % {"count": localise_number(count)})
    return redirect("tagging:model", pk)
