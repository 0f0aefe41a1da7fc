"""The review of suggestions: one recommendation after the other, one key for each decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.commands.tagging import decide
from tawsiya.analysis.models import ModelVersion
from tawsiya.analysis.permissions import may_review
from tawsiya.analysis.queries.tagging import newest_version, proposals, tags_of, vocabulary_for, waiting
from tawsiya.analysis.suggesting import model_of, nearest
from tawsiya.analysis.views.common import distinct_words
from tawsiya.core import learn
from tawsiya.core.errors import RuleViolated
from tawsiya.recommendations.models import Recommendation, Tag, Vocabulary
from tawsiya.recommendations.queries import item_for, recommendations_for, with_everything
from tawsiya.recommendations.reading import reading_text, tag_name

MODES = ("sure", "unsure", "automatic")
ACCEPT, CORRECT, REJECT, SKIP = "accept", "correct", "reject", "skip"


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Show the next recommendation that waits, and take the decision on the one shown."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    acting(reader, may_review(reader))
    asked = request.POST if request.method == "POST" else request.GET
    mode = asked.get("mode", "")
    mode = mode if mode in MODES else MODES[0]
    if request.method == "POST":
        return _decided(request, reader, vocabulary, mode)
    version = newest_version(vocabulary)
    rows = waiting(reader, version, mode)
    context: dict[str, Any] = {
        "vocabulary": vocabulary, "version": version, "mode": mode, "left": rows.count(),
        "tabs": _tabs(reader, vocabulary, version, mode),
    }  # fmt: skip
    skipped = {
        int(part) for part in asked.get("skipped", "").split(",") if part.isdecimal() and len(part) < 12
    }
    found = rows.exclude(pk__in=skipped).first()
    context["skipped"] = ",".join(map(str, sorted(skipped)))
    if found is not None and version is not None:
        context |= _shown(reader, vocabulary, version, item_for(reader, found.pk))
    return render(request, "tagging/review.html", context)


def _tabs(
    reader: Reader, vocabulary: Vocabulary, version: ModelVersion | None, mode: str
) -> list[dict[str, Any]]:
    words = {
        "sure": _("Surest first"),
        "unsure": _("Least sure first"),
        "automatic": _("Applied automatically"),
    }
    address = reverse("tagging:review", args=[vocabulary.code])
    return [
        {
            "label": words[name], "url": f"{address}?mode={name}", "active": name == mode,
            "badge": waiting(reader, version, name).count() if name != "unsure" else None,
        }
        for name in MODES
    ]  # fmt: skip


def _shown(
    reader: Reader, vocabulary: Vocabulary, version: ModelVersion, item: Recommendation
) -> dict[str, Any]:
    """Return what the page shows of one recommendation: text, suggestions, the words that spoke, examples."""
    model, row = model_of(version), reading_text(item)
    text = row.text if row else ""
    suggestions: list[dict[str, Any]] = []
    marks: set[tuple[int, int]] = set()
    for said in proposals(version, item):
        label = said.tag.code
        spoken = learn.spoken_words(model, text, label) if label in model.labels else []
        if said.given:
            marks |= {(word.start, word.end) for word in spoken}
        suggestions.append(
            {
                "tag": said.tag, "name": _name(said.tag), "score": said.score, "given": said.given,
                "words": distinct_words(text, spoken),
                "examples": _examples(reader, version, text, label, item) if said.given else [],
            }
        )  # fmt: skip
    offered = {entry["tag"].pk for entry in suggestions}
    others = [
        (tag.pk, _name(tag)) for tag in tags_of(vocabulary) if not tag.is_retired and tag.pk not in offered
    ]
    return {
        "item": item,
        "text": row,
        "marked": marked(text, marks),
        "suggestions": suggestions,
        "others": others,
        "any_given": any(entry["given"] for entry in suggestions),
    }


def _name(tag: Tag) -> str:
    return tag_name(tag.code, tag.names, tag.taxonomy)


def _examples(
    reader: Reader, version: ModelVersion, text: str, label: str, item: Recommendation
) -> list[Any]:
    near = dict(nearest(version, text, label, item.pk))
    rows = with_everything(recommendations_for(reader).filter(pk__in=near), reader)
    return sorted(rows, key=lambda row: -near[row.pk])


def marked(text: str, places: set[tuple[int, int]]) -> SafeString:
    """Return a text with the words at `places` marked; everything of the text is escaped."""
    parts, end = [], 0
    for start, stop in sorted(places):
        if start < end:
            continue
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - every piece was escaped above


def _decided(request: HttpRequest, reader: Reader, vocabulary: Vocabulary, mode: str) -> HttpResponse:
    """Carry out the decision and go to the next one."""
    verdict, pk = request.POST.get("verdict", ""), request.POST.get("item", "")
    skipped = request.POST.get("skipped", "")
    item = get_object_or_404(
        recommendations_for(reader), pk=int(pk) if pk.isdecimal() and len(pk) < 12 else 0
    )
    version = newest_version(vocabulary)
    if verdict == SKIP:
        skipped = f"{skipped},{item.pk}".strip(",")
    elif version is None or str(version.pk) != request.POST.get("model", ""):
        messages.error(request, _("The model was trained again meanwhile; look at its suggestions."))
    elif verdict in (ACCEPT, CORRECT, REJECT):
        try:
            chosen = _chosen(request, vocabulary, version, item, verdict)
            seen = request.POST.get("seen_version", "")
            decide(
                version=version, recommendation=item, chosen=chosen, by=reader,
                seen_version=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
            )  # fmt: skip
        except RuleViolated as refusal:
            messages.error(request, str(refusal))
    address = reverse("tagging:review", args=[vocabulary.code])
    return redirect(f"{address}?mode={mode}" + (f"&skipped={skipped}" if skipped else ""))


def _chosen(
    request: HttpRequest, vocabulary: Vocabulary, version: ModelVersion, item: Recommendation, verdict: str
) -> list[Tag]:
    if verdict == REJECT:
        return []
    if verdict == ACCEPT:
        return [said.tag for said in proposals(version, item) if said.given]
    ids = [int(one) for one in request.POST.getlist("tag") if one.isdecimal() and len(one) < 12]
    chosen = list(tags_of(vocabulary).filter(pk__in=ids, is_retired=False))
    if not chosen:
        raise RuleViolated(_("Choose a label, or reject the suggestions."))
    return chosen
