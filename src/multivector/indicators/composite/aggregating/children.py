"""What every way of aggregating asks of the children of a node: which are known, and what they weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Names:
    """What a node, its units and its children are called, for errors; positions where no names are given."""

    node: str = ""
    units: Sequence[str] = ()
    children: Sequence[str] = ()

    def child(self, n: int) -> str:
        name = self.children[n] if self.children else f"child {n}"
        return f"{name} of {self.node}" if self.node else name

    def cell(self, u: int, n: int) -> str:
        return f"{self.child(n)}, {self.units[u] if self.units else f'unit {u}'}"


NAMELESS = Names()


def weighed(x: Floats, w: Floats) -> Floats:
    """x [..., u, n] with the children that weigh nothing as missing: no method looks at them."""
    if (w > 0).all():
        return x
    return np.where(np.asarray(w)[..., None, :] > 0, x, np.nan)


def known_weights(x: Floats, w: Floats) -> Floats:
    """Weights [..., u, n], zero where a child is missing."""
    return np.where(np.isnan(x), 0.0, np.asarray(w, float)[..., None, :])


def mean(values: Floats, w: Floats) -> Floats:
    """Weighted mean over the known children: values [..., u, n], w [..., n] -> [..., u]; NaN where none is known.

    One product of matrices where nothing is missing, two where something is.
    """
    column = np.asarray(w, float)[..., None]
    missing = np.isnan(values)
    if not missing.any():
        complete: Floats = (values @ column)[..., 0] / column.sum(axis=-2)
        return complete
    total = (~missing @ column)[..., 0]
    known = total > 0
    above = (np.where(missing, 0.0, values) @ column)[..., 0]
    return np.where(known, above / np.where(known, total, 1.0), np.nan)


def enough(x: Floats, w: Floats, threshold: float = 0.0) -> NDArray[np.bool_]:
    """Which units [..., u] know at least `threshold` of the children's weight, and something at all."""
    column = np.asarray(w, float)[..., None]
    share = (~np.isnan(x) @ column)[..., 0] / column.sum(axis=-2)
    known: NDArray[np.bool_] = (share >= threshold - 1e-12) & (share > 0)
    return known


def ranges(x: Floats) -> tuple[Floats, Floats]:
    """Least and greatest of each child over the units, [..., n]; NaN for a child that nobody knows."""
    return np.fmin.reduce(x, axis=-2), np.fmax.reduce(x, axis=-2)


def require(holds: NDArray[np.bool_], x: Floats, what: str, repair: str, names: Names = NAMELESS) -> None:
    """Every known value of x [..., u, n] must hold; the first that does not is named by unit and child.

    Raises
    ------
    InputError : with the unit, the child, the node and the value.
    """
    wrong = np.argwhere(~holds & ~np.isnan(x))
    if len(wrong):
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        u, n = wrong[0][-2:]
        raise InputError(f"{what}: {x[tuple(wrong[0])]:g}{more}", where=names.cell(u, n), repair=repair)


def require_spread(low: Floats, high: Floats, names: Names = NAMELESS) -> None:
    """Least and greatest of each child [..., n] must differ.

    Raises
    ------
    InputError : with the child and the node.
    """
    flat = np.argwhere(high <= low)
    if len(flat):
        raise InputError(
            f"{high[tuple(flat[0])]:g} in every unit, which cannot be standardised",
            where=names.child(flat[0][-1]),
            repair="leave it out, or use a method that does not standardise",
        )


def require_weights(w: Floats, names: Names = NAMELESS) -> None:
    """Weights [..., n] are finite, none negative, and not all zero.

    Raises
    ------
    InputError : with the child or the node.
    """
    wrong = np.argwhere(~(np.isfinite(w) & (w >= 0)))
    if len(wrong):
        raise InputError(
            f"a weight of {w[tuple(wrong[0])]:g}",
            where=names.child(wrong[0][-1]),
            repair="give every child a weight of zero or more",
        )
    if np.any(np.sum(w, axis=-1) == 0):
        raise InputError(
            "the weights of the children sum to zero",
            where=names.node or "weights",
            repair="give at least one child a positive weight",
        )
