"""The columns of the open data: published recommendations, and the values of published indicators."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tawsiya.core.labels import Label, text_of
from tawsiya.core.tables import Column
from tawsiya.portal.indicators import PublicValue
from tawsiya.portal.models import PublishedItem
from tawsiya.portal.opening import absolute
from tawsiya.portal.published import PublicItem, item_of


def columns_for(request: HttpRequest) -> list[Column]:
    """Return the columns; labels in the language of the address, texts in every language of the State."""
    language = get_language() or "en"

    def column(key: str, value: Callable[[PublicItem], Any]) -> Column:
        return Column(key, key, lambda row: value(_item(row)))

    def name(label: Label | None) -> str:
        return text_of(label, language)

    def names(kind: str) -> Callable[[PublicItem], list[str]]:
        return lambda item: [name(tag["names"]) for tag in item.tags[kind]]

    columns = [
        column("id", lambda item: item.id),
        column("url", lambda item: absolute(reverse("portal:detail", args=[item.id]))),
        column("body", lambda item: name(item.body)),
        column("mechanism", lambda item: item.content["body"]["mechanism"]),
        column("cycle", lambda item: item.review.get("cycle")),
        column("year", lambda item: item.review.get("year")),
        column("symbol", lambda item: item.symbol),
        column("paragraph", lambda item: item.label),
        column("is_part", lambda item: item.is_part),
        column("position", lambda item: item.position),
        column("recommending_states", lambda item: [name(state) for state in item.states]),
    ]
    for code, _name in settings.LANGUAGES:
        columns.append(column(f"text_{code}", _text(code, "text")))
        columns.append(column(f"text_{code}_status", _text(code, "status")))
    return [
        *columns,
        column("themes", names("themes")),
        column("affected_persons", names("persons")),
        column("sdgs", lambda item: [tag["code"] for tag in item.tags["sdgs"]]),
        column("status", lambda item: item.status["code"] if item.status else None),
        column("status_decided_on", lambda item: item.status["decided_on"] if item.status else None),
        column("lead_institution", lambda item: name(item.lead) or None),
        column("deadline", lambda item: item.deadline),
        column("indicators", lambda item: [one.content["code"] for one in item.indicators]),
        column("version", lambda item: item.version),
        column("published_at", lambda item: item.published_at),
        column("source", source_of),
        column("licence", lambda item: settings.OPEN_DATA_LICENCE),
    ]


def _item(row: PublishedItem) -> PublicItem:
    return item_of(row)


def _text(language: str, field: str) -> Callable[[PublicItem], str | None]:
    def value(item: PublicItem) -> str | None:
        return next((row[field] for row in item.texts(language) if row["language"] == language), None)

    return value


def source_of(item: PublicItem) -> str:
    """Return the line that whoever reuses a row cites."""
    return _("United Nations, %(title)s; follow-up published by the State, version %(version)s") % {
        "title": item.title,
        "version": item.version,
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


_INDICATOR = (
    Column("indicator", gettext_lazy("Code"), lambda row: row.indicator.content["code"]),
    Column("name", gettext_lazy("Name"), lambda row: text_of(row.indicator.content["names"])),
    Column("kind", gettext_lazy("Kind"), lambda row: row.indicator.content["kind"]),
    Column("unit", gettext_lazy("Unit"), lambda row: text_of(row.indicator.content["units"])),
    Column("sdg", gettext_lazy("SDG indicators"), lambda row: row.indicator.content["sdg"]),
)
_VALUE = (
    Column("period", gettext_lazy("Period"), lambda row: row.content["period"]),
    Column("value", gettext_lazy("Value"), lambda row: _number(row.content["value"])),
    Column("state", gettext_lazy("State"), lambda row: row.content["state"]),
    Column("missing", gettext_lazy("Missing"), lambda row: row.content["missing"]),
    Column("quality", gettext_lazy("Quality"), lambda row: row.content["quality"]),
    Column("target", gettext_lazy("Target"), lambda row: _number(row.target)),
    Column("source", gettext_lazy("Source"), lambda row: row.content["source"]),
)
VALUES = (
    *_INDICATOR,
    Column("measures", gettext_lazy("Measures"), lambda row: row.indicator.content["measures"]),
    *_VALUE,
)


@dataclass(frozen=True)
class LinkedValue:
    """A value of an indicator that follows a recommendation by itself."""

    item: PublicItem
    value: PublicValue


def _of_value(column: Column) -> Column:
    return Column(column.key, column.label, lambda row: column.value(row.value))


LINKED_VALUES = (
    Column("id", "id", lambda row: row.item.id),
    Column("symbol", "symbol", lambda row: row.item.symbol),
    Column("paragraph", "paragraph", lambda row: row.item.label),
    *(_of_value(column) for column in (*_INDICATOR, *_VALUE)),
)
