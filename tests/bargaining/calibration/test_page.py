"""The page shows the record as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from multivector.bargaining.calibration.page import (
    forecasts_page,
    headline_sentence,
    models_page,
    subsets_page,
)
from multivector.bargaining.calibration.record import shipped_record

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bargaining.md").read_text("utf-8")


def test_the_tables_are_those_of_the_record() -> None:
    assert models_page(shipped_record()) in PAGE
    assert forecasts_page(shipped_record()) in PAGE
    assert subsets_page(shipped_record()) in PAGE
    assert headline_sentence(shipped_record()) in PAGE


def test_the_headline_in_words_takes_every_figure_from_the_record() -> None:
    figures = {
        "issues": 12,
        "proposals": 5,
        "folds": {"outer": 4},
        "crps": 9.126,
        "difference_same_folds": [-0.125, -0.5, 0.25],
        "difference": [-0.75, -1.5, -0.25],
        "coverage_interval": [0.75, 0.5, 0.875],
        "width": 33.36,
    }
    assert headline_sentence(replace(shipped_record(), headline=figures)) == (
        "On 12 past issues of 5 proposals, held out in 4 folds of whole proposals, the calibrated forecast has a CRPS of "
        "9.13. The difference to the compromise mean with pooled past errors is -0.12 [-0.50, +0.25] where both learn from "
        "the same folds, and -0.75 [-1.50, -0.25] where those errors are learnt with one proposal left out at a time. Its "
        "80 % intervals held 75.0 % of outcomes [50.0, 87.5] at a mean width of 33.4. The folds are of one seed."
    )


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
