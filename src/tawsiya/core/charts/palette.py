"""The colours of charts: the tones of the look, and series without a tone of their own."""

from collections.abc import Sequence

# As `--tw-TONE-fill` in tawsiya.css; a test holds the two together.
TONES = {
    "neutral": "#a9aea6",
    "info": "#4a86bd",
    "progress": "#e2a93b",
    "success": "#1f7f62",
    "warning": "#d97a2b",
    "danger": "#c2452f",
    "muted": "#8e88a6",
}
# Told apart by colour-blind readers too, in this order: hue and lightness both change.
SERIES = ("#0f5e56", "#e2a93b", "#4a86bd", "#a8500f", "#8e88a6", "#7fb8a4", "#5a3d5c", "#c9b28b", "#2f3b52")
REST = "#c9c4b8"
"""What stands after the palette's end."""

INK, INK_2, LINE, SURFACE, PRIMARY = "#1f2826", "#48534f", "#e0dbd0", "#ffffff", "#0f5e56"
HEAT = ("#f3efe6", "#9cc9bd", "#0f5e56")
"""From few to many."""


def colours(tones: Sequence[str], count: int) -> list[str]:
    """Return a colour for each of `count` series: its tone's, else the next of the palette.

    A tone colours the first series that names it only, so that no two series look alike; `rest` is the
    pale colour of what has no value.
    """
    free = iter(colour for colour in SERIES if colour not in {TONES.get(tone) for tone in tones})
    used: set[str] = set()
    found = []
    for place in range(count):
        tone = tones[place] if place < len(tones) else ""
        if tone == "rest":
            found.append(REST)
        elif tone in TONES and tone not in used:
            used.add(tone)
            found.append(TONES[tone])
        else:
            found.append(next(free, REST))
    return found
