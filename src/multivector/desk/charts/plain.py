"""Pictures written as SVG at once, in the look of the drawn charts: a page of small multiples takes milliseconds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from multivector.desk import palette
from multivector.desk.svg import Svg, check_prefix, heading, number, text, text_width

TOP = 48.0
"""Pixels that the title and the line under it take."""


def page(
    body: Iterable[str], *, prefix: str, title: str, subtitle: str, desc: str, width: float, height: float,
    sizes: tuple[float, float] = (13.5, 11),
) -> Svg:  # fmt: skip
    """A picture with its title, its subtitle, and what screen readers say of it."""
    check_prefix(prefix)
    names, binding = heading(prefix, title, desc)
    shown = f'<text y="{number(sizes[0])}" font-size="{sizes[0]}" font-weight="600">{text(title)}</text>'
    if subtitle:
        shown += words(0, 1.4 * sizes[0] + sizes[1], subtitle, size=sizes[1], colour=palette.MUTED)
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" {binding} viewBox="0 0 {number(width)} {number(height)}" '
        f'style="max-width:{round(width * 1.12)}px" font-family="Inter, system-ui, sans-serif" fill="{palette.INK}">'
        f"{names}{shown}{''.join(body)}</svg>"
    )


def words(
    x: float, y: float, said: str, *, size: float = 11, colour: str = "", anchor: str = "", room: float = 0
) -> str:
    """A line of text on the base line y; cut with an ellipsis where it would be wider than `room`."""
    if not said:
        return ""
    if room:
        said = cut(said, size, room)
    fill = f' fill="{colour}"' if colour else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{fill}{end}>{text(said)}</text>'


def haloed(drawn: str) -> str:
    """Texts that stay legible where lines pass behind them."""
    return f'<g paint-order="stroke" stroke="{palette.PAPER}" stroke-width="3" stroke-linejoin="round">{drawn}</g>'


def cut(said: str, size: float, room: float) -> str:
    """The text, or as much of it as there is room for."""
    if text_width(said, size) <= room:
        return said
    while said and text_width(f"{said}…", size) > room:
        said = said[:-1]
    return f"{said.rstrip()}…"


def wrapped(said: str, size: float, room: float) -> list[str]:
    """The text in lines no wider than `room`, broken between words; a word that is wider is cut."""
    lines: list[str] = []
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(cut(word, size, room))
    return lines


def apart(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of labels as near as can be to where they are wanted, none over another, in the order of `wanted`.

    They stand between `top` and `bottom` where there is room for all; else they run past the bottom. Stacked as if
    they touched, what is left to choose of each is a shift that must not fall: pool adjacent violators (Ayer et
    al. 1955) gives the shifts of least squares.
    """
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    stacked = list(accumulate(heights[k] for k in order))
    touching = [end - heights[k] / 2 for k, end in zip(order, stacked, strict=True)]
    groups: list[tuple[float, int]] = []  # the mean shift of a group of labels, and how many they are
    for k, place in zip(order, touching, strict=True):
        shift, count = wanted[k] - place, 1
        while groups and groups[-1][0] > shift:
            before, more = groups.pop()
            shift, count = (shift * count + before * more) / (count + more), count + more
        groups.append((shift, count))
    shifts = [shift for shift, count in groups for _ in range(count)]
    most = max(bottom - (stacked[-1] if stacked else 0.0), top)
    placed = [0.0] * len(wanted)
    for k, place, shift in zip(order, touching, shifts, strict=True):
        placed[k] = place + min(max(shift, top), most)
    return placed


def steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from low to high, at most so many steps apart: 0, 2, 4, 6."""
    if not high > low:
        return [low]
    size = 10.0 ** math.floor(math.log10((high - low) / most))
    each = next(size * k for k in (1, 2, 5, 10) if (high - low) / (size * k) <= most)
    first, last = math.ceil(low / each - 1e-9), math.floor(high / each + 1e-9)
    return [k * each for k in range(first, last + 1)]


def across(low: float, high: float, left: float, right: float) -> Callable[[float], float]:
    """From values to pixels: low stands at the left, high at the right."""
    each = (right - left) / (high - low) if high != low else 0.0
    return lambda value: float(left + each * (value - low))


def line(x1: float, x2: float, y: float, colour: str, width: float, dash: str = "") -> str:
    """A level line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{number(x1)} {number(y)}H{number(x2)}" stroke="{colour}" stroke-width="{number(width)}"{dashed}/>'


def tick(x: float, y: float, colour: str, width: float, height: float) -> str:
    """An upright stroke about y."""
    return f'<path d="M{number(x)} {number(y - height / 2)}v{number(height)}" stroke="{colour}" stroke-width="{number(width)}"/>'


def dot(x: float, y: float, radius: float, colour: str) -> str:
    """A filled disc."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{colour}"/>'


def grid(ticks: Iterable[tuple[float, str]], top: float, bottom: float) -> str:
    """Upright lines with their labels below."""
    drawn = []
    for x, label in ticks:
        drawn.append(f'<path d="M{number(x)} {number(top)}V{number(bottom)}" stroke="#e8ecef"/>')
        drawn.append(words(x, bottom + 14, label, size=10.5, colour=palette.MUTED, anchor="middle"))
    return "".join(drawn)
