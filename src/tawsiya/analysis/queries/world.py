"""Read the records of all States and what loads brought."""

from django.db.models import Count, QuerySet

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import WorldAction
from tawsiya.analysis.models import WorldChange, WorldLoad, WorldRecord
from tawsiya.analysis.visibility import loads_visible_to, records_visible_to


def world_records(reader: Reader) -> QuerySet[WorldRecord]:
    """Return the records that are present, without their lexemes, which nobody reads."""
    return WorldRecord.objects.filter(records_visible_to(reader)).defer("lexemes")


def loads_for(reader: Reader) -> QuerySet[WorldLoad]:
    """Return the loads a reader sees, newest first."""
    return WorldLoad.objects.filter(loads_visible_to(reader)).select_related("loaded_by").order_by("-pk")


def latest_load(reader: Reader) -> WorldLoad | None:
    """Return the latest load a reader sees."""
    return loads_for(reader).first()


def changes_of(load: WorldLoad | None) -> QuerySet[WorldChange]:
    """Return what a load changed, withdrew or brought back, in the order of documents."""
    rows = WorldChange.objects.filter(load=load) if load else WorldChange.objects.none()
    return rows.select_related("record").defer("record__lexemes").order_by("action", "record__symbol", "pk")


def created_in(load: WorldLoad | None) -> QuerySet[WorldRecord]:
    """Return the records that a load brought; none for the first load, which brought everything."""
    later = load is not None and not is_first(load)
    rows = WorldRecord.objects.filter(created_in=load.pk) if load and later else WorldRecord.objects.none()
    return rows.defer("lexemes").order_by("symbol", "pk")


def is_first(load: WorldLoad) -> bool:
    """Whether nothing was stored before a load."""
    return not WorldLoad.objects.filter(pk__lt=load.pk).exists()


def counts_by_kind() -> dict[str, int]:
    """Return how many present records are recommendations, concerns, others."""
    present = WorldRecord.objects.filter(withdrawn_in__isnull=True).order_by()
    return dict(present.values_list("kind").annotate(n=Count("pk")))


def change_counts(load: WorldLoad | None) -> dict[str, int]:
    """Return how many records a load touched in which way; only ways that occur, none for the first."""
    if load is None or is_first(load):
        return {}
    counts = {action.value: int(getattr(load, action.value)) for action in WorldAction}
    return {action: count for action, count in counts.items() if count}
