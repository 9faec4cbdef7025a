"""Alignment: shares of affinity, whatever its sign."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from multivector.mechanisms.alignment import ALIGNMENT, share_out, toward_powers


@pytest.fixture(autouse=True)
def _in_float64():
    with jax.enable_x64(True):
        yield


def test_by_hand():
    # exp(1), exp(0), exp(-1) over their sum.
    share = share_out(jnp.asarray([[0.5, 0.0, -0.5]]), 0.5)
    np.testing.assert_allclose(share, [[0.66524096, 0.24472847, 0.09003057]], atol=1e-8)


def test_the_powers_are_the_last_of_the_actors():
    affinity = jnp.arange(16.0).reshape(4, 4)
    np.testing.assert_array_equal(toward_powers(affinity, 1), [[3.0], [7.0], [11.0]])


def test_the_mechanism_takes_the_number_of_powers_from_leverage():
    affinity = jnp.asarray([[0.0, 0.9, -0.9], [0.9, 0.0, 0.0], [-0.9, 0.0, 0.0]])
    ties, share = ALIGNMENT.apply(affinity=affinity, leverage=jnp.ones((1, 2)), alignment_temperature=0.5)
    expected = 1 / (1 + np.exp(-1.8 / 0.5))
    np.testing.assert_array_equal(ties, [[0.9, -0.9]])
    np.testing.assert_allclose(share, [[expected, 1 - expected]], rtol=1e-12)


def test_limits_of_the_temperature():
    ties = jnp.asarray([[0.6, 0.5, -0.9]])
    np.testing.assert_allclose(share_out(ties, 1e-3), [[1, 0, 0]], atol=1e-12)
    np.testing.assert_allclose(share_out(ties, 1e9), [[1 / 3] * 3], atol=1e-9)


TIES = arrays(float, (3, 4), elements=st.floats(-1.0, 1.0))


@settings(max_examples=50, deadline=None)
@given(TIES, st.floats(-1.0, 1.0), st.permutations(range(4)))
def test_laws(ties, constant, order):
    share = np.asarray(share_out(jnp.asarray(ties), 0.5))
    np.testing.assert_allclose(share.sum(-1), 1.0, atol=1e-12)
    assert (share > 0).all()
    # What is felt for all alike does not count; relabelled powers get relabelled shares.
    np.testing.assert_allclose(share_out(jnp.asarray(ties + constant), 0.5), share, atol=1e-12)
    np.testing.assert_allclose(share_out(jnp.asarray(ties[:, order]), 0.5), share[:, order], atol=1e-12)


def test_a_closer_tie_never_lowers_its_share():
    before = share_out(jnp.asarray([[0.1, -0.4, 0.6]]), 0.5)
    after = share_out(jnp.asarray([[0.1, -0.3, 0.6]]), 0.5)
    assert after[0, 1] > before[0, 1]
    assert after[0, 0] < before[0, 0]
