"""The balance of a region's states among its powers at a date, layer by layer."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from multivector.axes import PARTNER, STATE
from multivector.indicators.across_layers import geometric_mean, worst_layer
from multivector.indicators.concentration import hhi
from multivector.indicators.evenness import evenness
from multivector.indicators.leverage_draws import leverage_draws
from multivector.indicators.leverage_table import assumption_rows, leverage_rows
from multivector.indicators.mix_bounds import mix_bounds
from multivector.indicators.mixes import Mix, mixes
from multivector.indicators.priors import dependence_layers
from multivector.indicators.table import BalanceTable, Row, number

if TYPE_CHECKING:
    from multivector.atlas import Region, Snapshot

WINDOW = 5
"""Years over which lumpy amounts are summed, as SIPRI does for arms."""
SAME = 1e-9


def measure_balance(
    region: Region, at: int | str | date, *, window: int = WINDOW, draws: int = 2000, seed: int = 0
) -> BalanceTable:
    """Measure where each state stands among the region's powers at a date.

    Parameters
    ----------
    region : from `load_region`.
    at : a year, quarter, month or day, as in `region.at`.
    window : years over which a layer of amounts is summed.
    draws, seed : draws of the layers' weights, importance and substitutability behind the leverage.

    Returns
    -------
    BalanceTable : parts `layers`, `states`, `shares`, `leverage`, `assumptions` and `agreement`. A number
    that is known only within bounds has no value and both bounds; of what is not known at all it says why.

    Raises
    ------
    InputError : `at` is not a date. RegionError : `leverage.csv` has faults.
    """
    snapshot = region.at(at)
    found = {layer: mixes(snapshot, layer, window) for layer in dependence_layers(region)}
    kinds = dict(region.table("layers").select("layer", "kind").iter_rows())
    layers = [
        _layer_row(mix, kinds[mix.layer], region.powers)
        for by_state in zip(*found.values(), strict=True)
        for mix in by_state
    ]
    notes = [f"Balance is measured over {len(region.powers)} powers: {', '.join(region.powers)}."]
    leverage, assumptions = list[Row](), list[Row]()
    if "leverage" in region.tables:
        assumed = leverage_draws(snapshot, (*region.states, *region.powers), draws, seed)
        leverage, assumptions = leverage_rows(snapshot, found, assumed), assumption_rows(region, assumed)
    else:
        notes.append("Leverage is not scored: the region has no leverage.csv with weights and importance.")
    return BalanceTable(
        region=region.id,
        region_hash=region.hash,
        date=snapshot.date.isoformat(),
        powers=region.powers,
        settings={"window": window, "draws": draws, "seed": seed},
        notes=tuple(notes),
        parts={
            "layers": layers,
            "states": [
                _state_row(state, [r for r in layers if r["state"] == state]) for state in region.states
            ],
            "shares": [
                row for mixes_ in found.values() for mix in mixes_ for row in _share_rows(mix, region.powers)
            ],
            "leverage": leverage,
            "assumptions": assumptions,
            "agreement": _agreement_rows(snapshot),
        },
    )


def bounded(name: str, value: float, low: float, high: float) -> Row:
    """A number with its bounds; bounds that meet are a value."""
    value = low if not math.isfinite(value) and abs(high - low) < SAME else value
    return {name: number(value), f"{name}_low": number(low), f"{name}_high": number(high)}


def _layer_row(mix: Mix, kind: str, powers: tuple[str, ...]) -> Row:
    bounds = mix_bounds(mix.low, mix.high, mix.room)
    k, whole = len(powers), np.isfinite(mix.value).all() and np.nansum(mix.value) > 0
    even, index = (float(f(mix.value)) if whole else math.nan for f in (evenness, hhi))
    candidates = [] if mix.missing else _largest(mix, powers)
    top = powers.index(candidates[0]) if len(candidates) == 1 else None

    least, most = (float(end) for end in bounds.evenness)
    index_low, index_high = (float(end) for end in bounds.hhi)
    return {
        "state": mix.state,
        "layer": mix.layer,
        "kind": kind,
        "year": mix.year,
        "age": mix.age,
        **bounded("evenness", even, least, most),
        **bounded("effective_powers", k**even, k**least, k**most),
        **bounded("dominance", 1 / index, 1 / index_high, 1 / index_low),
        **bounded("hhi", index, index_low, index_high),
        "top": None if top is None else powers[top],
        "top_candidates": "|".join(candidates),
        **bounded(
            "top_share",
            math.nan if top is None else float(mix.value[top]),
            float(np.max(mix.low)),
            min(float(np.max(mix.high)), mix.room),
        ),
        **bounded("exposure", float(mix.value.sum()), *(float(end) for end in bounds.exposure)),
        "sources": "|".join(mix.sources),
        "missing": mix.missing,
    }


def _largest(mix: Mix, powers: tuple[str, ...]) -> list[str]:
    """The powers that can have the largest share, given the bounds; none where no power has any."""
    if np.max(mix.high) <= 0:
        return []
    # The power with the greatest least share, and whoever may pass it: to draw level is not to pass.
    leader = int(np.argmax(mix.low))
    return [
        power
        for g, (power, high) in enumerate(zip(powers, mix.high, strict=True))
        if high > mix.low[leader] + SAME or (g == leader and high > 0)
    ]


def _state_row(state: str, rows: list[Row]) -> Row:
    """Worst layer and mean of layers. A layer of which nothing is known could have any evenness."""
    low, high = (
        [row[f"evenness_{end}"] if row["evenness_high"] is not None else anything for row in rows]
        for end, anything in (("low", 0.0), ("high", 1.0))
    )
    exact = [row["evenness"] for row in rows]
    whole = None not in exact
    worst = [
        row["layer"]
        for n, row in enumerate(rows)
        if all(high[n] <= other + SAME for m, other in enumerate(low) if m != n)
    ]
    return {
        "state": state,
        "worst_layer": worst[0] if len(worst) == 1 else None,
        **bounded("worst", float(worst_layer(exact)) if whole else math.nan, min(low), min(high)),
        **bounded(
            "geometric_mean",
            float(geometric_mean(exact)) if whole else math.nan,
            float(geometric_mean(low)),
            float(geometric_mean(high)),
        ),
        "layers_known": "|".join(row["layer"] for row in rows if not row["missing"]),
        "layers_missing": "|".join(row["layer"] for row in rows if row["missing"]),
    }


def _share_rows(mix: Mix, powers: tuple[str, ...]) -> list[Row]:
    return [
        {
            "state": mix.state,
            "layer": mix.layer,
            "power": power,
            "share": number(mix.value[g]),
            "share_low": number(mix.low[g]),
            "share_high": number(mix.high[g]),
            "year": mix.year,
        }
        for g, power in enumerate(powers)
    ]


def _agreement_rows(snapshot: Snapshot) -> list[Row]:
    """Symmetric layers: nobody depends, so they are shown beside balance, never within it."""
    region, rows = snapshot.region, list[Row]()
    layers = region.table("layers")
    for facts in layers.filter(layers["kind"] == "symmetric").iter_rows(named=True):
        tie = snapshot.tie(facts["layer"])
        for state in region.states:
            for power in region.powers:
                cell = tie.sel({STATE: state, PARTNER: power})
                value, year = float(cell["value"]), float(cell["year"])
                old = f"last known of {year:.0f}, older than {facts['max_age']:g} years"
                why = "" if math.isfinite(value) else old if math.isfinite(year) else "no data"
                rows.append({
                    "state": state, "layer": facts["layer"], "power": power, "value": number(value),
                    "unit": facts["unit"], "year": int(year) if math.isfinite(year) else None, "missing": why,
                })  # fmt: skip
    return rows
