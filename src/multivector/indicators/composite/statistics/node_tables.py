"""A row per node: alpha, principal components, and what each element weighs in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Names
from multivector.indicators.composite.statistics.components import principal_components
from multivector.indicators.composite.statistics.cronbach import cronbach_alpha
from multivector.indicators.composite.statistics.stage import columns, of_level

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite

ALL = "ALL"


def cronbach(index: Composite) -> pl.DataFrame:
    """Alpha of the children of each node, and of all indicators: dset, group, level, alpha, missing.

    `level` is that of the children; `missing` says why there is no alpha.
    """
    framework = index.framework
    groups = [(node, framework.children(node)) for node in framework.nodes]
    groups.append((ALL, framework.indicators))
    rows = []
    for group, children in groups:
        level = min(framework.level[child] for child in children)
        names = Names(group, index.units, children)
        alpha, missing = None, ""
        try:
            alpha = cronbach_alpha(columns(index, "Aggregated", children), names)
        except InputError as error:
            missing = error.what
        dset = "Normalised" if level == 1 and "Normalised" in index.stages else "Aggregated"
        rows.append((dset, group, level, alpha, missing))
    schema = {"dset": pl.String, "group": pl.String, "level": pl.Int64, "alpha": pl.Float64}
    return pl.DataFrame(rows, schema=schema | {"missing": pl.String}, orient="row")


def components(index: Composite, level: int = 1) -> pl.DataFrame:
    """Principal components of each node whose children are of a level.

    Columns: group, pc, sdev, prop_var, iCode, loading, missing. A node without components (one child, a
    constant child, too few units) has one row that says why.

    Raises
    ------
    InputError : no such level.
    """
    framework = index.framework
    here = set(of_level(index, level))
    rows: list[tuple[object, ...]] = []
    for node in framework.nodes:
        children = tuple(child for child in framework.children(node) if child in here)
        if not children:
            continue
        try:
            x = columns(index, "Aggregated", children)
            found = principal_components(x, Names(node, index.units, children))
        except InputError as error:
            rows.append((node, None, None, None, None, None, f"{error.where}: {error.what}"))
            continue
        for c, (deviation, share) in enumerate(zip(found.deviation, found.share, strict=True)):
            rows += [
                (node, c + 1, float(deviation), float(share), child, float(loading), "")
                for child, loading in zip(children, found.loadings[c], strict=True)
            ]
    schema = {
        "group": pl.String, "pc": pl.Int64, "sdev": pl.Float64, "prop_var": pl.Float64,
        "iCode": pl.String, "loading": pl.Float64, "missing": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def effective_weights(index: Composite) -> pl.DataFrame:
    """What each element weighs in the whole: the product of the weights from it up to the top.

    Weight is the share within the parent, as used; the effective weights of a level that every branch has
    sum to one. They hold for arithmetic means; in others they are the weights given, not the trade-offs.
    Columns: iCode, Level, Weight, EffWeight.
    """
    framework = index.framework
    effective = {framework.top: 1.0}
    for node in reversed(framework.nodes):
        for child in framework.children(node):
            effective[child] = effective[node] * index.weights[child]
    rows = [
        (code, framework.level[code], index.weights.get(code, 1.0), effective[code])
        for code in framework.codes
    ]
    schema = {"iCode": pl.String, "Level": pl.Int64, "Weight": pl.Float64, "EffWeight": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
