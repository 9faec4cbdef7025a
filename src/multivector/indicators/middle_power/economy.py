"""Factor 1, a developed economy: how large, rich and varied it is beside its neighbours'."""

from __future__ import annotations

import numpy as np

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined, shares
from multivector.indicators.power.net_power import net_power as beckley


def gdp_pc_ppp(facts: Facts) -> Grid:
    """ln(x_i / mean over the region's states), x output a head at purchasing power parity."""
    heads = facts.series("gdp_pc_ppp")
    with np.errstate(invalid="ignore"):
        mean = _mean_over_states(heads.value)
        return heads.with_values(lambda x: np.log(x / mean))


def gdp_share(facts: Facts) -> Grid:
    """GDP_i / sum over the region's states, at current dollars; missing in a year that lacks a state."""
    return shares(facts.series("gdp_current_usd"))


def net_power(facts: Facts) -> Grid:
    """(GDP x GDP a head)_i / sum over the region's states.

    Source: as `multivector.indicators.power.net_power`.
    """
    gdp, people = facts.series("gdp_current_usd"), facts.series("population")
    known = np.isfinite(gdp.value) & np.isfinite(people.value)
    with np.errstate(invalid="ignore"):
        product = Grid(
            beckley(gdp.value, people.value),
            beckley(gdp.low, people.high),
            beckley(gdp.high, people.low),
            np.minimum(gdp.of, people.of),
            np.where(known, np.vectorize(joined, otypes=[object])(gdp.source, people.source), ""),
            np.where(gdp.missing != "", gdp.missing, people.missing),
        )
    return shares(product)


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


def _mean_over_states(values: np.ndarray) -> np.ndarray:
    """Of each year; NaN in a year in which nothing is known."""
    known = np.isfinite(values).any(axis=0)
    result = np.full(values.shape[1], np.nan)
    result[known] = np.nanmean(values[:, known], axis=0)
    return result
