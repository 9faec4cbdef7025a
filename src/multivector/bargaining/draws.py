"""Draws of a whole stakeholder table: every cell from its triangular distribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.cell import Interval
from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import Floats, Stakes
from multivector.errors import InputError

MOST_NUMBERS: Final = 10_000_000
"""Draws times cells: about half a gigabyte while they are made. Long runs are cut by `first`."""


def draw_stakes(issue: Issue, draws: int, seed: int = 0, *, first: int = 0) -> Stakes:
    """Stakes with one leading axis of draws, every cell drawn independently of the others.

    Parameters
    ----------
    issue : the table.
    draws : how many.
    seed : of the stream of random numbers.
    first : the first draw's number. Draw k is the same whatever `first` and `draws` are, so that a long run
        can be cut into chunks.

    Raises
    ------
    InputError : no draw, a seed or first draw below 0, or more numbers than memory is kept for.

    Returns
    -------
    Stakes : capability `[draws, n]`, position and salience `[draws, n, d]`. Where an actor's drawn saliences
        sum to more than 100, they are scaled down to 100 in proportion: the modes do not, the tails may.
    """
    values = triangular([placed.cell for placed in issue.cells()], uniforms(issue, draws, seed, first=first))
    return issue.stakes_of(values)


def uniforms(issue: Issue, draws: int, seed: int = 0, *, first: int = 0) -> Floats:
    """The uniform numbers behind the draws, `[draws, cells]` in the order of `issue.cells()`."""
    count = sum(1 for _ in issue.cells())
    if draws < 1 or seed < 0 or first < 0:
        raise InputError(
            f"{draws} draws from number {first}, with the seed {seed}",
            repair="give 1 draw or more, and whole numbers of 0 or more for the rest",
        )
    if draws * count > MOST_NUMBERS:
        raise InputError(
            f"{draws:,} draws of {count:,} cells", repair=f"take {MOST_NUMBERS // count:,} draws at most"
        )
    stream = np.random.PCG64(seed)
    stream.advance(first * count)  # one 64-bit number for each uniform
    return np.random.Generator(stream).random((draws, count))


def triangular(cells: Sequence[Interval], uniform: ArrayLike) -> Floats:
    """Triangular quantiles of `uniform` `[..., cells]`, by the inverse of the distribution function.

    With share `c = (mode - low) / (high - low)`: `low + sqrt(u w (mode - low))` for `u < c`, else
    `high - sqrt((1 - u) w (high - mode))`, `w = high - low`. An interval of no width gives its mode.
    """
    low, mode, high = (np.array([getattr(cell, part) for cell in cells]) for part in ("low", "mode", "high"))
    u, width = np.asarray(uniform, dtype=np.float64), high - low
    below = low + np.sqrt(u * width * (mode - low))
    above = high - np.sqrt((1 - u) * width * (high - mode))
    drawn: Floats = np.where(u * width < mode - low, below, above)
    return np.clip(drawn, low, high)
