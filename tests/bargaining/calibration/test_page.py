"""The page shows the record as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from multivector.bargaining.calibration.page import forecasts_page, models_page, subsets_page
from multivector.bargaining.calibration.record import shipped_record

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bargaining.md").read_text("utf-8")


def test_the_tables_are_those_of_the_record() -> None:
    assert models_page(shipped_record()) in PAGE
    assert forecasts_page(shipped_record()) in PAGE
    assert subsets_page(shipped_record()) in PAGE


def test_subsets_add_up_to_the_headline() -> None:
    headline = shipped_record().headline
    rows = {row["subset"]: row for row in headline["subsets"]}
    whole = rows.pop("all issues")
    assert whole["n"] == headline["issues"]
    assert {k: whole[k] for k in ("mae", "crps", "coverage", "width")} == pytest.approx(
        {k: headline[k] for k in ("mae", "crps", "coverage", "width")}
    )
    for parts in (("graded", "dichotomous"), [name for name in rows if name.startswith("introduced")]):
        assert sum(rows[part]["n"] for part in parts) == whole["n"]
        for score in ("mae", "crps", "coverage", "width"):
            mean = sum(rows[part]["n"] * rows[part][score] for part in parts) / whole["n"]
            assert mean == pytest.approx(whole[score])
