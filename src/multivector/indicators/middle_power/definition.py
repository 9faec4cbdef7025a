"""What the index is made of: factors and their indicators, a row each, beside this file.

The six factors, and the external and internal challenges, are those by which S. E. Cornell tells a middle power
(2024); indicators, directions and formulas are multivector's own. Weights are equal for want of better ones, and
the ranks' intervals hold for weights that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a factor.

    Attributes
    ----------
    direction : 1 where more is better for the state, -1 where less is.
    needs : the published source that gives it, named where a region has no data.
    caveat : what a reader must bear in mind.
    """

    factor: str
    code: str
    title: str
    unit: str
    direction: int
    formula: str
    needs: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the index, its weight in the whole, and its indicators."""

    code: str
    title: str
    weight: float
    source: str
    sentence: str
    indicators: tuple[Indicator, ...]


@cache
def factors() -> tuple[Factor, ...]:
    """The factors in order, each with its indicators."""
    rows = pl.read_csv(HERE / "indicators.csv", empty_string_is_null=False)
    indicators = [Indicator(**row) for row in rows.iter_rows(named=True)]
    return tuple(
        Factor(
            code=row["factor"],
            title=row["title"],
            weight=float(row["weight"]),
            source=row["source"],
            sentence=row["sentence"],
            indicators=tuple(each for each in indicators if each.factor == row["factor"]),
        )
        for row in pl.read_csv(HERE / "factors.csv").iter_rows(named=True)
    )


def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its code."""
    return {each.code: each for factor in factors() for each in factor.indicators}
