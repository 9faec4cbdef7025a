"""The hindcast of a family in three panels: error beside persistence, coverage, and where outcomes fell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from multivector.desk import palette
from multivector.desk.charts.theme import drawn, heading_of, to_svg
from multivector.desk.svg import Svg

_WIDTH, _HEIGHT, _PIT_HEIGHT = 250, 200, 90
_BASELINES = ("#5a6772", "#4f9fa4", "#9d83d6", "#dd8547", "#128377", "#f2b134", "#62c1ec", "#c58fb0")
_MODELS = ("#b5432f", "#3c4d92", "#0f4a14")


@drawn
def hindcast_chart(
    lines: Sequence[dict[str, Any]],
    pits: Sequence[dict[str, Any]],
    *,
    names: Sequence[str],
    models: Sequence[str],
    title: str,
    subtitle: str,
    prefix: str,
) -> Svg:
    """Draw one family.

    Parameters
    ----------
    lines : `model, horizon, relative, cov90`: CRPS divided by persistence's on the same cells, and how often
        the 90 per cent interval held the outcome.
    pits : `model, bin, share`: share of outcomes in each tenth of the forecast, 0.1 where it is calibrated.
    names : every forecaster shown, in the order of the legend; `models` are those that are no baselines.
    """
    import altair as alt

    spare, ours = iter(_BASELINES * 3), iter(_MODELS * 3)
    colours = [next(ours) if name in models else next(spare) for name in names]
    legend = alt.Legend(title=None, orient="bottom", columns=4, labelLimit=190, symbolStrokeWidth=3)
    colour = alt.Color(
        "model:N", sort=list(names), scale=alt.Scale(domain=list(names), range=colours), legend=legend
    )
    wide = alt.condition(
        alt.FieldOneOfPredicate(field="model", oneOf=list(models)), alt.value(3), alt.value(1.5)
    )
    rows = [row for row in lines if row["model"] in names]
    base = alt.Chart(alt.Data(values=rows))
    x = alt.X("horizon:O", title="years ahead").axis(labelAngle=0)
    shown = [base.mark_line(), base.mark_point(filled=True, size=34, opacity=1)]
    error = [
        mark.encode(
            x=x,
            y=alt.Y("relative:Q", title=None, scale=alt.Scale(zero=False)),
            color=colour,
            strokeWidth=wide,
        )
        for mark in shown
    ]
    held = [
        mark.encode(
            x=x, y=alt.Y("cov90:Q", title=None, scale=alt.Scale(zero=False)), color=colour, strokeWidth=wide
        )
        for mark in shown
    ]
    panels = alt.hconcat(
        _panel(alt, [_rule(alt, 1.0), *error], "CRPS / persistence's", "below 1 is better than persistence"),
        _panel(alt, [_rule(alt, 0.9), *held], "Held by the 90 % interval", "0.9 is what it promises"),
        spacing=34,
    )
    chart = alt.vconcat(panels, _histograms(alt, pits, names, colours), spacing=26).properties(
        title=heading_of(title, subtitle, offset=14)
    )
    words = "; ".join(
        f"{r['model']} {r['horizon']}: relative CRPS {r['relative']:.2f}, cov90 {r['cov90']:.2f}"
        for r in rows
    )
    return to_svg(chart, prefix=prefix, title=title, desc=words)


def _panel(alt: Any, layers: list[Any], title: str, subtitle: str) -> Any:
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=heading_of(title, subtitle))


def _rule(alt: Any, at: float) -> Any:
    rule = alt.Chart(alt.Data(values=[{"at": at}])).mark_rule(color=palette.MUTED, strokeDash=[3, 3])
    return rule.encode(y="at:Q")


def _histograms(
    alt: Any, pits: Sequence[dict[str, Any]], names: Sequence[str], colours: Sequence[str]
) -> Any:
    """A small histogram a forecaster: flat at a tenth where the forecast is calibrated."""
    told = {row["model"] for row in pits}
    shown = [name for name in names if name in told]
    parts = []
    for name in shown:
        base = alt.Chart(alt.Data(values=[row for row in pits if row["model"] == name]))
        bars = base.mark_bar(color=colours[list(names).index(name)]).encode(
            x=alt.X("bin:O", title=None).axis(labels=False),
            y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 0.3], clamp=True)).axis(
                tickCount=3, format=".0%"
            ),
        )
        rule = alt.Chart(alt.Data(values=[{"at": 0.1}])).mark_rule(color=palette.MUTED, strokeDash=[3, 3])
        width = (2 * _WIDTH + 34 - 34 * (len(shown) - 1)) // max(len(shown), 1)
        parts.append(
            alt.layer(bars, rule.encode(y="at:Q")).properties(
                width=width, height=_PIT_HEIGHT, title=heading_of(name, "PIT, five years ahead", offset=4)
            )
        )
    return alt.hconcat(*parts, spacing=30)
