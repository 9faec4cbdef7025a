"""Laws that hold for any mix, searched for a counterexample."""

from __future__ import annotations

import math

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import multivector.indicators as ind

AMOUNTS = st.floats(0, 1e6, allow_subnormal=False).map(lambda x: 0.0 if x < 1e-6 else x)
NEAR = 1e-9


@st.composite
def mixes(draw: st.DrawFn, least: int = 2, most: int = 10) -> np.ndarray:
    k = draw(st.integers(least, most))
    ties = draw(hnp.arrays(float, k, elements=AMOUNTS))
    assume(ties.sum() > 0)
    return ties


SYMMETRIC = {
    "hhi": ind.hhi,
    "hhi_normalised": ind.hhi_normalised,
    "shannon": ind.shannon,
    "evenness": ind.evenness,
    "hill_1": lambda p: ind.hill_number(p, 1),
    "hill_2": lambda p: ind.hill_number(p, 2),
    "top_share": ind.top_share,
    "gini": ind.gini,
    "js_distance": ind.js_distance,
    "kl_divergence": ind.kl_divergence,
    "tv_distance": ind.tv_distance,
}


@pytest.mark.parametrize("measure", SYMMETRIC.values(), ids=SYMMETRIC)
@given(ties=mixes(), data=st.data())
def test_relabelling_the_powers_changes_nothing(measure, ties, data) -> None:
    order = data.draw(st.permutations(range(len(ties))))
    assert measure(ties[order]) == pytest.approx(measure(ties), abs=NEAR)


@pytest.mark.parametrize("measure", SYMMETRIC.values(), ids=SYMMETRIC)
@given(ties=mixes(), unit=st.floats(1e-3, 1e3))
def test_the_unit_changes_nothing(measure, ties, unit) -> None:
    assert measure(ties * unit) == pytest.approx(measure(ties), abs=NEAR)


@pytest.mark.parametrize("measure", SYMMETRIC.values(), ids=SYMMETRIC)
@given(ties=mixes(), other=mixes())
def test_axes_are_kept_apart(measure, ties, other) -> None:
    k = min(len(ties), len(other))
    pair = np.stack([ties[:k], other[:k]])
    assume((pair.sum(axis=1) > 0).all())
    one_by_one = [measure(row) for row in pair]
    np.testing.assert_allclose(measure(pair), one_by_one, atol=NEAR)


@given(mixes())
def test_ranges(ties: np.ndarray) -> None:
    k = len(ties)
    assert -NEAR <= ind.evenness(ties) <= 1 + NEAR
    assert 1 / k - NEAR <= ind.hhi(ties) <= 1 + NEAR
    assert -NEAR <= ind.hhi_normalised(ties) <= 1 + NEAR
    assert 1 / k - NEAR <= ind.top_share(ties) <= 1 + NEAR
    assert -NEAR <= ind.gini(ties) <= 1 - 1 / k + NEAR
    assert 0 <= ind.js_distance(ties) <= math.sqrt(math.log(2)) + NEAR
    assert 0 <= ind.tv_distance(ties) <= 1 - 1 / k + NEAR


@given(mixes())
def test_hill_numbers_fall_with_their_order(ties: np.ndarray) -> None:
    used, typical, dominant = (ind.hill_number(ties, order) for order in (0, 1, 2))
    assert len(ties) + NEAR >= used >= typical - NEAR
    assert typical >= dominant - NEAR
    assert dominant >= 1 - NEAR
    # 1 / top share is the Hill number of infinite order.
    assert dominant >= 1 / ind.top_share(ties) - NEAR


@given(mixes())
def test_evenness_and_entropy_name_one_thing(ties: np.ndarray) -> None:
    k = len(ties)
    assert ind.kl_divergence(ties) == pytest.approx(math.log(k) * (1 - ind.evenness(ties)), abs=NEAR)


@given(mixes(least=6, most=6), mixes(least=6, most=6), mixes(least=6, most=6))
def test_jensen_shannon_is_a_metric(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> None:
    assert ind.js_distance(p, q) == pytest.approx(ind.js_distance(q, p), abs=NEAR)
    assert ind.js_distance(p, p) == pytest.approx(0, abs=1e-7)
    assert ind.js_distance(p, r) <= ind.js_distance(p, q) + ind.js_distance(q, r) + NEAR


@given(mixes(), st.integers(0, 9), st.integers(0, 9), st.floats(0, 1))
def test_a_transfer_from_richer_to_poorer_evens_the_mix(ties, i, j, part) -> None:
    rich, poor = max(i % len(ties), j % len(ties), key=lambda n: ties[n]), i % len(ties)
    poor = poor if poor != rich else j % len(ties)
    moved = part * (ties[rich] - ties[poor]) / 2
    after = ties.copy()
    after[rich] -= moved
    after[poor] += moved
    assert ind.hhi(after) <= ind.hhi(ties) + NEAR
    assert ind.evenness(after) >= ind.evenness(ties) - NEAR
    assert ind.gini(after) <= ind.gini(ties) + NEAR


@given(mixes())
def test_shares_add_to_one(ties: np.ndarray) -> None:
    assert ind.share(ties).sum() == pytest.approx(1)


@given(a=AMOUNTS, b=AMOUNTS)
def test_poles_are_alike(a: float, b: float) -> None:
    assume(a + b > 0)
    assert ind.tent(a, b) == pytest.approx(ind.tent(b, a))
    assert ind.axis_score(a, b) + ind.axis_score(b, a) == pytest.approx(100)
    # The geometric mean forgives a lean more than the tent does.
    assert ind.engaged_balance(a, b) >= ind.tent(a, b) - NEAR


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_worst_layer_is_below_the_mean_of_layers(layers: list[float]) -> None:
    floored = max(ind.worst_layer(layers), 0.01)
    assert floored - NEAR <= ind.geometric_mean(layers) <= max(np.mean(layers), 0.01) + 0.01


@given(mixes(), st.floats(0, 1), st.floats(0, 1))
def test_dependence_never_exceeds_the_share(ties, importance, substitutability) -> None:
    p = ind.share(ties)[None, None]
    found = ind.dependence(p, np.array([[importance]]), substitutability)
    assert (found >= 0).all()
    assert (found <= p + NEAR).all()
