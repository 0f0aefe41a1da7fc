"""The sample State's indicators: sheets, ten years of values, corrections, breaks, requests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tawsiya.core import clock
from tawsiya.programme.commands.indicator_values import record_values
from tawsiya.programme.commands.indicators import (
    Goal,
    Sheet,
    mark_break,
    save_indicator,
    set_indicator_state,
)
from tawsiya.programme.commands.value_requests import Asked, ask_for_values, close_request
from tawsiya.programme.indicator_choices import Origin
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.models import Indicator
from tawsiya.sample.data import Row, day, moment, read
from tawsiya.sample.documents import Items
from tawsiya.sample.people import Cast

# Programmes began to be measured in 2016; each year's values are recorded in the spring of the next.
DEFINED = "2016-02-01"
_NOT_COLLECTED = "L’enquête n’a pas eu lieu cette année-là."
_LABELS = ("names", "attributes", "definitions", "methods", "units", "sources")
_PLAIN = ("code", "kind", "right", "measured", "decimals", "better", "periodicity")


def load_indicators(cast: Cast, items: Items) -> dict[str, Indicator]:
    """Define the indicators and record what was observed, year by year. Returns them by code."""
    return load_rows(cast, items, read("indicators"))


def load_rows(cast: Cast, items: Items, data: dict[str, Any]) -> dict[str, Indicator]:
    """Define the indicators of a story with what was observed and asked. Returns them by code.

    Args:
        data: `years`, `indicators`, `requests`, as in `data/indicators.json`.
    """
    coordinator = cast.reader(cast.first("coordinator"))
    made: dict[str, Indicator] = {}
    for row in data["indicators"]:
        with clock.at(moment(DEFINED)):
            made[row["code"]] = save_indicator(sheet=_sheet(cast, items, row), by=coordinator)
        state = row.get("state", "in_use")
        if state != "draft":
            with clock.at(moment("2016-03-01")):
                set_indicator_state(
                    indicator=made[row["code"]],
                    state=state,
                    by=coordinator,
                    reason=row.get("state_reason", ""),
                )
    # What was asked and answered since is asked before the values come.
    for row in data["requests"]:
        if row.get("answered"):
            _ask(cast, made, row)
    for row in data["indicators"]:
        _values(cast, made[row["code"]], row, data["years"])
    for row in data["requests"]:
        if not row.get("answered"):
            _ask(cast, made, row)
    return made


def follow_measures(cast: Cast, items: Items, measures: dict[str, tuple[UUID, ...]]) -> None:
    """Let indicators, by code, follow measures, by key."""
    for row in read("indicators")["indicators"]:
        if keys := measures.get(row["code"]):
            save_indicator(
                sheet=replace(_sheet(cast, items, row), measures=keys),
                indicator=Indicator.objects.get(code=row["code"]),
                by=cast.reader(cast.first("coordinator")),
            )


def _sheet(cast: Cast, items: Items, row: Row) -> Sheet:
    fields: dict[str, Any] = {name: row[name] for name in (*_PLAIN, *_LABELS)}
    return Sheet(
        **fields,
        institution=cast.institutions[row["institution"]],
        dimensions=tuple(row["dimensions"]),
        sdg=tuple(row["sdg"]),
        goals=tuple(Goal(kind, year, Decimal(value), source) for kind, year, value, source in row["goals"]),
        items=tuple(items[(symbol, paragraph, "")] for symbol, paragraph in row["items"]),
    )


def _values(cast: Cast, indicator: Indicator, row: Row, years: list[str]) -> None:
    """Record values, breaks and corrections in the order of their days."""
    by = cast.reader(cast.first("focal_point", row["institution"]))
    observed: dict[str, list[Reading]] = {}
    for reading in _readings(row, years):
        observed.setdefault(f"{int(reading.period[:4]) + 1}-04-11", []).append(reading)
    for one in row.get("corrections", ()):
        reading = Reading(one["period"], value=Decimal(one["value"]), reason=one["reason"])
        observed.setdefault(one["on"], []).append(reading)
    breaks = {f"{int(mark['period']) + 1}-04-12": mark for mark in row.get("breaks", ())}
    for on in sorted({*observed, *breaks}):
        with clock.at(moment(on)):
            if on in observed:
                record_values(indicator=indicator, readings=observed[on], by=by, origin=Origin.FILE)
            else:
                words = {"explanation": breaks[on]["text"], "language": breaks[on]["language"]}
                mark_break(indicator=indicator, period=breaks[on]["period"], by=by, **words)


def _readings(row: Row, years: list[str]) -> Iterator[Reading]:
    """Yield the values of the story: a list by year or a mapping by period, for each breakdown."""
    for cell, values in row["values"].items():
        breakdown = dict(part.split("=") for part in cell.split(";") if part)
        pairs = values.items() if isinstance(values, dict) else zip(years, values, strict=True)
        for period, value in pairs:
            if isinstance(value, str):
                reason = _NOT_COLLECTED
                yield Reading(
                    period, breakdown, state="missing", missing=value[2:], quality="", reason=reason
                )
            elif value is not None:
                quality = "provisional" if period in row.get("provisional", ()) else "final"
                yield Reading(period, breakdown, value=Decimal(str(value)), quality=quality)
    for period, reason in row.get("na", ()):
        yield Reading(period, {}, state="not_applicable", quality="", reason=reason)


def _ask(cast: Cast, made: dict[str, Indicator], row: Row) -> None:
    coordinator = cast.reader(cast.first("coordinator"))
    due = day(row["due"])
    assert due
    with clock.at(moment(row["asked"])):
        request = ask_for_values(
            indicator=made[row["indicator"]],
            asked=Asked(
                institution=cast.institutions[row["institution"]],
                periods=row["periods"],
                due_on=due,
                dimensions=row["dimensions"],
                recipient=cast.institutions[row["for"]] if row["for"] else None,
                note=row["note"],
            ),
            by=coordinator,
        )
    if row.get("declined"):
        on, reason = row["declined"]
        with clock.at(moment(on) + timedelta(hours=1)):
            by = cast.reader(cast.first("validator", row["institution"]))
            close_request(request=request, state="declined", by=by, reason=reason)
