"""A built index: every stage, the scores, the ranks, the weights and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from multivector.indicators.composite.framework import Framework
    from multivector.indicators.composite.inputs import Data
    from multivector.indicators.composite.log import Entry
    from multivector.indicators.composite.recipe import Recipe

STAGES = ("Raw", "Denominated", "Imputed", "Screened", "Treated", "Normalised", "Aggregated")


@dataclass(frozen=True, eq=False)
class Composite:
    """Made by `build`.

    Attributes
    ----------
    recipe, framework, data : what it was built from.
    units : the units that were scored, `(code, time)`; time is empty where there is one.
    stages : by stage name an `xarray.DataArray` `(unit, element)`; units dropped by the screen are in the
        stages before it only. `Aggregated` holds the normalised indicators and the nodes bottom-up.
    scores, ranks : the nodes of `Aggregated`; ranks 1 is best, within each time, ties share the least rank.
    weights : of each element within its parent, summing to one among siblings.
    log : what was done to which cell.
    """
