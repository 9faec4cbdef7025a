"""The distribution of a waiting time: by when something has happened, and how often it never does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np

from multivector.bargaining.stakes import Floats
from multivector.errors import IssueError

YEAR: Final = 365.25
"""Days of a year."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """The distribution of the waiting time.

    Parameters
    ----------
    as_of : the day from which waiting counts.
    years : `[t]`, ascending, in years.
    cdf : `[..., t]`: P(T <= years). Between the times it is read as linear, and from 0 at `as_of` to the first.
    never : `[...]`: the share that never happens.
    """

    as_of: dt.date
    years: Floats
    cdf: Floats
    never: Floats

    def date(self, years: float) -> dt.date:
        """The day that many years after `as_of`.

        Raises
        ------
        IssueError : no calendar has that day: it is never, or thousands of years ahead.
        """
        try:
            return self.as_of + dt.timedelta(days=round(float(years) * YEAR))
        except (OverflowError, ValueError) as error:
            raise IssueError(
                f"{years:g} years after {self.as_of} is no day", repair="ask for the day of fewer years"
            ) from error

    def by(self, day: dt.date) -> Floats:
        """P(it has happened by `day`), `[...]`; 0 before `as_of`.

        Raises
        ------
        IssueError : the day lies after the last of `years`.
        """
        t = (day - self.as_of).days / YEAR
        if t > self.years[-1] + 1 / YEAR:
            raise IssueError(
                f"{day} lies after the last of the times, {self.years[-1]:g} years from {self.as_of}",
                repair="give `years` that reach it",
            )
        years, rows = self._from_nothing()
        return np.array([np.interp(t, years, row) for row in rows]).reshape(self.cdf.shape[:-1])

    def quantile(self, q: float) -> Floats:
        """The waiting time by which it has happened with probability q, `[...]`; infinite where it takes longer than
        the last of `years`, or never happens that often."""
        years, rows = self._from_nothing()
        found = np.full(len(rows), np.inf)
        for row, cdf in enumerate(rows):
            after = int(np.searchsorted(cdf, q))
            if after < len(cdf):
                before = max(after - 1, 0)
                rise = cdf[after] - cdf[before]
                part = (q - cdf[before]) / rise if rise > 0 else 0.0
                found[row] = years[before] + part * (years[after] - years[before])
        return found.reshape(self.cdf.shape[:-1])

    def pooled(self) -> Waiting:
        """The mean over all leading axes: the forecast where draws stand for what is not known."""
        axes = tuple(range(self.never.ndim))
        return Waiting(self.as_of, self.years, self.cdf.mean(axis=axes), self.never.mean(axis=axes))

    def _from_nothing(self) -> tuple[Floats, Floats]:
        """Years `[t]` that begin with 0, at which nothing has happened, and the distributions `[rows, t]` there."""
        rows = self.cdf.reshape(-1, self.cdf.shape[-1])
        if self.years[0] == 0:
            return self.years, rows
        return np.append(0.0, self.years), np.pad(rows, ((0, 0), (1, 0)))
