"""Missing stays missing without a warning, and JAX gives what NumPy gives, compiled or not."""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import multivector.indicators as ind
from multivector.errors import InputError

OF_A_MIX = {
    "share": ind.share,
    "hhi": ind.hhi,
    "hhi_normalised": ind.hhi_normalised,
    "shannon": ind.shannon,
    "evenness": ind.evenness,
    "hill_0": partial(ind.hill_number, order=0),
    "hill_1": partial(ind.hill_number, order=1),
    "hill_2": partial(ind.hill_number, order=2),
    "top_share": ind.top_share,
    "gini": ind.gini,
    "js_distance": ind.js_distance,
    "kl_divergence": ind.kl_divergence,
    "tv_distance": ind.tv_distance,
}
NOTHING = {
    "no ties at all": [0.0, 0.0, 0.0],
    "one tie unknown": [1.0, np.nan, 2.0],
    "a negative tie": [1.0, -0.5, 2.0],
}


@pytest.mark.parametrize("ties", NOTHING.values(), ids=NOTHING)
@pytest.mark.parametrize("measure", OF_A_MIX.values(), ids=OF_A_MIX)
def test_too_little_is_missing_never_zero(measure, ties) -> None:
    assert np.isnan(measure(ties)).all()


@pytest.mark.parametrize("measure", OF_A_MIX.values(), ids=OF_A_MIX)
def test_a_missing_row_leaves_the_others_alone(measure) -> None:
    ties = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0], [np.nan, 1.0, 1.0]])
    found = np.asarray(measure(ties))
    np.testing.assert_array_equal(found[0], measure(ties[0]))
    assert np.isnan(found[1:]).all()


@pytest.mark.parametrize("measure", OF_A_MIX.values(), ids=OF_A_MIX)
def test_jax_gives_what_numpy_gives(measure) -> None:
    ties = np.array([[5.0, 3.0, 2.0, 0.0], [1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0], [9.0, 0.0, 0.0, 0.0]])
    expected = measure(ties)
    for found in (measure(jnp.asarray(ties)), jax.jit(measure)(jnp.asarray(ties))):
        assert isinstance(found, jax.Array)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("measure", OF_A_MIX.values(), ids=OF_A_MIX)
def test_any_axis_may_hold_the_powers(measure, axis) -> None:
    ties = np.arange(1.0, 13.0).reshape(3, 4)
    expected = measure(ties) if axis != 0 else measure(ties.T)
    found = measure(ties, axis=axis)
    np.testing.assert_allclose(found if axis != 0 else found.T, expected)


def test_the_gradient_of_evenness_is_finite_where_a_tie_is_nothing() -> None:
    gradient = jax.grad(ind.evenness)(jnp.array([5.0, 3.0, 0.0]))
    assert jnp.isfinite(gradient).all()


def test_leverage_by_hand_in_numpy_and_in_a_compiled_step() -> None:
    share = np.array([[[0.8, 0.2]], [[0.5, 0.5]]])  # two layers, one state, two powers
    importance = np.array([[0.5], [1.0]])
    weight = np.array([0.25, 0.75])
    step = lambda s, i, w: ind.leverage(ind.dependence(s, i, 0.5), w)  # noqa: E731
    # 0.25 * 0.8 * 0.5 * 0.5 + 0.75 * 0.5 * 1 * 0.5, and 0.25 * 0.2 * 0.5 * 0.5 + the same
    np.testing.assert_allclose(step(share, importance, weight), [[0.2375, 0.2]])
    np.testing.assert_allclose(
        jax.jit(step)(jnp.asarray(share), jnp.asarray(importance), jnp.asarray(weight)),
        [[0.2375, 0.2]],
        rtol=1e-6,
    )


def test_leverage_is_missing_where_a_layer_that_weighs_is() -> None:
    dependence = np.array([[[0.4, 0.1]], [[np.nan, 0.2]]])
    np.testing.assert_allclose(ind.leverage(dependence, [0.5, 0.5]), [[np.nan, 0.15]])
    np.testing.assert_allclose(ind.leverage(dependence, [1.0, 0.0]), [[0.4, 0.1]])


def test_leverage_asymmetry_is_nothing_between_equals() -> None:
    np.testing.assert_allclose(ind.leverage_asymmetry([[0.3, 0.2]], [[0.3, 0.05]]), [[0.0, 0.15]])


def test_hirschman_leaves_out_totals_of_nothing() -> None:
    assert np.isnan(ind.dependence_asymmetry(0.0, 0.0, 1.0, 10.0))


@pytest.mark.parametrize("measure", [ind.axis_score, ind.tent, ind.engaged_balance])
def test_two_poles_without_ties_are_missing(measure) -> None:
    assert np.isnan(measure(0.0, 0.0))


def test_poles_that_coincide_tell_nothing() -> None:
    assert np.isnan(ind.equidistance(0.3, 1.0, 1.0))
    assert np.isnan(ind.ideal_position(0.3, 1.0, 1.0))


def test_ideal_positions_run_from_pole_a_to_pole_b() -> None:
    np.testing.assert_allclose(ind.ideal_position(np.array([2.0, 0.5, -1.0]), 2.0, -1.0), [0.0, 0.5, 1.0])


def test_votes_that_do_not_divide_the_powers_count_for_nothing() -> None:
    found = ind.opposed_votes(state=[1, 0, 0.5], a=[1, 1, 0.5], b=[1, 1, 0])
    assert int(found.n) == 0
    assert np.isnan([found.with_a, found.with_b, found.abstain, found.balance]).all()


def test_an_absence_is_not_an_abstention() -> None:
    found = ind.opposed_votes(state=[np.nan, 0.5], a=[1, 1], b=[0, 0])
    assert (int(found.n), float(found.abstain)) == (1, 1.0)


def test_a_target_that_leaves_a_used_power_out_is_infinitely_far() -> None:
    assert ind.kl_divergence([0.5, 0.5], [1.0, 0.0]) == np.inf
    assert np.isfinite(ind.js_distance([0.5, 0.5], [1.0, 0.0]))


def test_a_layer_without_data_leaves_the_worst_unknown() -> None:
    assert np.isnan(ind.worst_layer([0.9, np.nan]))
    assert np.isnan(ind.geometric_mean([0.9, np.nan]))


def test_one_captive_layer_does_not_erase_the_mean() -> None:
    assert ind.geometric_mean([1.0, 0.0]) == pytest.approx(0.1)


def test_one_power_cannot_be_balanced() -> None:
    assert np.isnan(ind.evenness([3.0]))
    assert np.isnan(ind.hhi_normalised([3.0]))


def test_whole_numbers_divide_as_numbers() -> None:
    np.testing.assert_allclose(ind.share(np.array([1, 3])), [0.25, 0.75])
    np.testing.assert_allclose(ind.share(jnp.array([1, 3])), [0.25, 0.75])


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(InputError, match="choose 0, 1 or 2"):
        ind.hill_number([1.0, 2.0], order=3)
