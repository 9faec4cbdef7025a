"""Affinity: Marvel's closed form, and the laws of the bounded step."""

from __future__ import annotations

import csv
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import solve_ivp

from multivector.mechanisms.affinity import AFFINITY, EXPECTED_AFFINITY, drift, move
from multivector.mechanisms.closeness import closeness_of, starting_affinity
from multivector.mechanisms.pairs import number_of_pairs, of_pairs, on_pairs
from multivector.mechanisms.structural_balance import (
    blow_up_time,
    factions,
    marvel,
    sign_flips,
    structural_balance,
)


@pytest.fixture(autouse=True)
def _in_float64():
    with jax.enable_x64(True):
        yield


TRIAD_OF_FRIENDS = 0.5 * (np.ones((3, 3)) - np.eye(3))
PAIR = np.array([[0.0, 0.5], [0.5, 0.0]])


def integrated(x0: np.ndarray, t: float) -> np.ndarray:
    """X(t) by an integrator that knows nothing of the closed form, with the term that the world uses."""

    def rate(_: float, x: np.ndarray) -> np.ndarray:
        return structural_balance(x.reshape(x0.shape)).ravel()

    found = solve_ivp(rate, (0.0, t), x0.ravel(), method="DOP853", rtol=1e-13, atol=1e-13)
    return found.y[:, -1].reshape(x0.shape)


def test_a_pair_by_hand():
    # Eigenvalues 1/2 and -1/2 become (1/2)/(1 - t/2) and -(1/2)/(1 + t/2); at t = 1: 1 and -1/3.
    np.testing.assert_allclose(marvel(PAIR, 1.0), [[1 / 3, 2 / 3], [2 / 3, 1 / 3]], rtol=1e-14)
    assert blow_up_time(PAIR) == pytest.approx(2.0, rel=1e-14)


def test_three_friends_by_hand():
    # Eigenvalues 1 (once) and -1/2 (twice); at t = 1/2 they are 2 and -2/5, so x = (2 + 2/5)/3 off the diagonal.
    x = marvel(TRIAD_OF_FRIENDS, 0.5)
    assert x[0, 1] == pytest.approx(0.8, rel=1e-13)
    assert x[0, 0] == pytest.approx(0.4, rel=1e-13)
    assert blow_up_time(TRIAD_OF_FRIENDS) == pytest.approx(1.0, rel=1e-13)


def test_the_term_integrated_is_the_closed_form():
    x0 = np.array([[0.1, 0.6, -0.9], [0.6, 0.0, -0.3], [-0.9, -0.3, 0.2]])
    t = 0.6 * blow_up_time(x0)
    np.testing.assert_allclose(integrated(x0, t), marvel(x0, t), rtol=1e-10, atol=1e-12)


def test_two_friends_with_a_common_enemy_stay_two_against_one():
    x0 = np.array([[0.0, 0.5, -0.5], [0.5, 0.0, -0.5], [-0.5, -0.5, 0.0]])
    side = factions(x0)
    assert side[0] == side[1] != side[2]
    assert sign_flips(x0) == 0


def test_the_friend_of_both_enemies_makes_them_flip():
    x0 = np.array([[0.0, 0.8, 0.8], [0.8, 0.0, -0.1], [0.8, -0.1, 0.0]])
    assert factions(x0).all() or not factions(x0).any()
    assert sign_flips(x0) == 1


def test_without_a_friend_nothing_blows_up():
    assert blow_up_time(-np.eye(2)) == np.inf


@pytest.mark.reference
def test_published_trajectories(shared: Path) -> None:
    folder = shared / "reference" / "signed"
    begin = table(folder / "marvel_initial.csv")
    for case in sorted({row["case"] for row in begin}):
        rows = [row for row in table(folder / "marvel_closed_form.csv") if row["case"] == case]
        names = list(dict.fromkeys(row["a"] for row in rows))
        x0 = np.zeros((len(names), len(names)))
        for row in begin:
            if row["case"] == case:
                a, b = names.index(row["a"]), names.index(row["b"])
                x0[a, b] = x0[b, a] = float(row["x0"])
        summary = {
            row["key"]: float(row["value"])
            for row in table(folder / "marvel_summary.csv")
            if row["case"] == case
        }
        assert blow_up_time(x0) == pytest.approx(summary["t_star"], rel=1e-12)
        assert sign_flips(x0) == summary["n_sign_flips"]
        expected = np.array([summary[f"faction_{name}"] for name in names]) == 1
        assert (factions(x0) == expected).all() or (factions(x0) == ~expected).all()
        for t in sorted({float(row["t"]) for row in rows}):
            x = np.zeros_like(x0)
            for row in rows:
                if float(row["t"]) == t:
                    a, b = names.index(row["a"]), names.index(row["b"])
                    x[a, b] = x[b, a] = float(row["x"])
            np.testing.assert_allclose(marvel(x0, t), x, rtol=1e-8, atol=1e-8)
            np.testing.assert_allclose(integrated(x0, t), x, rtol=1e-8, atol=1e-8)


@pytest.mark.reference
def test_harmony_needs_friendly_beginnings(shared: Path) -> None:
    rng = np.random.default_rng(0)
    upper = np.triu_indices(90, 1)
    for row in table(shared / "reference" / "signed" / "marvel_threshold.csv"):
        mean = float(row["mu_sqrt_n_over_sigma"]) / np.sqrt(90)
        harmony = 0
        for _ in range(40):
            x0 = np.zeros((90, 90))
            x0[upper] = rng.normal(mean, 1.0, len(upper[0]))
            side = factions(x0 + x0.T)
            harmony += side.all() or not side.any()
        p = float(row["share_harmony"])
        assert harmony / 40 == pytest.approx(p, abs=4 * np.sqrt(max(p * (1 - p), 0.01) / 40))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# The bounded step

STATES, POWERS = 2, 2
N = STATES + POWERS
PAIRS = number_of_pairs(N)
RATES = {"leverage_pull": 0.2, "balance_pull": 0.05, "common_pull": 0.1}
SCALARS = RATES | {
    "engagement_effect": 0.04,
    "attention_effect": 0.02,
    "affinity_half_life": 3.0,
    "affinity_noise": 0.1,
}
A0 = np.array(
    [[0.0, 0.3, 0.7, -0.4], [0.3, 0.0, 0.1, 0.6], [0.7, 0.1, 0.0, -0.8], [-0.4, 0.6, -0.8, 0.0]],
)


def step(mechanism=AFFINITY, **changed):
    """One quarter of the mechanism as the world calls it; by default nothing has changed since the origin."""
    fields = {
        "affinity": A0,
        "affinity0": A0,
        "leverage": np.full((STATES, POWERS), 0.3),
        "leverage0": np.full((STATES, POWERS), 0.3),
        "shared_change": np.zeros((N, N)),
        "engagement": np.full((POWERS, STATES), 2.0),
        "engagement0": np.full((POWERS, STATES), 2.0),
        "visibility": np.ones((POWERS, STATES)),
        "event_level": np.zeros((N, N)),
        "event_push": np.zeros((N, N)),
        "affinity_normal": np.zeros(PAIRS),
    }
    fields = {name: jnp.asarray(value) for name, value in (fields | SCALARS | changed).items()}
    return np.asarray(mechanism.apply(**{name: fields[name] for name in mechanism.reads}))


def test_no_shock_no_change():
    np.testing.assert_allclose(step(), A0, atol=1e-15)


def test_the_expected_path_is_the_one_without_noise():
    leverage = np.array([[0.9, 0.1], [0.3, 0.6]])
    still = step(leverage=leverage, affinity_normal=np.zeros(PAIRS))
    np.testing.assert_allclose(step(EXPECTED_AFFINITY, leverage=leverage), still, rtol=1e-15)


def test_a_gap_closes_by_half_in_its_half_life():
    affinity = jnp.tanh(jnp.arctanh(A0) + 0.2 * (1 - np.eye(N)))
    for _ in range(12):
        affinity = step(affinity=affinity, balance_pull=0.0)
    gap = np.arctanh(affinity) - np.arctanh(A0)
    np.testing.assert_allclose(gap[~np.eye(N, dtype=bool)], 0.1, rtol=1e-9)


def test_more_leverage_draws_its_pair_alone():
    leverage = np.full((STATES, POWERS), 0.3)
    leverage[0, 1] = 0.8
    moved = np.arctanh(step(leverage=leverage)) - np.arctanh(A0)
    # Quarter of a year, pull 0.2, half a unit of leverage.
    assert moved[0, 3] == pytest.approx(0.25 * 0.2 * 0.5, rel=1e-9)
    assert moved[3, 0] == pytest.approx(moved[0, 3], rel=1e-12)
    moved[0, 3] = moved[3, 0] = 0.0
    np.testing.assert_allclose(moved, 0.0, atol=1e-12)


def test_half_the_engagement_moves_the_anchor_by_its_logarithm():
    affinity = A0
    engagement = np.full((POWERS, STATES), 2.0)
    engagement[1, 0] = 1.0
    for _ in range(40):
        affinity = step(affinity=affinity, engagement=engagement, balance_pull=0.0, affinity_half_life=0.25)
    # A stock cannot be told from none below 0.05, so the ratio is 1.05 to 2.05.
    expected = np.arctanh(-0.4) + 0.04 * np.log(1.05 / 2.05)
    assert np.arctanh(affinity)[0, 3] == pytest.approx(expected, rel=1e-9)


def test_attention_above_its_baseline_moves_the_anchor():
    affinity = A0
    visibility = np.ones((POWERS, STATES))
    visibility[0, 1] = 3.0
    for _ in range(40):
        affinity = step(affinity=affinity, visibility=visibility, balance_pull=0.0, affinity_half_life=0.25)
    assert np.arctanh(affinity)[1, 2] == pytest.approx(np.arctanh(0.1) + 0.02 * 2.0, rel=1e-9)


def test_an_event_is_taken_once():
    level = np.zeros((N, N))
    level[0, 1] = level[1, 0] = 0.3
    affinity = step(event_level=level, event_push=level)
    for _ in range(3):
        affinity = step(affinity=affinity, event_level=level, balance_pull=0.0)
    assert np.arctanh(affinity)[0, 1] == pytest.approx(np.arctanh(0.3) + 0.3, abs=0.01)
    still = step(affinity=A0, event_level=level, event_push=level, balance_pull=0.0)
    assert np.arctanh(still)[0, 1] == pytest.approx(np.arctanh(0.3) + 0.3, rel=1e-12)


def test_the_small_step_follows_the_bounded_equation():
    # dA/dt = (1 - A^2) (A @ A) / n off the diagonal, integrated over one quarter.
    def rate(_: float, x: np.ndarray) -> np.ndarray:
        a = x.reshape(N, N)
        return ((1 - a**2) * structural_balance(a) / N * (1 - np.eye(N))).ravel()

    found = solve_ivp(rate, (0.0, 0.25), A0.ravel(), rtol=1e-12, atol=1e-12).y[:, -1].reshape(N, N)
    none = np.zeros((N, N))
    flat = drift(jnp.asarray(A0), jnp.asarray(none), none, none, **(RATES | {"balance_pull": 1.0}))
    moved = move(jnp.asarray(A0), jnp.asarray(A0), flat, none, none, none, none, half_life=1e12)
    np.testing.assert_allclose(moved, found, atol=5e-3)
    assert np.abs(found - A0).max() > 0.02


ties = arrays(float, (N, N), elements=st.floats(-1.0, 1.0))
pushes = arrays(float, (N, N), elements=st.floats(-50.0, 50.0))


@settings(max_examples=60, deadline=None)
@given(ties, pushes, arrays(float, PAIRS, elements=st.floats(-50.0, 50.0)))
def test_it_stays_in_its_bounds_and_symmetric(affinity, push, normal):
    affinity, push = (np.triu(x, 1) + np.triu(x, 1).T for x in (affinity, push))
    moved = step(affinity=affinity, event_level=push, event_push=push, affinity_normal=normal)
    assert np.isfinite(moved).all()
    assert np.abs(moved).max() <= 1.0
    np.testing.assert_allclose(moved, moved.T, atol=1e-12)
    assert (np.diag(moved) == 0).all()


def upper(pairs: np.ndarray) -> np.ndarray:
    return pairs[np.triu_indices(len(pairs), 1)]


def test_relabelled_actors_give_relabelled_ties():
    rng = np.random.default_rng(5)
    order = np.array([1, 0, 3, 2])  # states among themselves, powers among themselves
    normal = np.asarray(of_pairs(jnp.asarray(rng.normal(size=PAIRS)), N))
    leverage, engagement = rng.random((STATES, POWERS)), 1 + rng.random((POWERS, STATES))
    affinity = np.tanh(rng.normal(size=(N, N)))
    affinity = np.triu(affinity, 1) + np.triu(affinity, 1).T
    moved = step(affinity=affinity, leverage=leverage, engagement=engagement, affinity_normal=upper(normal))
    again = step(
        affinity=affinity[np.ix_(order, order)],
        affinity0=A0[np.ix_(order, order)],
        leverage=leverage[::-1, ::-1],
        engagement=engagement[::-1, ::-1],
        affinity_normal=upper(normal[np.ix_(order, order)]),
    )
    np.testing.assert_allclose(again, moved[np.ix_(order, order)], atol=1e-12)


def test_a_number_a_pair_stands_on_both_places():
    pairs = np.asarray(of_pairs(jnp.arange(1.0, 7.0), 4))
    np.testing.assert_array_equal(pairs, [[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0]])


def test_noise_grows_with_the_root_of_time():
    normal = np.arange(1.0, PAIRS + 1.0)
    moved = np.arctanh(step(affinity_normal=normal)) - np.arctanh(A0)
    assert moved[0, 1] == pytest.approx(0.1 * 0.5 * 1.0, rel=1e-9)
    assert moved[3, 2] == pytest.approx(0.1 * 0.5 * 6.0, rel=1e-9)


def test_a_table_of_states_and_powers_becomes_pairs():
    pairs = np.asarray(on_pairs(jnp.asarray([[1.0, 2.0], [3.0, 4.0]])))
    np.testing.assert_array_equal(pairs[:2, 2:], [[1, 2], [3, 4]])
    np.testing.assert_array_equal(pairs, pairs.T)
    assert pairs[:2, :2].sum() == pairs[2:, 2:].sum() == 0


def test_closeness_by_hand():
    # Distances 1, 2 and 3: chance is 2, so the pairs' affinities are 1/3, 0 and -1/5.
    z = closeness_of(jnp.asarray([0.0, 1.0, 3.0]), jnp.zeros(3) + 1e-9)
    affinity = np.tanh(np.asarray(z))
    assert affinity[0, 1] == pytest.approx(1 / 3, abs=1e-9)
    assert affinity[1, 2] == pytest.approx(0.0, abs=1e-9)
    assert affinity[0, 2] == pytest.approx(-1 / 5, abs=1e-9)
    assert (np.diag(affinity) == 0).all()


def test_two_on_one_spot_are_no_closer_than_the_errors_of_measurement():
    z = closeness_of(jnp.asarray([0.0, 0.0, 3.0]), jnp.full(3, 0.1))
    assert z[0, 1] == pytest.approx(0.5 * np.log(2.0 / np.sqrt(0.02)), rel=1e-12)


def test_positions_without_errors_leave_closeness_finite():
    z = np.asarray(closeness_of(jnp.asarray([0.0, 0.0, 3.0]), jnp.zeros(3)))
    assert z[0, 1] == pytest.approx(0.5 * np.log(100.0), rel=1e-12)
    assert np.isfinite(z).all()
    slope = jax.grad(lambda p: closeness_of(p, jnp.zeros(3)).sum())(jnp.asarray([0.0, 0.0, 3.0]))
    assert np.isfinite(np.asarray(slope)).all()


def test_treaties_draw_together_and_rivalries_apart():
    flat, one = jnp.zeros((2, 2)), jnp.ones((2, 2))
    shifts = {"alliance_shift": 0.5, "rivalry_shift": 1.0}
    assert starting_affinity(flat, one, flat, flat, **shifts)[0, 1] == pytest.approx(np.tanh(0.5))
    assert starting_affinity(flat, flat, one, flat, **shifts)[0, 1] == pytest.approx(-np.tanh(1.0))
    assert starting_affinity(flat, one, one, 0.5 * one, **shifts)[0, 1] == pytest.approx(0.0, abs=1e-15)
