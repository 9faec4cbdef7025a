"""Leverage by state and power, with the spread of what it assumes and the asymmetry beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from multivector.axes import PARTNER, STATE
from multivector.indicators.dependence import dependence
from multivector.indicators.leverage import leverage, leverage_asymmetry
from multivector.indicators.leverage_draws import Draws
from multivector.indicators.mixes import Mix
from multivector.indicators.priors import ASSUMED, leverage_priors
from multivector.indicators.table import Row, number
from multivector.indicators.top_shares import Floats

if TYPE_CHECKING:
    from multivector.atlas import Region, Snapshot

LOW, HIGH = 0.05, 0.95
"""Ends of the printed interval: nine of ten draws lie within."""


def leverage_rows(snapshot: Snapshot, found: dict[str, list[Mix]], assumed: Draws) -> list[Row]:
    """Rows of the part `leverage` (columns: `COLUMNS["leverage"]`).

    leverage[m,i,g] = sum_l weight[m,l] share[l,i,g] importance[m,l,i] (1 - substitutability[m,l])

    The lower end is the 5 % quantile over the draws m with every share at its lower bound, the upper end
    the 95 % quantile with every share at its upper bound; a layer of which nothing is known counts with
    0 in the one and 1 in the other. The asymmetry is taken over the layers of which both directions are
    known, draw by draw.
    """
    states, powers = snapshot.region.states, snapshot.region.powers
    value, low, high = (
        np.array([[getattr(mix, name) for mix in by_state] for by_state in found.values()])
        for name in ("value", "low", "high")
    )
    known = np.isfinite(high).any(axis=-1)
    low, high = np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 1.0)
    ours, theirs = assumed.importance[..., : len(states)], assumed.importance[..., len(states) :]
    numbers = {
        "leverage": np.median(_leverage(value, ours, assumed), axis=0),
        "leverage_low": np.quantile(_leverage(low, ours, assumed), LOW, axis=0),
        "leverage_high": np.quantile(_leverage(high, ours, assumed), HIGH, axis=0),
    }
    back = _reverse(snapshot, tuple(found))
    both = known[:, :, None] & np.isfinite(back[1]).transpose(0, 2, 1)
    numbers |= _asymmetry((low, high), back, (ours, theirs), both, assumed)
    main = _dependence(low, ours, assumed).mean(axis=0).argmax(axis=0)
    layers = np.array(list(found))
    return [
        {
            "state": state,
            "power": power,
            **{name: number(array[i, g]) for name, array in numbers.items()},
            "main_layer": str(layers[main[i, g]]) if low[:, i, g].any() else None,
            "asymmetry_layers": "|".join(layers[both[:, i, g]]),
            "layers_missing": "|".join(layers[~known[:, i]]),
        }
        for i, state in enumerate(states)
        for g, power in enumerate(powers)
    ]


def assumption_rows(region: Region, assumed: Draws) -> list[Row]:
    """Rows of the part `assumptions`: what the draws hold, and whether it was observed or assumed."""
    rows = []
    for (name, layer), prior in leverage_priors(region).items():
        n = assumed.layers.index(layer)
        drawn = {
            "weight": assumed.weight[:, n, None],
            "substitutability": assumed.substitutability[:, n, :, 0],
            "importance": assumed.importance[:, n, : len(region.states)],
        }[name]
        for i, state in enumerate(region.states if name == "importance" else (None,)):
            observed = name == "importance" and bool(assumed.observed[n, i])
            source = prior.source if observed or not prior.observed else ASSUMED
            low, middle, high = np.quantile(drawn[:, i], (LOW, 0.5, HIGH))
            rows.append({
                "name": name, "layer": layer, "state": state, "median": number(middle), "low": number(low),
                "high": number(high), "basis": "observed" if observed else "prior",
                "source": source, "sentence": prior.sentence,
            })  # fmt: skip
    return rows


def _dependence(share: Floats, importance: Floats, assumed: Draws) -> Floats:
    """[m, l, i, g], weighed by layer."""
    part = dependence(share, importance, assumed.substitutability)
    return np.asarray(part * assumed.weight[:, :, None, None])


def _leverage(share: Floats, importance: Floats, assumed: Draws) -> Floats:
    """[m, i, g]"""
    return np.asarray(leverage(dependence(share, importance, assumed.substitutability), assumed.weight))


def _reverse(snapshot: Snapshot, layers: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Bounds of the shares that the powers' ties to the states have, [l, g, i]; missing where not known."""
    region, lows, highs = snapshot.region, list[Floats](), list[Floats]()
    units = dict(region.table("layers").select("layer", "unit").iter_rows())
    nothing = np.full((len(region.powers), len(region.states)), np.nan)
    for layer in layers:
        if units[layer] != "share":
            # Amounts are recorded for the region's states only: their zeros say nothing of the powers.
            lows.append(nothing)
            highs.append(nothing)
            continue
        panel = snapshot.tie(layer, states=region.powers)
        panel = panel.sel({STATE: list(region.powers), PARTNER: list(region.states)})
        lows.append(panel["low"].to_numpy())
        highs.append(panel["high"].to_numpy())
    return np.array(lows), np.array(highs)


def _asymmetry(
    ours: tuple[Floats, Floats],
    back: tuple[Floats, Floats],
    importance: tuple[Floats, Floats],
    both: npt.NDArray[np.bool_],
    assumed: Draws,
) -> dict[str, Floats]:
    """Leverage less its reverse, on the layers of which both directions are known, [i, g]."""
    across = both.transpose(0, 2, 1)
    forward = [_leverage(np.where(both, share, 0.0), importance[0], assumed) for share in ours]
    reverse = [
        _leverage(np.where(across, share, 0.0), importance[1], assumed).transpose(0, 2, 1) for share in back
    ]
    found = {
        "reverse_low": np.quantile(reverse[0], LOW, axis=0),
        "reverse_high": np.quantile(reverse[1], HIGH, axis=0),
        "asymmetry_low": np.quantile(leverage_asymmetry(forward[0], reverse[1]), LOW, axis=0),
        "asymmetry_high": np.quantile(leverage_asymmetry(forward[1], reverse[0]), HIGH, axis=0),
    }
    return {name: np.where(both.any(axis=0), array, np.nan) for name, array in found.items()}
