"""The figure of a chart: its picture where one is kept, else the promise of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from tawsiya.core import jobs
from tawsiya.core.charts.model import Chart
from tawsiya.core.commands import ask_for_drawing, drawings_in_use
from tawsiya.core.models import Drawing
from tawsiya.core.tasks import draw_chart

State = Literal["waiting", "drawn", "failed"]


@dataclass(frozen=True)
class Figure:
    """What the component `chart` shows: title, state, and the pictures once drawn, one for phones."""

    key: str
    title: str
    state: State
    svg: SafeString
    narrow: SafeString

    @property
    def png(self) -> bytes:
        """The other picture, which only paper and files take: read when it is asked for."""
        return bytes(Drawing.objects.values_list("png", flat=True).get(key=self.key))

    @property
    def element(self) -> str:
        """The id of the figure in a page."""
        return f"chart-{self.key[:12]}"


def figure_of(chart: Chart) -> Figure | None:
    """Return the figure of a chart, asking for its drawing where there is none; None without marks."""
    if not chart.marks:
        return None
    drawing, is_new = ask_for_drawing(chart)
    if is_new:
        jobs.defer(draw_chart, once=f"draw-{chart.key}", key=chart.key)
    return _figure(chart, drawing)


def figures_of(charts: Sequence[Chart]) -> list[Figure | None]:
    """Return the figure of each chart of a page, as `figure_of` does: those that are kept by one query."""
    kept = drawings_in_use([chart.key for chart in charts if chart.marks])
    return [_figure(chart, kept[chart.key]) if chart.key in kept else figure_of(chart) for chart in charts]


def _figure(chart: Chart, drawing: Drawing) -> Figure:
    return Figure(chart.key, chart.title, _state(drawing), _safe(drawing.svg), _safe(drawing.narrow))


def picture(figure: Figure, form: str) -> HttpResponse:
    """Answer the picture as a file, `svg` or `png`. The figure must be drawn."""
    types = {"svg": "image/svg+xml", "png": "image/png"}
    content = figure.png if form == "png" else str(figure.svg).encode()
    response = HttpResponse(content, content_type=types[form])
    name = slugify(figure.title, allow_unicode=False) or "chart"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _state(drawing: Drawing) -> State:
    if drawing.failed:
        return "failed"
    return "drawn" if drawing.drawn_at else "waiting"


def _safe(svg: str) -> SafeString:
    # Drawn by our own job: every word in it is text of an element or attribute that a serialiser escaped.
    return mark_safe(svg)  # noqa: S308
