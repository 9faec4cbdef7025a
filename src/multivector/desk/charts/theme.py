"""From an Altair chart to an SVG that may stand in a page beside others.

Altair and vl-convert are imported here only, when the first chart is drawn. No network: vl-convert carries
Vega with it. Text is measured with the Inter that the package ships, so a chart is the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from importlib.resources import as_file, files
from typing import Any, ParamSpec

import polars as pl

from multivector.desk import palette
from multivector.desk.svg import Svg, check_prefix, heading

P = ParamSpec("P")
CHECKED = False  # Altair's checks of every step take longer than the drawing; the tests turn them on
WIDTH = 340  # pixels: a third of a wide page, all of a small screen; text keeps its size on both
FONT = "Inter"
DROPPED = re.compile(r' (?:role|class|aria-[a-z]+|pointer-events|font-family|version|xmlns:xlink)="[^"]*"')
EMPTY = re.compile(
    r'<path(?: transform="[^"]*")? d="[^"]*"(?: pointer-events="none")? (?:display="none"|fill="none")/>'
)
TAG = re.compile(r"<[^>]*>")
LONG = re.compile(r"-?\d+\.\d{2,}")


def drawn(chart: Callable[P, Svg]) -> Callable[P, Svg]:
    """Let a chart function build its specification without Altair's check at every step."""

    @wraps(chart)
    def quick(*args: P.args, **kwargs: P.kwargs) -> Svg:
        from altair.utils.schemapi import debug_mode

        with debug_mode(CHECKED):
            return chart(*args, **kwargs)

    return quick


@cache
def converter() -> Any:
    """vl-convert, with the package's fonts registered once."""
    import vl_convert

    with as_file(files("multivector.desk") / "assets" / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def config() -> dict[str, Any]:
    """The look that all charts share."""
    axis = {
        "labelFont": FONT,
        "labelFontSize": 10.5,
        "labelColor": palette.MUTED,
        "labelPadding": 5,
        "titleFont": FONT,
        "titleFontSize": 10.5,
        "titleFontWeight": 400,
        "titleColor": palette.MUTED,
        "titlePadding": 7,
        "domain": False,
        "ticks": False,
        "gridColor": "#e8ecef",
    }
    title = {
        "anchor": "start",
        "frame": "bounds",
        "font": FONT,
        "fontSize": 13.5,
        "fontWeight": 600,
        "color": palette.INK,
        "lineHeight": 16,
        "subtitleFont": FONT,
        "subtitleFontSize": 11,
        "subtitleColor": palette.MUTED,
        "subtitlePadding": 3,
    }
    return {
        "aria": False,
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "title": title,
        "text": {"font": FONT, "fontSize": 10.5, "color": palette.INK},
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
    }


def to_svg(chart: Any, *, prefix: str, title: str, desc: str) -> Svg:
    """Render a chart and make it safe beside others: own ids, no classes, a title and a description.

    Parameters
    ----------
    chart : an Altair chart.
    prefix : starts every id; unique within a page.
    title, desc : read by screen readers, shown on hovering.
    """
    check_prefix(prefix)
    spec = chart.to_dict(validate=CHECKED)
    spec["config"] = spec.get("config", {}) | config()
    return tidy(converter().vegalite_to_svg(spec), prefix=prefix, title=title, desc=desc)


def tidy(svg: str, *, prefix: str, title: str, desc: str) -> Svg:
    """Shorten what the renderer wrote and prefix its ids."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if size is None:
        raise ValueError("the renderer wrote no size")
    width, height = (round(float(v)) for v in size.groups())
    inner = DROPPED.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    inner = EMPTY.sub("", inner)
    while "<g></g>" in inner or '<g transform="translate(0,0)"></g>' in inner:
        inner = inner.replace("<g></g>", "").replace('<g transform="translate(0,0)"></g>', "")
    inner = TAG.sub(lambda tag: LONG.sub(lambda m: f"{float(m.group()):.1f}", tag.group()), inner)
    inner = re.sub(r'\bid="', f'id="{prefix}-', inner)
    inner = re.sub(r"url\(#", f"url(#{prefix}-", inner)
    inner = re.sub(r'href="#', f'href="#{prefix}-', inner)
    words, binding = heading(prefix, title, desc)
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" {binding} viewBox="0 0 {width} {height}" '
        f'style="max-width:{round(width * 1.12)}px" font-family="{FONT}, system-ui, sans-serif">'
        f"{words}{inner}</svg>"
    )


def without_nan(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """NaN and infinity in the columns become null: missing is missing, whoever computed the frame."""
    return frame.with_columns(
        pl.when(pl.col(name).cast(pl.Float64).is_finite()).then(pl.col(name).cast(pl.Float64)).alias(name)
        for name in columns
    )


def heading_of(title: str, subtitle: str = "", *, offset: int = 10) -> dict[str, Any]:
    """A chart's title, the line under it where there is one, and the room below them."""
    return {"text": title, "offset": offset} | ({"subtitle": subtitle} if subtitle else {})
