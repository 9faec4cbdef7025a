"""Arms ties: regressors counted by hand, posterior against quadrature, nothing from the future."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from multivector.inference.hindcast.family import Family
from multivector.inference.models.sampling import posterior
from multivector.inference.models.ties import DRAWS, WARMUP, ArmsTies, chances, tie_model
from multivector.inference.models.ties_features import NAMES, features

STATES, N_YEARS = ("P", "Q"), 30
SUPPLIERS = tuple(f"S{k}" for k in range(50))  # 100 pairs in 20 years: 2,000 rows in every fit here


def _family(seed: int = 4) -> Family:
    """Ties that persist: a pair that traded last year trades again more often than not."""
    rng = np.random.default_rng(seed)
    yes = np.zeros((N_YEARS, len(STATES), len(SUPPLIERS)))
    yes[0] = rng.random(yes.shape[1:]) < 0.4
    for t in range(1, N_YEARS):
        yes[t] = rng.random(yes.shape[1:]) < np.where(yes[t - 1] > 0, 0.8, 0.15)
    n = len(STATES) * len(SUPPLIERS)
    return Family(
        name="arms_tie",
        title="",
        unit="",
        years=tuple(range(1995, 1995 + N_YEARS)),
        values=yes.reshape(N_YEARS, n),
        cells=tuple(f"{state}:{supplier}" for state in STATES for supplier in SUPPLIERS),
        group=tuple(state for state in STATES for _ in SUPPLIERS),
        partner=SUPPLIERS * len(STATES),
        origins=(),
        horizons=(1, 3),
        edges=(0.0, 0.5, 1.0),
        yes_no=True,
    )


def test_regressors_by_hand() -> None:
    yes = np.zeros((7, 2))
    yes[1, 0] = yes[6, 0] = 1.0
    yes[:4, 1] = np.nan
    table = features(yes)
    assert dict(zip(NAMES, table[6, 0], strict=True)) == pytest.approx(
        {"now": 1.0, "recent": 0.2, "ever": 1.0}  # the delivery of year 1 is out of the window 2..6
    )
    assert table[5, 0].tolist() == pytest.approx([0.0, 0.2, 1.0])
    assert np.isnan(table[3, 1]).all()
    assert table[4, 1].tolist() == [0.0, 0.0, 0.0]


def test_regressors_know_only_their_past() -> None:
    yes = _family().values
    changed = yes.copy()
    changed[20:] = 1.0 - changed[20:]
    np.testing.assert_array_equal(features(yes)[:20], features(changed)[:20])


def test_intercept_alone_agrees_with_quadrature() -> None:
    """Regressors that never differ leave k yes in n: the posterior mean chance is one integral."""
    table = np.ones((21, 100, len(NAMES)))
    outcome = np.zeros((21, 100))
    outcome[1:, :1] = 1.0
    k, n, scale = 20, 2000, 100.0  # the scale keeps the integrand away from zero

    def weight(b: float) -> float:
        log = k * np.log(expit(b)) + (n - k) * np.log(expit(-b)) + scale
        return float(np.exp(log) * norm.pdf(b, -3.0, 1.5))

    expected = quad(lambda b: expit(b) * weight(b), -6, -3)[0] / quad(weight, -6, -3)[0]
    ours = chances(table, outcome, horizon=1, seed=2, half_life=np.inf)
    np.testing.assert_allclose(ours, expected, rtol=0.05)


def test_posterior_recovers_what_made_the_data() -> None:
    rng = np.random.default_rng(8)
    truth, intercept = np.array([0.6, -0.4, 0.0]), -1.0
    z = rng.normal(size=(2000, len(NAMES)))
    y = (rng.random(2000) < expit(intercept + z @ truth)).astype(float)
    draws = posterior(tie_model, (z, y, np.ones(2000)), DRAWS, seed=1, warmup=WARMUP)
    for draw, value in zip((draws["intercept"], *draws["weight"].T), (intercept, *truth), strict=True):
        low, high = np.quantile(draw, [0.005, 0.995])
        assert low < value < high
        assert high - low < 0.5


def test_nothing_after_the_origin_is_used() -> None:
    family = _family()
    changed = _family()
    changed.values[25:] = 1.0 - changed.values[25:]
    origin = 1995 + 24
    one, two = (ArmsTies().forecast(each.until(origin), origin, (1, 3), seed=7) for each in (family, changed))
    for h in (1, 3):
        np.testing.assert_array_equal(one[h], two[h])


def test_pairs_that_trade_now_are_likelier_and_unknown_pairs_stay_silent() -> None:
    family = _family()
    family.values[:, 99] = np.nan
    origin = family.years[-1]
    chance = ArmsTies().forecast(family, origin, (1,), seed=7)[1]
    assert chance.shape == (1, 100)
    now = family.values[-1, :99] > 0
    assert chance[0, :99][now].min() > chance[0, :99][~now].max()
    assert chance[0, :99].mean() == pytest.approx(0.43, abs=0.1)  # in the long run 0.15 / (0.15 + 0.2)
    assert np.isnan(chance[0, 99])


def test_without_any_delivery_there_is_no_chance_to_give() -> None:
    table = np.zeros((10, 2, len(NAMES)))
    assert np.isnan(chances(table, np.zeros((10, 2)), horizon=1, seed=1)).all()
