"""S, pi, kappa and tau-b where the literature prints the answer, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kendalltau

from multivector.errors import InputError
from multivector.indicators.similarity import cohens_kappa, s_score, scotts_pi, tau_b, vote_similarity
from multivector.indicators.similarity.votes import ABSENT, ABSTAIN, NO, YES


def entries(table: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Two lists of choices whose table of counts this is."""
    a, b = zip(
        *[(r, c) for r, row in enumerate(table) for c, n in enumerate(row) for _ in range(n)], strict=True
    )
    return np.array(a, dtype=float), np.array(b, dtype=float)


def test_kappa_of_the_textbook_table() -> None:
    """50 grants, two readers: 20 both yes, 15 both no, 5 and 10 split; p_o 0.70, p_e 0.50, kappa 0.40."""
    a, b = entries([[20, 5], [10, 15]])
    assert float(cohens_kappa(a, b, (0, 1))) == pytest.approx(0.4, abs=1e-12)
    # Pooled shares are 0.55 and 0.45, so that pi expects 0.505.
    assert float(scotts_pi(a, b, (0, 1))) == pytest.approx((0.70 - 0.505) / 0.495, abs=1e-12)


def test_linear_weights_count_half_a_step_half() -> None:
    a, b = np.array([0.0, 1, 2, 2]), np.array([0.0, 1, 2, 1])
    observed = (3 + 0.5) / 4
    row, column = np.array([1, 1, 2]) / 4, np.array([1, 2, 1]) / 4
    expected = sum(row[i] * column[j] * (1 - abs(i - j) / 2) for i in range(3) for j in range(3))
    assert float(cohens_kappa(a, b, (0, 1, 2), weights="linear")) == pytest.approx(
        (observed - expected) / (1 - expected)
    )


def test_tau_b_is_that_of_scipy() -> None:
    rng = np.random.default_rng(5)
    a, b = rng.integers(0, 4, (2, 40)).astype(float)
    assert float(tau_b(a, b)) == pytest.approx(kendalltau(a, b).statistic, abs=1e-12)
    a[:7] = np.nan
    assert float(tau_b(a, b)) == pytest.approx(kendalltau(a[7:], b[7:]).statistic, abs=1e-12)


def test_opposed_votes_are_wholly_unlike() -> None:
    votes = np.array([YES, NO, YES, NO])
    found = vote_similarity(votes, 1 - votes)
    assert [float(v) for v in (found.agreement, found.s, found.pi, found.kappa)] == [0, -1, -1, -1]


def test_an_absence_is_no_abstention() -> None:
    a = [YES, YES, NO, ABSTAIN, ABSENT]
    absent, abstains = ([YES, YES, NO, other, YES] for other in (ABSENT, ABSTAIN))
    assert int(vote_similarity(a, absent).n) == 3
    assert float(vote_similarity(a, absent).agreement) == 1
    assert int(vote_similarity(a, abstains).n) == 4


def test_by_hand() -> None:
    found = vote_similarity([YES, YES, YES, NO, ABSTAIN], [YES, ABSTAIN, NO, NO, ABSTAIN])
    assert float(found.agreement) == pytest.approx(3 / 5)
    assert float(found.s) == pytest.approx(1 - 2 * 1.5 / 5)
    assert float(found.s_squared) == pytest.approx(1 - 2 * 1.25 / 5)
    pooled = np.array([3, 3, 4]) / 10
    chance = float((pooled**2).sum())
    assert float(found.pi) == pytest.approx((0.6 - chance) / (1 - chance))


def test_unanimity_tells_nothing_beyond_chance() -> None:
    found = vote_similarity([YES] * 9, [YES] * 9)
    assert float(found.agreement) == float(found.s) == 1
    assert np.isnan([found.pi, found.kappa]).all()


def test_no_common_vote_is_missing() -> None:
    found = vote_similarity([YES, ABSENT], [ABSENT, NO])
    assert int(found.n) == 0
    assert np.isnan([found.agreement, found.s, found.s_squared, found.pi, found.kappa]).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: s_score([0.0], [1.0], greatest=1, distance="cubed"), "no distance 'cubed'"),
        (lambda: s_score([0.0], [1.0], greatest=0), "greatest distance of 0"),
        (lambda: s_score([0.0], [3.0], greatest=1), "lie 3 apart, on a scale of length 1"),
        (lambda: cohens_kappa([0.0], [1.0], (0, 1), weights="cubic"), "no weights 'cubic'"),
        (lambda: scotts_pi([0.0], [1.0], (0,)), "1 categories"),
        (lambda: vote_similarity([2.0], [1.0]), "2 is not on the scale"),
    ],
)
def test_what_does_not_hold_is_said(call: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        call()  # type: ignore[operator]
