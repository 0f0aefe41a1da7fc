"""Write new values of single fields of many recommendations in a few statements.

What an update of an import does, and what undoing it does the other way round. Runs inside an
audited act.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tawsiya.core import clock
from tawsiya.mechanisms import states
from tawsiya.mechanisms.choices import TextStatus
from tawsiya.recommendations.choices import TagOrigin
from tawsiya.recommendations.issued import states_of
from tawsiya.recommendations.models import (
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
    Tag,
)

BATCH = 500
Values = Mapping[str, Any]
"""New values by field, named as in `planning.Changes`: `position`, `text.fr`, `tags.theme`."""

# The columns of a recommendation that a field is written to; texts, States and tags are rows of their own.
_COLUMNS: dict[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in ("kind", "position", "source_of_position", "addressee", "comment", "external_id")
    },
    "follow_up_due_on": ("follow_up_due_on", "is_follow_up_priority"),
    "heading": ("headings",),
    "withdrawn": ("withdrawn_at",),
}


def write_fields(
    values: Mapping[int, Values], tags: Mapping[tuple[str, str], Tag]
) -> dict[int, Recommendation]:
    """Write new values by recommendation, and count each version up.

    Args:
        tags: every tag that the values name, by taxonomy and code.

    Returns:
        The recommendations as they are now, by id, with their documents.
    """
    items = Recommendation.objects.select_related("document").in_bulk(values.keys())
    columns = {"version"}
    for pk, item in items.items():
        for key, value in values[pk].items():
            name, _dot, detail = key.partition(".")
            _set(item, name, detail, value)
            columns.update(_COLUMNS.get(name, ()))
        item.version += 1
    Recommendation.objects.bulk_update(items.values(), sorted(columns), batch_size=BATCH)
    _write_texts(items, values)
    _write_states(items, values)
    _write_tags(values, tags)
    return items


def _set(item: Recommendation, name: str, detail: str, value: Any) -> None:
    if name == "heading":
        item.headings = {**item.headings, detail: value}
        if not value:
            del item.headings[detail]
    elif name == "withdrawn":
        item.withdrawn_at = clock.now() if value else None
    elif name == "follow_up_due_on":
        item.is_follow_up_priority = bool(value)
        item.follow_up_due_on = date.fromisoformat(value) if value else None
    elif name in _COLUMNS:
        setattr(item, name, value)


def _write_texts(items: Mapping[int, Recommendation], values: Mapping[int, Values]) -> None:
    """A text that becomes empty was not there before."""
    written = []
    gone: dict[str, list[int]] = defaultdict(list)
    for pk, item in items.items():
        for key, text in values[pk].items():
            name, _dot, language = key.partition(".")
            if name == "text" and text:
                written.append(
                    RecommendationText(
                        recommendation=item, language=language, text=text, status=TextStatus.OFFICIAL
                    )
                )
            elif name == "text":
                gone[language].append(pk)
    RecommendationText.objects.bulk_create(
        written,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["recommendation", "language"],
        update_fields=["text", "status"],
    )
    for language, pks in gone.items():
        RecommendationText.objects.filter(recommendation__in=pks, language=language).delete()


def _write_states(items: Mapping[int, Recommendation], values: Mapping[int, Values]) -> None:
    changed = {pk: values[pk]["recommending_states"] for pk in items if "recommending_states" in values[pk]}
    RecommendingState.objects.filter(recommendation__in=changed.keys()).delete()
    RecommendingState.objects.bulk_create(
        (row for pk, names in changed.items() for row in states_of(items[pk], *told_apart(names))),
        batch_size=BATCH,
    )


def told_apart(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a list of States as codes, and as written where no code is known (they come last)."""
    codes = [name for name in names if len(name) == 3 and states.from_code(name) == name]
    return codes, [name for name in names if name not in codes]


def _write_tags(values: Mapping[int, Values], tags: Mapping[tuple[str, str], Tag]) -> None:
    """Make the imported tags of a taxonomy what the values say; a person's tags are not touched."""
    wanted = {
        (pk, key.partition(".")[2]): set(codes)
        for pk, fields in values.items()
        for key, codes in fields.items()
        if key.startswith("tags.")
    }
    if not wanted:
        return
    present: dict[tuple[int, str], set[str]] = defaultdict(set)
    gone = []
    for link in RecommendationTag.objects.filter(
        recommendation__in={pk for pk, _taxonomy in wanted}
    ).select_related("tag"):
        place = (link.recommendation_id, link.tag.taxonomy)
        present[place].add(link.tag.code)
        if place in wanted and link.origin == TagOrigin.IMPORT and link.tag.code not in wanted[place]:
            gone.append(link.pk)
    RecommendationTag.objects.filter(pk__in=gone).delete()
    RecommendationTag.objects.bulk_create(
        (
            RecommendationTag(recommendation_id=pk, tag=tags[taxonomy, code], origin=TagOrigin.IMPORT)
            for (pk, taxonomy), codes in wanted.items()
            for code in sorted(codes - present[pk, taxonomy])
        ),
        batch_size=BATCH,
    )
