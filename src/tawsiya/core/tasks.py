"""Draw charts, and forget what nobody looks at or counts any more."""

import logging

from tawsiya.core import jobs
from tawsiya.core.charts.model import Chart
from tawsiya.core.commands import fail_drawing, forget_drawings, keep_drawing
from tawsiya.core.models import Drawing
from tawsiya.core.shared import forget_lasted

_log = logging.getLogger(__name__)


@jobs.task(name="core.draw_chart", retry=jobs.RETRY)
def draw_chart(key: str) -> None:
    """Draw a chart that a page asked for. A chart that cannot be drawn is marked as such."""
    drawing = Drawing.objects.filter(key=key, drawn_at=None).first()
    if drawing is None:
        return
    # Loaded here: the drawing engine takes 100 MB, which the web processes never need.
    from tawsiya.core.charts.drawing import draw_png, draw_svg
    from tawsiya.core.charts.shapes import NARROW

    chart = Chart.from_json(drawing.chart)
    try:
        svg, narrow, png = draw_svg(chart), draw_svg(chart, NARROW), draw_png(chart)
    except ValueError as error:
        _log.exception("The chart %s cannot be drawn", key)
        fail_drawing(key, str(error))
        return
    keep_drawing(key, svg=svg, narrow=narrow, png=png)


@jobs.periodic(cron="20 3 * * *")
@jobs.task(name="core.forget_drawings")
def forget_old_drawings(timestamp: int) -> None:
    """Once a night, delete the pictures that no page asked for in thirty days."""
    forget_drawings()


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="core.forget_shared")
def forget_shared(timestamp: int) -> None:
    """Every hour, delete the counts of limits of rate that have lasted."""
    forget_lasted()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="core.take_up_jobs", queueing_lock="take-up")
async def take_up_jobs(timestamp: int) -> None:
    """Every minute, take up the jobs that a killed worker left behind."""
    await jobs.take_up()
