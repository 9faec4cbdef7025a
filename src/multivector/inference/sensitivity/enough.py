"""How many runs are enough: the standard error of what is printed, and the runs that a smaller one takes.

Runs of an ensemble are independent draws, so a standard error falls with the root of their number. It says
how far the printed number may be off because the runs were not more: nothing about the model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from multivector.errors import InputError


@dataclass(frozen=True)
class Precision:
    """A printed number, its standard error over `runs` runs, and the runs that `wanted` would take."""

    value: float
    error: float
    runs: int
    wanted: float

    @property
    def enough(self) -> int:
        """Runs after which the standard error is no more than wanted."""
        return runs_for(self.error, self.runs, self.wanted)


def share_error(yes: int, n: int) -> float:
    """Standard error of a share yes / n; not zero at 0 or n, where the plain formula would say so.

    sqrt(p (1 - p) / (n + 4)) at p = (yes + 2) / (n + 4). Source: Agresti & Coull 1998,
    doi:10.1080/00031305.1998.10480550. NaN without runs.
    """
    if n == 0:
        return math.nan
    p = (yes + 2) / (n + 4)
    return math.sqrt(p * (1 - p) / (n + 4))


def quantile_error(values: ArrayLike, q: float = 0.5) -> float:
    """Standard error of the q-th sample quantile of independent values; missing values are left out.

    Maritz & Jarrett 1978, doi:10.1080/01621459.1978.10480027: the spread of the order statistic under
    the values' own distribution. NaN below two values.
    """
    from scipy.stats.mstats import mjci

    if not 0 < q < 1:
        raise InputError(f"the quantile is {q:g}", repair="give one between 0 and 1")
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    if known.size < 2:
        return math.nan
    return float(mjci(known, prob=[q])[0])


def runs_for(error: float, runs: int, wanted: float) -> int:
    """Runs that bring a standard error of `error` after `runs` runs down to `wanted`."""
    if not wanted > 0:
        raise InputError(f"the wanted standard error is {wanted:g}", repair="give one above 0")
    if not math.isfinite(error):
        raise InputError("the standard error is not known", repair="run at least two members that can say")
    return math.ceil(runs * (error / wanted) ** 2)
