"""What every model of bargaining gives: the position at which it expects the issue to be settled."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import IssueError

Floats = NDArray[np.float64]


@runtime_checkable
class Model(Protocol):
    """A forecast of an issue from its stakes, by one rule."""

    @property
    def name(self) -> str:
        """As it is called on the command line and in tables."""

    def outcome(self, stakes: Stakes) -> Floats:
        """The expected settlement `[..., d]`, on 0 to 100, for stakes with any leading axes of draws.

        Raises
        ------
        IssueError : the model is not defined for these stakes; says for which dimension or draw.
        """


def shares(stakes: Stakes, weight: Floats) -> Floats:
    """`weight` `[..., n, d]` as shares of each dimension's total.

    Raises
    ------
    IssueError : in some draw nobody carries weight on a dimension, so that no mean of it is defined.
    """
    total = weight.sum(axis=-2, keepdims=True)
    empty = np.argwhere(total[..., 0, :] <= 0)
    if len(empty):
        raise IssueError(
            "no actor cares about the dimension: every salience is 0",
            where=f"dimension {stakes.dimensions[empty[0][-1]]}",
            repair="give at least one actor a salience above 0 on it, or leave the dimension out",
        )
    share: Floats = weight / total
    return share


def require_reference(point: ArrayLike) -> None:
    """Refuse a reference point, where an issue stands if nobody agrees, that is missing or off the scale.

    Raises
    ------
    IssueError : some number of `point` is not from 0 to 100.
    """
    place = np.asarray(point, dtype=np.float64)
    if not np.all((place >= 0) & (place <= TOP)):
        raise IssueError(
            "a reference point is missing or off the scale of 0 to 100",
            repair="say where the issue stands if nobody agrees, from 0 to 100",
        )
