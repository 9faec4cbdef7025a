"""The baselines: the emission standards, answers known by hand, and laws of every model that needs only stakes."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.bargaining import Stakes
from multivector.bargaining.models import MODELS, Model, Nash, named_model
from multivector.errors import InputError, IssueError

SEEDS = st.integers(0, 2**31)
QUICK = tuple(name for name in MODELS if not name.startswith("smp"))
"""The Spatial Model of Politics has tests of its own."""

NO_TIES = tuple(name for name in QUICK if name != "weighted-median" and "utility" not in name)
"""Models without a lower of two middles or a first of equals: those that a turned scale leaves alone."""


def some(seed: int, *batch: int, n: int = 6, d: int = 2) -> Stakes:
    rng = np.random.default_rng(seed)
    salience = rng.uniform(1.0, 100.0 / d, (*batch, n, d))
    return Stakes(rng.uniform(0.5, 9.0, (*batch, n)), rng.uniform(0.0, 100.0, (*batch, n, d)), salience)


@pytest.mark.reference
def test_emission_standards(shared: Path) -> None:
    path = shared / "reference" / "bargaining" / "emission_standards_bdm1994.csv"
    with path.open(newline="") as file:
        table = np.array(
            [
                [float(row[c]) for c in ("capability", "position_years", "salience_0_100")]
                for row in csv.DictReader(file)
            ]
        )
    stakes = Stakes(table[:, 0], table[:, 1:2], table[:, 2:])
    assert named_model("compromise").outcome(stakes)[0] == pytest.approx(7.389956, abs=5e-7)
    assert named_model("weighted-median").outcome(stakes)[0] == 7.0


def test_a_case_by_hand() -> None:
    stakes = Stakes([1.0, 2.0, 1.0], [[0.0], [50.0], [100.0]], [[50.0], [50.0], [100.0]])
    found = {name: float(MODELS[name].outcome(stakes)[0]) for name in QUICK}
    assert found["compromise"] == pytest.approx((0.5 * 0 + 1.0 * 50 + 1.0 * 100) / 2.5)
    assert found["mean"] == pytest.approx(50.0)
    assert found["salience-mean"] == pytest.approx(62.5)
    assert found["capability-mean"] == pytest.approx(50.0)
    assert (found["weighted-median"], found["median"], found["constant"]) == (50.0, 50.0, 50.0)


def test_the_weighted_median_is_the_lower_of_two_middles() -> None:
    stakes = Stakes([0.1, 0.2, 0.3], [[10.0], [20.0], [90.0]], [[100.0]] * 3)
    assert named_model("weighted-median").outcome(stakes)[0] == 20.0


def test_election_between_two_positions_goes_by_weight() -> None:
    """Two positions: C_01 = 3 * 0.6 and C_10 = 1 * 0.6, so the first wins by 3 to 1."""
    stakes = Stakes([1.0, 2.0, 1.0], [[20.0], [20.0], [80.0]], [[100.0]] * 3)
    assert named_model("pce-mean").outcome(stakes)[0] == pytest.approx(0.75 * 20 + 0.25 * 80, abs=1e-6)


@given(SEEDS, st.sampled_from(QUICK))
@settings(deadline=None, max_examples=60)
def test_draws_are_each_their_own(seed: int, name: str) -> None:
    stakes, model = some(seed, 2, 3), MODELS[name]
    together = model.outcome(stakes)
    assert together.shape == (2, 3, 2)
    assert np.all((together >= -1e-9) & (together <= 100 + 1e-9))
    np.testing.assert_allclose(model.outcome(stakes.at((1, 2))), together[1, 2], atol=1e-9)


@given(SEEDS, st.sampled_from([name for name in QUICK if "utility" not in name]))
@settings(deadline=None, max_examples=60)
def test_order_and_unit_of_capability_do_not_matter(seed: int, name: str) -> None:
    stakes = some(seed)
    order = np.random.default_rng(seed).permutation(stakes.n)
    turned = Stakes(7.0 * stakes.capability[order], stakes.position[order], stakes.salience[order])
    np.testing.assert_allclose(MODELS[name].outcome(turned), MODELS[name].outcome(stakes), atol=1e-6)


@given(SEEDS, st.sampled_from(NO_TIES))
@settings(deadline=None, max_examples=40)
def test_a_scale_turned_around_turns_the_outcome(seed: int, name: str) -> None:
    stakes = some(seed)
    turned = MODELS[name].outcome(stakes.moved(100.0 - stakes.position))
    np.testing.assert_allclose(turned, 100.0 - MODELS[name].outcome(stakes), atol=1e-9)


@given(SEEDS, st.floats(-10.0, 10.0))
@settings(deadline=None, max_examples=30)
def test_a_shift_moves_the_compromise_by_the_actor_s_share(seed: int, shift: float) -> None:
    stakes, model = some(seed), named_model("compromise")
    position = stakes.position.copy()
    position[2, 1] = np.clip(position[2, 1] + shift, 0.0, 100.0)
    share = stakes.weight[2, 1] / stakes.weight[:, 1].sum()
    moved = model.outcome(stakes.moved(position)) - model.outcome(stakes)
    np.testing.assert_allclose(moved, [0.0, (position[2, 1] - stakes.position[2, 1]) * share], atol=1e-9)


@pytest.mark.parametrize(("second", "settled"), [(3.0, 60.0), (5 / 3, 50.0), (1.0, 40.0)])
def test_nash_of_two_actors_beyond_the_reference_point(second: float, settled: float) -> None:
    """Positions 40 and 60, r = 0: between them the gains are 80 - z and z, so z = 80 w2 / (w1 + w2)."""
    stakes = Stakes([1.0, second], [[40.0], [60.0]], [[50.0], [50.0]])
    assert Nash(0.0).outcome(stakes)[0] == pytest.approx(settled, abs=0.051)


def test_nash_takes_a_reference_point_a_draw() -> None:
    stakes = some(4, 5, d=1)
    points = np.linspace(0.0, 100.0, 5)[:, None]
    each = [Nash(float(points[k, 0])).outcome(stakes.at(k)) for k in range(5)]
    np.testing.assert_array_equal(Nash(points).outcome(stakes), each)


@pytest.mark.parametrize("name", [name for name in QUICK if name not in {"constant", "mean", "median"}])
def test_a_dimension_for_which_nobody_cares(name: str) -> None:
    stakes = Stakes([1.0, 2.0], [[0.0, 10.0], [5.0, 20.0]], [[50.0, 0.0], [50.0, 0.0]], (), ("tax", "date"))
    if name in {"capability-mean", "pce-mean"}:
        assert np.all(np.isfinite(named_model(name).outcome(stakes)))
        return
    with pytest.raises(IssueError, match="dimension date: no actor cares"):
        named_model(name).outcome(stakes)


def test_bad_orders() -> None:
    with pytest.raises(
        InputError, match="no model of bargaining is called 'oracle'\n  repair: take one of compromise"
    ):
        named_model("oracle")
    with pytest.raises(IssueError, match="reference point is missing or off the scale"):
        Nash(float("nan"))
    with pytest.raises(IssueError, match="floor 0 and step"):
        Nash(10.0, floor=0.0)


def test_every_model_holds_to_the_interface() -> None:
    assert all(isinstance(model, Model) and model.name == name for name, model in MODELS.items())
