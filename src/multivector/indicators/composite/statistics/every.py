"""Every statistic of an index, as the tables that are written beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.statistics.availability import availability, availability_by_group
from multivector.indicators.composite.statistics.correlation import CORRELATE
from multivector.indicators.composite.statistics.correlation_tables import (
    correlation_flags,
    correlations,
    denominator_correlations,
)
from multivector.indicators.composite.statistics.describe import describe_stage
from multivector.indicators.composite.statistics.node_tables import components, cronbach, effective_weights
from multivector.indicators.composite.statistics.trends import trends

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite

HIGH, LOW, SIZE = 0.9, -0.4, 0.6
"""Correlations of siblings above and below which, and with denominators beyond which, a pair is flagged."""

MOST_COMPARED = 10**8
"""Pairs of units, times pairs of elements, of which Kendall's tau takes a few seconds."""


def frames(index: Composite) -> dict[str, pl.DataFrame]:
    """Every statistic by the name of its file (without `.csv`).

    stats_STAGE; data_availability_raw (and _bygroup); correlations (all pairs of levels, three methods, but
    Kendall's only up to `MOST_COMPARED`);
    corr_flags_high and _low; denom_corr (after denomination where there is one); cronbach; pca_levelN;
    eff_weights; strengths_weaknesses of every unit; remove_elements_LN; trends in a panel. A statistic that
    cannot be had is a row that says why, so an index is written whatever its columns are like.
    """
    # These two rest on this package themselves.
    from multivector.indicators.composite.remove import remove_elements
    from multivector.indicators.composite.report import profiles

    framework = index.framework
    levels = sorted(set(framework.level.values()))
    made = {f"stats_{stage}": describe_stage(index, stage) for stage in index.stages if stage != "Aggregated"}
    made["data_availability_raw"] = availability(index)
    made["data_availability_raw_bygroup"] = availability_by_group(index)
    dear = (len(index.units) * len(framework.codes)) ** 2 > MOST_COMPARED
    made["correlations"] = pl.concat(
        correlations(index, a, b, method)
        for method in CORRELATE
        for a in levels
        for b in levels
        if a <= b and not (a == b and len([c for c in framework.codes if framework.level[c] == a]) == 1)
        if not (dear and method == "kendall")
    )
    if dear:
        why = f"left out of {len(index.units)} units x {len(framework.codes)} elements: ask `correlations` for it"
        left = pl.DataFrame({"cortype": ["kendall"], "missing": [why]})
        made["correlations"] = pl.concat([made["correlations"], left], how="diagonal")
    made["corr_flags_high"] = correlation_flags(index, HIGH)
    made["corr_flags_low"] = correlation_flags(index, LOW)
    sized = "Denominated" if "Denominated" in index.stages else "Raw"
    made["denom_corr"] = denominator_correlations(index, SIZE, stage=sized)
    made["cronbach"] = cronbach(index)
    made["eff_weights"] = effective_weights(index)
    made["strengths_weaknesses"] = profiles(index)
    for level in levels[:-1]:
        made[f"pca_level{level}"] = components(index, level)
        try:
            made[f"remove_elements_L{level}"] = remove_elements(index, level)
        except InputError as error:
            made[f"remove_elements_L{level}"] = pl.DataFrame({"level": [level], "missing": [str(error)]})
    if index.data.panel:
        made["trends"] = trends(index)
    return made
