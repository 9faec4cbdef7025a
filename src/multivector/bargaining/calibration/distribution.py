"""A forecast of one issue as chances over the whole points of its scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import InputError

Floats = NDArray[np.float64]

POINTS: Final[Floats] = np.arange(101.0)
"""Where an outcome can lie; those of past issues were coded on whole points."""

_SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Distribution:
    """`cdf[..., t]` is the chance that the outcome lies at t or below, for t = 0, 1, ..., 100.

    Chances may sit on single points: of past issues, near a third ended at 0 or at 100.

    Raises
    ------
    InputError : the last axis is not of 101 chances that rise to 1.
    """

    cdf: Floats

    def __post_init__(self) -> None:
        cdf = np.asarray(self.cdf, dtype=np.float64)
        rises = cdf.shape[-1:] == POINTS.shape and np.all(np.diff(cdf, axis=-1) >= -_SLACK)
        if not (rises and np.all(cdf >= -_SLACK) and np.allclose(cdf[..., -1], 1.0)):
            raise InputError(
                "these are not chances of an outcome at or below 0, 1, ..., 100",
                repair="give 101 numbers that do not fall and end at 1",
            )
        object.__setattr__(self, "cdf", cdf)

    @classmethod
    def of_sample(cls, values: ArrayLike, weight: ArrayLike | None = None) -> Distribution:
        """The chances of `values` `[m]`, held to 0 to 100, that count equally or by `weight` `[m]`."""
        held = np.clip(np.asarray(values, dtype=np.float64), POINTS[0], POINTS[-1])
        w = np.ones_like(held) if weight is None else np.asarray(weight, dtype=np.float64)
        return cls((w / w.sum()) @ (held[:, None] <= POINTS))

    @property
    def mean(self) -> Floats:
        """`[...]`."""
        return np.asarray(np.sum(1.0 - self.cdf[..., :-1], axis=-1))

    @property
    def median(self) -> Floats:
        """`[...]`: the least point at which the chance reaches one half; the best guess by absolute error."""
        return self.quantile(0.5)

    @property
    def chance(self) -> Floats:
        """`[..., 101]`: the chance of each point."""
        return np.diff(self.cdf, axis=-1, prepend=0.0)

    def quantile(self, level: float) -> Floats:
        """`[...]`: the least point at which the chance reaches `level`."""
        return np.asarray(np.argmax(self.cdf >= level - _SLACK, axis=-1), dtype=np.float64)

    def crps(self, y: ArrayLike) -> Floats:
        """Continuous ranked probability score, `sum_t (F(t) - [y <= t])^2`, in points; lower is better.

        Exact for outcomes on whole points (Gneiting & Raftery 2007, JASA 102:359-378, eq. 20).
        """
        below = np.asarray(y, dtype=np.float64)[..., None] <= POINTS
        score: Floats = np.sum((self.cdf - below) ** 2, axis=-1)
        return score

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper end `[...]` of the shortest interval that holds `level` of the chance.

        Both ends belong to it. Of equally short ones the likelier is taken, then the lower. A central
        interval would hold far more than it says where chance sits on the ends of the scale.
        """
        before = np.concatenate([np.zeros_like(self.cdf[..., :1]), self.cdf[..., :-1]], axis=-1)
        low = np.zeros(self.cdf.shape[:-1])
        high = np.full(self.cdf.shape[:-1], np.inf)
        mass = np.zeros(self.cdf.shape[:-1])
        for start in range(POINTS.size):
            need = before[..., start] + level - _SLACK
            end = np.sum(self.cdf < need[..., None], axis=-1)
            there = np.minimum(end, POINTS.size - 1)
            held = np.take_along_axis(self.cdf, there[..., None], axis=-1)[..., 0] - before[..., start]
            length, best = there - start, high - low
            better = (end < POINTS.size) & ((length < best) | ((length == best) & (held > mass + _SLACK)))
            low, high, mass = (
                np.where(better, new, old) for new, old in ((start, low), (there, high), (held, mass))
            )
        return low, high

    def pooled(self, axis: int = 0) -> Distribution:
        """The mixture over an axis of draws, each counting the same."""
        return Distribution(self.cdf.mean(axis=axis))
