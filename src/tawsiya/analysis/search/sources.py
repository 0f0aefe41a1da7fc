"""What is indexed of each kind of thing: its fields, language by language."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.search import sources_of_programme as programme
from tawsiya.analysis.search.entries import ASIDE, LEAST, MAIN, NAMED, TITLE, Field, Source, languages_of
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.figures import as_text
from tawsiya.followup.models import Contribution, Evidence, Message, Reference
from tawsiya.followup.visibility import PARTS
from tawsiya.mechanisms import states
from tawsiya.mechanisms.models import Document
from tawsiya.programme.models import Indicator, Legislation, Measure
from tawsiya.recommendations.models import Recommendation, RecommendationText, RecommendingState

_WEIGHTS = {"measures_taken": MAIN, "obstacles": TITLE, "next_steps": TITLE, "figures": TITLE}


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


def has_restricted_part() -> Q:
    """Return the filter of contributions of which a part is kept from some of their readers."""
    return Q(*((f"{part}_mark", EvidenceMark.RESTRICTED) for part in PARTS), _connector=Q.OR)


def _parts(row: Contribution, parts: Iterable[str]) -> Source:
    # Not the reason of a return: who reads it changes with the state.
    written = ((part, getattr(row, part)) for part in parts)
    fields = [
        Field(_WEIGHTS[part], as_text(content) if part == "figures" else content) for part, content in written
    ]
    return Source(row.pk, row.language, fields)


def _contributions(ids: Collection[int]) -> Iterator[Source]:
    """Yield contributions as whoever sees them reads them: words of a restricted part would find the row."""
    for row in Contribution.objects.filter(pk__in=ids):
        shown = (part for part in PARTS if getattr(row, f"{part}_mark") != EvidenceMark.RESTRICTED)
        yield _parts(row, shown)


def _restricted(ids: Collection[int]) -> Iterator[Source]:
    """Yield whole the contributions with a restricted part, for the institution and the delegation."""
    for row in Contribution.objects.filter(has_restricted_part(), pk__in=ids):
        yield _parts(row, PARTS)


def _evidence(ids: Collection[int]) -> Iterator[Source]:
    for row in Evidence.objects.filter(pk__in=ids, removed_at=None).select_related("contribution"):
        fields = [Field(MAIN, row.title), Field(TITLE, row.file_name)]
        yield Source(row.pk, row.contribution.language, fields)


def _references(ids: Collection[int]) -> Iterator[Source]:
    for row in Reference.objects.filter(pk__in=ids, removed_at=None).select_related("contribution"):
        yield Source(row.pk, row.contribution.language, [Field(MAIN, row.title), Field(MAIN, row.number)])


def _messages(ids: Collection[int]) -> Iterator[Source]:
    for row in Message.objects.filter(pk__in=ids):
        for language in languages_of(row.text):
            yield Source(row.pk, language, [Field(MAIN, row.text)])


SOURCES: Mapping[EntryKind, Callable[[Collection[int]], Iterator[Source]]] = {
    EntryKind.RECOMMENDATION: _recommendations,
    EntryKind.DOCUMENT: _documents,
    EntryKind.CONTRIBUTION: _contributions,
    EntryKind.RESTRICTED: _restricted,
    EntryKind.EVIDENCE: _evidence,
    EntryKind.REFERENCE: _references,
    EntryKind.MEASURE: programme.measures,
    EntryKind.LAW: programme.laws,
    EntryKind.INDICATOR: programme.indicators,
    EntryKind.MESSAGE: _messages,
}


def roots_of(ids: Collection[int]) -> set[int]:
    """Return the recommendations as issued to which rows belong; rows that are gone are their own."""
    found = dict(Recommendation.objects.filter(pk__in=ids).values_list("pk", "parent_id"))
    return {found.get(pk) or pk for pk in ids}


def everything() -> Iterator[tuple[EntryKind, int]]:
    """Yield all that can be indexed."""
    tables: Mapping[EntryKind, QuerySet[Any, Any]] = {
        EntryKind.DOCUMENT: Document.objects.all(),
        EntryKind.RECOMMENDATION: Recommendation.objects.filter(parent=None),
        EntryKind.CONTRIBUTION: Contribution.objects.all(),
        EntryKind.RESTRICTED: Contribution.objects.filter(has_restricted_part()),
        EntryKind.EVIDENCE: Evidence.objects.all(),
        EntryKind.REFERENCE: Reference.objects.all(),
        EntryKind.MEASURE: Measure.objects.all(),
        EntryKind.LAW: Legislation.objects.all(),
        EntryKind.INDICATOR: Indicator.objects.all(),
        EntryKind.MESSAGE: Message.objects.all(),
    }
    for kind, rows in tables.items():
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield kind, pk
