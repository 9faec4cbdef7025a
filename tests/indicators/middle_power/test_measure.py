"""The index of the first region and of an invented one: what is scored, with which intervals, and what is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import multivector as mv
from multivector.errors import InputError
from multivector.indicators.middle_power import (
    COLUMNS,
    MiddlePowerTable,
    factors,
    indicators,
    measure_middle_power,
)

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
YEARS, SAMPLES = 3, 512


@pytest.fixture(scope="module")
def table() -> MiddlePowerTable:
    return measure_middle_power(mv.load_region("central-eurasia"), 2024, years=YEARS, samples=SAMPLES)


def test_every_part_has_its_declared_columns(table: MiddlePowerTable) -> None:
    assert set(table.parts) == set(COLUMNS)
    for part, columns in COLUMNS.items():
        assert table.frame(part).columns == list(columns), part


def test_intervals_hold_their_headline(table: MiddlePowerTable) -> None:
    for part in ("states", "factors", "years"):
        scored = [row for row in table.rows(part) if row["score"] is not None]
        assert scored
        for row in scored:
            assert 0 <= row["score_low"] <= row["score"] <= row["score_high"] <= 100
            assert 1 <= row["rank_low"] <= row["rank_high"]
    for row in table.rows("moved"):
        assert row["change"] is None or row["change_low"] <= row["change"] <= row["change_high"]


def test_the_nominal_score_is_the_mean_of_what_is_known(table: MiddlePowerTable) -> None:
    """Recomputed from the part `indicators`: a factor from its indicators, the whole from its factors."""
    scores: dict[tuple[str, str], list[float]] = {}
    for row in table.rows("indicators"):
        if row["score"] is not None:
            scores.setdefault((row["state"], row["factor"]), []).append(row["score"])
    nominal = {(row["state"], row["factor"]): row["nominal"] for row in table.rows("factors")}
    for key, value in nominal.items():
        if value is not None:
            assert value == pytest.approx(np.mean(scores[key]), abs=1e-9)
    for row in table.rows("states"):
        parts = [nominal[row["state"], factor.code] for factor in factors()]
        if row["nominal"] is not None:
            assert row["nominal"] == pytest.approx(np.mean(parts), abs=1e-9)


def test_goalposts_are_the_least_and_the_greatest_of_states_and_years(table: MiddlePowerTable) -> None:
    for row in table.rows("indicators"):
        assert row["score"] is None or -1e-9 <= row["score"] <= 100 + 1e-9
    of = {}
    for row in table.rows("indicators"):
        if row["score"] is not None:
            of.setdefault(row["indicator"], []).append((row["value"] * row["direction"], row["score"]))
    for code, pairs in of.items():
        ordered = [score for _, score in sorted(pairs)]
        assert ordered == sorted(ordered), code


def test_every_indicator_is_given_or_named_with_its_source(table: MiddlePowerTable) -> None:
    given = {row["indicator"] for row in table.rows("indicators") if row["value"] is not None}
    named = {row["indicator"]: row["needs"] for row in table.rows("unavailable")}
    assert given | set(named) == set(indicators())
    assert not given & set(named)
    assert all(named.values())
    assert all(row["sources"] for row in table.rows("indicators") if row["value"] is not None)
    assert all(row["missing"] for row in table.rows("indicators") if row["value"] is None)


def test_less_than_half_of_a_factor_is_not_scored_and_no_rank_is_printed_over_it(tmp_path: Path) -> None:
    """Without the coded roles, initiatives beyond the region keep one indicator of seven."""
    folder = tmp_path / "region"
    shutil.copytree(mv.load_region("central-eurasia").path, folder)
    (folder / "roles.csv").unlink()
    table = measure_middle_power(mv.load_region(folder), 2024, years=2, samples=8)
    assert {row["state"] for row in table.rows("factors") if row["factor"] == "initiatives"} == {
        row["state"] for row in table.rows("states")
    }
    for row in table.rows("factors"):
        assert (row["score"] is not None) == (row["known"] >= row["defined"] / 2), row
    for row in table.rows("states"):
        assert row["rank"] is None
        assert row["score"] is None
        assert "initiatives beyond the region" in row["not_scored"]
    assert "not scored" in table.text()
    assert "0 of 9 states have one" in table.text()


def test_an_invented_region_without_such_data_is_not_scored() -> None:
    table = measure_middle_power(mv.load_region(INVENTED), 2020, years=2, samples=8)
    assert all(row["rank"] is None and row["not_scored"] for row in table.rows("states"))
    assert "not available" in table.text()


def test_the_same_seed_gives_the_same(table: MiddlePowerTable) -> None:
    again = measure_middle_power(
        mv.load_region("central-eurasia"), "2024-12-31", years=YEARS, samples=SAMPLES
    )
    assert again.as_dict() == table.as_dict()


@pytest.mark.parametrize(
    ("at", "years", "said"),
    [(1992, 10, "begin before"), (2024, 1, "years is 1"), ("soon", 10, "is not a date")],
)
def test_what_cannot_be_asked(at: object, years: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        measure_middle_power(mv.load_region("central-eurasia"), at, years=years)  # type: ignore[arg-type]
