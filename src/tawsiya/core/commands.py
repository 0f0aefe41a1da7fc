"""Writing in core: the pictures of charts, which are asked for by pages and drawn by jobs."""

from collections.abc import Collection
from datetime import timedelta

from tawsiya.core import clock
from tawsiya.core.charts.model import Chart
from tawsiya.core.models import Drawing

_KEPT = timedelta(days=30)
# A page that is looked at keeps its picture: the date is moved on once a day at most.
_RENEWED = timedelta(days=1)


def ask_for_drawing(chart: Chart) -> tuple[Drawing, bool]:
    """Return the drawing of a chart, and whether it is new and has to be drawn."""
    now = clock.now()
    drawing, is_new = Drawing.objects.defer("png", "chart").get_or_create(
        key=chart.key, defaults={"chart": chart.as_json(), "asked_at": now}
    )
    if not is_new and now - drawing.asked_at > _RENEWED:
        Drawing.objects.filter(key=chart.key).update(asked_at=now)
    return drawing, is_new


def drawings_in_use(keys: Collection[str]) -> dict[str, Drawing]:
    """Return the drawings among `keys` that were asked for lately: reading them leaves no trace to write."""
    rows = Drawing.objects.defer("png", "chart").filter(asked_at__gte=clock.now() - _RENEWED)
    return rows.in_bulk(keys)


def keep_drawing(key: str, *, svg: str, narrow: str, png: bytes) -> None:
    """Keep the pictures of a drawing."""
    Drawing.objects.filter(key=key).update(svg=svg, narrow=narrow, png=png, failed="", drawn_at=clock.now())


def fail_drawing(key: str, why: str) -> None:
    """Note that a drawing failed: the page then shows the table alone and says so."""
    Drawing.objects.filter(key=key).update(failed=why[:200], drawn_at=clock.now())


def forget_drawings() -> int:
    """Delete the drawings that no page asked for in thirty days; return how many."""
    deleted, _by_model = Drawing.objects.filter(asked_at__lt=clock.now() - _KEPT).delete()
    return deleted
