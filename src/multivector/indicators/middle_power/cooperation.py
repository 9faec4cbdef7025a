"""Factor 3, regional cooperation: who leads it, who stands at its centre, who has disputes."""

from __future__ import annotations

import numpy as np

from multivector.axes import PARTNER, STATE
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined, mean_of, shares
from multivector.indicators.middle_power.roles import begun_within, counted, standing

WINDOW = 10


def init_share(facts: Facts) -> Grid:
    """Regional initiatives begun and meetings hosted in ten years, as a share of those of the region's states.

    Meetings and bodies of the whole world are no cooperation in the region: the rules of `role_kinds.csv` leave them out.
    """
    found = counted(facts, ("initiative", "host"), begun_within(WINDOW), sampled=True)
    parts = shares(found)
    for t in np.flatnonzero(found.value.sum(axis=0) == 0):
        for s in range(len(facts.states)):
            parts.refuse((s, int(t)), "nothing was begun or hosted in the region in the window")
    return parts


def reg_central(facts: Facts) -> Grid:
    """Eigenvector centrality of shared memberships within the region, summing to one over its states.

    a_ij is the number of organisations to which i and j both belong; the eigenvector of the largest eigenvalue.
    """
    grid = Grid.blank(facts.shape, "no memberships")
    for t, year in enumerate(facts.years):
        held, sources = facts.memberships(year)
        if not held.any():
            continue
        shared = (held @ held.T).astype(float)
        np.fill_diagonal(shared, 0.0)
        leading = np.abs(np.linalg.eigh(shared)[1][:, -1])
        central = leading / leading.sum()
        for s in range(len(facts.states)):
            grid.put((s, t), (central[s],) * 3, year, joined(*sources))
    return grid


def reg_trade(facts: Facts) -> Grid:
    """Share of trade with the region's states: the mean of exports and imports."""
    return mean_of(*(_within(facts, layer) for layer in ("exports", "imports")))


def dispute(facts: Facts) -> Grid:
    """Disputes over borders, territory and water with neighbours that are open at the year's end."""
    return counted(facts, ("dispute",), standing, sampled=False)


def _within(facts: Facts, layer: str) -> Grid:
    """The region's states' part of one flow; what is not listed has bounds, and no partner more than is left."""
    grid = Grid.blank(facts.shape)
    if layer not in facts.supply_layers:
        return Grid.blank(facts.shape, f"the region has no layer {layer}")
    for t, year in enumerate(facts.years):
        panel = facts.region.at(year).tie(layer)
        for s, state in enumerate(facts.states):
            here = panel.sel({STATE: state})
            inside = here.sel(
                {PARTNER: [p for p in facts.states if p != state and p in here[PARTNER].values]}
            )
            high = inside["high"].to_numpy()
            if not np.isfinite(high).any():
                continue
            outside = here.sel({PARTNER: [p for p in here[PARTNER].values.tolist() if p not in facts.states]})
            low = float(np.nansum(inside["low"].to_numpy()))
            # Members of a group stand beside it, so only the single partners' least shares are taken off.
            top = min(float(np.nansum(high)), 1.0 - min(1.0 - low, _least_outside(facts, outside, year)))
            keys = joined(*(str(key) for key in inside["source"].to_numpy()))
            value = float(inside["value"].sum()) if np.isfinite(inside["value"].to_numpy()).all() else np.nan
            grid.put((s, t), (value, low, max(low, top)), float(np.nanmax(here["year"].to_numpy())), keys)
    return grid


def _least_outside(facts: Facts, outside: object, year: int) -> float:
    """The least that goes to partners outside the region: single partners, groups left out."""
    from multivector.atlas.groups import groups_of

    groups = groups_of(facts.region)
    partners = [p for p in outside[PARTNER].values.tolist() if p not in groups]  # type: ignore[index]
    return float(np.nansum(outside.sel({PARTNER: partners})["low"].to_numpy()))  # type: ignore[attr-defined]
