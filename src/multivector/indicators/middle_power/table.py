"""The middle-power index of a region at a date as tables: for the command line, a notebook, the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from multivector.errors import InputError
from multivector.indicators.middle_power.table_page import as_html, as_text

Row = dict[str, Any]
_SPREAD = "; `_low` and `_high` are the 5 % and 95 % quantiles over the draws"
_SCORE = {
    "score": (pl.Float64, "0 to 100, the median over the draws; empty where not scored" + _SPREAD),
    "score_low": (pl.Float64, "5 % quantile of the score over the draws"),
    "score_high": (pl.Float64, "95 % quantile of the score over the draws"),
    "nominal": (pl.Float64, "the score of what is known as it stands, at equal weights"),
    "rank": (pl.Int64, "of the scores; 1 is highest, among the states scored; ties share the least rank"),
    "rank_low": (pl.Int64, "best rank that at least 5 % of the draws reach"),
    "rank_high": (pl.Int64, "worst rank that at least 5 % of the draws reach"),
}
_CHANGE = {
    "change": (pl.Float64, "median of the score less that of the year before, on common goalposts and draws"),
    "change_low": (pl.Float64, "5 % quantile of the change over the draws"),
    "change_high": (pl.Float64, "95 % quantile of the change over the draws"),
}
_STATE: dict[str, tuple[Any, str]] = {"state": (pl.String, "the state that is scored")}
_COVERAGE: dict[str, tuple[Any, str]] = {
    "known": (pl.Int64, "indicators of the factor that the state has"),
    "defined": (pl.Int64, "indicators that the factor has"),
}

COLUMNS: dict[str, dict[str, tuple[Any, str]]] = {
    "states": {
        **_STATE,
        **_SCORE,
        "not_scored": (pl.String, "why there is no overall score; empty where there is one"),
    },
    "factors": {
        **_STATE,
        "factor": (pl.String, "a factor of the index"),
        **_SCORE,
        **_COVERAGE,
        "not_scored": (pl.String, "why there is no score; empty where there is one"),
    },
    "indicators": {
        **_STATE,
        "factor": (pl.String, "the factor that it belongs to"),
        "indicator": (pl.String, "a code of the definition"),
        "title": (pl.String, "what it measures"),
        "value": (pl.Float64, "in the unit; the middle of its bounds where only they are known"),
        "low": (pl.Float64, "the least that it can be"),
        "high": (pl.Float64, "the most that it can be"),
        "unit": (pl.String, "unit of value, low and high"),
        "direction": (pl.Int64, "1: more is better for the state; -1: less is"),
        "score": (pl.Float64, "0 to 100 between the least and the greatest of the states and years shown"),
        "year": (pl.Int64, "year of the newest number in it"),
        "sources": (pl.String, "keys in sources.csv, joined by |"),
        "missing": (pl.String, "why there is no number; empty where there is one"),
    },
    "unavailable": {
        "factor": (pl.String, "the factor that it belongs to"),
        "indicator": (pl.String, "a code of the definition"),
        "title": (pl.String, "what it would measure"),
        "needs": (pl.String, "the published source that would give it"),
    },
    "moved": {
        **_STATE,
        "factor": (pl.String, "a factor; empty for the whole index"),
        **_CHANGE,
        "main": (pl.String, "the indicator that moved the factor most; of the whole, the factor"),
        "not_compared": (pl.String, "why there is no change; empty where there is one"),
    },
    "years": {
        **_STATE,
        "year": (pl.Int64, "the end of which year"),
        "factor": (pl.String, "a factor; empty for the whole index"),
        **_SCORE,
    },
    "coverage": {
        "factor": (pl.String, "a factor of the index"),
        "title": (pl.String, "its title"),
        "given": (pl.Int64, "indicators that the region's data give for at least one state at the date"),
        "defined": (pl.Int64, "indicators that the factor has"),
        "states": (pl.Int64, "states that have at least the least share of its indicators"),
        "scored": (pl.Boolean, "whether it is scored for any state"),
    },
}
"""Every column of every part: its type and what it means."""


@dataclass(frozen=True, slots=True, eq=False)
class MiddlePowerTable:
    """The middle-power index of a region's states at a date. Made by `measure_middle_power`.

    Attributes
    ----------
    region, region_hash, date : what was measured, and when.
    settings : least coverage, years, samples and seed.
    notes : what a reader must know of this table.
    parts : rows by part: states, factors, indicators, unavailable, moved, years, coverage (columns: `COLUMNS`).
    """

    region: str
    region_hash: str
    date: str
    settings: Mapping[str, Any]
    notes: tuple[str, ...]
    parts: Mapping[str, Sequence[Row]]

    def rows(self, part: str = "states") -> list[Row]:
        """One part as plain rows that JSON can hold: None where a number is missing.

        Raises
        ------
        InputError : there is no such part; the message names those that there are.
        """
        if part not in self.parts:
            raise InputError(
                f"no part {part!r}", where="part", repair=f"ask for one of {', '.join(self.parts)}"
            )
        return [dict(row) for row in self.parts[part]]

    def frame(self, part: str = "states") -> pl.DataFrame:
        """One part as a Polars frame; null where a number is missing."""
        rows = self.rows(part)
        return pl.DataFrame(
            rows, schema={name: kind for name, (kind, _) in COLUMNS[part].items()}, orient="row"
        )

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {
            "region": self.region,
            "region_hash": self.region_hash,
            "date": self.date,
            "settings": dict(self.settings),
            "notes": list(self.notes),
            **{part: self.rows(part) for part in self.parts},
        }

    def text(self) -> str:
        """For a terminal: ranks, factors, coverage, what moved, what is not available, notes."""
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)
