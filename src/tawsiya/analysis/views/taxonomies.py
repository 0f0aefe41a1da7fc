"""Taxonomies: the list, the tree of one, a label, the import of a file, the settings."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.commands.taxonomies import Facts, carry_over, import_taxonomy, is_known, set_taxonomy
from tawsiya.analysis.forms.taxonomies import ImportForm, SettingsForm
from tawsiya.analysis.permissions import may_manage_taxonomies, may_review
from tawsiya.analysis.queries.tagging import (
    counts_of,
    newest_version,
    tag_for,
    tags_of,
    versions_of,
    vocabularies_for,
    vocabulary_for,
    waiting,
)
from tawsiya.analysis.taxonomy_file import Line, read_taxonomy
from tawsiya.analysis.taxonomy_words import problem_text
from tawsiya.analysis.views.common import label_figures, total_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.previews import seal, unseal
from tawsiya.core.tables import Column, respond
from tawsiya.recommendations.models import RecommendationTag, Tag, Vocabulary
from tawsiya.recommendations.queries import recommendations_for, with_everything
from tawsiya.recommendations.reading import tag_name

_SALT = "tawsiya.analysis.taxonomy"
_SHOWN = 100
# Taxonomies that are a facet of the list of recommendations.
_FACETS = {"theme": "theme", "persons": "persons", "sdg_goal": "sdg", "sdg_target": "target"}

TAXONOMY_COLUMNS = (
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column("name", gettext_lazy("Name"), str),
    Column("version", gettext_lazy("Version"), lambda row: row.version),
    Column("labels", gettext_lazy("Labels"), lambda row: row.label_count),
    Column("tagged", gettext_lazy("Tagged recommendations"), lambda row: row.tagged_count),
    Column("replaces", gettext_lazy("New version of"), lambda row: row.replaces and row.replaces.code),
)


@require_safe
def taxonomy_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the list of taxonomies with how much of each is there."""
    reader = reader_of(request)
    labels = Tag.objects.filter(taxonomy=OuterRef("code"), is_retired=False).order_by().values("taxonomy")
    links = RecommendationTag.objects.filter(
        tag__taxonomy=OuterRef("code"), recommendation__in=recommendations_for(reader)
    )
    tagged = (
        links.order_by()
        .values("tag__taxonomy")
        .annotate(n=Count("recommendation", distinct=True))
        .values("n")
    )
    rows = vocabularies_for(reader).annotate(
        label_count=Coalesce(Subquery(labels.annotate(n=Count("pk")).values("n")), 0),
        tagged_count=Coalesce(Subquery(tagged), 0),
    )
    may = bool(may_manage_taxonomies(reader))
    context = {"may_import": may, "may_review": bool(may_review(reader))}
    return respond(
        request,
        rows=rows,
        columns=TAXONOMY_COLUMNS,
        form=form,
        template="tagging/taxonomies.html",
        context=context,
    )


@require_safe
def labels(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """Answer one taxonomy: its labels with counts and figures, the versions of its model, its mapping."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    counts, version = counts_of(reader, vocabulary), newest_version(vocabulary)
    figures = label_figures(version)
    rows = tags_of(vocabulary)
    columns = (
        Column("code", _("Code"), lambda row: row.code),
        Column("name", _("Name"), str),
        Column("parent", _("Broader label"), lambda row: row.parent and row.parent.code),
        Column("retired", _("Retired"), lambda row: row.is_retired),
        Column("recommendations", _("Recommendations"), lambda row: counts.get(row.pk, {}).get("all", 0)),
        Column("automatic", _("Automatic"), lambda row: counts.get(row.pk, {}).get("automatic", 0)),
        *(_held_back(key, figures) for key in ("examples", "precision", "recall", "f1", "auto_precision")),
    )
    context: dict[str, Any] = {}
    if form == "html":
        context = {
            "vocabulary": vocabulary,
            "rows": _tree(vocabulary, list(rows), counts, figures),
            "version": version,
            "total": total_of(version),
            "versions": [(row, total_of(row)) for row in versions_of(vocabulary)[:12]],
            "waiting": waiting(reader, version).count() if may_review(reader) else 0,
            "automatic": sum(row["automatic"] for row in counts.values()),
            "mapped": _mapping(vocabulary),
            "may_manage": bool(may_manage_taxonomies(reader)),
            "may_review": bool(may_review(reader)),
            "is_known": is_known(code),
        }
    return respond(
        request,
        rows=rows,
        columns=columns,
        form=form,
        template="tagging/taxonomy.html",
        context=context,
        page_size=10_000,
    )


def _held_back(key: str, figures: dict[str, dict[str, Any]]) -> Column:
    return Column(f"held_back_{key}", key, lambda row: figures.get(row.code, {}).get(key))


def _tree(
    vocabulary: Vocabulary,
    tags: list[Tag],
    counts: dict[int, dict[str, int]],
    figures: dict[str, dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the labels in the order of the tree, each with its level, counts and figures."""
    children: dict[int | None, list[Tag]] = {}
    here = {tag.pk for tag in tags}
    for tag in tags:
        # The parent of an SDG target is a goal, of another taxonomy: the target stands at the top.
        children.setdefault(tag.parent_id if tag.parent_id in here else None, []).append(tag)
    rows: list[dict[str, Any]] = []
    waiting_tags = [(tag, 0) for tag in reversed(children.get(None, []))]
    while waiting_tags:
        tag, level = waiting_tags.pop()
        rows.append(
            {
                "tag": tag, "level": min(level, 4), "name": tag_name(tag.code, tag.names, tag.taxonomy),
                "count": counts.get(tag.pk, {}).get("all", 0), "url": _list_url(vocabulary, tag),
                "automatic": counts.get(tag.pk, {}).get("automatic", 0), "figures": figures.get(tag.code),
            }
        )  # fmt: skip
        waiting_tags += [(child, level + 1) for child in reversed(children.get(tag.pk, []))]
    return rows


def _list_url(vocabulary: Vocabulary, tag: Tag) -> str:
    facet = _FACETS.get(vocabulary.code)
    if facet:
        return f"{reverse('recommendations:list')}?{facet}={tag.code}"
    return reverse("tagging:label", args=[vocabulary.code, tag.pk]) + "#recommendations"


def _mapping(vocabulary: Vocabulary) -> list[tuple[Tag, list[Tag]]]:
    """Return the old labels with what they became, of the version that this taxonomy replaces."""
    if vocabulary.replaces is None:
        return []
    rows = tags_of(vocabulary.replaces).prefetch_related("became__new")
    return [
        (old, [row.new for row in old.became.all() if row.new.taxonomy == vocabulary.code]) for old in rows
    ]


@require_safe
def label(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one label: names, place in the tree, mapping, figures over the versions, its recommendations."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    tag = tag_for(reader, vocabulary, pk)
    rows = (
        recommendations_for(reader).filter(tag_links__tag=tag).order_by("document__symbol", "sort_key", "pk")
    )
    history = [(row, label_figures(row).get(tag.code)) for row in versions_of(vocabulary)[:12]]
    context = {
        "vocabulary": vocabulary,
        "tag": tag,
        "narrower": tags_of(vocabulary).filter(parent=tag),
        "old": [row.old for row in tag.stands_for.select_related("old")],
        "new": [row.new for row in tag.became.select_related("new")],
        "history": [(row, figures) for row, figures in history if figures],
        "count": rows.count(),
        "items": with_everything(rows, reader)[:_SHOWN],
        "shown": _SHOWN,
    }
    return render(request, "tagging/label.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a file of labels and show what importing it would do; nothing is stored before it is applied."""
    reader = reader_of(request)
    acting(reader, may_manage_taxonomies(reader))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "tagging/import.html", {"form": form})
    if not form.is_valid():
        return render(request, "tagging/import.html", {"form": form}, status=422)
    read = read_taxonomy(form.cleaned_data["file"].read())
    if read.problems:
        problems = [problem_text(*problem) for problem in read.problems]
        return render(request, "tagging/import.html", {"form": form, "problems": problems}, status=422)
    data = form.cleaned_data
    payload = {
        "code": data["code"],
        "names": form.names(),
        "version": data["version"],
        "exclusive": data["exclusive"],
        "replaces": data["replaces"].code if data["replaces"] else "",
        "lines": [[line.code, line.names, line.parent, line.aliases, line.replaces] for line in read.lines],
    }
    try:
        sealed = seal(payload, salt=_SALT, user_id=reader.user_id)
    except RuleViolated as refusal:
        form.add_error("file", str(refusal))
        return render(request, "tagging/import.html", {"form": form}, status=422)
    context = {
        "data": data,
        "names": form.names(),
        "payload": sealed,
        **_compared(data["code"], data["replaces"], read.lines),
    }
    return render(request, "tagging/import_preview.html", context)


def _compared(code: str, replaces: Vocabulary | None, lines: list[Line]) -> dict[str, Any]:
    """Return what an import would do: each line with its outcome, and the labels that would be retired."""
    present = {tag.code: tag for tag in Tag.objects.filter(taxonomy=code)}
    old = (
        set(Tag.objects.filter(taxonomy=replaces.code).values_list("code", flat=True)) if replaces else set()
    )
    rows = []
    for line in lines:
        tag = present.get(line.code)
        if tag is None:
            outcome = "create"
        elif {**tag.names, **line.names} != tag.names or tag.is_retired:
            outcome = "update"
        else:
            outcome = "unchanged"
        unknown = [one for one in line.replaces if one not in old]
        rows.append({"line": line, "outcome": outcome, "unknown": unknown})
    gone = [tag for tag_code, tag in present.items() if tag_code not in {line.code for line in lines}]
    unmapped = sorted(old - {one for line in lines for one in line.replaces})
    return {
        "rows": rows[:500],
        "count": len(rows),
        "created": sum(row["outcome"] == "create" for row in rows),
        "updated": sum(row["outcome"] == "update" for row in rows),
        "retired": [tag for tag in gone if not tag.is_retired],
        "unmapped": unmapped,
        "exists": bool(present),
    }


@require_POST
def apply_import(request: HttpRequest) -> HttpResponse:
    """Import the previewed labels."""
    reader = reader_of(request)
    acting(reader, may_manage_taxonomies(reader))
    value = unseal(request.POST.get("payload", ""), salt=_SALT, user_id=reader.user_id)
    if value is None:
        messages.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("tagging:import")
    lines = [
        Line(code, names, parent, tuple(aliases), tuple(old))
        for code, names, parent, aliases, old in value["lines"]
    ]
    replaces = Vocabulary.objects.filter(code=value["replaces"]).first() if value["replaces"] else None
    facts = Facts(value["code"], value["names"], value["version"], value["exclusive"], replaces)
    try:
        row = import_taxonomy(facts=facts, lines=lines, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect("tagging:import")
    messages.success(request, _("The taxonomy is imported."))
    return redirect("tagging:taxonomy", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """Show and change the name of a taxonomy and what is applied automatically."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    acting(reader, may_manage_taxonomies(reader))
    initial = {
        **{f"name_{language}": vocabulary.names.get(language, "") for language in ("ar", "fr", "en")},
        "precision": round(vocabulary.precision * 100, 1),
        "applies_automatically": vocabulary.applies_automatically,
    }
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_taxonomy(
            vocabulary=vocabulary,
            names=form.names(),
            precision=round(form.cleaned_data["precision"] / 100, 4),
            applies_automatically=form.cleaned_data["applies_automatically"],
            by=reader,
        )
        messages.success(request, _("The settings are saved."))
        return redirect("tagging:taxonomy", code)
    status = 422 if form.is_bound else 200
    return render(request, "tagging/settings.html", {"form": form, "vocabulary": vocabulary}, status=status)


@require_POST
def carry(request: HttpRequest, code: str) -> HttpResponse:
    """Give recommendations the new labels that stand for their old ones."""
    reader = reader_of(request)
    vocabulary = vocabulary_for(reader, code)
    try:
        count = carry_over(vocabulary=vocabulary, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(count)s tag was carried over.", "%(count)s tags were carried over.", count)
        messages.success(request, text % {"count": localise_number(count)})
    return redirect("tagging:taxonomy", code)
