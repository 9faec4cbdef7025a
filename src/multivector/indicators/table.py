"""The balance of a region at a date as tables: for the command line, a notebook, the brief."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from multivector.errors import InputError
from multivector.indicators.table_page import as_html, as_text

Row = dict[str, Any]
_BOUNDED = "; `_low` and `_high` hold where it is known only within bounds"


def _bounded(name: str, meaning: str) -> dict[str, tuple[Any, str]]:
    return {
        name: (pl.Float64, meaning),
        f"{name}_low": (pl.Float64, f"least {name} that what is known allows"),
        f"{name}_high": (pl.Float64, f"greatest {name} that what is known allows"),
    }


COLUMNS: dict[str, dict[str, tuple[Any, str]]] = {
    "layers": {
        "state": (pl.String, "the one that depends"),
        "layer": (pl.String, "a layer of the region on which one side depends"),
        "kind": (pl.String, "supply, market or transit"),
        "year": (pl.Int64, "year of the newest number; the last of a window"),
        "age": (pl.Float64, "years from the end of that year to the date"),
        **_bounded("evenness", "Pielou's evenness over the region's powers" + _BOUNDED),
        **_bounded("effective_powers", "Hill number of order 1" + _BOUNDED),
        **_bounded("dominance", "Hill number of order 2, 1/HHI" + _BOUNDED),
        **_bounded("hhi", "Herfindahl-Hirschman index over the powers" + _BOUNDED),
        "top": (pl.String, "the power with the largest share; empty where the bounds leave several"),
        "top_candidates": (pl.String, "powers that can have the largest share, joined by |"),
        **_bounded("top_share", "the largest power's share of all partners" + _BOUNDED),
        **_bounded("exposure", "share of all partners that the powers have together" + _BOUNDED),
        "sources": (pl.String, "keys in sources.csv, joined by |"),
        "missing": (pl.String, "why nothing is known; empty where something is"),
    },
    "states": {
        "state": (pl.String, "the one that depends"),
        "worst_layer": (pl.String, "the least balanced layer; empty where it cannot be told"),
        **_bounded("worst", "evenness of the least balanced layer" + _BOUNDED),
        **_bounded("geometric_mean", "geometric mean of the layers' evenness, floor 0.01" + _BOUNDED),
        "layers_known": (pl.String, "layers of which something is known, joined by |"),
        "layers_missing": (pl.String, "layers of which nothing is known, joined by |"),
    },
    "shares": {
        "state": (pl.String, "the one that depends"),
        "layer": (pl.String, "a layer of the region"),
        "power": (pl.String, "the one depended on"),
        **_bounded("share", "share of all partners" + _BOUNDED),
        "year": (pl.Int64, "year of the number; the last of a window"),
    },
    "leverage": {
        "state": (pl.String, "the one that depends"),
        "power": (pl.String, "the one that could withdraw"),
        "leverage": (pl.Float64, "median over the draws; empty where a share is known only within bounds"),
        "leverage_low": (pl.Float64, "5 % quantile over the draws, every share at its lower bound"),
        "leverage_high": (pl.Float64, "95 % quantile over the draws, every share at its upper bound"),
        "main_layer": (pl.String, "the layer through which most of it runs, at the lower bounds"),
        "reverse_low": (pl.Float64, "as leverage_low, of the state over the power, on asymmetry_layers"),
        "reverse_high": (pl.Float64, "as leverage_high, of the state over the power, on asymmetry_layers"),
        "asymmetry_low": (
            pl.Float64,
            "5 % quantile of leverage less its reverse, at the least favourable bounds",
        ),
        "asymmetry_high": (
            pl.Float64,
            "95 % quantile of leverage less its reverse, at the most favourable bounds",
        ),
        "asymmetry_layers": (pl.String, "layers of which both directions are known, joined by |"),
        "layers_missing": (
            pl.String,
            "layers of which nothing is known: nothing in the low, all in the high",
        ),
    },
    "assumptions": {
        "name": (pl.String, "weight, importance or substitutability"),
        "layer": (pl.String, "a layer of the region on which one side depends"),
        "state": (pl.String, "whose importance; empty for what holds for all"),
        "median": (pl.Float64, "median over the draws"),
        "low": (pl.Float64, "5 % quantile over the draws"),
        "high": (pl.Float64, "95 % quantile over the draws"),
        "basis": (pl.String, "observed at the date, or prior"),
        "source": (pl.String, "key in sources.csv; `assumed` where no data decide"),
        "sentence": (pl.String, "what it is, in a sentence"),
    },
    "agreement": {
        "state": (pl.String, "one of the two"),
        "layer": (pl.String, "a symmetric layer: a tie without a dependent side, so no part of balance"),
        "power": (pl.String, "the other"),
        "value": (pl.Float64, "in the layer's unit"),
        "unit": (pl.String, "the layer's unit"),
        "year": (pl.Int64, "year of the number"),
        "missing": (pl.String, "why it is not known"),
    },
}
"""Every column of every part: its type and what it means."""


@dataclass(frozen=True, slots=True, eq=False)
class BalanceTable:
    """The balance of a region's states among its powers at a date. Made by `measure_balance`.

    Attributes
    ----------
    region, region_hash, date : what was measured, and when.
    powers : the fixed list over which shares are measured.
    settings : window, draws and seed.
    notes : what a reader must know of this table.
    parts : rows by part: layers, states, shares, leverage, assumptions, agreement (columns: `COLUMNS`).
    """

    region: str
    region_hash: str
    date: str
    powers: tuple[str, ...]
    settings: Mapping[str, int]
    notes: tuple[str, ...]
    parts: Mapping[str, Sequence[Row]]

    def rows(self, part: str = "layers") -> list[Row]:
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

    def frame(self, part: str = "layers") -> pl.DataFrame:
        """One part as a Polars frame; null where a number is missing."""
        schema = {name: kind for name, (kind, _) in COLUMNS[part].items()} if part in COLUMNS else None
        return pl.DataFrame(self.rows(part), schema=schema, orient="row")

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {
            "region": self.region,
            "region_hash": self.region_hash,
            "date": self.date,
            "powers": list(self.powers),
            "settings": dict(self.settings),
            "notes": list(self.notes),
            **{part: self.rows(part) for part in self.parts},
        }

    def text(self) -> str:
        """For a terminal: layers, states, the strongest leverage over each state, notes."""
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)


def number(x: Any) -> float | None:
    """A float, or None where it is missing: what JSON can hold."""
    return float(x) + 0.0 if math.isfinite(x) else None
