"""UN positions: the likelihood against independent densities, recovery of parameters, nothing from the future."""

from __future__ import annotations

import jax
import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from multivector.inference.hindcast.family import Family
from multivector.inference.models.un_level import follow, log_density, simulate
from multivector.inference.models.un_positions import HALF_LIFE, UnDistances, UnPositions, fit

N_YEARS, N_ACTORS = 32, 4
GAIN, SCALE, FREEDOM = 0.6, 0.1, 5.0
NORMAL = 1e9  # degrees of freedom at which Student's t is the normal


def _panel(seed: int) -> np.ndarray:
    """Positions [t, a] simulated from the model itself."""
    rng = np.random.default_rng(seed)
    level = np.array([-0.5, 0.0, 0.5, 2.5])
    rows = []
    for _ in range(N_YEARS):
        error = SCALE * rng.standard_t(FREEDOM, size=N_ACTORS)
        rows.append(level + error)
        level = level + GAIN * error
    return np.array(rows)


@pytest.fixture(scope="module")
def panel() -> np.ndarray:
    return _panel(11)


def _distances(panel: np.ndarray) -> Family:
    states, powers = panel[:, :2], panel[:, 2:]
    return Family(
        name="un_distance",
        title="",
        unit="",
        years=tuple(range(1990, 1990 + len(panel))),
        values=np.abs(states[:, :, None] - powers[:, None, :]).reshape(len(panel), -1),
        cells=("P:X", "P:Y", "Q:X", "Q:Y"),
        group=("P", "P", "Q", "Q"),
        partner=("X", "Y", "X", "Y"),
        origins=(),
        horizons=(1, 3),
        edges=(),
        floor=0.0,
        beside={"positions": states, "positions_of_powers": powers},
    )


def _errors(values: np.ndarray, gain: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with jax.enable_x64(True):
        known = np.isfinite(values)
        level, errors, counted = follow(np.where(known, values, 0.0), known, gain)
    return np.asarray(level), np.asarray(errors), np.asarray(counted)


def test_normal_likelihood_is_the_multivariate_normal_density() -> None:
    """y = y0 + L e with L one on the diagonal and the gain below it: covariance scale^2 L L'."""
    y = np.array([0.3, 0.35, 0.1, 0.22, 0.6, 0.41])
    n = len(y) - 1
    mixing = np.eye(n) + GAIN * np.tril(np.ones((n, n)), -1)
    expected = multivariate_normal(np.full(n, y[0]), SCALE**2 * mixing @ mixing.T).logpdf(y[1:])
    _, errors, counted = _errors(y[:, None], GAIN)
    with jax.enable_x64(True):
        ours = np.asarray(log_density(errors, counted, SCALE, NORMAL)).sum()
    assert ours == pytest.approx(expected, abs=1e-5)


def test_errors_are_those_of_the_kalman_filter_in_its_steady_state() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(size=40).cumsum()
    noise, signal = 1.0, GAIN**2 / (1.0 - GAIN)
    level, variance = y[0], GAIN * noise  # the filtered variance at which the gain stays what it is
    expected = []
    for value in y[1:]:
        ahead = variance + signal
        kalman = ahead / (ahead + noise)
        expected.append(value - level)
        level += kalman * (value - level)
        variance = (1.0 - kalman) * ahead
    final, errors, _ = _errors(y[:, None], GAIN)
    np.testing.assert_allclose(errors[1:, 0], expected, atol=1e-10)
    assert final[0] == pytest.approx(level, abs=1e-10)


def test_missing_years_move_nothing_and_the_first_value_is_no_surprise() -> None:
    level, errors, counted = _errors(np.array([[np.nan], [1.0], [np.nan], [2.0]]), 0.5)
    assert counted[:, 0].tolist() == [False, False, False, True]
    assert errors[3, 0] == 1.0
    assert level[0] == 1.5


def test_paths_spread_as_the_closed_form_says() -> None:
    """Var y[T+h] = scale^2 (1 + (h - 1) gain^2); the distance of two is a folded normal."""
    m = 40_000
    level, scale = np.tile([0.2, 0.5], (m, 1)), np.full((m, 2), SCALE)
    paths = simulate(level, np.full(m, GAIN), scale, np.full(m, NORMAL), (1, 5), seed=1)
    assert sorted(paths) == [1, 5]
    for h, path in paths.items():
        spread = SCALE * np.sqrt(1.0 + (h - 1) * GAIN**2)
        np.testing.assert_allclose(path.std(axis=0), spread, rtol=0.02)
        both, gap = spread * np.sqrt(2.0), 0.3
        folded = both * 2.0 * norm.pdf(gap / both) + gap * (1.0 - 2.0 * norm.cdf(-gap / both))
        assert np.abs(path[:, 0] - path[:, 1]).mean() == pytest.approx(folded, rel=0.01)


def test_posterior_recovers_what_made_the_data(panel: np.ndarray) -> None:
    draws = fit(panel, seed=5, half_life=np.inf)
    inside = {
        "gain": (draws["gain"], GAIN),
        "scale": (np.exp(draws["centre"]), SCALE),
        "freedom": (2.0 + draws["freedom_above_two"], FREEDOM),
    }
    for name, (draw, truth) in inside.items():
        low, high = np.quantile(draw, [0.025, 0.975])
        assert low < truth < high, name
    assert np.ptp(np.quantile(draws["gain"], [0.025, 0.975])) < 0.5  # narrower than the prior's 0.77


def test_what_is_long_past_counts_less(panel: np.ndarray) -> None:
    """Wild early years widen a fit that weighs all years alike, and hardly one that forgets."""
    wild = panel.copy()
    wild[: N_YEARS // 2] += np.random.default_rng(2).normal(size=(N_YEARS // 2, N_ACTORS))
    alike = fit(wild, seed=5, half_life=np.inf)["scale"].mean()
    forgets = fit(wild, seed=5, half_life=HALF_LIFE)["scale"].mean()
    assert forgets < 0.7 * alike


def test_nothing_after_the_origin_is_used(panel: np.ndarray) -> None:
    later = panel.copy()
    later[26:] += 5.0
    origin = 1990 + 25
    first, second = (
        UnDistances().forecast(_distances(values).until(origin), origin, (1, 3), seed=7)
        for values in (panel, later)
    )
    for h in (1, 3):
        np.testing.assert_array_equal(first[h], second[h])
    earlier = panel.copy()
    earlier[25] += 0.1
    third = UnDistances().forecast(_distances(earlier).until(origin), origin, (1,), seed=7)
    assert not np.array_equal(first[1], third[1])


def test_distances_are_joint_and_an_unknown_actor_stays_silent(panel: np.ndarray) -> None:
    """Cells of one state move together through its own position; a power never seen gives no forecast."""
    silent = panel.copy()
    silent[:, 3] = np.nan
    origin = 1990 + N_YEARS - 1
    sample = UnDistances().forecast(_distances(silent), origin, (1,), seed=7)[1]
    assert sample.shape == (2000, 4)
    assert np.isfinite(sample[:, [0, 2]]).all()
    assert np.isnan(sample[:, [1, 3]]).all()
    assert (sample[:, [0, 2]] >= 0).all()
    both = UnDistances().forecast(_distances(panel), origin, (1,), seed=7)[1]
    assert np.corrcoef(both[:, 0], both[:, 1])[0, 1] > 0.2  # P's own surprise is in both


def test_positions_are_the_same_for_the_same_seed(panel: np.ndarray) -> None:
    family = Family(
        name="un_ideal_point",
        title="",
        unit="",
        years=tuple(range(1990, 1990 + N_YEARS)),
        values=panel,
        cells=("P", "Q", "X", "Y"),
        group=("P", "Q", "X", "Y"),
        partner=("",) * N_ACTORS,
        origins=(),
        horizons=(1, 5),
        edges=(),
    )
    origin = family.years[-1]
    one, two = (UnPositions().forecast(family, origin, (1, 5), seed=3) for _ in range(2))
    np.testing.assert_array_equal(one[5], two[5])
    assert (one[5].std(axis=0) > one[1].std(axis=0)).all()
