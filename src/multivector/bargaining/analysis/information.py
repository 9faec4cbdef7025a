"""What it is worth to know a cell: by how much the forecast's expected error would fall.

F_k(t) is the forecast of draw k of the table: the chance at or below point t. What is forecast while the table is
uncertain is the mean F over draws, and its expected error (CRPS, in the unit of t) is

    whole = sum_t F(t) (1 - F(t)) step.

Whoever knew cell c would forecast E[F(t) | c] instead, and be off by less, on average over what c may be, by

    saved_c = sum_t Var_c( E[F(t) | c] ) step,

which is what a forecaster would give up of accuracy by not asking. It is estimated from the draws themselves: they
are cut at quantiles of the cell into bins, and the variance between bins is corrected for what chance leaves between
them, so that a cell that says nothing is worth 0 on average, in some runs a little less.

A forecast that is one number y_k has F_k(t) = [y_k <= t]; a chance p_k has one column p_k and step 1, and the error
is Brier's.

Sources: Gneiting & Raftery 2007, doi:10.1198/016214506000001437 (CRPS and its expectation); Strong, Oakley &
Brennan 2014, doi:10.1177/0272989X13505910 (value of partial information from the draws at hand).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import Floats
from multivector.errors import InputError

GROUPS: Final = 20
"""Parts of the draws that are left out in turn for the standard error; our choice, as is the number of bins."""
_LEAST_DRAWS: Final = 100
"""Fewer leave too few to a bin; our choice."""


@dataclass(frozen=True, eq=False)
class Information:
    """What knowing each cell saves.

    Parameters
    ----------
    saved : `[cells]`, of the expected error, in its unit.
    error : `[cells]`, standard error of `saved` (jackknife over parts of the draws).
    whole : the expected error with no cell known.
    """

    saved: Floats
    error: Floats
    whole: float

    @property
    def share(self) -> Floats:
        """What is saved as a share of the whole; 0 where there is no error to save."""
        return self.saved / self.whole if self.whole > 0 else np.zeros_like(self.saved)


def value_of_information(uniform: ArrayLike, cdf: ArrayLike, step: float = 1.0) -> Information:
    """What knowing each cell would save of the forecast's expected error.

    Parameters
    ----------
    uniform : `[draws, cells]`, the uniform numbers behind the draws (`draws.uniforms`), or the cells' values.
    cdf : `[draws, t]`, the forecast of each draw as chances at or below points t.
    step : distance between the points t.

    Raises
    ------
    InputError : shapes that do not fit, fewer than 100 draws, a chance that is missing or off 0 to 1.

    Notes
    -----
    With bins b of n_b draws, means m_b and variances s2_b (divisor n_b - 1) of F(t), N draws in all,

        sum_b n_b/N (m_b - m)^2 - 1/N sum_b (1 - n_b/N) s2_b

    has the expectation of the variance between bins. N^0.4 bins: what varies within a bin is lost, for a forecast
    that is linear in the cell 1 / bins^2 of the whole.
    """
    u, forecast = np.asarray(uniform, np.float64), np.asarray(cdf, np.float64)
    _require(u, forecast, step)
    count, cells = u.shape
    bins = round(count**0.4)
    pooled = forecast.mean(axis=0)
    centred = forecast - pooled  # so that no digits are lost in squares
    group = np.random.default_rng(0).permutation(count) % GROUPS
    saved, error = np.empty(cells), np.empty(cells)
    place = np.empty(count, np.int64)
    for c in range(cells):
        place[np.argsort(u[:, c], kind="stable")] = np.arange(count) * bins // count
        saved[c], error[c] = _saved(place * GROUPS + group, bins, centred)
    return Information(saved * step, error * step, float((pooled * (1.0 - pooled)).sum() * step))


def cells_worth(issue: Issue, information: Information) -> list[dict[str, Any]]:
    """What each cell of the issue is worth, most first; a cell without width, which hides nothing, is worth 0."""
    placed = list(issue.cells())
    if len(placed) != len(information.saved):
        raise InputError(
            f"{len(information.saved)} values for {len(placed)} cells", where=issue.id,
            repair="take the uniform numbers of this issue: draws.uniforms(issue, draws, seed)",
        )  # fmt: skip
    rows = [
        {
            "stakeholder": each.stakeholder,
            "attribute": each.attribute,
            "dimension": each.dimension,
            "evidence": each.cell.evidence,
            "saved": float(information.saved[c]) if each.cell.width else 0.0,
            "share": float(information.share[c]) if each.cell.width else 0.0,
            "error": float(information.error[c]) if each.cell.width else 0.0,
        }
        for c, each in enumerate(placed)
    ]
    return sorted(rows, key=lambda row: -row["saved"])


def _saved(part: np.ndarray[Any, np.dtype[np.int64]], bins: int, forecast: Floats) -> tuple[float, float]:
    """Variance between bins, summed over t, and its standard error; `part` numbers bin and group of each draw."""
    order = np.argsort(part, kind="stable")
    full, first = np.unique(part[order], return_index=True)
    table = np.zeros((bins * GROUPS, 1 + 2 * forecast.shape[1]))
    rows = forecast[order]
    table[full] = np.add.reduceat(
        np.concatenate((np.ones((len(rows), 1)), rows, rows**2), axis=1), first, axis=0
    )
    by_group = table.reshape(bins, GROUPS, -1)
    whole = by_group.sum(axis=1)
    without = np.array([_between(whole - by_group[:, g]) for g in range(GROUPS)])
    spread = (GROUPS - 1) / GROUPS * np.sum((without - without.mean()) ** 2)
    return _between(whole), float(np.sqrt(spread))


def _between(table: Floats) -> float:
    """The unbiased variance between bins, summed over t, from counts, sums and sums of squares `[bins, 1 + 2 t]`."""
    half = (table.shape[1] - 1) // 2
    n, sums, squares = table[:, :1], table[:, 1 : 1 + half], table[:, 1 + half :]
    total = n.sum()
    means = sums / n
    within = np.maximum(squares - sums * means, 0.0) / (n - 1)
    mean = sums.sum(axis=0) / total
    return float((n / total * (means - mean) ** 2 - (1.0 - n / total) * within / total).sum())


def _require(uniform: Floats, cdf: Floats, step: float) -> None:
    if uniform.ndim != 2 or cdf.ndim != 2 or len(uniform) != len(cdf) or not step > 0:
        raise InputError(
            f"arrays of shapes {uniform.shape} and {cdf.shape} with step {step:g} do not fit together",
            repair="give [draws, cells], [draws, t] and a step above 0",
        )
    if len(uniform) < _LEAST_DRAWS:
        raise InputError(f"{len(uniform)} draws are too few", repair=f"take {_LEAST_DRAWS} or more")
    if not np.all((cdf >= -1e-9) & (cdf <= 1 + 1e-9)):
        raise InputError("a chance is missing or off 0 to 1", repair="give chances at or below each point")
