"""What would have to be true: thresholds against closed forms, the smallest change against another optimiser."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from scipy import optimize

from multivector.bargaining import draw_stakes
from multivector.bargaining.analysis.quantity import Quantity, chance_by, settlement
from multivector.bargaining.analysis.reach import reach
from multivector.bargaining.models import MODELS
from multivector.errors import InputError

ACTORS = {
    "North": ((3, 5, 9), (50, 60, 90), (20, 40, 60)),
    "South": ((2, 4, 5), (0, 20, 30), (50, 70, 90)),
    "East": ((1, 2, 4), (10, 50, 90), (10, 30, 80)),
}


@pytest.fixture
def issue(issue_from):
    return issue_from(ACTORS)


def compromise(issue):
    return settlement(issue, MODELS["compromise"])


def cell_of(found, stakeholder, attribute):
    return next(
        row for row in found.cells if (row["stakeholder"], row["attribute"]) == (stakeholder, attribute)
    )


def test_a_cell_alone_reaches_the_target_where_the_closed_form_says(issue) -> None:
    """M = T for the position x_i = (T W - sum of the others) / w_i and the weight w_i = W_o (T - M_o) / (x_i - T)."""
    at = issue.stakes()
    weight, x = at.weight[:, 0], at.position[:, 0]
    now = float((weight * x).sum() / weight.sum())
    target = now + 3
    found = reach(issue, compromise(issue), target, draws=200)
    assert found.now == pytest.approx(now)
    for i, name in enumerate(ACTORS):
        others = np.arange(3) != i
        mean, rest = (weight * x)[others].sum() / weight[others].sum(), weight[others].sum()
        position = (target * weight.sum() - (weight * x)[others].sum()) / weight[i]
        needed = rest * (target - mean) / (x[i] - target)
        capability, salience = needed / (at.salience[i, 0] / 100), 100 * needed / at.capability[i]
        for attribute, value, low, high in (
            ("position", position, 0, 100),
            ("capability", capability, 0.001, 9),
            ("salience", salience, 0, 100),
        ):
            row = cell_of(found, name, attribute)
            if low <= value <= high:
                assert row["value"] == pytest.approx(value, abs=1e-4)
                assert row["where"] == ("interval" if row["low"] <= value <= row["high"] else "scale")
                assert row["change"] == pytest.approx(
                    (value - row["mode"]) / (row["high"] - row["low"]) * 2, abs=1e-4
                )
            else:
                assert (row["value"], row["change"], row["where"]) == (None, None, "nowhere")
    assert {row["where"] for row in found.cells} == {"interval", "scale", "nowhere"}
    order = [("interval", "scale", "nowhere").index(row["where"]) for row in found.cells]
    assert order == sorted(order)


def test_the_nearest_place_to_the_mode_is_told_where_several_reach(issue) -> None:
    """A quantity that is stepped, and goes up on both sides of the mode of one cell."""

    def steps(stakes):
        x = stakes.position[..., 2, 0]
        return np.where((x <= 20) | (x > 85), 1.0, 0.0)

    found = reach(issue, Quantity("steps", "", 0, 1, steps, lambda s, i: steps(s)), 1.0, draws=400)
    row = cell_of(found, "East", "position")
    assert row["value"] == pytest.approx(20, abs=1e-4)  # 30 below the mode, 35 above it
    assert row["where"] == "interval"
    assert [each["where"] for each in found.cells].count("nowhere") == 8
    assert found.together.distance == pytest.approx(30 / 40, abs=1e-3)
    assert [(each["stakeholder"], each["attribute"]) for each in found.together.rows] == [
        ("East", "position")
    ]


def test_draws_that_reach_it_are_counted_and_set_apart(issue) -> None:
    found = reach(issue, compromise(issue), 50.0, draws=3000, seed=6)
    over = compromise(issue).of(draw_stakes(issue, 3000, seed=6)) >= 50
    assert found.reached == over.sum()
    assert found.share == pytest.approx(over.mean())
    top = found.apart[0]
    assert abs(top["difference"]) > 4 * top["error"]
    by = {(row["stakeholder"], row["attribute"]): row["difference"] for row in found.apart}
    assert (
        by["North", "position"] > 0.1
    )  # higher up the scale it takes them there, more weight at 20 does not
    assert by["South", "capability"] < 0
    sizes = [abs(row["difference"]) for row in found.apart]
    assert sizes == sorted(sizes, reverse=True)


def test_cells_without_a_part_are_not_told_apart(issue) -> None:
    """Only East's position decides; with two standard errors a third of the runs would list another of the 9 cells."""

    def east(stakes):
        return stakes.position[..., 2, 0]

    quantity = Quantity("east", "", 0, 100, east, lambda s, i: east(s))
    wrong = 0
    for seed in range(40):
        first, *others = reach(issue, quantity, 60, draws=150, seed=seed).apart
        assert (first["stakeholder"], first["attribute"]) == ("East", "position")
        wrong += len(others) > 0
    assert wrong <= 6  # 2 of 40 are expected


def test_a_handful_of_draws_tells_nothing_apart(issue) -> None:
    """Between 1 and 9 of 300 draws reach it: 0.3 % to 3 %."""
    high = np.sort(compromise(issue).of(draw_stakes(issue, 300, seed=6)))
    few, enough = (reach(issue, compromise(issue), high[-count], draws=300, seed=6) for count in (9, 10))
    assert (few.reached, few.apart) == (9, [])
    assert enough.reached == 10
    assert enough.apart


def test_a_lower_target_is_reached_from_above(issue) -> None:
    found = reach(issue, compromise(issue), 25.0, draws=1000, seed=6)
    assert found.reached == (compromise(issue).of(draw_stakes(issue, 1000, seed=6)) <= 25).sum()
    assert found.together.reaches == pytest.approx(25, abs=1e-4)
    assert cell_of(found, "South", "position")["value"] is None
    assert cell_of(found, "North", "position")["value"] < 60


@pytest.mark.parametrize("target", [25, 55, 88, 95])
def test_the_smallest_change_is_that_of_another_optimiser(issue, target) -> None:
    """SciPy's SLSQP, with the target as sum_i c_i s_i (x_i - T) = 0, from several starts."""
    found = reach(issue, compromise(issue), target, draws=100)
    mode, half = (
        np.array([of(cell) for cells in ACTORS.values() for cell in cells], float)
        for of in (lambda cell: cell[1], lambda cell: (cell[2] - cell[0]) / 2)
    )
    ends = np.array([(0.001, 9), (0, 100), (0, 100)] * 3)
    sign = 1 if target > found.now else -1

    def over(z):
        c, x, s = (mode + half * z).reshape(3, 3).T
        return sign * float((c * s * (x - target)).sum()) / 100

    end = np.where(np.arange(9) % 3 == 1, (ends[:, int(target > found.now)] - mode) / half, 0.0)
    runs = [
        optimize.minimize(
            lambda z: z @ z,
            start,
            jac=lambda z: 2 * z,
            method="SLSQP",
            bounds=(ends - mode[:, None]) / half[:, None],
            constraints={"type": "ineq", "fun": over},
            options={"maxiter": 500, "ftol": 1e-12},
        )
        for start in (np.full(9, 1e-3), end * 0.9, end * 0.5)
    ]
    best = min(np.sqrt(run.fun) for run in runs if abs(over(run.x)) < 1e-6)
    assert found.together.distance == pytest.approx(best, rel=1e-3)
    assert found.together.reaches == pytest.approx(target, abs=0.01)
    assert over(found.together.z) >= -1e-6
    assert np.all((found.together.value >= ends[:, 0] - 1e-9) & (found.together.value <= ends[:, 1] + 1e-9))


@pytest.mark.parametrize("model", ["weighted-median", "pce-mean", "expected-utility-scholz-mean"])
def test_a_change_that_is_found_does_reach_under_models_that_step(issue_from, model) -> None:
    issue = issue_from(ACTORS)
    quantity = settlement(issue, MODELS[model])
    now = float(quantity.of(issue.stakes()))
    found = reach(issue, quantity, now + 8, draws=40)
    assert float(quantity.of(issue.stakes_of(found.together.value))) >= now + 8 - 1e-6
    single = [abs(row["change"]) for row in found.cells if row["change"] is not None]
    assert found.together.distance <= min(single, default=np.inf) + 1e-3


def test_what_cannot_be_reached_is_said(issue_from) -> None:
    marks = [
        {"at": 100, "means": "soon", "years": {"low": 4, "mode": 4, "high": 4}},
        {"at": 0, "means": "late", "years": {"low": 9, "mode": 9, "high": 9}},
    ]
    issue = issue_from(
        {"A": (2, (60, 80, 100), 50), "B": (1, (0, 10, 30), 40)},
        dimensions=[{"name": "when", "marks": marks}],
        shape={"low": 1, "mode": 1, "high": 1},
    )
    quantity = chance_by(issue, dt.date(2029, 1, 1), "lottery")  # four years on: 0.5 at most
    found = reach(issue, quantity, 0.7, draws=100)
    assert found.together is None
    assert found.reached == 0
    assert found.apart == []
    assert {row["where"] for row in found.cells} == {"nowhere"}
    assert found.nearest == pytest.approx(0.5, abs=1e-4)
    assert found.says() == [
        f"nothing that was tried reaches 0.7: with cells anywhere on their scales {quantity.name} came to 0.5 at most "
        f"(now {found.now:.4g})"
    ]


def test_a_tie_at_the_modes_is_said(issue) -> None:
    """A choice between equals: any change at all tips it."""

    def tip(stakes):
        return np.where(stakes.position[..., 0, 0] > 60, 1.0, 0.0)

    found = reach(issue, Quantity("tip", "", 0, 1, tip, lambda s, i: tip(s)), 1.0, draws=100)
    assert found.together.on_edge
    assert found.together.reaches == 1
    assert found.says()[-1].startswith("next to no change reaches it")


def test_points_have_no_widths_in_which_to_measure_a_change(issue_from) -> None:
    issue = issue_from({"A": (2, 20, 50), "B": (2, 60, 50)})
    found = reach(issue, compromise(issue), 50, draws=100)
    assert (found.now, found.reached, found.together) == (40, 0, None)
    assert cell_of(found, "A", "position")["value"] == pytest.approx(40, abs=1e-4)
    assert cell_of(found, "A", "position")["where"] == "scale"
    assert cell_of(found, "A", "salience")["value"] == pytest.approx(50 / 3, abs=1e-4)
    assert found.says()[-1].startswith("every cell is a point")


def test_reports_are_plain_and_say_what_was_found(issue) -> None:
    found = reach(issue, compromise(issue), 50, draws=500)
    assert json.loads(json.dumps(found.report(), allow_nan=False)) == found.report()
    assert found.report()["together"]["distance"] == found.together.distance
    assert any(f"{found.reached} of 500 draws reach 50" in line for line in found.says())
    far = max(abs(row["change"]) for row in found.together.rows)
    assert any(f"more than {far:.2g} half-widths" in line for line in found.says())


def test_a_target_off_the_scale_or_at_hand_is_refused(issue) -> None:
    with pytest.raises(InputError, match="the target 120 is off"):
        reach(issue, compromise(issue), 120)
    now = float(compromise(issue).of(issue.stakes()))
    with pytest.raises(InputError, match="with every cell at its mode"):
        reach(issue, compromise(issue), now)
