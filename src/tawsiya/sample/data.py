"""The sample State's facts, as written in `data/*.json`."""

import json
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Africa/Casablanca")
Row = dict[str, Any]


@cache
def read(name: str) -> Any:
    """Return the content of a data file: `people`, `upr`, …"""
    path = resources.files("tawsiya.sample").joinpath("data", f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def day(value: str | None) -> date | None:
    """Return an ISO date, or None."""
    return date.fromisoformat(value) if value else None


def moment(value: str, hour: int = 10) -> datetime:
    """Return an aware moment on an ISO date."""
    return datetime.combine(date.fromisoformat(value), time(hour), tzinfo=ZONE)
