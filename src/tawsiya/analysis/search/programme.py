"""The tabs of the search over programmes: measures, indicators, texts of law.

A measure stands in every version of its programme: it is found once, in the newest version that its reader
sees and that answers. Who sees a draft is for `programme.visibility` to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.search.answers import Answer, label_note, note, titled
from tawsiya.analysis.search.entries import languages_of
from tawsiya.analysis.search.filtering import filtered, result
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.result import Result
from tawsiya.analysis.search.results import Search, given
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column
from tawsiya.programme.choices import LawStage
from tawsiya.programme.indicator_filters import INDICATOR_FACETS, IndicatorFilter
from tawsiya.programme.indicator_queries import indicators_for, with_standing
from tawsiya.programme.measure_filters import (
    LAW_FACETS,
    MEASURE_FACETS,
    LawFilter,
    MeasureFilter,
    laws_for,
    standing,
    with_traits,
)
from tawsiya.programme.models import Indicator, IndicatorMeasure, Legislation, Measure, Node
from tawsiya.programme.queries import axes_above, lead_of, measures_for, with_everything
from tawsiya.programme.views.indicators import COLUMNS as INDICATOR_COLUMNS
from tawsiya.programme.views.versions import COLUMNS as COLUMNS_OF_MEASURES

_MOST_NOTES = 3
IN_ORDER: tuple[str, Message] = ("number", gettext_lazy("By programme"))
BY_CODE: tuple[str, Message] = ("code", gettext_lazy("By code"))


def _version_columns(way: str) -> tuple[Column, ...]:
    """Return the columns that say where a measure stands, given the way from a row to its measure."""

    def version(row: Any) -> Any:
        return (getattr(row, way) if way else row).version

    return (
        Column("programme", gettext_lazy("Programme"), lambda row: text_of(version(row).programme.names)),
        Column("version", gettext_lazy("Version"), lambda row: version(row).number),
        Column("version_state", gettext_lazy("State"), lambda row: version(row).state),
    )


MEASURE_COLUMNS = (*_version_columns(""), *COLUMNS_OF_MEASURES)
LAW_COLUMNS = (
    *_version_columns("measure"),
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("title", gettext_lazy("Title"), lambda row: text_of(row.titles)),
    Column("number", gettext_lazy("Number"), lambda row: row.number),
    Column("stage", gettext_lazy("Stage"), lambda row: row.stage_now),
    Column("measure", gettext_lazy("Measure"), lambda row: str(row.measure)),
)


def _newest(rows: QuerySet[Any, Any], key: str, number: str) -> list[int]:
    """Return the ids of the rows that stand in the newest version, one for each key."""
    return list(dict(rows.order_by(number, "pk").values_list(key, "pk")).values())


def _first_of(model: type[Measure | Legislation]) -> Any:
    """Return the function from ids to the first row of the same key: what an alert knows a thing by."""

    def first(ids: Iterable[int]) -> Mapping[int, int]:
        keys = dict(model._default_manager.filter(pk__in=given(ids)).values_list("pk", "key"))
        rows = model._default_manager.filter(key__in=set(keys.values())).order_by()
        firsts = dict(rows.values("key").annotate(first=Min("pk")).values_list("key", "first"))
        return {pk: firsts[key] for pk, key in keys.items()}

    return first


def of_measure(marker: Marker, item: Measure, axes: Sequence[Node]) -> Answer:
    """Show a measure: its title, and where else the words stand in it."""
    answer = titled(marker, item, item.titles)
    notes = label_note(marker, _("Description"), item.descriptions)
    for step in item.milestones.all():
        notes += label_note(marker, _("Milestone"), step.titles)
    for axis in axes:
        notes += label_note(marker, _("Axis"), axis.names)
    if item.risks:
        risks = (note(marker, _("Risks"), item.risks, code) for code in languages_of(item.risks))
        notes += next(filter(None, risks), [])
    answer.notes = notes[:_MOST_NOTES]
    return answer


def measures(reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return the tab of measures: by their own words, those of their axes and of their milestones."""
    hits = search.answering(EntryKind.MEASURE, Measure, "answers__recommendation")
    seen = measures_for(reader)
    answering = seen if search.asked.is_empty else seen.filter(pk__in=given(hits))
    once = _newest(answering, "key", "version__number")
    base = with_traits(seen.filter(pk__in=given(once)))
    rows, facets = filtered(base, query, MeasureFilter, MEASURE_FACETS)

    def show(page: Sequence[Any]) -> list[Answer]:
        marker, axes, followed = Marker(search.asked), axes_above(page), _followed(reader, page)
        for row in page:
            row.lead_shown = lead_of(row)
            row.indicators = followed.get(row.key, 0)
        return [of_measure(marker, row, axes[row.pk]) for row in page]

    return result(
        search,
        query,
        found=(rows.order_by("version__programme__key", "sort_key", "pk"), facets),
        hits=hits,
        full=with_everything(seen).annotate(standing=standing()),
        columns=MEASURE_COLUMNS,
        show=show,
        order=IN_ORDER,
        same=_first_of(Measure),
    )


def _followed(reader: Reader, rows: Sequence[Measure]) -> dict[Any, int]:
    """Return how many indicators that the reader sees follow each measure, by its key."""
    links = IndicatorMeasure.objects.filter(
        measure_key__in={row.key for row in rows}, indicator__in=indicators_for(reader).values("pk")
    )
    counted = links.order_by().values("measure_key").annotate(number=Count("pk"))
    return dict(counted.values_list("measure_key", "number"))


def of_indicator(marker: Marker, item: Indicator) -> Answer:
    """Show an indicator: its name, and where else in its sheet the words stand."""
    answer = titled(marker, item, item.names)
    notes = []
    for label, texts in (
        (_("Attribute of the right"), item.attributes),
        (_("Definition"), item.definitions),
        (_("Method of computation"), item.methods),
        (_("Unit"), item.units),
        (_("Source of the data"), item.sources),
    ):
        notes += label_note(marker, label, texts)
    answer.notes = notes[:_MOST_NOTES]
    return answer


def indicators(reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return the tab of indicators: by the words of their sheets, and by what they follow."""
    hits = search.answering(EntryKind.INDICATOR, Indicator, "item_links__recommendation")
    seen = with_standing(indicators_for(reader))
    base = seen if search.asked.is_empty else seen.filter(pk__in=given(hits))
    rows, facets = filtered(base, query, IndicatorFilter, INDICATOR_FACETS)
    marker = Marker(search.asked)
    return result(
        search,
        query,
        found=(rows.order_by("right", "code"), facets),
        hits=hits,
        full=seen,
        columns=INDICATOR_COLUMNS,
        show=lambda page: [of_indicator(marker, row) for row in page],
        order=BY_CODE,
    )


def laws(reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return the tab of the texts of law that measures need, each once, by title and number."""
    hits = search.answering(EntryKind.LAW, Legislation, "measure__answers__recommendation")
    seen = laws_for(reader)
    answering = seen if search.asked.is_empty else seen.filter(pk__in=given(hits))
    once = _newest(answering, "key", "measure__version__number")
    base = seen.filter(pk__in=given(once))
    rows, facets = filtered(base, query, LawFilter, LAW_FACETS)
    marker = Marker(search.asked)

    def show(page: Sequence[Any]) -> list[Answer]:
        for row in page:
            row.stage_name = LawStage(row.stage_now).label
        return [titled(marker, row, row.titles) for row in page]

    return result(
        search,
        query,
        found=(rows.order_by("measure__version__programme__key", "measure__sort_key", "pk"), facets),
        hits=hits,
        full=seen,
        columns=LAW_COLUMNS,
        show=show,
        order=IN_ORDER,
        same=_first_of(Legislation),
    )
