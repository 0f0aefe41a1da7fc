"""The colours of the style sheet read well enough (WCAG 2.2 AA): 4.5:1 for text, 3:1 for shapes."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "src/tawsiya/core/static/core/tawsiya.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--tw-([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", CSS))
TONES = ("neutral", "info", "progress", "success", "warning", "danger", "muted")
TEXTS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3")
        for ground in ("surface", "ground", "sunken", "hover")
    ],
    *[(f"{tone}-ink", f"{tone}-tint") for tone in TONES],
    *[(f"{tone}-ink", ground) for tone in TONES for ground in ("surface", "primary-tint", "hover")],
    *[("primary", ground) for ground in ("surface", "ground", "danger-tint", "info-tint", "warning-tint")],
    ("primary-strong", "primary-tint"),
    ("primary-strong", "primary-tint-strong"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-primary", "accent"),
    ("on-primary", "danger-ink"),
    ("ink-2", "primary-tint"),
    ("ink-3", "primary-tint"),
    ("ink", "mark"),
    ("badge-ink", "badge"),
    ("training-ink", "training-tint"),
]
SHAPES = [
    ("line-strong", "surface"),
    ("focus", "surface"),
    ("focus", "ground"),
    ("badge", "primary-strong"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two tokens."""
    dark, light = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert round((luminance("#fff") + 0.05) / (luminance("#000000") + 0.05), 2) == 21


@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_texts(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= 3
