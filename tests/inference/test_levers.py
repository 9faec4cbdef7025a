"""The lever search on objectives whose best split is known, and what it says of its own certainty."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from multivector.errors import ComputationError, InputError
from multivector.inference.levers import alone, best_split, gain_of, moved, within

NOW = np.array([0.7, 0.2, 0.1])
WEIGHT = np.array([0.2, 0.3, 0.5])


def concave(seed: int, members: int = 200, noise: float = 0.05):
    """sum_g p_g log w_g: best at w = p. A member's noise is common to all splits, but for a little."""
    rng = np.random.default_rng(seed)
    common, own = rng.normal(size=members), rng.normal(size=(members, 3))

    def objective(splits: np.ndarray) -> np.ndarray:
        value = np.log(np.maximum(splits, 1e-9)) @ WEIGHT
        return value[:, None] + common + noise * splits @ own.T

    return objective


def test_a_free_effort_goes_where_it_is_best() -> None:
    found = best_split(concave(1, noise=0), concave(2, noise=0), NOW, 1.0, seed=3)
    assert found.best.split == pytest.approx(WEIGHT, abs=0.02)
    exact = WEIGHT @ np.log(WEIGHT) - WEIGHT @ np.log(NOW)
    assert found.best.mean == pytest.approx(exact, abs=0.002)


def test_a_budget_binds() -> None:
    found = best_split(concave(1, noise=0), concave(2, noise=0), NOW, 0.1, seed=3)
    assert moved(found.best.split, NOW) == pytest.approx(0.1, abs=1e-6)
    # Effort leaves the first power; the two others' marginal values are equal: 0.3 / w1 = 0.5 / w2, so all to w2.
    assert found.best.split == pytest.approx([0.6, 0.2, 0.2], abs=0.01)


def test_the_best_split_is_no_worse_than_the_best_lever_alone() -> None:
    objective = concave(5)
    found = best_split(objective, objective, NOW, 0.3, seed=3)
    assert found.best.mean >= max(gain.mean for gain in found.alone)
    assert [gain.split[g] for g, gain in enumerate(found.alone)] == pytest.approx([1.0, 0.5, 0.4])
    # A lever that takes effort from where it is worth more has a loss, and says so.
    assert found.alone[0].mean < 0
    assert found.alone[0].sure < 0.01


def test_the_same_seed_finds_the_same() -> None:
    first, again = (best_split(concave(1), concave(2), NOW, 0.5, seed=8) for _ in range(2))
    assert (first.best.split == again.best.split).all()
    assert first.best.mean == again.best.mean


def test_relabelled_powers_get_relabelled_splits() -> None:
    order = [2, 0, 1]

    def relabelled(splits: np.ndarray) -> np.ndarray:
        back = np.empty_like(splits)
        back[:, order] = splits
        return concave(1, noise=0)(back)

    found = best_split(relabelled, relabelled, NOW[order], 1.0, seed=4)
    assert found.best.split == pytest.approx(WEIGHT[order], abs=0.02)


def test_nothing_is_gained_where_nothing_matters() -> None:
    def flat(splits: np.ndarray) -> np.ndarray:
        return np.zeros((len(splits), 50))

    found = best_split(flat, flat, NOW, 0.5, seed=1)
    assert found.best.mean == 0
    assert found.best.sure == 0.5
    assert found.best.helps == 0.5


def test_a_search_on_noise_does_not_flatter_itself() -> None:
    """With nothing to find, the gain told on other members has its interval over zero as often as it says."""

    def noise(seed: int):
        own = np.random.default_rng(seed).normal(size=(40, 3))
        return lambda splits: splits @ own.T

    inside = []
    for seed in range(100):
        best = best_split(noise(seed), noise(1000 + seed), NOW, 1.0, seed=seed, rounds=4, candidates=10).best
        inside.append(best.low < 0 < best.high)
    assert 0.8 < np.mean(inside) < 0.97


def test_gain_is_told_over_members_that_can_say() -> None:
    present = np.array([1.0, 2.0, 3.0, np.nan, 5.0])
    values = np.array([2.0, 2.0, 2.5, 9.0, np.nan])
    gain = gain_of(NOW, values, present)
    assert gain.members == 3
    assert gain.mean == pytest.approx(0.5 / 3)
    assert gain.helps == pytest.approx(0.5)
    spread = np.std([1, 0, -0.5], ddof=1) / math.sqrt(3)
    assert gain.error == pytest.approx(spread)
    assert gain.sure == pytest.approx(stats.norm.cdf(gain.mean / spread))
    assert (gain.low, gain.high) == pytest.approx(stats.norm.interval(0.9, gain.mean, spread))


def test_a_split_within_its_budget() -> None:
    wanted = np.array([[0.0, 0.0, 1.0], [0.65, 0.25, 0.1]])
    splits = within(wanted, NOW, 0.3)
    assert moved(splits, NOW) == pytest.approx([0.3, 0.05])
    assert splits.sum(axis=1) == pytest.approx([1, 1])
    assert (splits >= 0).all()
    assert alone(NOW, 1.0) == pytest.approx(np.eye(3))
    assert moved(alone(NOW, 0.2), NOW) == pytest.approx([0.2, 0.2, 0.2])


def test_bad_splits_and_silent_members() -> None:
    objective = concave(1)
    for now in ([0.5, 0.6], [1.2, -0.2], [1.0]):
        with pytest.raises(InputError, match="no split"):
            best_split(objective, objective, np.array(now), 0.5, seed=1)
    for budget in (0.0, 1.5, math.nan):
        with pytest.raises(InputError, match="budget"):
            best_split(objective, objective, NOW, budget, seed=1)

    def silent(splits: np.ndarray) -> np.ndarray:
        return np.full((len(splits), 4), np.nan)

    with pytest.raises(ComputationError, match="no member can say"):
        best_split(silent, silent, NOW, 0.5, seed=1)
    with pytest.raises(ComputationError, match="fewer than two"):
        best_split(objective, silent, NOW, 0.5, seed=1)
