"""CINC against the published index, and what a missing component hides."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from multivector.errors import InputError
from multivector.indicators.power import COMPONENTS, amount_to_pass, cinc, rank_unsure, shares_of_world

TOLERANCE = 2e-8
SHARES = hnp.arrays(
    float,
    st.tuples(st.integers(1, 6), st.just(6)),
    elements=st.one_of(st.just(np.nan), st.floats(0, 1)),
)


def number(text: str) -> float:
    return float(text) if text else np.nan


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[dict[str, str]]:
    with (shared / "reference/similarity/ref_cinc.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[tuple[str, int], dict[str, float]]:
    found: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    with (shared / "reference/power/cow_nmc_region_1991_2022.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found[row["iso3"], int(row["year"])][row["variable"]] = float(row["value"])
    return found


@pytest.fixture(scope="module")
def world(shared: Path) -> dict[int, np.ndarray]:
    found: dict[int, dict[str, float]] = defaultdict(dict)
    with (shared / "reference/power/cow_nmc_world_totals.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found[int(row["year"])][row["variable"]] = float(row["world_total"])
    return {year: np.array([totals[k] for k in COMPONENTS]) for year, totals in found.items()}


def amounts(row: dict[str, float]) -> np.ndarray:
    return np.array([row.get(k, np.nan) for k in COMPONENTS])


@pytest.mark.reference
def test_the_24_cases(cases: list[dict[str, str]]) -> None:
    assert len(cases) == 24
    for row in cases:
        x = np.array([[number(row[k]) for k in COMPONENTS]])
        found = cinc(shares_of_world(x, [float(row[f"{k}_world"]) for k in COMPONENTS]))
        assert float(found.value[0]) == pytest.approx(float(row["cinc_published"]), abs=TOLERANCE)
        assert float(found.value[0]) == pytest.approx(float(row["cinc_recomputed"]), abs=1e-15)
        assert int(found.n[0]) == int(row["n_components"])


@pytest.mark.reference
def test_every_state_and_year_of_the_region(
    published: dict[tuple[str, int], dict[str, float]], world: dict[int, np.ndarray]
) -> None:
    off = {
        key: (value, row["cinc"])
        for key, row in published.items()
        if abs(
            (value := float(cinc(shares_of_world(amounts(row)[None], world[key[1]])).value[0])) - row["cinc"]
        )
        > TOLERANCE
    }
    assert len(published) == 704
    assert off == {}


@pytest.mark.reference
def test_a_dropped_component_lifts_a_state_over_its_neighbour(
    published: dict[tuple[str, int], dict[str, float]], world: dict[int, np.ndarray]
) -> None:
    """Uzbekistan lacks military spending in 2022; at nothing or at its last known share it stands below."""
    x = np.stack([amounts(published[code, 2022]) for code in ("UZB", "KAZ")])
    shares = shares_of_world(x, world[2022])
    found = cinc(shares)
    assert found.value[0] > found.value[1]
    assert found.n.tolist() == [5, 6]
    assert found.low[0] < found.value[1] == found.low[1] == found.high[1]
    assert rank_unsure(found).tolist() == [[False, True], [False, False]]

    needed = amount_to_pass(x, world[2022], 0, 1)
    last = published["UZB", 2011]["milex"] / world[2011][0]
    assert cinc(shares, most=last).high[0] < found.value[1]
    assert needed > x[1, 0], "more than its richer neighbour spends"
    assert needed / world[2022][0] > last

    # With just that much the two are equal, the world having grown by it.
    x[0, 0] = needed
    total = world[2022] + np.array([needed, 0, 0, 0, 0, 0])
    equal = cinc(shares_of_world(x, total)).value
    assert equal[0] == pytest.approx(equal[1], rel=1e-12)


@given(SHARES)
def test_the_mean_lies_between_the_bounds_when_a_share_may_be_anything(shares: np.ndarray) -> None:
    found = cinc(shares)
    some = found.n > 0
    assert (found.low[some] <= found.value[some] + 1e-15).all()
    assert (found.value[some] <= found.high[some] + 1e-12).all()
    assert np.isnan(found.value[~some]).all()
    whole = found.n == 6
    assert np.allclose(found.low[whole], found.high[whole], atol=1e-15)


@given(SHARES, st.permutations(range(6)))
def test_the_order_of_the_components_does_not_matter(shares: np.ndarray, order: list[int]) -> None:
    for one, other in zip(cinc(shares), cinc(shares[:, order]), strict=True):
        assert np.allclose(one, other, atol=1e-15, equal_nan=True)


@given(SHARES)
def test_no_rank_is_unsure_where_nothing_is_missing(shares: np.ndarray) -> None:
    assert not rank_unsure(cinc(np.nan_to_num(shares))).any()


def test_leading_axes_are_years() -> None:
    shares = np.random.default_rng(1).random((3, 4, 6))
    assert np.array_equal(cinc(shares).value[1], cinc(shares[1]).value)


def test_what_no_amount_can_reach_is_infinite() -> None:
    x, total = np.array([[np.nan, 0.0, 0.0], [1.0, 1.0, 1.0]]), np.ones(3)
    assert amount_to_pass(x, total, 0, 1) == float("inf")


@pytest.mark.parametrize(
    ("amount", "total", "said"),
    [(-9.0, 10.0, "negative: -9"), (11.0, 10.0, "more than the world has: 11"), (1.0, 0.0, "not positive")],
)
def test_what_cannot_be_is_said(amount: float, total: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        shares_of_world([[amount]], [total])


def test_comparing_whole_states_is_said() -> None:
    with pytest.raises(InputError, match="0 components of the first state"):
        amount_to_pass(np.ones((2, 6)), np.full(6, 10.0), 0, 1)
