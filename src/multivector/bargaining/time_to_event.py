"""Questions of when: positions as waiting times with a share that never happens, not as a mean of dates.

A place on a scale of dates stands for a distribution of the waiting time T, in years from the issue's as-of date:
a cure model (Boag 1949; Maller and Zhou 1996) with a Weibull waiting time for those that do happen,

    F_i(t) = P(T <= t | it goes as i wants) = (1 - never(x_i)) (1 - exp(-ln 2 (t / m(x_i))^k)),

with hazard h(t) = ln 2 (k / m) (t / m)^(k-1) among those that happen, median m(x) and share never(x) read off the
marks of the scale: log m linear between neighbouring marks with a date, held constant beyond them, never linear
between all marks. k is the issue's `shape`: 1 is a constant hazard.

Stakeholders' distributions are then put together, never their dates averaged. With p_i the share of i in the
total of capability times salience, three readings by name:

    lottery  F(t) = sum_i p_i F_i(t)          one of them prevails, with the chance p_i (linear pool, Stone 1961)
    effort   S(t) = prod_i S_i(t)^p_i         each adds hazard in proportion to its share (S = 1 - F)
    consent  F(t) = prod_{i in consent} F_i(t)  it takes all who must consent, each in its own time, independently

None of this has a track record: the marks and the shape are assumed, and what comes out is a share of runs under
them.

Sources: Boag (1949), J. R. Stat. Soc. B 11, 15-53; Maller and Zhou (1996), Survival Analysis with Long-Term
Survivors; Stone (1961), Ann. Math. Stat. 32, 1339-1342.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.cell import Interval
from multivector.bargaining.draws import draw_stakes, triangular
from multivector.bargaining.issue import Issue
from multivector.bargaining.scale import Dimension
from multivector.bargaining.stakes import Floats, Stakes
from multivector.bargaining.waiting import Waiting
from multivector.errors import IssueError

Reading = Literal["lottery", "effort", "consent"]
READINGS: Final[tuple[Reading, ...]] = get_args(Reading)
_STREAM: Final = 0x7E11
"""Keeps the draws of the scale apart from those of the cells under the same seed."""
_BLOCK: Final = 2**16
"""Draws times stakeholders times points of time at once, so that memory stays bounded."""
_LN2: Final = float(np.log(2.0))
_NEVER: Final = Interval(low=0.0, mode=0.0, high=0.0)


def time_to_event(
    issue: Issue,
    stakes: Stakes | None = None,
    *,
    reading: Reading | None = None,
    share: ArrayLike | None = None,
    draws: int = 2000,
    seed: int = 0,
    years: Sequence[float] | None = None,
    scale_quantiles: ArrayLike | None = None,
) -> Waiting:
    """When the issue's event happens, draw by draw; the scale's own uncertainty is drawn along.

    Parameters
    ----------
    issue : a question of when.
    stakes : `[draws, n, 1]`, such as the positions at which a model's turns end; the issue's cells are drawn
        where none are given.
    reading : how stakeholders' distributions are put together; None takes `consent` where the issue names
        those who must, else `lottery`.
    share : `[draws, n]` or `[n]`, the p_i where they are not capability times salience, such as the chances
        of being elected in `pce`; they are scaled to sum to 1.
    draws, seed : how many draws of cells, and of marks and shape. All dates of a scale are drawn together
        (they slip together), and so are its shares of never.
    years : the times at which the distribution is given; 0 to 30 years by months where none are given.
    scale_quantiles : `[3]` or `[draws, 3]`, the quantiles of the marks' years, of their shares of never and of
        the shape, where they are not drawn: `[0.5, 0.5, 0.5]` is the scale at its medians.

    Raises
    ------
    IssueError : no question of when, stakes of other stakeholders, no such reading, consent of nobody,
        times that do not rise from 0 or more.
    """
    scale, as_of = _when(issue)
    stakes = draw_stakes(issue, draws, seed) if stakes is None else stakes
    t = _times(years)
    reading = reading or ("consent" if issue.consent else "lottery")
    _require(issue, stakes, reading)
    if len(stakes.batch) > 1:
        raise IssueError("stakes have several axes of draws", repair="give stakes [draws, n, 1]")
    position = stakes.position[..., 0]
    if scale_quantiles is None:
        scale_quantiles = np.random.default_rng((seed, _STREAM)).random((*position.shape[:-1], 3))
    u = np.broadcast_to(np.asarray(scale_quantiles, float), (*position.shape[:-1], 3))
    weight = (
        stakes.weight[..., 0] if share is None else np.broadcast_to(np.asarray(share, float), position.shape)
    )
    p = _shares(weight)
    if not stakes.batch:
        return Waiting(as_of, t, *_block(issue, scale, position, p, u, t, reading))
    size = max(1, _BLOCK // (len(t) * stakes.n))
    blocks = [slice(first, first + size) for first in range(0, len(position), size)]
    cdf, never = zip(
        *(_block(issue, scale, position[k], p[k], u[k], t, reading) for k in blocks), strict=True
    )
    return Waiting(as_of, t, np.concatenate(cdf), np.concatenate(never))


def _block(
    issue: Issue, scale: Dimension, position: Floats, p: Floats, u: Floats, t: Floats, reading: Reading
) -> tuple[Floats, Floats]:
    """Distribution and share of never of some draws: `[..., n]` positions and shares, `[..., 3]` uniform numbers."""
    happened, waits, never = _each(issue, scale, position, u, t)
    who = [issue.names.index(name) for name in issue.consent]
    return _together(reading, happened, waits, never, p, who)


def _each(
    issue: Issue, scale: Dimension, position: Floats, u: Floats, t: Floats
) -> tuple[Floats, Floats, Floats]:
    """F and 1 - F `[..., n, t]` and never `[..., n]` at each of the positions `[..., n]`."""
    median, never = waiting_of(scale, position, u[..., :1], u[..., 1:2])
    with np.errstate(over="ignore"):  # an infinite hazard spent is a sure event
        spent = _LN2 * (t / median[..., None]) ** triangular([issue.shape], u[..., 2:])[..., None]
    happened = (1.0 - never[..., None]) * -np.expm1(-spent)
    waits = never[..., None] + (1.0 - never[..., None]) * np.exp(-spent)
    return happened, waits, never


def mean_chance(
    issue: Issue, stakes: Stakes, years: float, *, reading: Reading, scale_quantiles: ArrayLike
) -> Floats:
    """P(T <= years) `[...]`, the mean over quantiles of the scale.

    The mean of what `time_to_event` gives at each of `scale_quantiles`, for many stakes of which few differ: every
    place on the scale is computed once, of those only whose place matters, and a lottery, which is linear in its
    tickets, is drawn once for all quantiles.

    Parameters
    ----------
    issue, reading : as for `time_to_event`.
    stakes : `[..., n, 1]`.
    years : one time.
    scale_quantiles : `[points, 3]`.

    Raises
    ------
    IssueError : as from `time_to_event`.
    """
    scale, _ = _when(issue)
    _require(issue, stakes, reading)
    t, points = _times([years]), np.asarray(scale_quantiles, np.float64)
    consent = reading == "consent"
    matters = [issue.names.index(name) for name in issue.consent] if consent else list(range(stakes.n))
    places, at = np.unique(stakes.position[..., matters, 0], return_inverse=True)
    at = at.reshape(*stakes.batch, len(matters))
    p = _shares(stakes.weight[..., 0])[..., matters]
    every = (_each(issue, scale, places, point, t) for point in points)
    if reading == "lottery":
        tickets = np.mean([happened[:, 0] for happened, _, _ in every], axis=0)
        return np.asarray((p * tickets[at]).sum(axis=-1), np.float64)
    chance = np.zeros(stakes.batch)
    for happened, waits, never in every:
        whole, _ = _together(reading, happened[at], waits[at], never[at], p, list(range(len(matters))))
        chance += whole[..., 0]
    return chance / len(points)


def waiting_of(
    scale: Dimension, position: ArrayLike, dates: ArrayLike = 0.5, nevers: ArrayLike = 0.5
) -> tuple[Floats, Floats]:
    """Median waiting time in years and share of never for positions on 0 to 100.

    Parameters
    ----------
    scale : a scale of dates.
    position : `[..., n]`.
    dates, nevers : `[..., 1]`, uniform numbers: the quantile of every mark's years and of every mark's never.

    Returns
    -------
    median, never : `[..., n]` each.
    """
    marks = sorted(scale.marks, key=lambda mark: mark.at)
    x = np.asarray(position, dtype=np.float64)
    dated = [mark for mark in marks if mark.years is not None]
    years = triangular([mark.years for mark in dated if mark.years is not None], dates)
    shares = triangular([mark.never or _NEVER for mark in marks], nevers)
    median = np.exp(_interpolated(x, scale.to_top([mark.at for mark in dated]), np.log(years)))
    return median, _interpolated(x, scale.to_top([mark.at for mark in marks]), shares)


def _interpolated(x: Floats, at: Floats, value: Floats) -> Floats:
    """`value` `[..., marks]` at `x` `[..., n]`, linear between the places `at` and constant beyond them."""
    after = np.clip(np.searchsorted(at, x), 1, len(at) - 1)
    part = np.clip((x - at[after - 1]) / (at[after] - at[after - 1]), 0.0, 1.0)
    value = np.broadcast_to(value, (*x.shape[:-1], len(at)))
    low, high = (np.take_along_axis(value, index, axis=-1) for index in (after - 1, after))
    between: Floats = low + part * (high - low)
    return between


def _together(
    reading: Reading, happened: Floats, waits: Floats, never: Floats, p: Floats, who: list[int]
) -> tuple[Floats, Floats]:
    """Distribution `[..., t]` and share of never `[...]` from F, 1 - F `[..., n, t]` and never `[..., n]` of each."""
    if reading == "lottery":
        return (p[..., None] * happened).sum(axis=-2), (p * never).sum(axis=-1)
    if reading == "effort":
        return 1.0 - (waits ** p[..., None]).prod(axis=-2), (never**p).prod(axis=-1)
    return happened[..., who, :].prod(axis=-2), 1.0 - (1.0 - never[..., who]).prod(axis=-1)


def _shares(weight: Floats) -> Floats:
    total = weight.sum(axis=-1, keepdims=True)
    if np.any(weight < 0) or not np.all(total > 0):
        raise IssueError(
            "shares are negative or sum to 0", repair="give shares of at least 0, one of them above"
        )
    shares: Floats = weight / total
    return shares


def _when(issue: Issue) -> tuple[Dimension, dt.date]:
    if not issue.is_when or issue.as_of is None:
        raise IssueError(
            "is no question of when", where=issue.id, repair="give the marks of its scale `years` and `never`"
        )
    return issue.dimensions[0], issue.as_of


def _require(issue: Issue, stakes: Stakes, reading: Reading) -> None:
    if stakes.names != issue.names or stakes.d != 1:
        raise IssueError(
            "the stakes are not those of the issue", repair="give stakes [draws, n, 1] of its stakeholders"
        )
    if reading not in READINGS:
        raise IssueError(f"there is no reading {reading!r}", repair=f"use one of: {', '.join(READINGS)}")
    if reading == "consent" and not issue.consent:
        raise IssueError(
            "nobody's consent is needed", where=issue.id, repair="name those in `consent` of the issue"
        )


def _times(years: Any) -> Floats:
    t = np.arange(30 * 12 + 1) / 12 if years is None else np.asarray(years, dtype=np.float64)
    if t.ndim != 1 or not len(t) or t[0] < 0 or np.any(np.diff(t) <= 0) or not np.all(np.isfinite(t)):
        raise IssueError(
            "times must rise from 0 or more", where="years", repair="give years such as [0, 0.5, 1, 2, 5]"
        )
    return t
