"""Engagement: a stock that builds, fades, and needs institutions."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from multivector.mechanisms.engagement import (
    ENGAGEMENT,
    attend,
    effectiveness,
    effort_behind,
    engage,
    fading,
    stock_of,
)


@pytest.fixture(autouse=True)
def _in_float64():
    with jax.enable_x64(True):
        yield


def run(quarters: int, effort: float, *, institutions: float = 0.0, **start):
    """A stock of 2 under a multiple of the effort behind it."""
    phi = effectiveness(jnp.asarray([[0.0]]), 0.5)
    stock = jnp.asarray([[2.0]])
    fields = {
        "engagement": stock,
        "visibility": jnp.ones((1, 1)),
        "effort": jnp.asarray([[effort]]),
        "effort0": effort_behind(stock, phi, 3.0),
        "institutions": jnp.asarray([[institutions]]),
        "effectiveness_alone": 0.5,
        "ties_half_life": 3.0,
        "visit_half_life": 3.0,
    } | start
    for _ in range(quarters):
        engagement, visibility = ENGAGEMENT.apply(**fields)
        fields |= {"engagement": engagement, "visibility": visibility}
    return float(fields["engagement"][0, 0]), float(fields["visibility"][0, 0])


def test_the_effort_behind_the_stock_keeps_it():
    engagement, visibility = run(40, 1.0)
    assert engagement == pytest.approx(2.0, rel=1e-13)
    assert visibility == pytest.approx(1.0, rel=1e-13)


def test_inattention_is_the_decay():
    engagement, visibility = run(12, 0.0)
    assert engagement == pytest.approx(1.0, rel=1e-13)  # twelve quarters are one half-life
    assert visibility == pytest.approx(0.0, abs=1e-12)


def test_attention_is_gone_within_a_quarter_and_ties_are_not():
    engagement, visibility = run(1, 0.0)
    assert visibility == pytest.approx(0.5 ** (13 / 3), rel=1e-13)
    assert engagement == pytest.approx(2.0 * 0.5 ** (1 / 12), rel=1e-13)


def test_twice_the_effort_leads_to_twice_the_stock():
    engagement, _ = run(400, 2.0)
    assert engagement == pytest.approx(4.0, rel=1e-9)


def test_each_institution_halves_what_is_lost():
    phi = effectiveness(jnp.asarray([0.0, 1.0, 2.0, 50.0]), 0.2)
    np.testing.assert_allclose(phi, [0.2, 0.6, 0.8, 1.0], rtol=1e-12)
    # Alone 0.5, with one institution 0.75: the same effort leads to a stock half as large again.
    engagement, _ = run(400, 1.0, institutions=1.0)
    assert engagement == pytest.approx(3.0, rel=1e-9)


def test_one_quarter_by_hand():
    # Half-life of a quarter: half of 4 is lost, and 0.5 * 8 / 4 = 1 comes in.
    assert engage(jnp.asarray(4.0), jnp.asarray(8.0), jnp.asarray(0.5), 0.25) == pytest.approx(3.0)


def test_attention_follows_effort():
    assert attend(jnp.asarray(1.0), jnp.asarray(3.0), 13.0) == pytest.approx(2.0)


def test_a_steady_past_leaves_the_stock_under_which_it_stands_still():
    effort = jnp.full((20, 1, 1), 1.6)
    phi = jnp.asarray([[0.7]])
    stock = stock_of(effort, jnp.ones((20, 1, 1)), phi, jnp.ones((1, 1)), 3.0)
    assert effort_behind(stock, phi, 3.0)[0, 0] == pytest.approx(1.6, rel=1e-12)


def test_the_past_is_weighted_by_what_is_left_of_it():
    # Half-life of one year: weights 1/2 and 1 on 3 and 9 give a mean of 7.
    effort = jnp.asarray([3.0, 9.0]).reshape(2, 1, 1)
    stock = stock_of(effort, jnp.ones((2, 1, 1)), jnp.ones((1, 1)), jnp.zeros((1, 1)), 1.0)
    assert stock[0, 0] == pytest.approx(7.0 * 0.25 / float(fading(jnp.asarray(1.0))), rel=1e-12)


def test_what_is_unknown_is_the_prior_and_not_zero():
    effort = jnp.asarray([[[5.0, jnp.nan]], [[5.0, jnp.nan]]])
    known = jnp.asarray([[[1.0, 0.0]], [[1.0, 0.0]]])
    stock = stock_of(effort, known, jnp.ones((1, 2)), jnp.ones((1, 2)), 3.0)
    assert stock[0, 0] / stock[0, 1] == pytest.approx(5.0, rel=1e-12)


def test_relabelled_states_give_relabelled_stocks():
    rng = np.random.default_rng(4)
    effort, known = rng.random((6, 2, 3)), np.ones((6, 2, 3))
    phi, prior = 0.2 + 0.8 * rng.random((2, 3)), np.ones((2, 3))
    order = [2, 0, 1]
    stock = stock_of(*map(jnp.asarray, (effort, known, phi, prior)), 3.0)
    again = stock_of(*(jnp.asarray(x[..., order]) for x in (effort, known, phi, prior)), 3.0)
    np.testing.assert_allclose(again, np.asarray(stock)[:, order], rtol=1e-12)
