"""The arrows of a time line: from what comes first to what waits for it.

Each row draws its own piece of an arrow over its whole height, so that arrows hold whatever the height of the
rows, without a script, mirrored, and on paper. The table says in words what they show.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from tawsiya.programme.gantt import Lane, Scale, Step

_LINE = 'class="tw-gantt__wait"'


@dataclass(frozen=True)
class Arrows:
    """What the rows draw, by their number from the top (`numbered`); `shared` belongs in the head, once."""

    pieces: dict[int, str]
    shared: str


def numbered(lanes: Sequence[Lane]) -> Iterator[tuple[int, Lane, Step | None]]:
    """Yield the rows from the top with their number: the name of a lane (no step), then its steps."""
    number = count()
    for lane in lanes:
        yield next(number), lane, None
        for step in lane.steps:
            yield next(number), lane, step


def arrows(lanes: Sequence[Lane], scale: Scale) -> Arrows:
    """Return the arrows between the rows that are shown and have a place in time."""
    rows = [(number, step) for number, _lane, step in numbered(lanes) if step]
    places = {step.key: (number, step) for number, step in rows}
    pieces: dict[int, str] = defaultdict(str)
    shared: list[str] = []
    for number, step in rows:
        for wait in step.waits:
            first = places.get(wait.key)
            if first is None:
                continue
            source, target = scale.span(first[1]), scale.span(step)
            if source is None or target is None:
                continue
            name = f"tw-wait-{len(shared)}"
            x = source[1]
            shared.append(f'<line id="{name}" {_LINE} x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>')
            for row, piece in _pieces(first[0], number, name, x, target):
                pieces[row] += piece
    return Arrows(dict(pieces), "".join(shared))


def _pieces(
    first: int, then: int, name: str, x: float, target: tuple[float, float]
) -> Iterator[tuple[int, str]]:
    """Yield the pieces of one arrow by row: it leaves at `x`, and ends where the target is nearest."""
    is_down = then > first
    yield first, _upright(x, is_lower=is_down)
    for row in range(min(first, then) + 1, max(first, then)):
        yield row, f'<use href="#{name}"/>'
    tip = min(max(x, min(target)), max(target))
    if tip == x:  # it meets the bar from above, or from below
        head = "M0-6-3.5-12H3.5Z" if is_down else "M0 6-3.5 12H3.5Z"
        yield then, _upright(x, is_lower=not is_down) + _head(x, head)
        return
    # A mark is wider than its day.
    away = 7 if target[0] == target[1] else 0
    head = f"M{-away} 0l-6-3.5v7Z" if tip > x else f"M{away} 0l6-3.5v7Z"
    across = f'<line {_LINE} x1="{x:.2f}%" x2="{tip:.2f}%" y1="50%" y2="50%"/>'
    yield then, _upright(x, is_lower=not is_down) + across + _head(tip, head)


def _upright(x: float, *, is_lower: bool) -> str:
    top, bottom = ("50%", "100%") if is_lower else ("0", "50%")
    return f'<line {_LINE} x1="{x:.2f}%" x2="{x:.2f}%" y1="{top}" y2="{bottom}"/>'


def _head(x: float, shape: str) -> str:
    return f'<svg x="{x:.2f}%" y="50%" overflow="visible"><path class="tw-gantt__head" d="{shape}"/></svg>'
