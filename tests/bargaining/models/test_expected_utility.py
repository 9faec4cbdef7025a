"""The expected-utility model: the emission standards by both readings, pair by pair, and the Sultan's case."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.models.expected_utility import (
    READINGS,
    SCHOLZ,
    ExpectedUtility,
    round_dyads,
    run_expected_utility,
)

pytestmark = pytest.mark.reference
ROUNDS = 10
TO_SIX_PLACES = 5.01e-7


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def emission(shared: Path) -> Stakes:
    rows = table(shared / "reference" / "bargaining" / "emission_standards_bdm1994.csv")
    capability, position, salience = (
        np.array([float(row[c]) for row in rows]) for c in ("capability", "position_years", "salience_0_100")
    )
    names = tuple(row["actor"] for row in rows)
    return Stakes(capability, position[:, None], salience[:, None], names)


@pytest.fixture(scope="module")
def results(shared: Path) -> dict[tuple[str, str, str], float]:
    rows = table(shared / "reference" / "bargaining" / "emission_reference_results.csv")
    return {(row["variant"], row["round"], row["statistic"]): float(row["value"]) for row in rows}


def settled(stakes: Stakes, reading: str, statistic: str) -> np.ndarray:
    path = run_expected_utility(stakes, READINGS[reading], ROUNDS)
    model = ExpectedUtility(READINGS[reading], settles_at=statistic)  # type: ignore[arg-type]
    return np.array([model.settle(stakes, position)[0] for position in path])


@pytest.mark.parametrize("statistic", ["median", "mean"])
@pytest.mark.parametrize("reading", ["scholz", "paper"])
def test_every_round_of_both_readings(
    emission: Stakes, results: dict[tuple[str, str, str], float], reading: str, statistic: str
) -> None:
    wanted = [results[f"own_{reading}_reading", str(t), statistic] for t in range(ROUNDS + 1)]
    np.testing.assert_allclose(settled(emission, reading, statistic), wanted, rtol=0, atol=TO_SIX_PLACES)


def test_the_scholz_reading_gives_the_published_table(
    emission: Stakes, results: dict[tuple[str, str, str], float]
) -> None:
    """Seven of eight medians as printed (cut to a decimal; round 2 is 9.61 for 9.9), means within 0.07."""
    rounds = range(1, 9)
    medians = settled(emission, "scholz", "median")[1:9]
    printed = np.array([results["published", str(t), "median"] for t in rounds])
    assert [t for t, m, p in zip(rounds, medians, printed, strict=True) if np.floor(10 * m) / 10 != p] == [2]
    means = settled(emission, "scholz", "mean")[1:9]
    np.testing.assert_allclose(
        means, [results["published", str(t), "mean"] for t in rounds], rtol=0, atol=0.07
    )


def test_the_paper_reading_sends_everyone_to_the_median(emission: Stakes) -> None:
    third = run_expected_utility(emission, READINGS["paper"], 3)[3]
    np.testing.assert_allclose(third, 7.0, rtol=0, atol=1e-9)


def test_every_pair_of_the_first_round(emission: Stakes, shared: Path) -> None:
    pairs, place = round_dyads(emission, SCHOLZ), {name: k for k, name in enumerate(emission.names)}
    rows = table(shared / "reference" / "bargaining" / "emission_round1_dyads.csv")
    at = [(0, place[row["actor_i"]], place[row["actor_j"]]) for row in rows]
    for found, column in (
        (pairs.chance, "p_ij"),
        (pairs.own, "eu_i_challenges_j"),
        (pairs.other, "eu_j_challenges_i_seen_by_i"),
    ):
        wanted = [float(row[column]) for row in rows]
        np.testing.assert_allclose([found[k] for k in at], wanted, rtol=0, atol=5.1e-9, err_msg=column)
    assert len(rows) == 90


def test_nobody_moves_in_the_sultans_case_under_scholz(shared: Path) -> None:
    rows = table(shared / "reference" / "bargaining" / "sultan_bdm1997.csv")
    columns = {c: np.array([float(row[c]) for row in rows]) for c in ("capability", "position", "salience")}
    stakes = Stakes(columns["capability"], columns["position"][:, None], 100 * columns["salience"][:, None])
    path = run_expected_utility(stakes, SCHOLZ, ROUNDS)
    assert np.all(path == path[0])
    assert ExpectedUtility(SCHOLZ, settles_at="median").outcome(stakes)[0] == 13.9


def test_compromises_that_overshoot_the_range_by_rounding() -> None:
    """Actors may end a last bit outside of where they began; no power of a negative number is taken."""
    for seed in (279, 388):
        rng = np.random.default_rng(seed)
        capability, position = rng.uniform(0.5, 9.0, 6), rng.uniform(0.0, 100.0, (6, 2))
        stakes = Stakes(capability, position, rng.uniform(1.0, 50.0, (6, 2)))
        assert np.all(np.isfinite(run_expected_utility(stakes, SCHOLZ, ROUNDS)))


@pytest.mark.parametrize("reading", sorted(READINGS))
def test_all_at_one_place_stay_there(emission: Stakes, reading: str) -> None:
    together = emission.moved(np.full_like(emission.position, 42.0))
    assert np.all(run_expected_utility(together, READINGS[reading], 3) == 42.0)
