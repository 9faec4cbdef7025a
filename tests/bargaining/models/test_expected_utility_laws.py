"""Laws of the expected-utility model: what does not matter to who settles where, to the last round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue_file import issue_of
from multivector.bargaining.models.expected_utility import READINGS, ExpectedUtility, run_expected_utility
from multivector.bargaining.models.expected_utility.places import joined

DRAWS = 200
SCALES = ((0.0, 1.0), (-5.0, 5.0), (1990.0, 2047.0))
FIVE = (
    ("Alder", 60, 10, 80), ("Beech", 90, 35, 40), ("Cedar", 30, 90, 95), ("Dogwood", 45, 70, 60), ("Elm", 20, 55, 30),
)  # fmt: skip
"""Name, capability, position and salience."""


def without_ties() -> Stakes:
    rng = np.random.default_rng(943920)
    shape = (DRAWS, 8)
    position, salience = rng.uniform(0, 100, (*shape, 1)), rng.uniform(1, 99, (*shape, 1))
    return Stakes(rng.uniform(0.5, 9.0, shape), position, salience)


def in_round_numbers(salience: tuple[float, ...]) -> Stakes:
    """As people write tables: actors stand together, weigh the same and care alike."""
    rng = np.random.default_rng(41)
    shape = (DRAWS, 8)
    position, cares = rng.integers(1, 10, (*shape, 1)) * 10.0, rng.choice(salience, (*shape, 1))
    return Stakes(rng.integers(1, 4, shape) * 1.0, position, cares)


TABLES = {
    "without ties": without_ties(),
    "round numbers": in_round_numbers((20.0, 50.0, 80.0)),
    "all care alike": in_round_numbers((100.0,)),
}


def settled(stakes: Stakes, reading: str) -> np.ndarray:
    """The means of every round, the last alone as the model has it."""
    model = ExpectedUtility(READINGS[reading])
    path = run_expected_utility(stakes, READINGS[reading], model.rounds)
    return np.stack([model.settle(stakes, path[..., t, :, :]) for t in range(model.rounds + 1)])[..., 0]


def five_on(low: float, high: float) -> Stakes:
    def cell(mode: float, half: float, top: float = 100.0, begins: float = 0.0) -> dict[str, object]:
        ends = {"low": max(mode - half, begins), "mode": mode, "high": min(mode + half, top)}
        return ends | {"evidence": "assumed"}

    unit = (high - low) / 100.0
    content = {
        "id": "trees", "title": "Trees", "question": "Where?", "as_of": "2026-01-15",
        "dimensions": [{"name": "place", "low": low, "high": high}],
        "stakeholders": [
            {
                "name": name,
                "capability": cell(capability, 0.1 * capability),
                "position": {"place": cell(low + at * unit, 10 * unit, high, low)},
                "salience": {"place": cell(salience, 10)},
            }
            for name, capability, at, salience in FIVE
        ],
    }  # fmt: skip
    return draw_stakes(issue_of(content), DRAWS, 0)


@pytest.mark.parametrize("settles_at", ["mean", "median"])
@pytest.mark.parametrize("reading", sorted(READINGS))
def test_an_issue_written_on_another_scale_settles_at_the_same_place(reading: str, settles_at: str) -> None:
    model = ExpectedUtility(READINGS[reading], settles_at=settles_at)  # type: ignore[arg-type]
    wanted = model.outcome(five_on(0.0, 100.0))
    for low, high in SCALES:
        found = model.outcome(five_on(low, high))
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-6, err_msg=f"{low} to {high}")


def assert_scale_does_not_matter(stakes: Stakes, reading: str) -> None:
    wanted = settled(stakes, reading)
    for low, high in SCALES:
        written = low + stakes.position / 100.0 * (high - low)
        again = stakes.moved(np.clip((written - low) / (high - low) * 100.0, 0.0, 100.0))
        np.testing.assert_allclose(settled(again, reading), wanted, rtol=0, atol=1e-6)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("reading", sorted(READINGS))
def test_the_scale_of_positions_does_not_matter(reading: str, table: str) -> None:
    assert_scale_does_not_matter(TABLES[table], reading)


@pytest.mark.parametrize("reading", sorted(READINGS))
def test_actors_who_meet_are_not_set_against_each_other(reading: str) -> None:
    """Tables that settled points apart as long as actors who had met were two places but for rounding."""
    capability = np.array([[1, 5, 3, 3], [2, 3, 2, 3], [3, 4, 2, 3]], float)
    position = np.array([[100, 30, 20, 60], [0, 100, 10, 70], [30, 90, 20, 40]], float)
    salience = np.array([[80, 30, 40, 40], [80, 30, 30, 90], [90, 20, 20, 90]], float)
    assert_scale_does_not_matter(Stakes(capability, position[..., None], salience[..., None]), reading)


@pytest.mark.parametrize("table", TABLES)
def test_a_mirrored_scale_mirrors_the_paper_reading(table: str) -> None:
    """Not `scholz`: of compromises it takes the one of the lowest value."""
    stakes = TABLES[table]
    mirrored = settled(stakes.moved(100.0 - stakes.position), "paper")
    np.testing.assert_allclose(100.0 - mirrored, settled(stakes, "paper"), rtol=0, atol=1e-6)


@pytest.mark.parametrize("reading", sorted(READINGS))
def test_order_of_actors_and_unit_of_capability_do_not_matter(reading: str) -> None:
    """Where no two offers ask the same; where they do, the first in the order of actors is taken."""
    stakes, order = TABLES["without ties"], np.array([3, 0, 5, 7, 1, 4, 6, 2])
    turned = Stakes(7.3 * stakes.capability[:, order], stakes.position[:, order], stakes.salience[:, order])
    np.testing.assert_allclose(settled(turned, reading), settled(stakes, reading), rtol=0, atol=1e-6)


def test_the_unit_of_capability_does_not_matter_in_round_numbers() -> None:
    for reading in sorted(READINGS):
        stakes = TABLES["round numbers"]
        again = replace(stakes, capability=7.3 * stakes.capability)
        np.testing.assert_allclose(settled(again, reading), settled(stakes, reading), rtol=0, atol=1e-6)


def test_positions_that_rounding_parts_are_one_place() -> None:
    near = 30.000000000000004
    found = joined(np.array([[near, 80.0, 30.0, 30.0 + 2e-9], [1e-10, 100.0, 0.0, 2e-10]]))
    assert found.tolist() == [[30.0, 80.0, 30.0, 30.0 + 2e-9], [0.0, 100.0, 0.0, 0.0]]
