"""Read what an import compares with, and the imports a reader sees."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from tawsiya.accounts.reader import Reader
from tawsiya.core.models import Instance
from tawsiya.intake.choices import Action, RunState, Scope
from tawsiya.intake.known import Identity, Known, KnownDocument, KnownItem
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.intake.permissions import runs_visible_to
from tawsiya.intake.readers.records import ReadResult
from tawsiya.intake.vocabulary import Term, Vocabulary
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.models import Document, LanguageVersion
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.models import Recommendation, RecommendationTag, Tag


def runs_for(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports a reader sees, newest first, with the number of rows by what they do."""
    counts = {
        f"{action.value}_count": Count("rows", filter=Q(rows__action=action, rows__excluded=False))
        for action in Action
    }
    return (
        ImportRun.objects.filter(runs_visible_to(reader))
        .select_related("uploaded_by", "decided_by")
        .annotate(**counts, excluded_count=Count("rows", filter=Q(rows__excluded=True)))
        .order_by("-uploaded_at", "-pk")
    )


def awaiting_decision(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports that nobody has applied or discarded yet."""
    return ImportRun.objects.filter(runs_visible_to(reader), state=RunState.PREVIEWED)


def row_counts(run: ImportRun) -> dict[str, int]:
    """Return how many rows of an import do what; those left out are counted as `excluded` only."""
    counts = {action.value: 0 for action in Action} | {"excluded": 0}
    for action, excluded, count in (
        ImportRow.objects.filter(run=run).order_by().values_list("action", "excluded").annotate(n=Count("pk"))
    ):
        counts["excluded" if excluded else action] += count
    return counts


def served_state() -> str:
    """Return the State of the instance, ISO 3166 alpha-3; "" before it is set up."""
    return Instance.objects.filter(pk=1).values_list("state", flat=True).first() or ""


def load_known(result: ReadResult, *, complete_for: str, lock: bool = False) -> Known:
    """Load what a file's records are compared with.

    Args:
        complete_for: the declared scope; everything in it is loaded, for what is to be withdrawn.
        lock: hold the recommendations until the transaction ends.
    """
    named = {symbols.parse(record.symbol).text for record in result.records if record.symbol}
    mechanisms = {record.mechanism for record in result.records if record.mechanism}
    wanted = Q(symbol__in=named)
    external = {record.external_id for record in result.records if record.external_id}
    if external:
        # Known by their identifiers even where the file gives them another symbol.
        rows = Recommendation.objects.filter(external_id__in=external).order_by()
        wanted |= Q(pk__in=rows.values("document_id"))
    if complete_for == Scope.STATE:
        wanted = Q()
    elif complete_for == Scope.BODY:
        wanted |= Q(body__code__in=mechanisms)
    documents = list(Document.objects.filter(wanted).select_related("body"))
    languages = _first_languages(documents)
    return Known(
        state=served_state(),
        items={item.identity: item for item in _items(documents, lock=lock)},
        documents={
            document.symbol: KnownDocument(
                pk=document.pk,
                symbol=document.symbol,
                body=document.body.code,
                first_language=languages.get(document.pk, ""),
            )
            for document in documents
        },
        exclusions=frozenset(Exclusion.objects.values_list("name", flat=True)),
        vocabulary=_vocabulary(),
    )


def _vocabulary() -> Vocabulary:
    return Vocabulary.of(
        Term(taxonomy, code, names, tuple(aliases))
        for taxonomy, code, names, aliases in Tag.objects.order_by("pk").values_list(
            "taxonomy", "code", "names", "aliases"
        )
    )


def _first_languages(documents: Iterable[Document]) -> dict[int, str]:
    """Return by document the language of the file it was first read from."""
    first: dict[int, str] = {}
    for document_id, language in (
        LanguageVersion.objects.filter(edition__document__in=[row.pk for row in documents])
        .exclude(sha256="")
        .order_by("pk")
        .values_list("edition__document_id", "language")
    ):
        first.setdefault(document_id, language)
    return first


def _items(documents: Iterable[Document], *, lock: bool) -> Iterable[KnownItem]:
    ids = [document.pk for document in documents]
    rows = Recommendation.objects.filter(document_id__in=ids)
    if lock:
        # In one order for everybody, so that two imports wait for each other and never deadlock.
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    tags: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for pk, taxonomy, code, origin in RecommendationTag.objects.filter(
        recommendation__document_id__in=ids
    ).values_list("recommendation_id", "tag__taxonomy", "tag__code", "origin"):
        tags[pk][taxonomy][code] = TagOrigin(origin).value
    for row in rows.select_related("document").prefetch_related("texts", "recommending_states"):
        yield _item(row, tags.get(row.pk, {}))


def _item(row: Recommendation, tags: dict[str, dict[str, str]]) -> KnownItem:
    states = list(row.recommending_states.all())
    return KnownItem(
        pk=row.pk,
        version=row.version,
        identity=Identity(row.document.symbol, row.paragraph, row.subparagraph, row.ordinal),
        kind=row.kind,
        headings=row.headings,
        texts={text.language: (text.text, text.status) for text in row.texts.all()},
        states=tuple(state.state for state in states if state.state),
        as_written=tuple(state.as_written for state in states if state.as_written),
        position=row.position,
        national_grade=row.national_grade,
        status=row.status,
        source_of_position=row.source_of_position,
        addressee=row.addressee,
        comment=row.comment,
        external_id=row.external_id,
        follow_up_due_on=row.follow_up_due_on.isoformat() if row.follow_up_due_on else "",
        tags=tags,
        withdrawn=row.withdrawn_at is not None,
    )
