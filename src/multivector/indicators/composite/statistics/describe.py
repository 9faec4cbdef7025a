"""Description of columns: moments, availability, zeros, ties, and flags on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.aggregating.median import median
from multivector.indicators.composite.stages.outliers import kurtosis, skewness
from multivector.indicators.composite.statistics.stage import columns
from multivector.indicators.composite.statistics.ties import snapped

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


@dataclass(frozen=True)
class Thresholds:
    """Least shares of all units below which a column is flagged LOW; skew and kurtosis above which OUT."""

    available: float = 0.65
    not_zero: float = 0.5
    unique: float = 0.5
    skew: float = 2.0
    kurtosis: float = 3.5


DEFAULT = Thresholds()


def describe(x: Floats, codes: Sequence[str], flags: Thresholds = DEFAULT) -> pl.DataFrame:
    """One row a column of x [u, n]: least, greatest, mean, median, deviation, skew, kurtosis, counts, flags.

    Skew and kurtosis are the sample-corrected G1 and G2 (excess), missing where a column is constant or
    known of too few units; values that differ only by rounding are one. Fractions are of the known values,
    flags of all units. Column names are COINr's; a column without any value has null moments and is flagged.

    Source: D. N. Joanes and C. A. Gill, The Statistician 47 (1998) 183-189, for G1 and G2.
    """
    known, units = ~np.isnan(x), len(x)
    n = known.sum(axis=0)
    not_zero = (known & (x != 0)).sum(axis=0)
    counts = [np.unique(column[~np.isnan(column)], return_counts=True)[1] for column in snapped(x).T]
    unique = np.array([len(count) for count in counts])
    same = np.array([count.max(initial=0) for count in counts])
    skew, kurt = skewness(x), kurtosis(x)
    with np.errstate(invalid="ignore", divide="ignore"):  # a column without values has no moments
        mean = np.where(known, x, 0.0).sum(axis=0) / n
        off = np.where(known, x - mean, 0.0)
        deviation = np.sqrt((off**2).sum(axis=0) / np.where(n > 1, n - 1, np.nan))
        out = (np.abs(skew) > flags.skew) & (kurt > flags.kurtosis)
        fractions = [not_zero / n, unique / n, same / n]
    numbers = {
        "Min": np.fmin.reduce(x, axis=0), "Max": np.fmax.reduce(x, axis=0), "Mean": mean,
        "Median": median(x.T, np.ones(units)), "Std": deviation, "Skew": skew, "Kurt": kurt,
        "N.Avail": n, "N.NonZero": not_zero, "N.Unique": unique, "N.Same": same,
        "Frc.Avail": n / units, "Frc.NonZero": fractions[0],
        "Frc.Unique": fractions[1], "Frc.Same": fractions[2],
    }  # fmt: skip
    marks = {
        "Flag.Avail": np.where(n / units >= flags.available, "ok", "LOW"),
        "Flag.NonZero": np.where(not_zero / units >= flags.not_zero, "ok", "LOW"),
        "Flag.Unique": np.where(unique / units >= flags.unique, "ok", "LOW"),
        "Flag.SkewKurt": np.where(out, "OUT", "ok"),
    }
    made = pl.DataFrame({"iCode": list(codes), **numbers, **marks})
    return made.with_columns(pl.selectors.float().fill_nan(None))


def describe_stage(index: Composite, stage: str = "Raw", flags: Thresholds = DEFAULT) -> pl.DataFrame:
    """`describe` of the indicators in a stage, with the stage as the first column `dset`.

    Raises
    ------
    InputError : the index has no such stage.
    """
    codes = index.framework.indicators
    described = describe(columns(index, stage, codes), codes, flags)
    return described.select(pl.lit(stage).alias("dset"), pl.all())
