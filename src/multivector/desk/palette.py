"""Colours: teal ink on paper. Ramps grow darker with the value; no meaning rests on hue alone.

The sequential ramp falls evenly in lightness. Any two of `SUPPLIERS` and `OTHER` are at least 10 units
apart in CIELAB, for full colour vision and as people with protanopia, deuteranopia and tritanopia see them
(simulated after Machado, Oliveira and Fernandes 2009, which the tests compute).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

INK = "#16222d"
MUTED = "#5a6772"
RULE = "#dfe4e8"
ACCENT = "#1f6f86"
PAPER = "#ffffff"
WATER = "#dce8ee"
LAND = "#eef0ee"
NEUTRAL = "#dfe1e2"
BLANK = "#f4f5f5"
WARM = "#b5432f"

SEQUENTIAL = ("#e6e9d8", "#c9dccd", "#a6ccc1", "#7fb9b2", "#4f9fa4", "#2a7b8e", "#1b6079")
SUPPLIERS = (
    "#b5432f", "#3c4d92", "#f2b134", "#128377", "#9d83d6",
    "#dd8547", "#62c1ec", "#0f4a14", "#dccb88", "#c58fb0",
)  # fmt: skip
OTHER = "#bcc6ce"


def class_of(value: float, breaks: tuple[float, ...]) -> int:
    """Which class a value falls in: 0 below the first break, `len(breaks)` from the last one on."""
    return sum(value >= edge for edge in breaks)


def ramp(classes: int) -> tuple[str, ...]:
    """`classes` colours from light to dark, spread over the sequential ramp."""
    if not 1 <= classes <= len(SEQUENTIAL):
        raise ValueError(f"{classes} classes: between 1 and {len(SEQUENTIAL)} can be told apart")
    last = len(SEQUENTIAL) - 1
    return tuple(SEQUENTIAL[round(i * last / max(classes - 1, 1))] for i in range(classes))


def assign(names: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """A colour a name: the region's own where it has one, else the next of `SUPPLIERS`, then grey."""
    given = given or {}
    spare = iter([colour for colour in SUPPLIERS if colour not in given.values()])
    return {name: given[name] if name in given else next(spare, OTHER) for name in names}


def is_dark(colour: str) -> bool:
    """Whether white text reads better on it than ink (relative luminance, WCAG 2.1)."""
    return luminance(colour) < 0.25


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
