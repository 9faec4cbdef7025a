"""Exchange: two actors in closed form, the same written out plainly, and its laws."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.bargaining import Stakes
from multivector.bargaining.models import Exchange, named_model
from multivector.bargaining.models import exchange as module
from multivector.errors import IssueError

SEEDS = st.integers(0, 2**31)
COMPROMISE = named_model("compromise")


def some(seed: int, *batch: int, n: int = 5, d: int = 3) -> Stakes:
    rng = np.random.default_rng(seed)
    salience = rng.uniform(1.0, 100.0 / d, (*batch, n, d))
    return Stakes(rng.uniform(0.5, 9.0, (*batch, n)), rng.uniform(0.0, 100.0, (*batch, n, d)), salience)


def two(first: tuple[float, float], second: tuple[float, float]) -> Stakes:
    """Two actors of one capability at the ends of two dimensions, with these saliences."""
    return Stakes([1.0, 1.0], [[0.0, 0.0], [100.0, 100.0]], [first, second], ("A", "B"), ("tax", "date"))


def losses(stakes: Stakes, outcome: np.ndarray) -> np.ndarray:
    return np.sum(stakes.salience / 100.0 * np.abs(stakes.position - outcome), axis=-1)


def written_out(stakes: Stakes) -> np.ndarray:
    """One draw, by voting positions: what a pair would gain if one of them went all the way, the other as far as is fair."""
    x, s, w = stakes.position, stakes.salience, stakes.weight
    vote, moved = x.copy(), set[tuple[int, int]]()

    def mean(p: int) -> float:
        return float(w[:, p] @ vote[:, p] / w[:, p].sum())

    def side(i: int, p: int) -> float:
        off = float(x[i, p]) - mean(p)
        return float(np.sign(off)) if abs(off) > 1e-9 else 0.0

    while True:
        best = (1e-7, 0, 0, 0, 0, 0.0, 0.0)
        for i, j in permutations(range(stakes.n), 2):
            for p, q in permutations(range(stakes.d), 2):
                opposed = all(side(i, k) * side(j, k) < 0 for k in (p, q))
                if not opposed or (j, p) in moved or (i, q) in moved:
                    continue
                a = min(w[j, p] / w[:, p].sum() * abs(x[i, p] - x[j, p]), abs(x[i, p] - mean(p)))
                b = min(w[i, q] / w[:, q].sum() * abs(x[i, q] - x[j, q]), abs(x[j, q] - mean(q)))
                rate = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])
                a, b = (a, a * rate) if a * rate <= b else (b / rate, b)
                gain = s[i, p] * a - s[i, q] * b
                if gain > best[0]:
                    best = (gain, i, j, p, q, a, b)
        gain, i, j, p, q, a, b = best
        if i == j:
            return np.array([mean(k) for k in range(stakes.d)])
        vote[j, p] += np.sign(x[i, p] - x[j, p]) * a * w[:, p].sum() / w[j, p]
        vote[i, q] += np.sign(x[j, q] - x[i, q]) * b * w[:, q].sum() / w[i, q]
        moved |= {(j, p), (i, q)}


def test_two_actors_who_care_for_opposite_things() -> None:
    """80:20 against 20:80: from (20, 80) each gets all of what it cares for, and gains 0.8 * 20 - 0.2 * 20."""
    stakes = two((80.0, 20.0), (20.0, 80.0))
    np.testing.assert_allclose(Exchange().outcome(stakes), [0.0, 100.0], atol=1e-9)
    (deal,) = Exchange().deals(stakes)
    assert deal[:4] == ("A", "B", "tax", "date")
    assert deal[4:] == pytest.approx((-20.0, 20.0, 12.0))


def test_the_one_who_has_less_to_give_goes_all_the_way() -> None:
    """80:10 against 20:30: from (20, 75) A gives its 25 points of date at the rate (10 + 30) / (80 + 20), for 10 of tax.

    A gains 0.8 * 10 - 0.1 * 25 and B 0.3 * 25 - 0.2 * 10, both 5.5.
    """
    stakes = two((80.0, 10.0), (20.0, 30.0))
    (deal,) = Exchange().deals(stakes)
    assert deal[4:] == pytest.approx((-10.0, 25.0, 5.5))
    np.testing.assert_allclose(Exchange().outcome(stakes), [10.0, 100.0], atol=1e-9)


@pytest.mark.parametrize(
    "stakes",
    [
        pytest.param(two((60.0, 20.0), (30.0, 10.0)), id="saliences in one ratio"),
        pytest.param(
            Stakes([1, 1], [[0.0, 0.0], [100.0, 0.0]], [[80, 20], [20, 80]]), id="agreed on one dimension"
        ),
        pytest.param(two((80.0, 0.0), (20.0, 80.0)), id="nothing to give"),
    ],
)
def test_no_gain_no_exchange(stakes: Stakes) -> None:
    assert Exchange().deals(stakes) == ()
    np.testing.assert_array_equal(Exchange().outcome(stakes), COMPROMISE.outcome(stakes))


@given(SEEDS)
@settings(deadline=None, max_examples=15)
def test_it_is_the_mean_of_exchanged_votes(seed: int) -> None:
    stakes = some(seed)
    np.testing.assert_allclose(Exchange().outcome(stakes), written_out(stakes), atol=1e-6)


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_both_gain_the_same_and_each_vote_moves_once(seed: int) -> None:
    stakes = some(seed)
    outcome, moved = COMPROMISE.outcome(stakes).copy(), []
    for deal in Exchange().deals(stakes):
        before = losses(stakes, outcome)
        pair = [stakes.names.index(each) for each in (deal.first, deal.second)]
        p, q = (stakes.dimensions.index(each) for each in (deal.on, deal.against))
        outcome[p] += deal.shift_on
        outcome[q] += deal.shift_against
        assert deal.gain > 0
        np.testing.assert_allclose((before - losses(stakes, outcome))[pair], deal.gain, atol=1e-9)
        moved += [(pair[1], p), (pair[0], q)]
    assert len(moved) == len(set(moved))
    np.testing.assert_allclose(outcome, Exchange().outcome(stakes), atol=1e-9)


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_names_order_and_one_factor_on_saliences_do_not_matter(seed: int) -> None:
    stakes, rng = some(seed), np.random.default_rng(seed)
    i, k = rng.permutation(stakes.n), rng.permutation(stakes.d)
    other = Stakes(
        stakes.capability[i], stakes.position[i][:, k], 0.4 * stakes.salience[i][:, k], tuple("edcba")
    )
    np.testing.assert_allclose(Exchange().outcome(other), Exchange().outcome(stakes)[k], atol=1e-6)


def test_on_one_dimension_it_is_the_compromise_mean() -> None:
    stakes = some(1, 4, d=1)
    np.testing.assert_array_equal(Exchange().outcome(stakes), COMPROMISE.outcome(stakes))


def test_who_does_not_care_changes_nothing() -> None:
    stakes = some(2)
    more = Stakes(
        np.append(stakes.capability, 99.0),
        np.vstack([stakes.position, [0.0, 100.0, 50.0]]),
        np.vstack([stakes.salience, np.zeros(3)]),
    )
    np.testing.assert_allclose(Exchange().outcome(more), Exchange().outcome(stakes), atol=1e-9)


def test_chunks_do_not_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stakes = some(3, 2, 5)
    whole = Exchange().outcome(stakes)
    monkeypatch.setattr(module, "_CELLS", 160)
    np.testing.assert_array_equal(Exchange().outcome(stakes), whole)


def test_exchanges_are_listed_of_one_draw() -> None:
    with pytest.raises(IssueError, match=r"give one draw: stakes\.at\(k\)"):
        Exchange().deals(some(4, 2))
