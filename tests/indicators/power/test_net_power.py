"""Net power: by hand, and as laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from multivector.errors import InputError
from multivector.indicators.power import net_power, share_of_group

OUTPUTS = hnp.arrays(float, st.integers(1, 8), elements=st.floats(1, 1e6))


def test_output_times_output_a_head() -> None:
    assert net_power([200.0, 200.0], [2.0, 20.0]).tolist() == [20_000.0, 2_000.0]


@given(OUTPUTS, st.floats(0.01, 100), st.floats(0.01, 100))
def test_shares_do_not_depend_on_the_units(gdp: np.ndarray, money: float, heads: float) -> None:
    people = np.arange(1.0, gdp.size + 1)
    one, other = (share_of_group(net_power(a, b)) for a, b in ((gdp, people), (gdp * money, people * heads)))
    assert np.allclose(one, other, rtol=1e-12)
    assert one.sum() == pytest.approx(1)


def test_a_missing_state_has_no_share() -> None:
    found = share_of_group(net_power([1.0, np.nan, 1.0], [1.0, 1.0, 1.0]))
    assert np.array_equal(found, [0.5, np.nan, 0.5], equal_nan=True)
    assert np.isnan(share_of_group([np.nan])).all()


@pytest.mark.parametrize(
    ("gdp", "people", "said"), [(1.0, 0.0, "population is not positive"), (-1.0, 1.0, "output is negative")]
)
def test_what_cannot_be_is_said(gdp: float, people: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        net_power([gdp], [people])
