"""A figure waits, is drawn by the job, and is kept by what it shows."""

from datetime import timedelta

import pytest

from tawsiya.core import clock
from tawsiya.core.charts import Chart, Mark
from tawsiya.core.charts.kept import figure_of, picture
from tawsiya.core.commands import forget_drawings
from tawsiya.core.models import Drawing
from tawsiya.core.tasks import draw_chart

CHART = Chart("bars", "Bodies", "ltr", ("CEDAW",), ("",), (Mark(0, 0, 3, "CEDAW: 3", "/en/x"),))

pytestmark = pytest.mark.django_db


def test_a_figure_is_asked_for_once_and_drawn_by_the_job() -> None:
    first = figure_of(CHART)
    assert first is not None
    assert (first.state, str(first.svg)) == ("waiting", "")
    assert figure_of(CHART) == first
    draw_chart(CHART.key)
    drawn = figure_of(CHART)
    assert drawn is not None
    assert drawn.state == "drawn"
    assert 'href="/en/x"' in drawn.svg
    assert 'href="/en/x"' in drawn.narrow
    answer = picture(drawn, "png")
    assert answer.content[:4] == b"\x89PNG"
    assert answer["Content-Disposition"] == 'attachment; filename="bodies.png"'


def test_what_cannot_be_drawn_says_so() -> None:
    chart = Chart("bars", "t", "ltr", ("x",), ("",), (Mark(0, 0, 3, "x", "https://example.org/"),))
    figure_of(chart)
    draw_chart(chart.key)
    figure = figure_of(chart)
    assert figure is not None
    assert figure.state == "failed"


def test_without_marks_there_is_no_figure() -> None:
    assert figure_of(Chart("bars", "t", "ltr", (), (), ())) is None
    assert not Drawing.objects.exists()


def test_pictures_that_nobody_asks_for_are_forgotten() -> None:
    figure_of(CHART)
    Drawing.objects.update(asked_at=clock.now() - timedelta(days=31))
    assert forget_drawings() == 1
