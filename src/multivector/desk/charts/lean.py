"""Who leans on whom: states by powers, one panel a layer; a cell is a share, a bound, or blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg

BREAKS = (0.05, 0.15, 0.3, 0.5, 0.75)


@drawn
def leans_on_whom(
    ties: pl.DataFrame,
    *,
    states: Sequence[str],
    powers: Sequence[str],
    names: Mapping[str, str],
    title: str,
    subtitle: str = "",
    prefix: str = "lean",
    width: int = WIDTH,
    row_height: int = 25,
) -> Svg:
    """Draw the matrix of one layer.

    Parameters
    ----------
    ties : `state, power, value, low, high`: the share of the layer for which the state depends on the
        power. `value` may be null where only bounds are known: the cell then reads "<12" (at most 12 per
        cent). A pair without a row, or without any number, is not known and shows a dot.
    """
    import altair as alt

    cells = _cells(without_nan(ties, "value", "low", "high"), states, powers, names)
    x_names, y_names = [names.get(p, p) for p in powers], [names.get(s, s) for s in states]
    data = alt.Data(values=cells)
    x = alt.X("power:N", sort=x_names, title=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0))
    x = x.axis(
        orient="top", labelAngle=-48, labelAlign="left", labelBaseline="middle", labelOffset=4, labelLimit=110
    )
    y = alt.Y("state:N", sort=y_names, title=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0))
    y = y.axis(labelColor=palette.INK, labelFontSize=11.5, labelLimit=110)
    chart = alt.layer(
        alt.Chart(data).mark_rect().encode(x=x, y=y, color=alt.Color("fill:N", scale=None)),
        alt.Chart(data)
        .mark_text(fontSize=10.5)
        .encode(x=x, y=y, text="words:N", color=alt.Color("ink:N", scale=None)),
    )
    height = row_height * len(states) + 92
    chart = chart.properties(width=width, height=height, title=heading_of(title, subtitle))
    return to_svg(chart, prefix=prefix, title=title, desc=_describe(cells))


def _cells(
    ties: pl.DataFrame, states: Sequence[str], powers: Sequence[str], names: Mapping[str, str]
) -> list[dict[str, str]]:
    rows = {(r["state"], r["power"]): r for r in ties.iter_rows(named=True)}
    colours = palette.ramp(len(BREAKS) + 1)
    cells = []
    for state in states:
        for power in powers:
            row = rows.get((state, power), {})
            value, high = row.get("value"), row.get("high")
            words, fill, ink = "·", palette.BLANK, palette.MUTED
            if value is not None and value > 0:
                words, fill = percent(value), colours[palette.class_of(value, BREAKS)]
                ink = "#fff" if palette.is_dark(fill) else palette.INK
            elif value is not None:
                words, fill, ink = "0", "#fbfbf8", "#9aa4ac"
            elif high is not None:
                words = f"<{max(round(100 * high), 1)}"
            named = {"state": names.get(state, state), "power": names.get(power, power)}
            cells.append({**named, "words": words, "fill": fill, "ink": ink})
    return cells


def percent(share: float) -> str:
    """A share as whole per cent; what is small but not nothing does not read as nothing."""
    return "0" if share == 0 else "<1" if share < 0.005 else f"{100 * share:.0f}"


def _describe(cells: list[dict[str, str]]) -> str:
    """The matrix in words, row by row."""
    rows: dict[str, list[str]] = {}
    for cell in cells:
        if cell["words"] not in {"·", "0"}:
            rows.setdefault(cell["state"], []).append(f"{cell['power']} {cell['words']}%")
    return "; ".join(f"{state}: {', '.join(row)}" for state, row in rows.items()) or "Nothing is known."
