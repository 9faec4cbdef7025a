"""Correlations between the elements of an index: of any two levels, within groups, with denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.ranking import TIE
from multivector.indicators.composite.statistics.correlation import Correlations, correlate
from multivector.indicators.composite.statistics.stage import columns, of_level, scale, unusable

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def correlations(
    index: Composite,
    level_a: int = 1,
    level_b: int | None = None,
    method: str = "pearson",
    *,
    stage: str = "Aggregated",
    ties: float = TIE,
) -> pl.DataFrame:
    """Each element of one level with each of another (the same unless given), over the units known of both.

    Columns: cortype, level_a, level_b, Var1 (of level b), Var2 (of level a), Correlation, p, N, missing (why
    there is no number: a constant column, or one known of fewer than three units). `ties`: see `correlate`.

    Raises
    ------
    InputError : no such level, method or stage.
    """
    level_b = level_a if level_b is None else level_b
    codes_a, codes_b = of_level(index, level_a), of_level(index, level_b)
    a, b = columns(index, stage, codes_a), columns(index, stage, codes_b)
    found, why = _pairs(a, b, method, ties)
    n_a, n_b = len(codes_a), len(codes_b)
    return pl.DataFrame(
        {
            "cortype": [method] * (n_a * n_b),
            "level_a": [level_a] * (n_a * n_b),
            "level_b": [level_b] * (n_a * n_b),
            "Var1": list(codes_b) * n_a,
            "Var2": [code for code in codes_a for _ in codes_b],
            "Correlation": found.r.ravel(),
            "p": found.p.ravel(),
            "N": found.units.ravel().astype(int),
            "missing": why.ravel().tolist(),
        }
    ).with_columns(pl.col("Correlation", "p").fill_nan(None))


def correlation_flags(
    index: Composite, threshold: float = 0.9, *, method: str = "pearson", stage: str | None = None
) -> pl.DataFrame:
    """Pairs of siblings that correlate above a threshold (below it, where it is negative).

    A pair far above zero says one thing twice; one below zero works against itself in the mean. In
    one direction and on one scale unless `stage` says otherwise. Columns: Group, Ind1, Ind2, Corr.

    Raises
    ------
    InputError : no such method or stage.
    """
    framework = index.framework
    rows: list[tuple[str, str, str, float]] = []
    for node in framework.nodes:
        children = [c for c in framework.children(node) if c in framework.indicators]
        if len(children) < 2:
            continue
        x = columns(index, stage or scale(index), children)
        r = _pairs(x, x, method, TIE)[0].r
        for n, m in zip(*np.triu_indices(len(children), 1), strict=True):
            if r[n, m] > threshold if threshold >= 0 else r[n, m] < threshold:
                first, second = sorted((children[n], children[m]))
                rows.append((node, first, second, float(r[n, m])))
    schema = {"Group": pl.String, "Ind1": pl.String, "Ind2": pl.String, "Corr": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("Ind1", "Ind2")


def denominator_correlations(
    index: Composite, threshold: float = 0.6, *, method: str = "pearson", stage: str = "Raw"
) -> pl.DataFrame:
    """Indicators that correlate with a denominator beyond a threshold: of the size of a unit, not its kind.

    Asked of the stage after denomination, what is left says that an indicator still measures size.
    Columns: Ind, Denom, Corr.

    Raises
    ------
    InputError : no such method or stage.
    """
    schema = {"Ind": pl.String, "Denom": pl.String, "Corr": pl.Float64}
    codes, below = index.framework.indicators, tuple(index.data.denominators)
    if not below:
        return pl.DataFrame(schema=schema)
    labels = [index.data.label(u) for u in range(len(index.data.codes))]
    place = {label: u for u, label in enumerate(labels)}
    x = columns(index, stage, codes)
    rows = [place[str(unit)] for unit in index.stages[stage]["unit"].values]
    sizes = np.stack([index.data.denominators[code][rows] for code in below], axis=-1)
    r = _pairs(x, sizes, method, TIE)[0].r
    found = [(codes[n], below[m], float(r[n, m])) for n, m in np.argwhere(np.abs(r) > threshold)]
    return pl.DataFrame(found, schema=schema, orient="row")


def _pairs(a: Floats, b: Floats, method: str, ties: float) -> tuple[Correlations, np.ndarray]:
    """Correlations of the columns that have any, and why the others have none."""
    why_a, why_b = unusable(a), unusable(b)
    use_a, use_b = np.flatnonzero(why_a == ""), np.flatnonzero(why_b == "")
    shape = (a.shape[1], b.shape[1])
    r, p, units = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
    units[:] = (~np.isnan(a)).astype(float).T @ (~np.isnan(b)).astype(float)
    if len(use_a) and len(use_b):
        inner = np.ix_(use_a, use_b)
        found = correlate(a[:, use_a], b[:, use_b], method, ties=ties)
        r[inner], p[inner] = found.r, found.p
    why = np.where(why_a[:, None] != "", why_a[:, None], why_b[None, :])
    why = np.where((why == "") & np.isnan(r), "too few units known of both, or constant over them", why)
    return Correlations(r, p, units), why
