"""The page lists the definition as it is."""

from __future__ import annotations

from pathlib import Path

from multivector.indicators.middle_power import indicators

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "indicators.md").read_text("utf-8")


def test_the_page_has_every_indicator_with_its_formula() -> None:
    for code, each in indicators().items():
        (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| {each.factor} | `{code}` |"))
        assert each.formula in line.replace("\\|", "|")
        assert each.needs in line
        assert each.caveat in line
