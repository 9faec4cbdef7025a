"""Description of columns: moments, availability, zeros, ties, and flags on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import stats

from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.statistics.columns import varies
from multivector.indicators.composite.statistics.stage import columns

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
    known of fewer than four units. Fractions are of the known values, flags of all units. Column names are
    COINr's; a column without any value has null moments and is flagged.

    Source: D. N. Joanes and C. A. Gill, The Statistician 47 (1998) 183-189, for G1 and G2.
    """
    rows = [_row(code, x[:, n], flags) for n, code in enumerate(codes)]
    return pl.DataFrame(rows, infer_schema_length=None)


def _row(code: str, column: Floats, flags: Thresholds) -> dict[str, object]:
    known = column[~np.isnan(column)]
    n, units = len(known), len(column)
    same = np.unique(known, return_counts=True)[1] if n else np.zeros(1, int)
    not_zero, unique = int((known != 0).sum()), len(same) if n else 0
    skew, kurtosis = shape(known)
    outlying = skew is not None and kurtosis is not None
    outlying = outlying and abs(skew or 0.0) > flags.skew and (kurtosis or 0.0) > flags.kurtosis
    return {
        "iCode": code,
        "Min": float(known.min()) if n else None,
        "Max": float(known.max()) if n else None,
        "Mean": float(known.mean()) if n else None,
        "Median": float(np.median(known)) if n else None,
        "Std": float(known.std(ddof=1)) if n > 1 else None,
        "Skew": skew,
        "Kurt": kurtosis,
        "N.Avail": n,
        "N.NonZero": not_zero,
        "N.Unique": unique,
        "N.Same": int(same.max()),
        "Frc.Avail": n / units,
        "Frc.NonZero": not_zero / n if n else None,
        "Frc.Unique": unique / n if n else None,
        "Frc.Same": int(same.max()) / n if n else None,
        "Flag.Avail": "ok" if n / units >= flags.available else "LOW",
        "Flag.NonZero": "ok" if not_zero / units >= flags.not_zero else "LOW",
        "Flag.Unique": "ok" if unique / units >= flags.unique else "LOW",
        "Flag.SkewKurt": "OUT" if outlying else "ok",
    }


def shape(known: Floats) -> tuple[float | None, float | None]:
    """Sample-corrected skew G1 and excess kurtosis G2; None where they are not defined."""
    if len(known) < 4 or not varies(known[:, None])[0]:
        return None, None
    return float(stats.skew(known, bias=False)), float(stats.kurtosis(known, bias=False))


def describe_stage(index: Composite, stage: str = "Raw", flags: Thresholds = DEFAULT) -> pl.DataFrame:
    """`describe` of the indicators in a stage, with the stage as the first column `dset`.

    Raises
    ------
    InputError : the index has no such stage.
    """
    codes = index.framework.indicators
    described = describe(columns(index, stage, codes), codes, flags)
    return described.select(pl.lit(stage).alias("dset"), pl.all())
