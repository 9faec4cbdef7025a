"""Events: at once there, forgotten by half-lives, each kind by its own."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from multivector.mechanisms.events import EVENTS, past_level, remember_events


@pytest.fixture(autouse=True)
def _in_float64():
    with jax.enable_x64(True):
        yield


HALF_LIFE = np.array([0.5, 4.0])
EFFECT = np.array([0.1, 0.2])


def pair(kind: int, size: float) -> np.ndarray:
    """An impulse [k, a, b] of one kind on the pair (0, 1) of three actors."""
    impulse = np.zeros((2, 3, 3))
    impulse[kind, 0, 1] = impulse[kind, 1, 0] = size
    return impulse


def happen(memory, impulse):
    return EVENTS.apply(
        event_memory=jnp.asarray(memory),
        impulse=jnp.asarray(impulse),
        event_half_life=jnp.asarray(HALF_LIFE),
        event_effect=jnp.asarray(EFFECT),
    )


def test_without_events_nothing_moves():
    memory, level, push = happen(np.zeros((2, 3, 3)), np.zeros((2, 3, 3)))
    assert float(jnp.abs(memory).max() + jnp.abs(level).max() + jnp.abs(push).max()) == 0.0


@pytest.mark.parametrize(("kind", "quarters"), [(0, 2), (1, 16)])
def test_half_is_left_after_a_half_life(kind, quarters):
    memory, level, push = happen(np.zeros((2, 3, 3)), pair(kind, -3.0))
    expected = -3.0 * float(EFFECT[kind])
    assert level[0, 1] == push[0, 1] == pytest.approx(expected, rel=1e-12)
    for _ in range(quarters):
        memory, level, push = happen(memory, np.zeros((2, 3, 3)))
    assert level[0, 1] == pytest.approx(expected / 2, rel=1e-12)
    assert level[1, 0] == level[0, 1]
    assert push[0, 1] > 0  # forgetting a quarrel brings together


def test_pushes_add_up_to_the_level():
    rng = np.random.default_rng(1)
    memory, total = jnp.zeros((2, 3, 3)), 0.0
    for _ in range(10):
        memory, level, push = happen(memory, rng.normal(size=(2, 3, 3)))
        total = total + push
    np.testing.assert_allclose(total, level, atol=1e-12)


def test_events_of_two_kinds_add_up():
    memory = remember_events(jnp.zeros((2, 3, 3)), jnp.asarray(pair(0, 1.0) + pair(1, -2.0)), HALF_LIFE)
    assert np.tensordot(EFFECT, memory, axes=1)[0, 1] == pytest.approx(0.1 - 0.4, rel=1e-12)


def test_the_level_that_the_past_has_left_is_that_of_the_steps():
    pairs = jnp.stack([jnp.asarray(pair(0, 2.0)[0]), jnp.asarray(pair(1, -3.0)[1])])
    found = past_level(
        pairs, jnp.asarray([0, 1]), jnp.asarray([1.0, 0.25]), *map(jnp.asarray, (HALF_LIFE, EFFECT))
    )
    memory, _, _ = happen(np.zeros((2, 3, 3)), pair(0, 2.0))
    for quarter in range(4):
        memory, level, _ = happen(memory, pair(1, -3.0) if quarter == 2 else np.zeros((2, 3, 3)))
    np.testing.assert_allclose(found, level, rtol=1e-12, atol=1e-15)


def test_relabelled_actors_give_relabelled_levels():
    rng = np.random.default_rng(2)
    order = np.array([2, 0, 1])
    impulse = rng.normal(size=(2, 3, 3))
    _, level, _ = happen(np.zeros((2, 3, 3)), impulse)
    _, again, _ = happen(np.zeros((2, 3, 3)), impulse[:, order][:, :, order])
    np.testing.assert_allclose(again, np.asarray(level)[np.ix_(order, order)], rtol=1e-12)
