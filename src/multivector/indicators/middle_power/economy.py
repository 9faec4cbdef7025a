"""Factor 1, a developed economy: how large, rich and varied it is beside its neighbours'."""

from __future__ import annotations

import numpy as np

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined


def gdp_pc_ppp(facts: Facts) -> Grid:
    """ln(x_i / mean over the region's states), x output a head at purchasing power parity."""
    heads = facts.series("gdp_pc_ppp")
    with np.errstate(invalid="ignore"):
        mean = _over_states(heads.value, np.nanmean)
        return heads.with_values(lambda x: np.log(x / mean))


def gdp_share(facts: Facts) -> Grid:
    """GDP_i / sum over the region's states, at current dollars; missing in a year that lacks a state."""
    return _shares(facts.series("gdp_current_usd"))


def net_power(facts: Facts) -> Grid:
    """(GDP x GDP a head)_i / sum over the region's states.

    Source: M. Beckley, International Security 43(2) (2018) 7-44, doi:10.1162/isec_a_00328.
    """
    gdp, people = facts.series("gdp_current_usd"), facts.series("population")
    known = np.isfinite(gdp.value) & np.isfinite(people.value)
    with np.errstate(invalid="ignore"):
        product = Grid(
            gdp.value**2 / people.value,
            gdp.low**2 / people.high,
            gdp.high**2 / people.low,
            np.fmin(gdp.of, people.of),
            np.where(known, np.vectorize(joined, otypes=[object])(gdp.source, people.source), ""),
            np.where(gdp.missing != "", gdp.missing, people.missing),
        )
    return _shares(product)


def eci(facts: Facts) -> Grid:
    """The Economic Complexity Index as published."""
    return facts.series("eci")


def fuel_dep(facts: Facts) -> Grid:
    """Share of fuels in exports of goods, per cent."""
    return facts.series("fuel_exports")


def hdi(facts: Facts) -> Grid:
    """The Human Development Index as published."""
    return facts.series("hdi")


def fdi_stock(facts: Facts) -> Grid:
    """Inward stock of foreign direct investment, per cent of GDP."""
    return facts.series("fdi_stock")


def _over_states(values: np.ndarray, f: object) -> np.ndarray:
    """A function over the states of each year; NaN in a year in which nothing is known."""
    known = np.isfinite(values).any(axis=0)
    result = np.full(values.shape[1], np.nan)
    result[known] = f(values[:, known], axis=0)  # type: ignore[operator]
    return result


def _shares(grid: Grid) -> Grid:
    """Each state's part of the region's sum; a year in which one state is missing has no sum."""
    total = grid.value.sum(axis=0)
    shares = grid.with_values(lambda x: x / total)
    for s, t in np.argwhere(np.isfinite(grid.value) & ~np.isfinite(total)):
        shares.refuse((int(s), int(t)), "another state's number is missing, so the region has no sum")
    return shares
