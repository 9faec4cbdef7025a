"""Levers against the closed forms of the compromise mean, and the laws that hold for any model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from multivector.bargaining import draw_stakes
from multivector.bargaining.analysis.levers import all_levers, levers
from multivector.bargaining.analysis.quantity import Quantity, settlement
from multivector.bargaining.models import MODELS
from multivector.errors import InputError

ACTORS = {
    "North": ((3, 5, 9), (50, 60, 90), (20, 40, 60)),
    "South": ((2, 4, 5), (0, 20, 30), (50, 70, 90)),
    "East": ((1, 2, 4), (10, 50, 90), (10, 30, 80)),
    "West": ((4, 6, 8), (30, 40, 60), (40, 50, 60)),
}


@pytest.fixture
def issue(issue_from):
    return issue_from(ACTORS)


def compromise(issue):
    return settlement(issue, MODELS["compromise"])


def test_a_shift_moves_the_compromise_by_its_share_of_the_weight(issue) -> None:
    found = levers(issue, compromise(issue), "North", draws=30, seed=4, steps=11)
    stakes = draw_stakes(issue, 30, seed=4)
    share = stakes.weight[:, 0, 0] / stakes.weight[..., 0].sum(axis=1)
    shift = np.linspace(0, 100, 11) - stakes.position[:, 0]
    assert found.position_effect == pytest.approx(shift * share[:, None], abs=1e-9)
    assert found.now == pytest.approx(compromise(issue).of(stakes))
    wish = stakes.position[:, 0]
    gain = np.abs(found.now[:, None] - wish) - np.abs(found.now[:, None] + found.position_effect - wish)
    assert found.position_gain == pytest.approx(gain)


def test_more_salience_moves_the_compromise_as_its_closed_form(issue) -> None:
    found = levers(issue, compromise(issue), "South", draws=20, seed=4, steps=5)
    stakes = draw_stakes(issue, 20, seed=4)
    weight, x = stakes.weight[..., 0], stakes.position[..., 0]
    for g, salience in enumerate((0, 25, 50, 75, 100)):
        moved = weight.copy()
        moved[:, 1] = stakes.capability[:, 1] * salience / 100
        mean = (moved * x).sum(axis=1) / moved.sum(axis=1)
        assert found.now + found.salience_effect[:, g] == pytest.approx(mean)
    assert found.best_salience.salience == 100  # its own position is what it wishes: more weight cannot harm


def test_exaggerating_is_best_as_far_as_the_scale_allows(issue_from) -> None:
    """x + (x - M_o) W_o / w brings the mean to x itself; with points for cells there is one such place."""
    for position, weight in ((60, 6), (60, 2), (45, 9), (20, 5)):
        issue = issue_from({"I": (weight, position, 50), "J": (2, 30, 50), "K": (4, 60, 50)})
        others = (2 * 30 + 4 * 60) / 6
        best = np.clip(position + (position - others) * 6 / weight, 0, 100)
        found = levers(issue, compromise(issue), "I", draws=1, steps=401)
        assert found.best_position.position == pytest.approx(best, abs=0.126)
        assert found.best_position.position != pytest.approx(position, abs=1)  # the truth is not best
        reached = (weight * best + 6 * others) / (weight + 6)
        assert float(found.now[0] + found.best_position.effect[0]) == pytest.approx(reached, abs=0.1)


def test_no_move_is_a_candidate_too(issue_from) -> None:
    """Where it has what it wishes, and an actor without capability to speak of, every move harms or does nothing."""
    issue = issue_from({"I": (5, 47, 50), "J": (1, 27, 50), "K": (1, 67, 50)})
    found = levers(issue, compromise(issue), "I", draws=3, steps=11)
    assert not found.best_position.moves
    assert found.position_gain.max() < 0  # 47 is not on the grid
    assert [row["gain"] for row in found.rows()] == [0.0, 0.0]
    assert [(row["lever"], row["move"]) for row in found.rows()] == [
        ("position", "stay"),
        ("salience", "stay"),
    ]


@pytest.mark.parametrize(
    "model", ["compromise", "weighted-median", "pce-mean", "expected-utility-scholz-mean"]
)
def test_the_best_never_harms_on_average_and_a_pair_is_no_worse(issue, model) -> None:
    for actor in ACTORS:
        found = levers(issue, settlement(issue, MODELS[model]), actor, draws=16, seed=1, steps=9)
        gains = [move.gain.mean() for move in (found.best_position, found.best_salience, found.best_pair)]
        assert min(gains) >= 0
        assert gains[2] >= max(gains[:2])
        assert gains[0] == max(found.position_gain.mean(axis=0).max(), 0)


def test_a_move_is_scored_on_draws_that_did_not_choose_it(issue) -> None:
    """By hand on the draws that follow those of the search."""
    found = levers(issue, compromise(issue), "North", draws=20, seed=4, steps=11)
    fresh = draw_stakes(issue, 20, seed=4, first=20)
    weight, wish = fresh.weight[..., 0], fresh.position[:, 0, 0]
    moved = np.array(fresh.position[..., 0])
    moved[:, 0] = found.best_position.position
    before, after = ((weight * x).sum(axis=1) / weight.sum(axis=1) for x in (fresh.position[..., 0], moved))
    gain = np.abs(before - wish) - np.abs(after - wish)
    row = found.rows()[0]
    assert (row["now"], row["after"]) == pytest.approx((before.mean(), after.mean()))
    assert (row["gain"], row["helps"]) == pytest.approx((gain.mean(), (gain > 0).mean()))
    assert row["gain"] != pytest.approx(found.best_position.gain.mean())


def test_luck_is_no_gain(issue_from) -> None:
    """Where every move only shuffles a draw's luck the best of 40 gains much where chosen and nothing elsewhere."""
    issue = issue_from({"I": ((4, 5, 6), (20, 50, 80), 50), "J": (5, 60, (20, 50, 80))})

    def luck(stakes):
        x, c = stakes.position[..., 0, 0], stakes.capability[..., 0]
        return np.abs(np.sin(1e5 * (x + 1) * c))

    quantity = Quantity("luck", "", 0, 1, luck, lambda stakes, i: np.ones(stakes.batch))
    moves = [levers(issue, quantity, "I", draws=8, seed=seed, steps=40) for seed in range(0, 40)]
    chosen = np.mean([each.best_position.gain.mean() for each in moves])
    scored = [each.scored["position"].gain.mean() for each in moves]
    assert chosen > 0.15
    assert abs(np.mean(scored)) < 4 * np.std(scored) / np.sqrt(len(scored))
    assert min(row["gain"] for row in moves[int(np.argmin(scored))].rows()) < 0


def test_draws_in_which_a_move_is_not_defined_are_not_scored(issue_from) -> None:
    """A model that fails for one value in the draws that score: the row says how many count."""
    issue = issue_from({"I": (2, 40, 50), "J": ((2, 3, 4), 75, 50)})
    hard = draw_stakes(issue, 6, first=6).capability[2, 1]

    def fails(stakes):
        moved, at = stakes.position[..., 0, 0] != 40, stakes.capability[..., 1] == hard
        return np.where(moved & at, np.nan, stakes.position[..., 0, 0])

    quantity = Quantity("fails", "", 0, 100, fails, lambda stakes, i: np.full(stakes.batch, 100.0))
    row = levers(issue, quantity, "I", draws=6, steps=3).rows()[0]
    assert (row["draws"], row["move"]) == (5, "position 40 → 100")
    assert (row["gain"], row["low"], row["helps"]) == (60, 60, 1)


def test_both_is_told_only_where_it_is_another_move(issue_from) -> None:
    issue = issue_from(ACTORS)
    seen = set()
    for actor, model in itertools.product(ACTORS, ("compromise", "weighted-median")):
        found = levers(issue, settlement(issue, MODELS[model]), actor, draws=8, steps=5)
        pair = found.best_pair.position, found.best_pair.salience
        single = [(move.position, move.salience) for move in (found.best_position, found.best_salience)]
        told = [row["lever"] for row in found.rows()]
        assert ("both" in told) == (pair not in single)
        seen.add("both" in told)
    assert seen == {True, False}


def test_a_pair_is_the_best_of_the_whole_grid_under_the_compromise(issue) -> None:
    found = levers(issue, compromise(issue), "South", draws=8, seed=1, steps=13)
    stakes = draw_stakes(issue, 8, seed=1)
    best = -np.inf
    for x in np.linspace(0, 100, 13):
        for s in np.linspace(0, 100, 13):
            position, weight = stakes.position[..., 0].copy(), stakes.weight[..., 0].copy()
            position[:, 1], weight[:, 1] = x, stakes.capability[:, 1] * s / 100
            mean = (weight * position).sum(axis=1) / weight.sum(axis=1)
            wish = stakes.position[:, 1, 0]
            best = max(best, float((np.abs(found.now - wish) - np.abs(mean - wish)).mean()))
    assert found.best_pair.gain.mean() == pytest.approx(best)


def test_other_names_and_another_order_change_nothing_but_names(issue_from) -> None:
    point = {name: tuple(cell[1] for cell in cells) for name, cells in ACTORS.items()}
    turned = dict(reversed([(f"the {name}", cells) for name, cells in point.items()]))
    for model in ("compromise", "smp-mean"):
        plain, renamed = (
            all_levers(made, settlement(made, MODELS[model]), draws=1, steps=5)
            for made in (issue_from(point), issue_from(turned))
        )
        for row, other in zip(plain, renamed, strict=True):
            assert other["actor"] == f"the {row['actor']}"
            assert other["gain"] == pytest.approx(row["gain"])
            assert other["move"] == row["move"]


def test_blocks_change_nothing(issue, monkeypatch) -> None:
    quantity = settlement(issue, MODELS["pce-mean"])
    whole = levers(issue, quantity, "East", draws=6, steps=5)
    monkeypatch.setattr("multivector.bargaining.analysis.quantity._PAIRS", 4**2 * 7)  # seven rows at a time
    cut = levers(issue, quantity, "East", draws=6, steps=5)
    assert np.array_equal(cut.position_effect, whole.position_effect)
    assert np.array_equal(cut.salience_gain, whole.salience_gain)
    assert cut.rows() == whole.rows()


def test_saliences_end_where_those_on_other_dimensions_leave_off(issue_from) -> None:
    two = [{"name": "x", "low": 10, "high": 30}, {"name": "y"}]
    issue = issue_from(
        {
            "I": (2, {"x": 12, "y": 10}, {"x": 20, "y": (30, 40, 55)}),
            "J": (3, {"x": 28, "y": 90}, {"x": 40, "y": 60}),
        },
        dimensions=two,
    )
    quantity = settlement(issue, MODELS["compromise"], 0)
    found = levers(issue, quantity, "I", draws=40, seed=2, dimension=0, steps=5)
    assert 45 <= found.salience[-1] < 55
    assert found.position.tolist() == [10, 15, 20, 25, 30]
    assert found.dimension == "x"
    elsewhere = levers(issue, quantity, "I", draws=4, dimension=1, steps=5)
    assert not elsewhere.best_pair.moves  # what it does on y leaves the mean on x where it is
    assert np.all(elsewhere.position_effect == 0)


def test_where_the_model_is_not_defined_the_point_is_missing(issue_from) -> None:
    issue = issue_from({"I": (2, 40, 50), "J": (3, 75, 50), "K": (1, 75, 0)})
    found = levers(issue, settlement(issue, MODELS["smp-mean"]), "I", draws=2, steps=5)
    assert np.isnan(found.position_effect).all(axis=0).tolist() == [False, False, False, True, False]
    assert found.undefined == 1
    assert found.best_position.position != 75
    alone = issue_from({"I": (2, 40, 50), "J": (3, 75, 0)})
    assert (
        levers(alone, compromise(alone), "I", draws=2, steps=5).undefined == 1
    )  # nobody cares at salience 0


def test_rows_hold_plain_numbers_and_all_levers_come_by_gain(issue) -> None:
    rows = all_levers(issue, compromise(issue), draws=16, steps=7)
    assert [row["gain"] for row in rows] == sorted((row["gain"] for row in rows), reverse=True)
    assert {row["actor"] for row in rows} == set(ACTORS)
    for row in rows:
        best = levers(issue, compromise(issue), row["actor"], draws=16, steps=7)
        assert row in best.rows()
        assert row["low"] <= row["gain"] <= row["high"] or row["gain"] == 0
        assert row["after"] - row["now"] == pytest.approx(best.scored[row["lever"]].effect.mean())
        assert row["draws"] == 16
        assert {type(value) for value in row.values()} <= {str, float, int, type(None)}


def test_what_does_not_hold_says_so(issue) -> None:
    with pytest.raises(InputError, match="no actor is called 'Nobody'"):
        levers(issue, compromise(issue), "Nobody")
    with pytest.raises(InputError, match="dimension number 1"):
        levers(issue, compromise(issue), "East", dimension=1)
