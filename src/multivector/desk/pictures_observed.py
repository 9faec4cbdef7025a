"""The figures of what is observed: map, supplier mixes, who leans on whom, balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.atlas import Region
from multivector.desk import palette
from multivector.desk.charts.balance import balance_bars
from multivector.desk.charts.lean import leans_on_whom
from multivector.desk.charts.mix import supplier_mix
from multivector.desk.context import Figure, LegendItem, MapFigure
from multivector.desk.map import Choropleth, Tie, draw_map
from multivector.desk.mapdata import load_map
from multivector.desk.results import Results
from multivector.desk.words import possessive, slug
from multivector.inference.protocol import Protocol, observed_shares
from multivector.world.inputs import covered_years
from multivector.world.run import WINDOW_YEARS

if TYPE_CHECKING:
    from multivector.indicators.table import Row

BREAKS = (0.05, 0.2, 0.4, 0.6, 0.8)
LINK = 0.15  # a supplier's least share of a state's window that the map draws
HALF = 0.5


def region_map(results: Results, sources: tuple[str, ...]) -> MapFigure | None:
    """The supplier's share by state, with links from every power that matters; none without geography."""
    region, supplier = results.region, results.scenario.supplier
    shapes = load_map(region.path)
    if shapes is None or supplier is None:
        return None
    last = results.last_year
    names = dict(region.table("actors").select("code", "name").iter_rows())
    shares = {s: results.register.share(s, supplier, last) for s in region.states}
    span = f"{last - WINDOW_YEARS + 1}–{last}"
    choropleth = Choropleth(
        f"{possessive(region.name(supplier))} share of major arms, {span}",
        {s: v if np.isfinite(v) else None for s, v in shares.items()},
        BREAKS,
        "{:.0%}",
    )
    ties = [
        Tie(state, code, share, f"of {span}")
        for state in region.states
        for code, share in results.register.suppliers(state, last, LINK)
    ]
    title = f"Who arms whom, {span}"
    on = date(last, 12, 31)
    layer = region.row("layers", "layer", "arms")
    wide, narrow = (
        draw_map(
            shapes,
            names,
            choropleth,
            ties,
            on,
            title=title,
            tie_title="Share of the state's arms",
            narrow=small,
        )
        for small in (False, True)
    )
    return MapFigure(
        wide=wide,
        narrow=narrow,
        title=title,
        caption=f"Colour: {choropleth.title.lower().replace(region.name(supplier).lower(), region.name(supplier))}. "
        f"Links: suppliers of {LINK:.0%} and more; width is the share. {layer['sentence']}",
        disclaimer=shapes.file.disclaimer,
        sources=sources,
    )


def mixes(results: Results, sources: tuple[str, ...]) -> Figure:
    """Observed five-year supplier mixes of every state."""
    region = results.region
    protocol = Protocol.of(region)
    first, last = covered_years(region, "arms")
    start = first + WINDOW_YEARS - 1
    shares = observed_shares(region, protocol, start, last)
    codes = protocol.columns
    weight = np.nansum(shares, axis=(0, 1))
    order = [
        code
        for code in sorted(codes[:-1], key=lambda c: -weight[codes.index(c)])
        if weight[codes.index(code)] > 0
    ]
    names = {code: region.name(code) for code in codes[:-1]} | {"OTHER": "others"}
    shapes = load_map(region.path)
    colours = palette.assign(order, shapes.file.colours if shapes else None)
    panels = tuple(
        supplier_mix(
            _long(shares[:, i], codes, start),
            title=region.name(state),
            order=order,
            names=names,
            colours=colours,
            years=(start, last),
            prefix=slug("mix", state),
        )
        for i, state in enumerate(region.states)
    )
    legend = tuple(LegendItem(names[code], colours[code], "square") for code in order)
    return Figure(
        id="mixes",
        title="Supplier mix over time",
        panels=panels,
        caption=f"Share of each supplier in the five years that end with the year, {start} to {last}. Blank: no delivery "
        "in the window.",
        sources=sources,
        legend=(*legend, LegendItem("others", palette.OTHER, "square")),
    )


def _long(shares: np.ndarray, codes: tuple[str, ...], start: int) -> pl.DataFrame:
    rows = [
        {"year": start + k, "partner": code, "share": float(row[n])}
        for k, row in enumerate(shares)
        if np.isfinite(row).all()
        for n, code in enumerate(codes)
    ]
    return pl.DataFrame(rows, schema={"year": pl.Int64, "partner": pl.String, "share": pl.Float64})


def leaning(results: Results) -> Figure:
    """Who leans on whom: one matrix a layer on which one side depends."""
    region = results.region
    shares = results.balance.frame("shares")
    layers = [layer for layer in region.layers if layer in set(shares["layer"])]
    names = dict(region.table("actors").select("code", "name").iter_rows())
    panels = []
    for layer in layers:
        ties = shares.filter(pl.col("layer") == layer).rename(
            {"share": "value", "share_low": "low", "share_high": "high"}
        )
        row = region.row("layers", "layer", layer)
        panels.append(
            leans_on_whom(
                ties.select("state", "power", "value", "low", "high"),
                states=region.states,
                powers=region.powers,
                names=names,
                title=str(row["title"]),
                subtitle=f"per cent of the state's total, {_years(ties)}",
                prefix=slug("lean", layer),
            )
        )
    return Figure(
        id="leaning",
        title="Who leans on whom",
        panels=tuple(panels),
        caption="“<12”: only the largest partners are published, so at most that much. A dot: not known. Powers are the "
        "region's fixed list; the rest of each row goes to others.",
        sources=_balance_sources(results),
        reading=_leans(results, shares),
    )


def _years(ties: pl.DataFrame) -> str:
    known = ties.filter(pl.col("high").is_not_null())["year"].drop_nulls().to_list()
    if not known:
        return "nothing known"
    return str(min(known)) if min(known) == max(known) else f"{min(known)}–{max(known)}"


def _leans(results: Results, shares: pl.DataFrame) -> tuple[str, ...]:
    """Every share of a half and more, in words."""
    region = results.region
    heavy = shares.filter(pl.col("share") >= HALF).sort("layer", "share", descending=[False, True])
    by_layer: dict[str, list[str]] = {}
    for row in heavy.iter_rows(named=True):
        words = f"{region.name(row['state'])} on {region.name(row['power'])} {row['share']:.0%}"
        by_layer.setdefault(row["layer"], []).append(words)
    said = [
        f"{region.row('layers', 'layer', layer)['title']}: {', '.join(words)}."
        for layer, words in by_layer.items()
    ]
    return ("A half and more from one power:", *said) if said else ()


def balance(results: Results) -> Figure:
    """Evenness by state: the geometric mean of the layers within its bounds, then each layer."""
    region = results.region
    rows = results.balance.rows("layers")
    panels = [
        balance_bars(
            _bars(results.balance.rows("states"), "geometric_mean", region, _worst),
            title="All layers: geometric mean",
            subtitle="evenness of the split over the powers",
            prefix="balance-all",
        )
    ]
    for layer in dict.fromkeys(row["layer"] for row in rows):
        mine = [row for row in rows if row["layer"] == layer]
        panels.append(
            balance_bars(
                _bars(mine, "evenness", region, _top),
                title=str(region.row("layers", "layer", layer)["title"]),
                subtitle="evenness of the split over the powers",
                prefix=slug("balance", layer),
            )
        )
    return Figure(
        id="balance",
        title="How evenly each state leans on the powers",
        panels=tuple(panels),
        caption=f"Measured at the end of {results.last_year} over the layers on which the state depends: 0 all on one power, "
        "1 all powers alike. Where only top partners are published there are bounds (the line) and no value.",
        sources=_balance_sources(results),
    )


def _bars(rows: list[Row], measure: str, region: Region, note: Callable[[Row, Region], str]) -> pl.DataFrame:
    bars = [
        {
            "name": region.name(row["state"]),
            "value": row[measure],
            "low": row[f"{measure}_low"],
            "high": row[f"{measure}_high"],
            "note": note(row, region),
        }
        for row in rows
    ]
    schema = {
        "name": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "note": pl.String,
    }
    return pl.DataFrame(bars, schema=schema)


def _worst(row: Row, _region: Region) -> str:
    worst = f"worst layer: {row['worst_layer']}" if row["worst_layer"] else "worst layer cannot be told"
    return f"{worst}; missing: {row['layers_missing'].replace('|', ', ')}" if row["layers_missing"] else worst


def _top(row: Row, region: Region) -> str:
    if row["missing"]:
        return str(row["missing"])
    if row["top"]:
        share = row["top_share"]
        return f"{region.name(row['top'])} first" + ("" if share is None else f", {share:.0%}")
    candidates = row["top_candidates"].split("|") if row["top_candidates"] else []
    return f"first: {' or '.join(region.name(c) for c in candidates)}" if candidates else "no power at all"


def _balance_sources(results: Results) -> tuple[str, ...]:
    rows = results.balance.rows("layers")
    return tuple(dict.fromkeys(key for row in rows for key in row["sources"].split("|") if key))
