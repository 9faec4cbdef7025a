"""Two builds side by side: scores, ranks, what moved, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.statistics.correlation import CORRELATE, correlate

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


@dataclass(frozen=True, eq=False)
class Comparison:
    """Made by `compare`.

    Attributes
    ----------
    frame : uCode, Time (in a panel), score_a, score_b, score_diff, rank_a, rank_b, rank_diff; first those
        that moved most. Ranks are among the units that both builds score; a unit that only one scores has
        its score and no rank.
    agreement : pearson, spearman and kendall of the scores (None where they cannot be had), units in both,
        moved (units whose rank differs), mean and greatest absolute difference of ranks.
    """

    frame: pl.DataFrame
    agreement: dict[str, float | int | None]

    def __str__(self) -> str:
        said = (f"{name} {'none' if v is None else f'{v:.3g}'}" for name, v in self.agreement.items())
        return f"{', '.join(said)}\n{self.frame}"


def compare(a: Composite, b: Composite, element: str | None = None) -> Comparison:
    """Scores and ranks of an element under two builds; differences are b less a.

    A rank difference above zero is a fall. Units are matched by code and time.

    Parameters
    ----------
    a, b : from `build`, with any recipes and hierarchies.
    element : a node of both; the tops unless given.

    Raises
    ------
    InputError : an element that a build does not have, or fewer than three units in both.
    """
    table = _scores(a, element, "a").join(
        _scores(b, element, "b"), on=["uCode", "Time"], how="full", coalesce=True
    )
    both = table["score_a"].is_not_null() & table["score_b"].is_not_null()
    if both.sum() < 3:
        raise InputError(
            f"{both.sum()} units are scored in both",
            where="compare",
            repair="give two builds of the same units, of the same times",
        )
    x = table.select("score_a", "score_b").to_numpy()
    x = np.where(both.to_numpy()[:, None], x, np.nan)
    places = np.full(x.shape, np.nan)
    for time in table["Time"].unique(maintain_order=True):
        at = (table["Time"] == time).to_numpy()
        places[at] = ranks(x[at].T).T
    moved = places[:, 1] - places[:, 0]
    frame = table.with_columns(
        score_diff=pl.col("score_b") - pl.col("score_a"),
        rank_a=pl.Series(places[:, 0]).fill_nan(None).cast(pl.Int64),
        rank_b=pl.Series(places[:, 1]).fill_nan(None).cast(pl.Int64),
        rank_diff=pl.Series(moved).fill_nan(None).cast(pl.Int64),
    ).sort(pl.col("rank_diff").abs(), "uCode", "Time", descending=[True, False, False], nulls_last=True)
    change = np.abs(moved[both.to_numpy()])
    agreement: dict[str, float | int | None] = {method: _correlation(x, method) for method in CORRELATE}
    agreement |= {
        "units": int(both.sum()),
        "moved": int((change > 0).sum()),
        "mean_abs_rank_diff": float(change.mean()),
        "max_abs_rank_diff": int(change.max()),
    }
    return Comparison(frame if a.data.panel or b.data.panel else frame.drop("Time"), agreement)


def _scores(index: Composite, element: str | None, which: str) -> pl.DataFrame:
    framework = index.framework
    node = framework.top if element is None else element
    if node not in framework.nodes:
        there = ", ".join(framework.nodes)
        raise InputError(f"build {which} has no node {node!r}", where="element", repair=f"it has {there}")
    held = index.scores.sel(element=node)
    return pl.DataFrame(
        {
            "uCode": held["uCode"].values.tolist(),
            "Time": held["Time"].values.tolist(),
            f"score_{which}": held.values,
        }
    ).with_columns(pl.col(f"score_{which}").fill_nan(None))


def _correlation(x: np.ndarray, method: str) -> float | None:
    try:
        return float(correlate(x[:, :1], x[:, 1:], method).r[0, 0])
    except InputError:  # all scores are the same in one of the two
        return None
