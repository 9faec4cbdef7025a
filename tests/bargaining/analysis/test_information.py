"""The worth of a cell against closed forms: sums of uniforms and of normals, and cells that decide all or nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from multivector.bargaining import draw_stakes
from multivector.bargaining.analysis.information import cells_worth, value_of_information
from multivector.bargaining.analysis.quantity import settlement
from multivector.bargaining.draws import uniforms
from multivector.bargaining.models import MODELS
from multivector.errors import InputError


def drawn(draws, cells, seed=3):
    return np.random.default_rng(seed).random((draws, cells))


def test_a_chance_that_is_linear_in_its_cells_is_worth_their_variances() -> None:
    u = drawn(4000, 4)
    chance = 0.1 + 0.5 * u[:, 0] + 0.25 * u[:, 1] + 0.1 * u[:, 2]
    worth = value_of_information(u, chance[:, None])
    exact = np.array([0.5, 0.25, 0.1, 0.0]) ** 2 / 12
    assert np.all(np.abs(worth.saved - exact) < 4 * worth.error)
    assert worth.whole == pytest.approx(0.525 * 0.475, abs=1e-3)
    assert worth.saved.sum() == pytest.approx(
        chance.var(), rel=0.05
    )  # linear: nothing is left to go together
    assert np.array_equal(worth.share, worth.saved / worth.whole)


def test_a_sum_of_normals_has_the_variance_of_its_conditional_chances() -> None:
    """y = a z_1 + b z_2: E[1(y <= t) | z_1] = Phi((t - a z_1) / b), whose variance over z_1 is known."""
    a, b = 0.8, 0.6
    u = drawn(4000, 2)
    y = stats.norm.ppf(u) @ [a, b]
    t = np.linspace(-4, 4, 81)
    worth = value_of_information(u, y[:, None] <= t, step=0.1)
    z = stats.norm.ppf((np.arange(2000) + 0.5) / 2000)[:, None]
    for c, (own, other) in enumerate(((a, b), (b, a))):
        exact = 0.1 * stats.norm.cdf((t - own * z) / other).var(axis=0).sum()
        assert worth.saved[c] == pytest.approx(exact, abs=4 * worth.error[c])
    assert worth.whole == pytest.approx(1 / np.sqrt(np.pi), rel=0.04)  # E|y - y'| / 2


def test_the_only_cell_that_matters_saves_everything_and_the_rest_nothing() -> None:
    u = drawn(3000, 3)
    worth = value_of_information(u, (100 * u[:, [1]] <= np.arange(101)).astype(float))
    assert worth.share[1] == pytest.approx(1, abs=0.04)  # but for what lies inside a bin
    assert np.all(np.abs(worth.saved[[0, 2]]) < 4 * worth.error[[0, 2]])
    assert worth.whole == pytest.approx(100 / 6, rel=0.02)


def test_no_worth_is_0_on_average_and_the_error_is_that_of_repeated_runs() -> None:
    runs = []
    for seed in range(60):
        u = drawn(400, 2, seed)
        worth = value_of_information(u, 0.2 + 0.6 * u[:, :1])
        runs.append((*worth.saved, *worth.error))
    saved, idle, saved_error, idle_error = np.array(runs).T
    assert abs(idle.mean()) < 3 * idle.std() / np.sqrt(60)
    assert idle.min() < 0 < idle.max()
    assert saved.mean() == pytest.approx(0.36 / 12, rel=0.03)
    assert saved_error.mean() == pytest.approx(saved.std(), rel=0.4)
    assert saved_error.mean() > idle_error.mean()


def test_order_of_cells_only_reorders_the_result() -> None:
    u = drawn(500, 3)
    chance = (0.5 * u[:, 0] + 0.3 * u[:, 2])[:, None]
    plain, turned = value_of_information(u, chance), value_of_information(u[:, [2, 0, 1]], chance)
    assert np.array_equal(turned.saved, plain.saved[[2, 0, 1]])
    assert np.array_equal(turned.error, plain.error[[2, 0, 1]])


def test_rows_name_the_cell_and_a_point_is_worth_nothing(issue_from) -> None:
    issue = issue_from({"A": (1, (0, 50, 100), 50), "B": ((1, 2, 3), 80, 50)})
    y = settlement(issue, MODELS["compromise"]).of(draw_stakes(issue, 1000, seed=1))
    grid = np.linspace(0, 100, 101)
    worth = value_of_information(uniforms(issue, 1000, seed=1), y[:, None] <= grid)
    rows = cells_worth(issue, worth)
    assert [(row["stakeholder"], row["attribute"]) for row in rows[:2]] == [
        ("A", "position"),
        ("B", "capability"),
    ]
    assert rows[0]["dimension"] == "scale"
    assert rows[0]["evidence"] == "assumed"
    assert [row["saved"] for row in rows[2:]] == [0.0] * 4
    assert all(type(row[key]) is float for row in rows for key in ("saved", "share", "error"))
    with pytest.raises(InputError, match="6 values for 9 cells"):
        cells_worth(issue_from({"A": (1, 2, 3), "B": (1, 5, 3), "C": (1, 9, 3)}), worth)


def test_what_does_not_fit_says_so() -> None:
    u = drawn(200, 2)
    for uniform, cdf, fault in (
        (u, u[:50], "do not fit"),
        (u[:90], u[:90], "90 draws are too few"),
        (u, u + 1, "off 0 to 1"),
        (u, np.full((200, 1), np.nan), "missing"),
    ):
        with pytest.raises(InputError, match=fault):
            value_of_information(uniform, cdf)
