"""What is indexed of each kind of thing: its fields, language by language."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Prefetch, Q

from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.search.entries import ASIDE, LEAST, MAIN, TITLE, Field
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Contribution, Evidence
from tawsiya.mechanisms import states
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.models import Recommendation, RecommendationText, RecommendingState

NAMED = ("ar", "fr", "en")
"""The languages in which States and bodies have names."""


class Source(NamedTuple):
    """The fields of one thing in one language."""

    object_id: int
    language: str
    fields: list[Field]


def _recommendations(ids: Collection[int]) -> Iterator[Source]:
    rows = (
        Recommendation.objects.filter(Q(pk__in=ids) | Q(parent_id__in=ids))
        .order_by("parent_id", "sort_key")
        .prefetch_related(
            Prefetch("texts", RecommendationText.objects.order_by("language")),
            Prefetch("recommending_states", RecommendingState.objects.order_by("order")),
        )
    )
    families: defaultdict[int, list[Recommendation]] = defaultdict(list)
    for row in rows:
        families[row.parent_id or row.pk].append(row)
    for root, family in families.items():
        family.sort(key=lambda row: (row.parent_id is not None, row.sort_key))
        yield from _family(root, family)


def _family(root: int, family: list[Recommendation]) -> Iterator[Source]:
    languages = {text.language for row in family for text in row.texts.all()}
    languages |= {code for row in family for code in row.headings}
    for language in sorted(languages) or ["en"]:
        fields = []
        for row in family:
            fields += [Field(MAIN, text.text) for text in row.texts.all() if text.language == language]
            fields.append(Field(TITLE, row.headings.get(language, "")))
            fields.append(Field(ASIDE, _states(row, language)))
            fields.append(Field(LEAST, row.comment))
        yield Source(root, language, [field for field in fields if field.text])


def _states(row: Recommendation, language: str) -> str:
    named = language if language in NAMED else "en"
    return ". ".join(
        _state_name(state.state, named) if state.state else state.as_written
        for state in row.recommending_states.all()
    )


def _state_name(code: str, language: str) -> str:
    try:
        return states.name(code, language)
    except KeyError:
        return code


def _documents(ids: Collection[int]) -> Iterator[Source]:
    for row in Document.objects.filter(pk__in=ids).select_related("body"):
        for language in sorted({*NAMED, *row.titles}):
            yield Source(
                row.pk,
                language,
                [
                    Field(MAIN, row.symbol),
                    Field(MAIN, row.titles.get(language, "")),
                    Field(TITLE, row.body.names.get(language, "")),
                ],
            )


def _contributions(ids: Collection[int]) -> Iterator[Source]:
    for row in Contribution.objects.filter(pk__in=ids):
        # Not the reason of a return: who reads it changes with the state.
        # Nor a restricted part: its words would find the row for readers who do not see them.
        fields = [
            Field(weight, getattr(row, part))
            for weight, part in ((MAIN, "measures_taken"), (TITLE, "obstacles"), (TITLE, "next_steps"))
            if getattr(row, f"{part}_mark") != EvidenceMark.RESTRICTED
        ]
        if row.figures_mark != EvidenceMark.RESTRICTED:
            fields.append(Field(TITLE, as_text(row.figures)))
        yield Source(row.pk, row.language, fields)


def _evidence(ids: Collection[int]) -> Iterator[Source]:
    for row in Evidence.objects.filter(pk__in=ids, removed_at=None).select_related("contribution"):
        fields = [Field(MAIN, row.title), Field(TITLE, row.file_name)]
        yield Source(row.pk, row.contribution.language, fields)


SOURCES: Mapping[EntryKind, Callable[[Collection[int]], Iterator[Source]]] = {
    EntryKind.RECOMMENDATION: _recommendations,
    EntryKind.DOCUMENT: _documents,
    EntryKind.CONTRIBUTION: _contributions,
    EntryKind.EVIDENCE: _evidence,
}


def roots_of(ids: Collection[int]) -> set[int]:
    """Return the recommendations as issued to which rows belong; rows that are gone are their own."""
    found = dict(Recommendation.objects.filter(pk__in=ids).values_list("pk", "parent_id"))
    return {found.get(pk) or pk for pk in ids}


def everything() -> Iterator[tuple[EntryKind, int]]:
    """Yield all that can be indexed."""
    roots = Recommendation.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True)
    for kind, ids in (
        (EntryKind.DOCUMENT, Document.objects.order_by("pk").values_list("pk", flat=True)),
        (EntryKind.RECOMMENDATION, roots),
        (EntryKind.CONTRIBUTION, Contribution.objects.order_by("pk").values_list("pk", flat=True)),
        (EntryKind.EVIDENCE, Evidence.objects.order_by("pk").values_list("pk", flat=True)),
    ):
        for pk in ids:
            yield kind, pk
