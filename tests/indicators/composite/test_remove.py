"""The index without an element: the reference, and rebuilding by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from multivector.errors import InputError
from multivector.indicators.composite import Composite
from multivector.indicators.composite.remove import remove_elements
from multivector.indicators.composite.weighting.importance import weights_to_importance
from multivector.indicators.composite.weighting.reweighted import reweighted

from .conftest import small


@pytest.mark.reference
def test_every_indicator_of_asem(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    theirs = reference("remove_elements_L1").with_columns(pl.col("mean_abs_rank_diff").cast(pl.Float64))
    both = theirs.join(remove_elements(built, 1), on="removed", suffix="_ours")
    assert both.height == 50
    np.testing.assert_allclose(both["mean_abs_rank_diff"], both["mean_abs_rank_diff_ours"], rtol=0, atol=1e-9)


def test_the_batch_is_the_rebuilds() -> None:
    """Leaving an element out is building with its weight at zero."""
    index = small()
    found = dict(remove_elements(index, 1).select("removed", "mean_abs_rank_diff").iter_rows())
    for code in ("a", "b"):
        again = small(weights={"values": {code: 0.0}})
        moved = np.abs(again.ranks.sel(element="T").values - index.ranks.sel(element="T").values)
        assert found[code] == pytest.approx(moved.mean())
    alone = small(weights={"values": {"Q": 0.0}})  # c is all that Q has, so Q goes with it
    moved = np.abs(alone.ranks.sel(element="T").values - index.ranks.sel(element="T").values)
    assert found["c"] == pytest.approx(moved.mean())
    assert found["Nominal"] == 0


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "copeland", "median"])
def test_other_weights_are_another_build(method: str) -> None:
    stages = [{"do": "normalise", "low": 1, "high": 100}, {"do": "aggregate", "method": method}]
    index = small(*stages)
    sets = {"a": np.array([1.0, 2.0]), "b": np.array([1.0, 5.0]), "P": np.array([3.0, 1.0]), "Q": np.ones(2)}
    found = reweighted(index, sets)
    for s in range(2):
        again = small(*stages, weights={"values": {code: float(w[s]) for code, w in sets.items()}})
        for node in ("P", "Q", "T"):
            np.testing.assert_allclose(found[node][s], again.scores.sel(element=node).values, rtol=1e-12)


def test_a_unit_that_is_lost_is_counted() -> None:
    index = small({"do": "normalise"}, {"do": "aggregate"}, data={"u2": {"b": None}, "u3": {"a": None}})
    lost = dict(remove_elements(index, 1, "P").select("removed", "unscored").iter_rows())
    assert lost == {"Nominal": 0, "a": 1, "b": 1}


def test_an_importance_is_reached_where_it_can_be(built: Composite) -> None:
    """Conn and Sust alike: their covariances with w Conn + (1 - w) Sust must be as their deviations."""
    found = weights_to_importance(built, 3)
    np.testing.assert_allclose(found["Obtained"], [0.5, 0.5], atol=1e-9)
    halves = built.scores.sel(element=["Conn", "Sust"]).values
    exact = np.linalg.solve(np.cov(halves.T), halves.std(axis=0, ddof=1))
    np.testing.assert_allclose(found["OptWeight"], exact / exact.sum(), atol=1e-7)
    twice = weights_to_importance(built, 3, {"Conn": 1.1})
    assert twice["Obtained"][0] == pytest.approx(1.1 / 2.1, abs=1e-9)


def test_what_cannot_be_removed_or_wanted_is_named() -> None:
    index = small()
    with pytest.raises(InputError, match="nothing is left of Q without c"):
        remove_elements(index, 1, "Q")
    with pytest.raises(InputError, match="no element of level 2 is below Q"):
        remove_elements(index, 2, "Q")
    with pytest.raises(InputError, match="no node 'a'"):
        remove_elements(index, 1, "a")
    with pytest.raises(InputError, match="there is no element 'z'"):
        reweighted(index, {"z": np.ones(1)})
    with pytest.raises(InputError, match="weights of 1, 2 sets"):
        reweighted(index, {"a": np.ones(1), "b": np.ones(2)})
    with pytest.raises(InputError, match="no element 'a' of level 2"):
        weights_to_importance(index, 2, {"a": 1.0})
    with pytest.raises(InputError, match="the top has no weight"):
        weights_to_importance(index, 3)
    own = small(weights={"method": "benefit_of_the_doubt"})
    with pytest.raises(InputError, match="every unit has its own weights"):
        remove_elements(own, 1)
