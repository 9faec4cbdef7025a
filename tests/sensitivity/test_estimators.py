"""Sensitivity estimators against closed forms, each other, SciPy, and the coverage of their intervals."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from multivector.errors import ComputationError, InputError
from multivector.sensitivity import shapley_effects, sobol_effects

# Ishigami & Homma 1990: y = sin x1 + a sin^2 x2 + b x3^4 sin x1 on (-pi, pi)^3.
A, B = 7.0, 0.1
V1 = (1 + B * math.pi**4 / 5) ** 2 / 2
V2 = A**2 / 8
V13 = 8 * B**2 * math.pi**8 / 225
V = V1 + V2 + V13

# Sobol' g-function with three factors: y = prod (|4 u - 2| + c) / (1 + c).
C = np.array([0.0, 1.0, 4.5])
G_PARTS = 1 / 3 / (1 + C) ** 2

WEIGHTS = np.array([3.0, 2.0, 1.0, 0.0])


def ishigami(u: np.ndarray) -> np.ndarray:
    x = math.pi * (2 * u - 1)
    return np.sin(x[:, 0]) * (1 + B * x[:, 2] ** 4) + A * np.sin(x[:, 1]) ** 2


def g_function(u: np.ndarray) -> np.ndarray:
    return ((np.abs(4 * u - 2) + C) / (1 + C)).prod(axis=1)


def gaussian_sum(u: np.ndarray) -> np.ndarray:
    return stats.norm.ppf(np.clip(u, 1e-12, 1 - 1e-12)) @ WEIGHTS


def g_variances() -> dict[tuple[int, ...], float]:
    """The variance of each term of the g-function: a product, so each is a product of parts."""
    subsets = itertools.chain.from_iterable(itertools.combinations(range(3), k) for k in (1, 2, 3))
    return {subset: float(G_PARTS[list(subset)].prod()) for subset in subsets}


def test_sobol_indices_of_ishigami() -> None:
    effects = sobol_effects(ishigami, ["one", "two", "three"], 4096, seed=1)
    assert effects.first[0] == pytest.approx([V1 / V, V2 / V, 0], abs=0.015)
    assert effects.total[0] == pytest.approx([(V1 + V13) / V, V2 / V, V13 / V], abs=0.01)
    assert effects.variance[0] == pytest.approx(V, rel=0.01)
    assert effects.evaluations == 4096 * 5
    low, high = effects.total_interval[:, 0]
    assert (low < effects.total[0]).all()
    assert (effects.total[0] < high).all()


def test_first_order_is_centred_and_close_over_fifty_scrambles() -> None:
    exact = np.array([V1 / V, V2 / V, 0])

    def high(u: np.ndarray) -> np.ndarray:
        return ishigami(u) + 1e6  # a large mean ruins an uncentred estimator

    errors = [sobol_effects(high, "abc", 1024, seed, resamples=2).first[0] - exact for seed in range(50)]
    assert np.sqrt(np.mean(np.square(errors))) < 0.012


def test_sobol_indices_of_the_g_function() -> None:
    parts = g_variances()
    variance = sum(parts.values())
    effects = sobol_effects(g_function, "abc", 8192, seed=3)
    total = [sum(v for subset, v in parts.items() if k in subset) / variance for k in range(3)]
    assert effects.first[0] == pytest.approx(G_PARTS / variance, abs=0.01)
    assert effects.total[0] == pytest.approx(total, abs=0.01)


def test_sobol_indices_agree_with_scipy() -> None:
    theirs = stats.sobol_indices(
        func=lambda x: ishigami(x.T)[None], n=1024, dists=[stats.uniform()] * 3, rng=np.random.default_rng(5)
    )
    ours = sobol_effects(ishigami, "abc", 1024, seed=5)
    assert ours.first[0] == pytest.approx(theirs.first_order.ravel(), abs=1e-10)
    assert ours.total[0] == pytest.approx(theirs.total_order.ravel(), abs=1e-10)


def test_many_outputs_at_once_are_the_same_as_one_by_one() -> None:
    def both(u: np.ndarray) -> np.ndarray:
        return np.stack([ishigami(u), g_function(u)], axis=1)

    for estimate, field in ((sobol_effects, "total"), (shapley_effects, "share")):
        together = getattr(estimate(both, "abc", 256, 9), field)
        for s, f in enumerate((ishigami, g_function)):
            assert together[s] == pytest.approx(getattr(estimate(f, "abc", 256, 9), field)[0], rel=1e-12)


def test_shapley_effects_of_ishigami() -> None:
    effects = shapley_effects(ishigami, "abc", 20_000, seed=2)
    exact = np.array([V1 + V13 / 2, V2, V13 / 2])
    assert effects.effect[0] == pytest.approx(exact, abs=4 * effects.effect_error.max())
    assert effects.share[0] == pytest.approx(exact / V, abs=4 * effects.share_error.max())
    assert effects.share_error.max() < 0.01
    assert effects.evaluations == 20_000 * 4


def test_shapley_effects_of_the_g_function() -> None:
    parts = g_variances()
    exact = [sum(v / len(subset) for subset, v in parts.items() if k in subset) for k in range(3)]
    effects = shapley_effects(g_function, "abc", 20_000, seed=4)
    deviations = (effects.effect[0] - exact) / effects.effect_error[0]
    assert np.abs(deviations).max() < 3.5


def test_shapley_effects_of_a_sum_are_its_variances() -> None:
    effects = shapley_effects(gaussian_sum, "abcd", 20_000, seed=6)
    exact = WEIGHTS**2 / (WEIGHTS**2).sum()
    assert effects.share[0] == pytest.approx(exact, abs=0.02)
    # A factor that does nothing gets exactly nothing.
    assert effects.share[0, 3] == 0
    assert effects.share_error[0, 3] == 0


def test_shapley_shares_sum_to_one_and_lie_between_first_and_total_order() -> None:
    shapley = shapley_effects(ishigami, "abc", 4096, seed=8)
    sobol = sobol_effects(ishigami, "abc", 4096, seed=8)
    assert shapley.share.sum() == pytest.approx(1, abs=1e-12)
    room = 4 * shapley.share_error[0]
    assert (sobol.first[0] - room < shapley.share[0]).all()
    assert (shapley.share[0] < sobol.total[0] + room).all()


def test_shapley_intervals_cover_as_often_as_they_say() -> None:
    truth = WEIGHTS[:3] ** 2 / (WEIGHTS**2).sum()
    inside = []
    for seed in range(200):
        effects = shapley_effects(gaussian_sum, "abcd", 400, seed)
        inside.append(np.abs(effects.share[0, :3] - truth) < 1.645 * effects.share_error[0, :3])
    assert 0.86 < np.mean(inside) < 0.94


def test_sobol_intervals_cover_at_least_as_often_as_they_say() -> None:
    truth = np.array([(V1 + V13) / V, V2 / V, V13 / V])
    inside = []
    for seed in range(100):
        low, high = sobol_effects(ishigami, "abc", 256, seed, resamples=200).total_interval[:, 0]
        inside.append((low < truth) & (truth < high))
    assert np.mean(inside) > 0.9


def test_a_relabelled_model_has_relabelled_effects() -> None:
    def swapped(u: np.ndarray) -> np.ndarray:
        return ishigami(u[:, [2, 0, 1]])

    effects = shapley_effects(swapped, "bca", 20_000, seed=2)
    exact = np.array([V2, V13 / 2, V1 + V13 / 2])
    assert effects.effect[0] == pytest.approx(exact, abs=4 * effects.effect_error.max())


def test_missing_outputs_are_left_out_and_counted() -> None:
    def gaps(u: np.ndarray) -> np.ndarray:
        return np.where(u[:, 3] < 0.02, np.nan, ishigami(u))

    effects = shapley_effects(gaps, "abcd", 20_000, seed=2)
    assert effects.rows[0] == pytest.approx(20_000 * 0.98**2, rel=0.01)
    assert effects.share[0, :3] == pytest.approx(np.array([V1 + V13 / 2, V2, V13 / 2]) / V, abs=0.03)
    sobol = sobol_effects(gaps, "abcd", 4096, seed=2)
    assert sobol.rows[0] == pytest.approx(4096 * 0.98**2, rel=0.01)
    assert sobol.total[0, :3] == pytest.approx([(V1 + V13) / V, V2 / V, V13 / V], abs=0.03)


def test_what_does_not_vary_has_no_shares() -> None:
    def constant(u: np.ndarray) -> np.ndarray:
        return np.full(len(u), 0.1)

    assert np.isnan(shapley_effects(constant, "ab", 64, 1).share).all()
    effects = sobol_effects(constant, "ab", 64, 1)
    for field in (effects.first, effects.total, effects.first_error, effects.total_interval):
        assert np.isnan(field).all()

    def nothing(u: np.ndarray) -> np.ndarray:
        return np.full(len(u), np.nan)

    assert np.isnan(shapley_effects(nothing, "ab", 64, 1).share).all()
    assert np.isnan(sobol_effects(nothing, "ab", 64, 1).total).all()


def test_designs_that_cannot_be_drawn() -> None:
    with pytest.raises(InputError, match="power of two"):
        sobol_effects(ishigami, "abc", 1000, 1)
    with pytest.raises(InputError, match="no factor"):
        shapley_effects(ishigami, [], 100, 1)
    with pytest.raises(InputError, match="same name"):
        shapley_effects(ishigami, "aba", 100, 1)
    with pytest.raises(InputError, match="at least 2"):
        shapley_effects(ishigami, "abc", 1, 1)
    with pytest.raises(ComputationError, match="rows"):
        shapley_effects(lambda u: u[:1, 0], "ab", 10, 1)
    with pytest.raises(ComputationError, match="infinite"):
        shapley_effects(lambda u: u[:, 0] + np.inf, "ab", 10, 1)
