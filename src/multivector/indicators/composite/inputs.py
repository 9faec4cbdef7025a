"""The data and meta tables of an index, in COINr's columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Data:
    """Units and their values.

    Attributes
    ----------
    codes, times : of each unit `u`; `times` are empty texts where there is only one time.
    names : of each unit.
    values : `[u, i]` in the order of the framework's indicators; NaN is missing.
    source : `[u, i]`, key of the source of each value; empty where none is given.
    denominators, groups : further columns by name, `[u]`.
    """

    codes: tuple[str, ...]
    times: tuple[str, ...]
    names: tuple[str, ...]
    values: Values
    source: NDArray[np.str_]
    denominators: Mapping[str, Values]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def panel(self) -> bool:
        return len(set(self.times)) > 1
