"""The Nash bargaining solution itself, not its approximation by the compromise mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.models.model import Floats, require_reference, shares
from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import IssueError


@dataclass(frozen=True)
class Nash:
    """`argmax_z sum_i w_i log max(u_i(z) - u_i(r), floor)` with `u_i(z) = 100 - |z - x_i|`, by dimension.

    Parameters
    ----------
    reference_point : r, where the issue stands if nobody agrees, on 0 to 100: one number, or `[..., d]`.
    floor : least gain that counts, in points of the scale, above 0. With linear loss many actors gain nothing
        anywhere, and the logarithm of their gain is not defined: it is held at this floor.
    step : z is searched on 0, step, ..., 100; the first of equals is taken.

    Notes
    -----
    Nash 1950, Econometrica 18:155-162, weighted by `w_i = c_i s_i`. Where the reference point is at an actor's
    position, that actor can only lose; such actors drive the solution to the reference point or, once
    floored, out of the account. On EU legislation it is far worse than the compromise mean, and is here to
    be compared.
    """

    reference_point: ArrayLike
    floor: float = 1e-3
    step: float = 0.05
    name: str = "nash"

    def __post_init__(self) -> None:
        require_reference(self.reference_point)
        if not (self.floor > 0 and 0 < self.step <= TOP):
            raise IssueError(
                f"floor {self.floor:g} and step {self.step:g} do not both lie above 0",
                repair="give a floor above 0 and a step above 0, of 100 at most",
            )

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        weight = shares(stakes, stakes.weight)
        point = np.broadcast_to(np.asarray(self.reference_point, float), (*stakes.batch, stakes.d))
        loss = np.abs(point[..., None, :] - stakes.position)
        best = np.full(point.shape, -np.inf)
        found = np.zeros(point.shape)
        for z in np.linspace(0.0, TOP, round(TOP / self.step) + 1):
            gain = np.maximum(loss - np.abs(z - stakes.position), self.floor)
            value = np.sum(weight * np.log(gain), axis=-2)
            better = value > best
            best, found = np.where(better, value, best), np.where(better, z, found)
        return found
