"""Charts: one description of what is shown, drawn by job to SVG and PNG, kept by its content.

A page describes a :class:`Chart` and asks :func:`tawsiya.core.charts.kept.figure_of` for its figure; the
table beside it is there at first paint, the picture as soon as a worker has drawn it.
"""

from tawsiya.core.charts.model import Chart, Cut, Mark

__all__ = ["Chart", "Cut", "Mark"]
