"""The page shows the record as it is."""

from __future__ import annotations

from pathlib import Path

from multivector.bargaining.calibration.page import forecasts_page, models_page
from multivector.bargaining.calibration.record import shipped_record

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bargaining.md").read_text("utf-8")


def test_the_tables_are_those_of_the_record() -> None:
    assert models_page(shipped_record()) in PAGE
    assert forecasts_page(shipped_record()) in PAGE
