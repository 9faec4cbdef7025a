"""Scored cells summed up: the rows that are printed, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.family import Family, Subset
from multivector.inference.scores import area_under_roc, average_precision, clustered_difference, reach_of

HEAD = ("family", "protocol", "subset", "horizon", "model")
SCORES = ("mis90", "cov80", "cov90", "width90")
NUMBERS = ("n", "mae", "rmse", "crps", "crps_se_by_state", *SCORES, "pit_mean", "pit_sd")
VERSUS = ("crps_diff_vs_persistence", "crps_diff_se_by_state", "crps_skill_vs_persistence")
COLUMNS = (*HEAD, *NUMBERS, *VERSUS, "crps_log", "unit", "source")
ALL = "all"
KEY = ["origin", "target", "state", "partner"]
Row = dict[str, Any]
Name = tuple[str, str, int | str, str]  # protocol, subset, horizon or "all", model


def rows(family: Family, cells: pl.DataFrame, source: str) -> list[Row]:
    """One row for each protocol, subset, horizon (and all of them together) and model, in `COLUMNS`."""
    return [
        _row(family, source, name, part, rival) for name, part, rival in groups(family, cells, PERSISTENCE)
    ]


def groups(
    family: Family, cells: pl.DataFrame, rival: str
) -> Iterator[tuple[Name, pl.DataFrame, pl.DataFrame]]:
    """(protocol, subset, horizon, model), its cells, and the rival's in the same protocol and subset."""
    for (protocol,), one in cells.partition_by("protocol", as_dict=True, maintain_order=True).items():
        for subset in family.subsets:
            whole = chosen(one, subset)
            theirs = whole.filter(pl.col("model") == rival)
            horizons = sorted(whole["horizon"].unique().to_list())
            for horizon in (*horizons, ALL):
                here = whole if horizon == ALL else whole.filter(pl.col("horizon") == horizon)
                for (model,), part in here.partition_by("model", as_dict=True, maintain_order=True).items():
                    yield (str(protocol), subset.name, horizon, str(model)), part, theirs


def chosen(cells: pl.DataFrame, subset: Subset) -> pl.DataFrame:
    """The cells of a subset."""
    return cells.filter(_mask(subset))


def _mask(subset: Subset) -> pl.Expr:
    mask = pl.lit(value=True)
    if subset.above is not None:
        mask &= pl.col("at_origin") > subset.above
    if subset.partner:
        mask &= pl.col("partner") == subset.partner
    if subset.new:
        mask &= pl.col("new")
    if subset.own:
        mask &= pl.col("own")
    return mask


def _row(family: Family, source: str, name: Name, part: pl.DataFrame, rival: pl.DataFrame) -> Row:
    error = (part["median"] - part["outcome"]).to_numpy()
    score, state = part["crps"].to_numpy(), part["state"].to_numpy()
    difference = paired(part, rival)
    mean, se, _ = clustered_difference(difference["difference"].to_numpy(), difference["state"].to_numpy())
    theirs = float(difference["crps_rival"].to_numpy().mean())
    numbers = {
        "n": part.height,
        "mae": np.abs(error).mean(),
        "rmse": np.sqrt((error**2).mean()),
        "crps": score.mean(),
        "crps_se_by_state": clustered_difference(score, state)[1],
        **{column: part[column].to_numpy().mean() for column in SCORES},
        "pit_mean": part["pit"].to_numpy().mean(),
        "pit_sd": part["pit"].to_numpy().std(ddof=1) if part.height > 1 else np.nan,
        "crps_diff_vs_persistence": mean,
        "crps_diff_se_by_state": se,
        "crps_skill_vs_persistence": -mean / theirs if theirs else np.nan,
        "crps_log": np.nan,
    }
    texts = dict(zip(HEAD, (family.name, *name), strict=True))
    return {**texts, **{k: tidy(v) for k, v in numbers.items()}, "unit": family.unit, "source": source}


def paired(part: pl.DataFrame, rival: pl.DataFrame) -> pl.DataFrame:
    """A model's cells beside the rival's same cells: state, target, crps_rival, difference."""
    theirs = rival.select(*KEY, crps_rival="crps")
    both = part.join(theirs, on=KEY, how="inner", maintain_order="left")
    return both.with_columns(difference=pl.col("crps") - pl.col("crps_rival"))


def tidy(value: float) -> float | int | None:
    """A number as printed: five digits after the point, nothing for what is missing."""
    if isinstance(value, int):
        return value
    return round(float(value), 5) + 0.0 if np.isfinite(value) else None


def beside(family: Family, cells: pl.DataFrame) -> list[Row]:
    """What the columns have no place for: log score, the difference to persistence by other clusters, ranks.

    Intervals of the difference are 95 %, by Student's t on the number of clusters less one.
    """
    found = []
    for name, part, rival in groups(family, cells, PERSISTENCE):
        pairs = paired(part, rival)
        difference = pairs["difference"].to_numpy()
        row: Row = dict(zip(HEAD, (family.name, *name), strict=True))
        row["log_score_bits"] = tidy(part["bits"].to_numpy().mean())
        for cluster, label in (("state", "state"), ("target", "year")):
            mean, se, n = clustered_difference(difference, pairs[cluster].to_numpy())
            reach = reach_of(se, n)
            row |= {
                f"clusters_{label}": n,
                f"difference_se_by_{label}": tidy(se),
                f"difference_low_by_{label}": tidy(mean - reach),
                f"difference_high_by_{label}": tidy(mean + reach),
            }
        if family.yes_no:
            y, p = part["outcome"].to_numpy(), part["chance"].to_numpy()
            row |= {
                "base_rate": tidy(y.mean()),
                "auc": tidy(area_under_roc(p, y)),
                "average_precision": tidy(average_precision(p, y)),
            }
        found.append(row)
    return found


def slices(family: Family, cells: pl.DataFrame, by: str) -> list[Row]:
    """Scores by origin or by target year of the rolling protocol, all horizons, each with its n."""
    found = []
    rolling = cells.filter(pl.col("protocol") == "rolling")
    for subset in family.subsets:
        table = (
            chosen(rolling, subset)
            .with_columns(error=(pl.col("median") - pl.col("outcome")).abs())
            .group_by("model", by, maintain_order=True)
            .agg(
                n=pl.len(),
                mae=pl.col("error").mean(),
                crps=pl.col("crps").mean(),
                cov90=pl.col("cov90").mean(),
            )
            .sort(by, maintain_order=True)
        )
        for row in table.iter_rows(named=True):
            numbers = {key: tidy(row[key]) for key in ("mae", "crps", "cov90")}
            head = {"family": family.name, "subset": subset.name, by: row[by], "model": row["model"]}
            found.append({**head, "n": row["n"], **numbers})
    return found
