"""Influence as bandwidth times dependence: by hand, and as laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from multivector.errors import InputError
from multivector.indicators.power import influence
from multivector.indicators.power.influence import DIMENSIONS, FLOOR, terms

NAMES = [term.name for term in terms() if term.side != "dimension"]
VALUES = hnp.arrays(float, (len(NAMES), 2, 3), elements=st.floats(0, 1))


def given_by(array: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(NAMES, array, strict=True))


def test_by_hand() -> None:
    values = given_by(np.zeros((len(NAMES), 1, 1)))
    values |= {
        "trade_volume": np.array([[0.5]]),
        "trade_share": np.array([[0.4]]),
        "trade_over_output": np.array([[0.2]]),
    }
    values |= {
        "arms_volume": np.array([[1.0]]),
        "obligation": np.array([[0.0]]),
        "arms_share": np.array([[0.9]]),
    }
    found = influence(values)
    assert float(found.influence["economic"][0, 0]) == pytest.approx(0.5 * 0.3)
    # One channel without traffic counts as the floor: sqrt(1 * 0.01) * 0.9.
    assert float(found.influence["security"][0, 0]) == pytest.approx(np.sqrt(FLOOR) * 0.9)
    assert float(found.influence["political"][0, 0]) == 0
    assert float(found.total[0, 0]) == pytest.approx((0.15 + 0.09) / 3)
    assert (float(found.least[0, 0]), float(found.most[0, 0])) == (0, pytest.approx(0.15))


def test_every_dimension_has_both_sides_and_a_weight() -> None:
    for dimension in DIMENSIONS:
        sides = {term.side for term in terms() if term.dimension == dimension}
        assert sides == {"bandwidth", "dependence", "dimension"}
    assert all(term.weight > 0 and term.sentence and term.formula for term in terms())


@given(VALUES, st.sampled_from(NAMES), st.floats(0, 1))
def test_more_of_anything_is_never_less_influence(array: np.ndarray, name: str, more: float) -> None:
    before, after = given_by(array), given_by(array)
    after[name] = np.minimum(1, after[name] + more)
    assert (influence(after).total >= influence(before).total - 1e-12).all()


@given(VALUES)
def test_no_weighting_leaves_its_range(array: np.ndarray) -> None:
    found = influence(given_by(array))
    assert (found.least - 1e-12 <= found.total).all()
    assert (found.total <= found.most + 1e-12).all()
    assert ((found.total >= 0) & (found.total <= 1 + 1e-12)).all()


@given(VALUES)
def test_without_dependence_there_is_no_influence(array: np.ndarray) -> None:
    values = given_by(array)
    for term in terms():
        if term.side == "dependence":
            values[term.name] = np.zeros((2, 3))
    assert (influence(values).total == 0).all()


def test_a_missing_term_leaves_its_dimension_and_the_total_missing() -> None:
    values = given_by(np.full((len(NAMES), 1, 1), 0.5))
    values["arms_share"] = np.array([[np.nan]])
    found = influence(values)
    assert np.isnan(found.influence["security"]).all()
    assert np.isnan(found.total).all()
    assert np.isfinite(found.influence["economic"]).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"arms_share": None}, "'arms_share' is missing"),
        ({"charm": np.zeros((1, 1))}, "'charm' is not declared"),
        ({"obligation": np.array([[3.0]])}, "'obligation' lies outside 0 to 1"),
    ],
)
def test_what_does_not_hold_is_said(change: dict[str, np.ndarray | None], said: str) -> None:
    values = given_by(np.zeros((len(NAMES), 1, 1))) | change
    with pytest.raises(InputError, match=said):
        influence({name: value for name, value in values.items() if value is not None})
