"""The bars beside a ready-made list."""

from collections.abc import Iterable

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.core import formats
from tawsiya.core.charts import Chart, Mark


def bars(title: str, rows: Iterable[tuple[str, int, str]], value_title: str) -> Chart:
    """Return a bar for each row: its label, its number, the address of what it counts."""
    shown = [row for row in rows if row[1]]
    return Chart(
        kind="bars",
        title=title,
        direction="rtl" if get_language_bidi() else "ltr",
        rows=tuple(label for label, _count, _href in shown),
        columns=("",),
        marks=tuple(
            Mark(
                row=place,
                column=0,
                value=count,
                says=_("%(row)s: %(count)s") % {"row": label, "count": formats.localise_number(count)},
                href=href,
                text=formats.localise_number(count),
            )
            for place, (label, count, href) in enumerate(shown)
        ),
        value_title=value_title,
        locale=formats.current_locale(),
    )
