"""Scores kept with a region, and whose level of a share is trusted."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from multivector.atlas import Region, load_region
from multivector.desk import level as asked
from multivector.desk.kept_scores import SCHEMA, keep, kept_scores, standing
from multivector.desk.level import level
from multivector.errors import InputError
from multivector.world.scenario import Judgement

BELOW = Judgement(
    id="j", text="It is less", state="XAL", partner="XNO", year=2024, comparison="below", threshold=0.5
)


def _scores(*rows: tuple[str, bool, int, int, int, float]) -> pl.DataFrame:
    full = [("arms_share_5y", *row, 0.9) for row in rows]
    return pl.DataFrame(full, schema=SCHEMA, orient="row")


def test_means_are_weighted_by_cells_and_stop_at_the_start() -> None:
    scores = _scores(
        ("world", False, 5, 2019, 10, 0.10), ("world", False, 5, 2020, 30, 0.20), ("world", False, 5, 2021, 40, 9.0),
    )  # fmt: skip
    (one,) = standing(scores, "arms_share_5y", until=2020)
    assert one.n == 40
    assert one.crps == pytest.approx(0.175)


def test_who_is_silent_on_some_cells_does_not_compete() -> None:
    scores = _scores(("world", False, 1, 2019, 10, 0.3), ("conformal", True, 1, 2019, 9, 0.1))
    assert [each.model for each in standing(scores, "arms_share_5y")] == ["world"]


def test_cells_are_kept_as_means_by_target_year() -> None:
    cells = pl.DataFrame(
        {
            "protocol": ["rolling", "rolling", "rolling", "fixed2015"], "own": [True] * 4,
            "at_origin": [0.2, 0.4, 0.0, 0.5], "model": ["world"] * 4, "horizon": [1] * 4, "target": [2019] * 4,
            "crps": [0.1, 0.3, 5.0, 7.0], "cov90": [1.0, 0.0, 1.0, 1.0],
        }
    )  # fmt: skip
    (row,) = keep(cells, "arms_share_5y", {"mix3"}, 0.0).to_dicts()
    assert row == {
        "family": "arms_share_5y", "model": "world", "baseline": False, "horizon": 1, "target": 2019, "n": 2,
        "crps": 0.2, "cov90": 0.5,
    }  # fmt: skip


def test_the_level_is_that_of_the_best_up_to_the_start(archipelago: Path) -> None:
    region = load_region(archipelago)
    better = _scores(("world", False, 5, 2019, 9, 0.2), ("persistence", True, 5, 2019, 9, 0.1))
    found = level(better, region, BELOW, 2020)  # four years ahead is held to five
    assert found is not None
    assert (found.best.model, found.rival.model, found.tested) == ("persistence", "world", 5)
    assert found.chance is not None
    assert 0 <= found.chance <= 1
    above = level(better, region, BELOW.model_copy(update={"comparison": "above"}), 2020)
    assert above is not None
    assert above.chance == pytest.approx(1 - found.chance)
    worse = _scores(("world", False, 5, 2019, 9, 0.1), ("persistence", True, 5, 2019, 9, 0.2))
    runs = level(worse, region, BELOW, 2020)
    assert runs is not None
    assert (runs.best.model, runs.chance) == (asked.RUNS, None)
    later = _scores(("world", False, 5, 2021, 9, 0.2), ("persistence", True, 5, 2021, 9, 0.1))
    assert level(later, region, BELOW, 2020) is None  # scored after the start: not known then
    far = BELOW.model_copy(update={"year": 2026})
    assert level(better, region, far, 2020) is None


def test_a_region_without_a_record_has_no_scores(archipelago: Path) -> None:
    assert kept_scores(load_region(archipelago)).is_empty()


@pytest.mark.parametrize(
    ("family", "cells"), [("arms_share_5y", (594, 563, 529, 464)), ("un_distance", (882, 837, 792, 702))]
)
def test_the_kept_record_counts_the_cells_of_the_protocol(
    region: Region, family: str, cells: tuple[int, ...]
) -> None:
    """As an independent count of the data has them; of shares only those above zero at the origin."""
    found = standing(kept_scores(region), family)
    assert {each.horizon: each.n for each in found} == dict(zip((1, 2, 3, 5), cells, strict=True))
    assert any(not each.baseline for each in found)


def test_an_unreadable_record_is_said(archipelago: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(archipelago, tmp_path / "isles")
    (tmp_path / "isles" / "record.csv").write_text(
        ",".join(SCHEMA) + "\narms_share_5y,world,false,1,2019,many,0.1,0.9\n"
    )
    with pytest.raises(InputError, match="record of scores"):
        kept_scores(load_region(tmp_path / "isles"))
