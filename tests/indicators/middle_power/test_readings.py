"""Readings of the index against the region's tables, read beside multivector."""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from multivector.indicators.middle_power import balancing, economy, readings, roles
from multivector.indicators.middle_power.definition import factors, indicators
from multivector.indicators.middle_power.facts import Facts


def rows(facts: Facts, table: str) -> list[dict[str, str]]:
    with (Path(facts.region.path) / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of(facts: Facts, indicator: str, year: int) -> np.ndarray:
    """The region's headline of each state, whose choice among sources the atlas' own tests hold."""
    return facts.region.series(indicator, year, year, actors=facts.states)["value"].to_numpy()[:, 0]


@pytest.mark.reference
def test_every_indicator_of_the_specification_is_defined(shared: Path) -> None:
    with (shared / "specs" / "cornell_indicators.csv").open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    ours = indicators()
    assert [row["code"] for row in wanted] == list(ours)
    signs = {"+": 1, "-": -1}
    assert {row["code"]: signs[row["direction"]] for row in wanted} == {
        code: each.direction for code, each in ours.items()
    }


def test_eight_factors_and_a_reader_or_a_source_for_each_indicator() -> None:
    assert [factor.code for factor in factors()] == [
        "economy", "balancing", "cooperation", "connectivity", "initiatives", "reform", "external", "internal"
    ]  # fmt: skip
    without = set(indicators()) - set(readings.readers())
    assert all(indicators()[code].needs for code in without)


def test_share_of_the_regions_output(facts: Facts) -> None:
    gdp = of(facts, "gdp_current_usd", 2023)
    np.testing.assert_allclose(economy.gdp_share(facts).value[:, 1], gdp / sum(gdp), rtol=1e-12)


def test_net_power_is_gdp_times_gdp_a_head(facts: Facts) -> None:
    product = of(facts, "gdp_current_usd", 2023) ** 2 / of(facts, "population", 2023)
    np.testing.assert_allclose(economy.net_power(facts).value[:, 1], product / sum(product), rtol=1e-12)


def test_evenness_of_arms_over_ten_years(facts: Facts) -> None:
    grid = balancing.bal_arms(facts)
    shares = facts.region.share("arms", 2015, 2024)["value"].sel(partner=list(facts.region.powers))
    for s, state in enumerate(facts.states):
        p = shares.sel(state=state).to_numpy()
        p = p[p > 0] / p.sum()
        entropy = -sum(x * math.log(x) for x in p) / math.log(len(facts.region.powers))
        assert grid.value[s, 2] == pytest.approx(entropy, abs=1e-12)


def test_equidistance_is_a_mean_over_pairs_by_their_distance(facts: Facts) -> None:
    grid = balancing.bal_unga(facts)
    points = facts.region.series("un_ideal_point", 2024, 2024)["value"].squeeze()
    poles = [float(points.sel(actor=power)) for power in facts.region.powers]
    x = float(points.sel(actor=facts.states[0]))
    above = below = 0.0
    for a, b in itertools.combinations([p for p in poles if math.isfinite(p)], 2):
        above += abs(a - b) * max(0.0, 1 - abs(abs(x - a) - abs(x - b)) / abs(a - b))
        below += abs(a - b)
    assert grid.value[0, 2] == pytest.approx(above / below, abs=1e-12)


def test_values_lie_within_their_bounds_and_say_whence_or_why_not(facts: Facts) -> None:
    keys = {row["key"] for row in rows(facts, "sources")}
    for code, grid in readings.read(facts).items():
        known = np.isfinite(grid.value)
        assert ((grid.missing == "") == known).all(), code
        assert (grid.low[known] <= grid.value[known] + 1e-12).all(), code
        assert (grid.value[known] <= grid.high[known] + 1e-12).all(), code
        assert (grid.of[known] <= np.broadcast_to(facts.years, grid.of.shape)[known]).all(), code
        named = {key for cell in grid.source[known] for key in cell.split("|")}
        assert named <= keys, (code, named - keys)


def test_the_interval_of_a_count_by_way_of_the_chi_squared_distribution() -> None:
    """Jeffreys' interval of a Poisson rate is chi2(p, 2n + 1) / 2."""
    from scipy.stats import chi2

    for n in (0, 1, 4):
        low, high = roles._interval(n, float(n))
        assert high == pytest.approx(chi2.ppf(0.95, 2 * n + 1) / 2)
        assert low == pytest.approx(min(chi2.ppf(0.05, 2 * n + 1) / 2, n))
