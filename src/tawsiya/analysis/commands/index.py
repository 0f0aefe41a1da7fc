"""Keep the search index in step with what it repeats.

The index is no table of record: whatever it says can be worked out again. Triggers note each change in
the transaction that makes it (`SearchPending`); here the notes are worked off, by the job, by
`tawsiya reindex`, and by each search before it reads.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import connection, transaction

from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.models import SearchEntry, SearchPending
from tawsiya.analysis.search.entries import Source, prepare
from tawsiya.analysis.search.sources import SOURCES, everything, roots_of
from tawsiya.core.text import ANALYSIS_VERSION
from tawsiya.followup.models import Evidence, Reference

BATCH = 400
"""Notes worked off in one transaction: well under a second of work."""
_LOCK = 7203653  # one indexer at a time
_STALE = "SELECT kind, object_id FROM analysis_searchentry WHERE analysis_version <> %s"


def catch_up(batches: int | None = None) -> bool:
    """Index what changed. Tell whether nothing is left.

    Args:
        batches: at most so many, all of them where none is given.
    """
    done = 0
    while batches is None or done < batches:
        if not _work_off():
            return True
        done += 1
    return not SearchPending.objects.exists()


def _work_off() -> bool:
    """Work off one batch of notes; tell whether there was any."""
    if not SearchPending.objects.exists():
        return False
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Whoever waits here finds afterwards what the other has indexed.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        notes = list(SearchPending.objects.order_by("pk").values_list("pk", "kind", "object_id")[:BATCH])
        by_kind: defaultdict[EntryKind, set[int]] = defaultdict(set)
        for _pk, kind, object_id in notes:
            by_kind[EntryKind(kind)].add(object_id)
        for kind, ids in by_kind.items():
            index(kind, ids)
        # By their own keys: a note that came meanwhile is of a change that was not read.
        SearchPending.objects.filter(pk__in=[pk for pk, _kind, _object in notes]).delete()
    return bool(notes)


def index(kind: EntryKind, ids: Collection[int]) -> None:
    """Write the entries of some things anew; those of things that are gone go too."""
    wanted = roots_of(ids) | set(ids) if kind == EntryKind.RECOMMENDATION else set(ids)
    SearchEntry.objects.filter(kind=kind, object_id__in=wanted).delete()
    _insert(kind, SOURCES[kind](wanted))
    if kind == EntryKind.CONTRIBUTION:
        index(EntryKind.RESTRICTED, wanted)
        # Files and references are analysed in the language of their contribution, which may be what changed.
        for beside, model in ((EntryKind.EVIDENCE, Evidence), (EntryKind.REFERENCE, Reference)):
            rows = model.objects.filter(contribution_id__in=wanted).values_list("pk", flat=True)
            index(beside, list(rows))


def _insert(kind: EntryKind, sources: Iterable[Source]) -> None:
    rows = [
        (
            *(kind.value, source.object_id, source.language),
            *prepare(source.fields, source.language),
            ANALYSIS_VERSION,
        )
        for source in sources
    ]
    with connection.cursor() as cursor:
        # The vector is made here, not by PostgreSQL's parser, hence the cast.
        cursor.executemany(
            "INSERT INTO analysis_searchentry"
            " (kind, object_id, language, lexemes, surface, analysis_version)"
            " VALUES (%s, %s, %s, %s::tsvector, %s, %s)",
            rows,
        )


def note_outdated() -> int:
    """Note what was indexed by another version of the analysis. Returns how many notes were made."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO analysis_searchpending (kind, object_id) {_STALE} GROUP BY kind, object_id",
            [ANALYSIS_VERSION],
        )
        return int(cursor.rowcount)


def rebuild() -> int:
    """Index everything anew, batch by batch, while searches go on. Returns how many entries there are."""
    batch: defaultdict[EntryKind, list[int]] = defaultdict(list)
    there: defaultdict[EntryKind, set[int]] = defaultdict(set)
    for kind, pk in everything():
        batch[kind].append(pk)
        there[kind].add(pk)
        if len(batch[kind]) == BATCH:
            _index_now(kind, batch.pop(kind))
    for kind, ids in batch.items():
        _index_now(kind, ids)
    for kind in EntryKind:
        _note_others(kind, there[kind])
    catch_up()
    return SearchEntry.objects.count()


def _note_others(kind: EntryKind, there: Collection[int]) -> None:
    """Note what is indexed and was not there: it is gone, or came while the index was built."""
    others = SearchEntry.objects.filter(kind=kind).exclude(object_id__in=there)
    SearchPending.objects.bulk_create(
        SearchPending(kind=kind, object_id=pk) for pk in set(others.values_list("object_id", flat=True))
    )


def _index_now(kind: EntryKind, ids: Collection[int]) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        index(kind, ids)
