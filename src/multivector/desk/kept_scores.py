"""Scores of the hindcast as they are kept with a region: a hindcast takes minutes, a brief should not.

`record.csv` in the region's folder, written by `tools/keep_record.py` from `multivector hindcast`'s cells:
family, model, baseline (yes or no), horizon, target, n, crps, cov90; means over the cells of a target year,
rolling protocol, a share only if it was above zero at the origin. Rows up to a year know nothing after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from multivector.atlas import Region
from multivector.errors import InputError

FILE = "record.csv"
SCHEMA = {
    "family": pl.String,
    "model": pl.String,
    "baseline": pl.Boolean,
    "horizon": pl.Int64,
    "target": pl.Int64,
    "n": pl.Int64,
    "crps": pl.Float64,
    "cov90": pl.Float64,
}


@dataclass(frozen=True)
class Scored:
    """A forecaster's mean error so many years ahead, over n cells; `cov90` is the part that its 90% band held."""

    model: str
    baseline: bool
    horizon: int
    n: int
    crps: float
    cov90: float


def kept_scores(region: Region) -> pl.DataFrame:
    """The region's table; no rows where the region keeps none.

    Raises
    ------
    InputError : the table cannot be read.
    """
    path = region.path / FILE
    if not path.is_file():
        return pl.DataFrame(schema=SCHEMA)
    try:
        return pl.read_csv(path, schema=SCHEMA)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            "cannot be read as a record of scores",
            where=str(path),
            repair="write it again with tools/keep_record.py",
        ) from error


def standing(scores: pl.DataFrame, family: str, *, until: int | None = None) -> list[Scored]:
    """Every forecaster of a family by horizon, the best first; only target years up to `until`.

    Who was silent on some cells competes with nobody and is left out.
    """
    rows = scores.filter(pl.col("family") == family)
    if until is not None:
        rows = rows.filter(pl.col("target") <= until)
    weighted = rows.group_by("horizon", "model", "baseline").agg(
        pl.col("n").sum(),
        *((pl.col(name) * pl.col("n")).sum() / pl.col("n").sum() for name in ("crps", "cov90")),
    )
    whole = weighted.filter(pl.col("n") == pl.col("n").max().over("horizon")).sort("horizon", "crps", "model")
    return [
        Scored(**row) for row in whole.select("model", "baseline", "horizon", "n", "crps", "cov90").to_dicts()
    ]


def keep(cells: pl.DataFrame, family: str, baselines: set[str], above: float | None) -> pl.DataFrame:
    """The table's rows from a hindcast's scored cells; `above` is what a cell must exceed at the origin."""
    rows = cells.filter((pl.col("protocol") == "rolling") & pl.col("own"))
    rows = rows if above is None else rows.filter(pl.col("at_origin") > above)
    return (
        rows.group_by("model", "horizon", "target")
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("crps").mean().round(6),
            pl.col("cov90").mean().round(5),
        )
        .with_columns(
            pl.lit(family).alias("family"), pl.col("model").is_in(list(baselines)).alias("baseline")
        )
        .select(list(SCHEMA))
        .sort("family", "horizon", "model", "target")
    )
