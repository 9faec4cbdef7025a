"""How the model did where the truth is known: its error beside persistence's, how often its bands held."""

from __future__ import annotations

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg


@drawn
def score_chart(
    scores: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "CRPS, lower is better",
    prefix: str = "score",
    width: int = WIDTH,
) -> Svg:
    """Draw, for every row, the error of the model and that of persistence, joined by a line.

    Parameters
    ----------
    scores : `label, model, persistence, n`: mean CRPS of the same n cells; the label is a year or a horizon.
    """
    import altair as alt

    known = without_nan(scores, "model", "persistence").drop_nulls(["model", "persistence"])
    rows = known.select("label", "model", "persistence", "n").to_dicts()
    for row in rows:
        row["label"] = f"{row['label']}"
        row["tail"], row["n"] = max(row["model"], row["persistence"]), f"n {row['n']}"
    data, order = alt.Data(values=rows), [row["label"] for row in rows]
    y = alt.Y("label:N", sort=order, title=None).axis(labelColor=palette.INK, labelFontSize=11.5)
    top = 1.22 * max([row["tail"] for row in rows], default=1.0)
    x = alt.X(
        "model:Q", title="mean CRPS (share points, 0 to 1)", scale=alt.Scale(domain=[0, top], nice=False)
    )
    x = x.axis(grid=True, tickCount=5)
    base = alt.Chart(data).encode(y=y)
    layers = [
        base.mark_rule(strokeWidth=3, color="#cfd6da").encode(x="model:Q", x2="persistence:Q"),
        base.mark_point(shape="diamond", filled=True, size=90, opacity=1, color="#9aa4ac").encode(
            x="persistence:Q"
        ),
        base.mark_point(filled=True, size=90, opacity=1, color=palette.ACCENT).encode(x=x),
        base.mark_text(align="left", dx=9, fontSize=10, color=palette.MUTED).encode(x="tail:Q", text="n:N"),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=30 * len(rows) + 84, title=heading_of(title, subtitle)
    )
    words = "; ".join(
        f"{r['label']}: model {r['model']:.4f}, persistence {r['persistence']:.4f}, {r['n']}" for r in rows
    )
    return to_svg(chart, prefix=prefix, title=title, desc=words)


@drawn
def coverage_chart(
    scores: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "share of outturns inside the band",
    prefix: str = "coverage",
    width: int = WIDTH,
) -> Svg:
    """Draw, for every row, how often the 80 and 90 per cent bands held the truth, against 80 and 90.

    Parameters
    ----------
    scores : `label, cover80, cover90`: shares in [0, 1].
    """
    import altair as alt

    known = without_nan(scores, "cover80", "cover90").drop_nulls(["cover80", "cover90"])
    rows = known.select(pl.col("label").cast(pl.String), "cover80", "cover90").to_dicts()
    order = [row["label"] for row in rows]
    y = alt.Y("label:N", sort=order, title=None).axis(labelColor=palette.INK, labelFontSize=11.5)
    x = alt.X("cover80:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(
        format=".0%", grid=True, tickCount=5
    )
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    aims = alt.Chart(alt.Data(values=[{"at": 0.8, "words": "80"}, {"at": 0.9, "words": "90"}]))
    layers = [
        aims.mark_rule(color=palette.MUTED, strokeDash=[3, 3], strokeWidth=1).encode(x="at:Q"),
        aims.mark_text(dy=-6, fontSize=10, color=palette.MUTED).encode(
            x="at:Q", y=alt.value(0), text="words:N"
        ),
        base.mark_point(filled=True, size=80, opacity=1, color="#4f9fa4").encode(x=x),
        base.mark_point(shape="square", filled=True, size=70, opacity=1, color="#1b6079").encode(
            x="cover90:Q"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=30 * len(rows) + 84, title=heading_of(title, subtitle)
    )
    words = "; ".join(f"{r['label']}: 80% band {r['cover80']:.0%}, 90% band {r['cover90']:.0%}" for r in rows)
    return to_svg(chart, prefix=prefix, title=title, desc=words)
