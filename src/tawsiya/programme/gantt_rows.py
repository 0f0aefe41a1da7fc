"""The rows of a time line as markup.

Written here and not in a template: eight hundred rows of it would take three quarters of the page's time.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tawsiya.core.templatetags.tawsiya import icon, tw_date
from tawsiya.programme.choices import Progress
from tawsiya.programme.gantt import Lane, Scale, Step, Wait
from tawsiya.programme.gantt_arrows import arrows, numbered


def rows_of(lanes: Sequence[Lane], scale: Scale, *, by_axis: bool) -> tuple[SafeString, SafeString]:
    """Return the head of the drawn column, and the bodies of the table: one for each lane.

    Args:
        by_axis: lanes are axes, whose number is shown.
    """
    drawn = arrows(lanes, scale)
    writer = _Writer()
    parts: list[str] = []
    for number, lane, step in numbered(lanes):
        behind = drawn.pieces.get(number, "")
        if step is None:
            parts += [
                "</tbody>" if parts else "",
                "<tbody>",
                _head(lane, scale.empty(behind), by_axis=by_axis),
            ]
        else:
            parts.append(writer.row(step, scale.bar(step, behind)))
    bodies = "".join(parts) + ("</tbody>" if parts else "")
    return scale.head(drawn.shared), mark_safe(bodies)  # noqa: S308 - each text in it is escaped


def _head(lane: Lane, drawing: SafeString, *, by_axis: bool) -> str:
    title = escape(lane.title) or _("No lead institution")
    code = f'<bdi dir="ltr">{escape(lane.code)}</bdi> ' if by_axis else ""
    return (
        f'<tr class="tw-gantt__lane"><th scope="rowgroup" colspan="4">{code}<bdi>{title}</bdi></th>'
        f'<th class="tw-gantt__chart" aria-hidden="true">{drawing}</th></tr>'
    )


class _Writer:
    """Writes rows in the language of the page; what many rows say is looked up once."""

    def __init__(self) -> None:
        self.waits_for, self.done = _("Waits for"), _("done")
        self.late = f"{icon('exclamation-triangle')} {_('Late')}"
        self.blocked = f"{icon('hourglass-split')} {_('Waits')}"
        self.reached = icon("check-lg")
        self.progress = {code: escape(str(name)) for code, name in Progress.choices}
        self.address = cache(lambda pk: reverse("programme:measure", args=[pk]))

    def row(self, step: Step, drawing: SafeString) -> str:
        kind = ' class="tw-gantt__step"' if step.milestone else ""
        until = _day(step.ends_on) or ("" if step.milestone else "—")
        waits = "".join(map(self._wait, step.waits))
        return (
            f"<tr{kind}><td>{self._title(step)}{waits}</td>"
            f'<td class="tw-fit">{_day(step.starts_on)}</td><td class="tw-fit">{until}</td>'
            f'<td class="tw-fit">{self._state(step)}</td><td class="tw-gantt__chart">{drawing}</td></tr>'
        )

    def _title(self, step: Step) -> str:
        title = f"<bdi>{escape(step.title)}</bdi>"
        if step.milestone:
            return title
        return (
            f'<a href="{self.address(step.measure.pk)}"><bdi dir="ltr">{escape(step.code)}</bdi> {title}</a>'
        )

    def _wait(self, wait: Wait) -> str:
        done = f" · {self.done}" if wait.done else ""
        return (
            f'<small class="d-block tw-muted">{self.waits_for} <a href="{self.address(wait.measure_id)}">'
            f'<bdi dir="ltr">{escape(wait.code)}</bdi> <bdi>{escape(wait.title)}</bdi></a>{done}</small>'
        )

    def _state(self, step: Step) -> str:
        if step.late:
            return self.late
        if step.reached_on:
            return f"{self.reached} {_day(step.reached_on)}"
        if step.blocked:
            return self.blocked
        return "" if step.milestone else self.progress[step.measure.progress]


def _day(day: date | None) -> str:
    return tw_date(day, "short") if day else ""
