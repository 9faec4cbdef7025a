"""What a statistic over units asks of a column: three known values that are not all the same."""

from __future__ import annotations

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.ranking import TIE

LEAST_UNITS = 3


def require_units(x: Floats, what: str, names: Names = NAMELESS) -> None:
    """Every column of x [u, n] is known of at least three units.

    Raises
    ------
    InputError : with the column and how many units know it.
    """
    count = (~np.isnan(x)).sum(axis=0)
    for n in np.flatnonzero(count < LEAST_UNITS):
        raise InputError(
            f"known of {count[n]} units, and {what} needs {LEAST_UNITS}",
            where=names.child(int(n)),
            repair="add units or values, or leave it out",
        )


def varies(x: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which columns of x [u, n] hold more than one value (beyond rounding)."""
    low, high = np.fmin.reduce(x, axis=0), np.fmax.reduce(x, axis=0)
    size = np.maximum(np.abs(low), np.abs(high))
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = high - low > TIE * 1e-3 * size
    return found


def require_varied(x: Floats, what: str, names: Names = NAMELESS) -> None:
    """Every column of x [u, n] is known of at least three units and is not constant.

    Raises
    ------
    InputError : with the column and its one value.
    """
    require_units(x, what, names)
    for n in np.flatnonzero(~varies(x)):
        raise InputError(
            f"{np.fmax.reduce(x[:, n]):g} in every unit, so there is no {what}",
            where=names.child(int(n)),
            repair="leave it out, or give values that differ",
        )


def complete(x: Floats) -> Floats:
    """The units of x [u, n] of which every column is known."""
    rows: Floats = x[~np.isnan(x).any(axis=1)]
    return rows
