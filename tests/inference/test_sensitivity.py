"""How many runs are enough, and what flips an answer: against simulation and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from multivector.errors import InputError
from multivector.inference.judge import Count, Negated
from multivector.inference.sensitivity import (
    Precision,
    find_flip,
    quantile_error,
    runs_for,
    share_error,
)
from multivector.world.scenario import Assumption, Negation


def test_error_of_a_share_is_the_spread_of_many() -> None:
    shares = np.random.default_rng(1).binomial(500, 0.3, 20_000) / 500
    assert share_error(150, 500) == pytest.approx(shares.std(), rel=0.03)
    assert share_error(0, 500) > 0
    assert math.isnan(share_error(0, 0))


@pytest.mark.parametrize("q", [0.05, 0.5, 0.95])
def test_error_of_a_quantile_is_its_density_form(q: float) -> None:
    values = np.random.default_rng(2).normal(size=4000)
    exact = math.sqrt(q * (1 - q) / 4000) / stats.norm.pdf(stats.norm.ppf(q))
    assert quantile_error([*values, np.nan], q) == pytest.approx(exact, rel=0.2)
    assert math.isnan(quantile_error([1.0]))


def test_runs_that_are_enough() -> None:
    # Half the error takes four times the runs.
    assert runs_for(0.02, 1000, 0.01) == 4000
    assert Precision(0.3, 0.01, 2000, 0.01).enough == 2000
    with pytest.raises(InputError, match="above 0"):
        runs_for(0.1, 10, 0.0)
    with pytest.raises(InputError, match="not known"):
        runs_for(math.nan, 10, 0.1)


def _negated(name: str, yes: int, n: int = 1000) -> Negated:
    assumption = Assumption(
        id=name, text="it holds", negated="it does not", negate=Negation(parameter="p", value=0.0)
    )
    return Negated(assumption, n, {"j": Count(yes, n)})


def test_the_assumption_that_flips_is_found_before_the_one_that_moves_more() -> None:
    flip = find_flip("j", Count(600, 1000), [_negated("more", 900), _negated("turns", 450)])
    assert flip is not None
    assert flip.assumption.id == "turns"
    assert flip.flips
    assert flip.change == pytest.approx(-0.15)
    # By a normal approximation 45 % of 1,000 is below one half with a chance of Phi(3.16).
    assert flip.sure == pytest.approx(stats.norm.cdf(0.05 / math.sqrt(0.45 * 0.55 / 1000)), abs=1e-4)


def test_no_flip_names_the_largest_change_and_no_rerun_names_none() -> None:
    flip = find_flip("j", Count(600, 1000), [_negated("less", 620), _negated("more", 900)])
    assert flip is not None
    assert (flip.assumption.id, flip.flips) == ("more", False)
    assert find_flip("j", Count(600, 1000), [_negated("silent", 0, 0)]) is None
    assert find_flip("j", Count(0, 0), [_negated("more", 900)]) is None
    tie = find_flip("j", Count(500, 1000), [_negated("more", 900)])
    assert tie is not None
    assert not tie.flips
