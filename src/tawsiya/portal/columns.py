"""The columns of the open data: one row for each published recommendation."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tawsiya.core.labels import Label, text_of
from tawsiya.core.tables import Column
from tawsiya.portal.models import Snapshot
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
        column("version", lambda item: item.version),
        column("published_at", lambda item: item.published_at),
        column("source", source_of),
        column("licence", lambda item: settings.OPEN_DATA_LICENCE),
    ]


def _item(row: Snapshot) -> PublicItem:
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
