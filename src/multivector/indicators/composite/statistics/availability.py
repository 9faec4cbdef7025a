"""How much is known: of each unit, and of each unit under each node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.indicators.composite.statistics.stage import columns

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def availability(index: Composite, stage: str = "Raw") -> pl.DataFrame:
    """Known and non-zero indicators of each unit: uCode, N_missing, N_zero, N_miss_or_zero, Dat_Avail, Non_Zero.

    Dat_Avail is the share of all indicators that is known, Non_Zero the share of the known that is not zero.
    In a panel a last column `Time`.

    Raises
    ------
    InputError : the index has no such stage.
    """
    x = columns(index, stage, index.framework.indicators)
    missing, zero = np.isnan(x).sum(axis=1), (x == 0).sum(axis=1)
    known = x.shape[1] - missing
    held = {
        "uCode": index.stages[stage]["uCode"].values.tolist(),
        "N_missing": missing,
        "N_zero": zero,
        "N_miss_or_zero": missing + zero,
        "Dat_Avail": known / x.shape[1],
        "Non_Zero": [float(1 - z / n) if n else None for z, n in zip(zero, known, strict=True)],
    }
    return pl.DataFrame(held | _time(index, stage))


def availability_by_group(index: Composite, stage: str = "Raw") -> pl.DataFrame:
    """Share of the indicators below each node that is known of each unit: uCode, iCode, value.

    Raises
    ------
    InputError : the index has no such stage.
    """
    parts = []
    for node in index.framework.nodes:
        known = ~np.isnan(columns(index, stage, index.framework.leaves(node)))
        held = {"uCode": index.stages[stage]["uCode"].values.tolist(), "iCode": [node] * len(known)}
        parts.append(pl.DataFrame(held | {"value": known.mean(axis=1)} | _time(index, stage)))
    return pl.concat(parts)


def _time(index: Composite, stage: str) -> dict[str, list[str]]:
    return {"Time": index.stages[stage]["Time"].values.tolist()} if index.data.panel else {}
