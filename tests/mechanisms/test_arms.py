"""Each mechanism against values that its own equations give on paper."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from multivector.mechanisms.deliveries import STAGES, deliver
from multivector.mechanisms.leverage import arms_leverage
from multivector.mechanisms.orders import order_weights, place_orders
from multivector.mechanisms.rebalancing import benefit_behind, best_split, follow

PAIRS = (40, 50)


@pytest.fixture(autouse=True)
def _in_float64():
    with jax.enable_x64(True):
        yield


def wait_for_deliveries(capacity: float, lag: float, quarters: int) -> tuple[np.ndarray, np.ndarray]:
    """One TIV ordered by every pair at quarter 0: TIV delivered [t] and, per quarter, mean still waiting."""
    backlog = jnp.zeros((STAGES, *PAIRS)).at[0].set(1.0)
    delivered = []
    for t in range(quarters):
        uniform = jax.random.uniform(jax.random.key(t), backlog.shape)
        backlog, arrived = deliver(backlog, uniform, jnp.full(PAIRS[1], capacity), jnp.asarray(lag))
        delivered.append(float(arrived.sum()))
    return np.array(delivered), np.asarray(backlog)


def test_what_leaves_the_backlog_is_what_is_delivered():
    delivered, backlog = wait_for_deliveries(0.7, 1.5, 12)
    assert delivered.sum() + backlog.sum() == pytest.approx(PAIRS[0] * PAIRS[1], abs=1e-9)


def test_mean_wait_is_the_lag():
    delivered, backlog = wait_for_deliveries(1.0, 1.5, 80)
    assert backlog.sum() == 0
    wait = np.arange(1, 81)
    mean = (wait * delivered).sum() / delivered.sum()
    p = STAGES / (4 * 1.5)
    spread = np.sqrt(STAGES * (1 - p)) / p / np.sqrt(delivered.sum())
    assert mean / 4 == pytest.approx(1.5, abs=4 * spread / 4)


def test_no_capacity_no_deliveries():
    delivered, backlog = wait_for_deliveries(0.0, 1.5, 8)
    assert delivered.sum() == 0
    assert backlog[0].min() == 1


def test_less_capacity_never_delivers_earlier():
    full, _ = wait_for_deliveries(1.0, 1.5, 30)
    half, _ = wait_for_deliveries(0.5, 1.5, 30)
    assert (np.cumsum(half) <= np.cumsum(full) + 1e-12).all()


SCALARS = {
    "openness": 0.0,
    "steadiness": 1.0,
    "ability_weight": 1.0,
    "rebalancing": 0.0,
    "affinity_pull": 0.0,
}


def weights(memory, pull, ability=(1.0, 1.0, 1.0), ratio=None, moved=None, **changed):
    scalars = {name: jnp.asarray(value) for name, value in (SCALARS | changed).items()}
    memory = jnp.asarray(memory)
    ratio = jnp.ones_like(memory) if ratio is None else jnp.asarray(ratio)
    change = jnp.asarray(moved) if moved is not None else jnp.zeros_like(memory)
    return order_weights(memory, jnp.asarray(pull), jnp.asarray(ability), ratio, change, **scalars)


def test_a_closed_state_orders_in_the_shares_of_its_memory():
    chosen = weights([[6.0, 3.0, 1.0]], [[0.2, 0.3, 0.5]])
    np.testing.assert_allclose(chosen, [[0.6, 0.3, 0.1]], atol=1e-7)


def test_a_tie_that_moved_by_z_multiplies_the_odds_by_exp_theta_z():
    moved = weights([[6.0, 3.0, 1.0]], [[0.2, 0.3, 0.5]], moved=[[0.4, 0.0, -0.2]], affinity_pull=1.5)
    odds = np.array([0.6, 0.3, 0.1]) * np.exp(1.5 * np.array([0.4, 0.0, -0.2]))
    np.testing.assert_allclose(moved, [odds / odds.sum()], atol=1e-7)


def test_an_open_state_follows_the_pull():
    chosen = weights([[6.0, 3.0, 1.0]], [[0.2, 0.3, 0.5]], openness=1.0)
    np.testing.assert_allclose(chosen, [[0.2, 0.3, 0.5]], atol=1e-7)


def test_a_state_without_history_follows_the_pull():
    chosen = weights([[0.0, 0.0, 0.0]], [[0.2, 0.3, 0.5]], openness=0.4)
    np.testing.assert_allclose(chosen, [[0.2, 0.3, 0.5]], atol=1e-7)


def test_halved_ability_halves_the_odds():
    before = weights([[5.0, 5.0, 0.0]], [[1 / 3] * 3])
    after = weights([[5.0, 5.0, 0.0]], [[1 / 3] * 3], ability=(0.5, 1.0, 1.0))
    assert after[0, 0] / after[0, 1] == pytest.approx(0.5 * float(before[0, 0] / before[0, 1]), rel=1e-6)


def test_attention_counts_only_with_rebalancing():
    ratio = [[2.0, 1.0, 1.0]]
    still = weights([[5.0, 5.0, 0.0]], [[1 / 3] * 3], ratio=ratio)
    moved = weights([[5.0, 5.0, 0.0]], [[1 / 3] * 3], ratio=ratio, rebalancing=1.0)
    assert still[0, 0] == pytest.approx(0.5, abs=1e-6)
    assert moved[0, 0] / moved[0, 1] == pytest.approx(2.0, rel=1e-6)


def test_orders_add_up_to_demand_in_the_long_run():
    states, quarters = 400, 400
    key = jax.random.key(3)
    chosen = jnp.full((states, 3), 1 / 3)
    total = 0.0
    for t in range(quarters):
        k = jax.random.split(jax.random.fold_in(key, t), 3)
        placed = place_orders(
            chosen,
            jnp.full(states, 10.0),
            jax.random.uniform(k[0], (states,)),
            jax.random.normal(k[1], (states,)),
            jax.random.gumbel(k[2], (states, 3)),
            frequency=jnp.asarray(2.0),
            size_spread=jnp.asarray(1.0),
        )
        assert int((placed > 0).sum(axis=1).max()) <= 1
        total += float(placed.sum())
    expected = 10.0 * quarters / 4 * states
    # Relative variance of one quarter's order: E[size^2] p / (E[size] p)^2 - 1 = e / p - 1.
    p = 1 - np.exp(-0.5)
    assert total == pytest.approx(expected, rel=4 * np.sqrt((np.e / p - 1) / (states * quarters)))


def test_the_supplier_is_chosen_with_its_weight():
    n = 40_000
    chosen = jnp.tile(jnp.asarray([0.7, 0.2, 0.1]), (n, 1))
    placed = place_orders(
        chosen,
        jnp.ones(n),
        jnp.zeros(n),
        jnp.zeros(n),
        jax.random.gumbel(jax.random.key(0), (n, 3)),
        frequency=jnp.asarray(2.0),
        size_spread=jnp.asarray(0.0),
    )
    share = np.asarray((placed > 0).mean(axis=0))
    np.testing.assert_allclose(share, [0.7, 0.2, 0.1], atol=4 * 0.5 / np.sqrt(n))


def test_leverage_by_hand():
    window = jnp.asarray([[8.0, 2.0, 0.0], [0.0, 0.0, 0.0]])
    chance = jnp.asarray([[0.5, 0.25, 0.25], [1 / 3] * 3])
    belongs = jnp.asarray([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    held = arms_leverage(window, chance, belongs, jnp.asarray(0.5))
    np.testing.assert_allclose(held, [[0.5 * 0.8 * 0.5, 0.5 * 0.2 * 0.25], [0.0, 0.0]], atol=1e-15)


BENEFIT = np.array([[0.3, 0.1, -0.2]])
EXPOSURE = np.array([[0.6, 0.1, 0.0]])


def test_without_risk_the_split_follows_benefit_alone():
    split = best_split(BENEFIT, EXPOSURE, risk_weight=jnp.asarray(0.0), temperature=jnp.asarray(0.5))
    expected = np.exp(np.array([0.3, 0.1, -0.2]) / 0.5)
    np.testing.assert_allclose(split[0], expected / expected.sum(), rtol=1e-12)


def test_boundless_temperature_gives_the_even_split():
    split = best_split(BENEFIT, EXPOSURE, risk_weight=jnp.asarray(5.0), temperature=jnp.asarray(1e9))
    np.testing.assert_allclose(split[0], [1 / 3] * 3, atol=1e-8)


def test_boundless_risk_leaves_the_most_exposed_power():
    split = best_split(BENEFIT, EXPOSURE, risk_weight=jnp.asarray(1e4), temperature=jnp.asarray(0.5))
    np.testing.assert_allclose(split[0], [0.0, 0.0, 1.0], atol=1e-12)


def test_nothing_moves_under_the_benefit_behind_the_present_split():
    scalars = {"risk_weight": jnp.asarray(1.3), "temperature": jnp.asarray(0.4)}
    attention = jnp.asarray([[0.5, 0.3, 0.2]])
    benefit = benefit_behind(attention, EXPOSURE, **scalars)
    np.testing.assert_allclose(best_split(benefit, EXPOSURE, **scalars), attention, rtol=1e-12)


def test_half_the_gap_closes_in_a_half_life():
    attention, target = jnp.asarray([1.0, 0.0]), jnp.asarray([0.0, 1.0])
    for _ in range(8):
        attention = follow(attention, target, jnp.asarray(2.0))
    np.testing.assert_allclose(attention, [0.5, 0.5], rtol=1e-12)
