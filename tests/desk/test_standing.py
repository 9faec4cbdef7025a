"""The index as a brief takes it: of a year that can be scored, and the same when it is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.desk import standing
from multivector.desk.standing import standing_of
from multivector.errors import InputError
from multivector.indicators.middle_power import measure_middle_power


def test_a_year_that_is_not_published_yet_gives_way_to_the_last_that_is(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "YEARS", 2)
    monkeypatch.setattr(standing, "SAMPLES", 20)
    last = 2025
    table = standing_of(region, last)
    newer = measure_middle_power(region, last, years=2, samples=2)
    assert any(row["score"] is not None for row in table.rows("states"))
    assert int(table.date[:4]) == last or all(row["score"] is None for row in newer.rows("states"))


def test_what_is_remembered_is_what_was_measured(archipelago: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "YEARS", 2)
    monkeypatch.setattr(standing, "SAMPLES", 20)
    isles = load_region(archipelago)
    once, again = standing_of(isles, 2021), standing_of(isles, 2021)
    assert once.as_dict() == again.as_dict()
    assert once.as_dict() == measure_middle_power(isles, 2021, years=2, samples=20).as_dict()
    assert once.date == "2021-12-31"


def test_a_region_without_years_is_refused(archipelago: Path) -> None:
    isles = load_region(archipelago)
    with pytest.raises(InputError, match="at least 2"):
        standing_of(isles, isles.first_year)
