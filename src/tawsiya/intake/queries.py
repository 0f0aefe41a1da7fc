"""Read what an import compares with, and the imports a reader sees."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Reader
from tawsiya.core.models import Instance
from tawsiya.followup.choices import OPEN
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.intake.addenda import ADDENDUM, answered_symbol, own_symbol
from tawsiya.intake.choices import Action, RunState, Scope, What
from tawsiya.intake.corrections import Made
from tawsiya.intake.known import Identity, Known, KnownDocument, KnownItem, KnownObligation, KnownWork
from tawsiya.intake.models import Correction, Exclusion, ImportRow, ImportRun, RememberedColumns
from tawsiya.intake.permissions import runs_visible_to
from tawsiya.intake.readers.matrix import DOCUMENT_TYPE as MATRIX
from tawsiya.intake.readers.records import ReadResult
from tawsiya.intake.readers.sheets.mapping import Columns
from tawsiya.intake.readers.upr_report_front import REPORT
from tawsiya.intake.vocabulary import Term, Vocabulary
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.choices import DocumentType, TextStatus
from tawsiya.mechanisms.models import Document, LanguageVersion, Obligation
from tawsiya.recommendations.choices import AccessLevel, Kind, TagOrigin
from tawsiya.recommendations.models import Recommendation, RecommendationTag, RecommendationText, Tag
from tawsiya.recommendations.visibility import visible_to

REPORTS = frozenset({REPORT, MATRIX})
"""Kinds of files that hold the recommendations of one review (`DocumentInfo.type`)."""
LANGUAGE_WARNINGS = ("language_differs", "only_in_this_language", "parts_differ")


def runs_for(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports a reader sees, newest first, with the number of rows by what they do."""
    counts = {
        f"{action.value}_count": Count(
            "rows", filter=Q(rows__action=action, rows__excluded=False, rows__what=What.RECOMMENDATION)
        )
        for action in Action
    }
    return (
        ImportRun.objects.filter(runs_visible_to(reader))
        .select_related("uploaded_by", "decided_by")
        .annotate(**counts, excluded_count=Count("rows", filter=Q(rows__excluded=True)))
        .order_by("-uploaded_at", "-pk")
    )


def awaiting_decision(reader: Reader) -> QuerySet[ImportRun]:
    """Return the imports that wait for somebody to apply, discard or read them again."""
    return ImportRun.objects.filter(
        runs_visible_to(reader), state__in=[RunState.PREVIEWED, RunState.FAILED, RunState.MAPPING]
    )


def row_counts(run: ImportRun) -> dict[str, int]:
    """Return how many rows about recommendations do what; those left out are counted as `excluded` only."""
    counts = {action.value: 0 for action in Action} | {"excluded": 0}
    rows = ImportRow.objects.filter(run=run, what=What.RECOMMENDATION).order_by()
    for action, excluded, count in rows.values_list("action", "excluded").annotate(n=Count("pk")):
        counts["excluded" if excluded else action] += count
    return counts


def open_doubts(run: ImportRun) -> dict[str, int]:
    """Return by code how many rows are doubtful for it and were neither confirmed nor corrected."""
    counts: dict[str, int] = {}
    rows = ImportRow.objects.filter(doubtful_rows(), run=run).values_list("doubts", flat=True)
    for code in (code for doubts in rows for code in doubts):
        counts[code] = counts.get(code, 0) + 1
    return counts


def obligation_count(run: ImportRun) -> int:
    """Return how many deadlines a file states."""
    return ImportRow.objects.filter(run=run, what=What.OBLIGATION).count()


def doubtful_rows() -> Q:
    """Return the filter of rows that stop an import until a person decides about them."""
    return Q(settled=False, excluded=False) & ~Q(doubts=[])


def corrections_of(run: ImportRun) -> list[Made]:
    """Return what people corrected in an import, in the order in which they did."""
    return [
        Made(one.pk, one.kind, tuple(one.keys), one.data, tuple(one.doubts))
        for one in Correction.objects.filter(run=run).order_by("pk")
    ]


def columns_remembered(shape: str) -> Columns | None:
    """Return what people said of a spreadsheet with this header, None where nobody has."""
    found = RememberedColumns.objects.filter(shape=shape).exclude(shape="").first()
    return Columns.from_json(found.columns) if found is not None else None


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
    named |= {own_symbol(result), answered_symbol(result)} - {""}
    report = _report_of_review(result)
    named |= {report} - {""}
    another = _another_report(result, named)
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
    tracker = any(record.national is not None for record in result.records)
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
        obligations=tuple(_obligations(documents)) if result.deadlines else (),
        report=report,
        another_report=another,
        work=_work(documents) if tracker else {},
        assignable=frozenset(assignable_institutions().values_list("key", flat=True))
        if tracker
        else frozenset(),
    )


def _work(documents: Iterable[Document]) -> dict[int, KnownWork]:
    """Return who works or worked on the recommendations of documents."""
    ids = [document.pk for document in documents]
    leads: dict[int, str] = {}
    ever: dict[int, set[str]] = defaultdict(set)
    contributed: dict[int, set[str]] = defaultdict(set)
    for pk, key, level, state in Assignment.objects.filter(recommendation__document__in=ids).values_list(
        "recommendation_id", "institution__key", "level", "state"
    ):
        ever[pk].add(key)
        if level == AccessLevel.LEAD and state in OPEN:
            leads[pk] = key
    for pk, key in Contribution.objects.filter(recommendation__document__in=ids).values_list(
        "recommendation_id", "institution__key"
    ):
        contributed[pk].add(key)
    return {
        pk: KnownWork(leads.get(pk, ""), frozenset(ever[pk]), frozenset(contributed[pk]))
        for pk in {*ever, *contributed}
    }


def _report_of_review(result: ReadResult) -> str:
    """Return the report of the review that an addendum is about, where it names none; else ""."""
    if result.document.type != ADDENDUM or answered_symbol(result) or not result.document.review.cycle:
        return ""
    reports = Document.objects.filter(
        type=DocumentType.UPR_REPORT, review__cycle=result.document.review.cycle
    ).values_list("symbol", flat=True)[:2]
    return reports[0] if len(reports) == 1 else ""


def _another_report(result: ReadResult, named: Iterable[str]) -> str:
    """Return a report with recommendations of the same review, under a symbol that the file does not name.

    A review has one report of the Working Group. First comes its draft, with a symbol and numbers of its
    own (A/HRC/WG.6/48/L.3, paragraph 6.1), some weeks later the report itself (A/HRC/58/7, paragraph 147.1).
    """
    cycle = result.document.review.cycle
    if result.document.type not in REPORTS or not cycle:
        return ""
    reports = Document.objects.filter(
        type=DocumentType.UPR_REPORT,
        review__cycle=cycle,
        recommendations__kind=Kind.RECOMMENDATION,
        recommendations__withdrawn_at=None,
    ).exclude(symbol__in=named)
    return reports.order_by("symbol").values_list("symbol", flat=True).first() or ""


def _obligations(documents: Iterable[Document]) -> Iterable[KnownObligation]:
    rows = Obligation.objects.filter(source__in=[document.pk for document in documents])
    for row in rows.select_related("source").order_by("pk"):
        yield KnownObligation(
            pk=row.pk,
            symbol=row.source.symbol if row.source else "",
            kind=row.kind,
            due_on=row.due_on.isoformat() if row.due_on else "",
            within_months=row.within_months,
            paragraph=row.paragraph,
            items=tuple(row.items),
            note=row.note,
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


def languages_of(document: Document) -> list[str]:
    """Return the languages in which the paragraphs of a document were read, the first imported first."""
    first = _first_languages([document]).get(document.pk, "")
    texts = RecommendationText.objects.filter(
        recommendation__document=document, status=TextStatus.OFFICIAL
    ).order_by()
    found = sorted(set(texts.values_list("language", flat=True)))
    return sorted(found, key=lambda code: (code != first, code))


def paragraphs_of(
    reader: Reader, document: Document, *, missing_in: Iterable[str] = ()
) -> QuerySet[Recommendation, Any]:
    """Return the paragraphs of a document with their texts, in its order.

    Args:
        missing_in: keep those only that lack one of these languages, or of which a language version
            said another thing when it was imported.
    """
    rows = Recommendation.objects.filter(visible_to(reader), document=document, withdrawn_at=None)
    codes = list(missing_in)
    if codes:
        different = Q()
        for code in codes:
            held = RecommendationText.objects.filter(recommendation=OuterRef("pk"), language=code)
            different |= Q(~Exists(held))
        if reader.is_delegation:
            different |= Q(Exists(_differing_rows().filter(target=OuterRef("pk"))))
        rows = rows.filter(different)
    return rows.select_related("document").prefetch_related("texts").order_by("sort_key", "pk")


def _differing_rows() -> QuerySet[ImportRow]:
    """Return the applied rows of which another language version said another kind, position or States."""
    differs = Q()
    for code in LANGUAGE_WARNINGS:
        differs |= Q(warnings__contains=[{"code": code}])
    return ImportRow.objects.filter(differs, run__state=RunState.APPLIED, excluded=False)


def language_differences(reader: Reader, items: Iterable[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    """Return by recommendation what imports of language versions said, to the delegation, whose they are."""
    if not reader.is_delegation:
        return
    rows = _differing_rows().filter(target__in=list(items)).order_by("pk")
    for target, warnings in rows.values_list("target", "warnings"):
        for warning in warnings:
            if warning["code"] in LANGUAGE_WARNINGS and target is not None:
                yield target, warning
