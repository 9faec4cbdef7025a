"""Factor 2, a balancing foreign policy: how evenly the state's ties are spread over the powers."""

from __future__ import annotations

import itertools
import math

import numpy as np

from multivector.indicators.evenness import evenness
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined, mean_of
from multivector.indicators.mix_bounds import mix_bounds
from multivector.indicators.mixes import Mix
from multivector.indicators.poles import equidistance

WINDOW = 10
"""Years over which a layer of amounts is summed: a single order must not turn the measure."""


def bal_trade(facts: Facts) -> Grid:
    """Mean of Pielou's evenness of exports and of imports over the powers."""
    return mean_of(*(_even(facts, layer, WINDOW) for layer in ("exports", "imports")))


def bal_arms(facts: Facts) -> Grid:
    """Pielou's evenness of ten years' deliveries of arms over the powers."""
    return _even(facts, "arms", WINDOW)


def dep_top(facts: Facts) -> Grid:
    """The greatest over layers of the largest power's share of all partners, amounts over ten years.

    A layer of which nothing is known could hold any share, and raises nothing.
    """
    grid = Grid.blank(facts.shape)
    for t, year in enumerate(facts.years):
        by_layer = [facts.mixes(layer, year, WINDOW) for layer in facts.supply_layers]
        for s, _ in enumerate(facts.states):
            known = [of_state[s] for of_state in by_layer if not of_state[s].missing]
            if not known:
                continue
            tops = [_top(mix) for mix in known]
            grid.put(
                (s, t),
                (max(top[0] for top in tops), max(top[1] for top in tops), max(top[2] for top in tops)),
                min(mix.year or year for mix in known),
                joined(*(key for mix in known for key in mix.sources)),
            )
    return grid


def bal_unga(facts: Facts) -> Grid:
    """Equidistance from two powers in UN ideal points, a mean over all pairs of powers.

    sum_ab |a - b| e_ab / sum_ab |a - b|,   e_ab = max(0, 1 - ||x - a| - |x - b|| / |a - b|)

    A pair counts by its distance: to stand between two powers that agree is no balance. The bounds run over the
    interval of x alone.

    Source of the points: M. Bailey, A. Strezhnev, E. Voeten, J. Conflict Resolution 61 (2017) 430-456.
    """
    own = facts.series("un_ideal_point")
    if not facts.has_indicator("un_ideal_point"):
        return own
    poles = facts.powers_series("un_ideal_point")
    grid = Grid.blank(facts.shape)
    for s, t in np.ndindex(*facts.shape):
        if own.missing[s, t]:
            grid.refuse((s, t), str(own.missing[s, t]))
            continue
        points = [x for x in poles[:, t] if math.isfinite(x)]
        if len(points) < 2:
            grid.refuse((s, t), "fewer than two powers have a position")
            continue
        tried = np.linspace(own.low[s, t], own.high[s, t], 41)
        even = _equidistant(np.append(tried, own.value[s, t]), points)
        grid.put(
            (s, t),
            (float(even[-1]), float(even.min()), float(even.max())),
            float(own.of[s, t]),
            str(own.source[s, t]),
        )
    return grid


def opp_votes(facts: Facts) -> Grid:
    """1 - |share with a - share with b| on the votes that divide two powers, as the region's series gives it."""
    return facts.series("opposed_votes_balance")


def bal_member(facts: Facts) -> Grid:
    """Pielou's evenness over the powers of what ties the state to each: bodies and treaties, weighted by depth.

    An alliance or a union counts 3, a standing organisation or a treaty 2, a summit or a format 1; see
    `Facts.ties_by_power`.
    """
    grid = Grid.blank(facts.shape, "no body or treaty with a power on record")
    for t, year in enumerate(facts.years):
        for s, state in enumerate(facts.states):
            ties, sources = facts.ties_by_power(state, year)
            if ties.sum() > 0:
                even = float(evenness(ties / ties.sum()))
                grid.put((s, t), (even, even, even), year, joined(*sources))
    return grid


def _even(facts: Facts, layer: str, window: int) -> Grid:
    """Evenness over the powers on one layer, with its bounds."""
    grid = Grid.blank(facts.shape)
    if layer not in facts.supply_layers:
        return Grid.blank(facts.shape, f"the region has no layer {layer}")
    for t, year in enumerate(facts.years):
        for s, mix in enumerate(facts.mixes(layer, year, window)):
            if mix.missing:
                grid.refuse((s, t), mix.missing)
                continue
            whole = np.isfinite(mix.value).all() and mix.value.sum() > 0
            value = float(evenness(mix.value)) if whole else math.nan
            low, high = (float(end) for end in mix_bounds(mix.low, mix.high, mix.room).evenness)
            grid.put((s, t), (value, low, high), mix.year or year, joined(*mix.sources))
    return grid


def _top(mix: Mix) -> tuple[float, float, float]:
    """The largest power's share: value (the middle of the bounds where only they are known), low, high."""
    low, high = float(np.max(mix.low)), min(float(np.max(mix.high)), mix.room)
    value = float(np.nanmax(mix.value)) if np.isfinite(mix.value).all() else (low + high) / 2
    return value, low, high


def _equidistant(x: np.ndarray, points: list[float]) -> np.ndarray:
    pairs = [(a, b) for a, b in itertools.combinations(points, 2) if a != b]
    apart = np.array([abs(a - b) for a, b in pairs])
    even = np.array(
        [np.maximum(0.0, np.asarray(equidistance(x, np.float64(a), np.float64(b)))) for a, b in pairs]
    )
    return np.asarray(apart @ even / apart.sum(), float)
