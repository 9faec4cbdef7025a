"""The steps of a series between its known years: what persistence and drift are measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.family import Floats


@dataclass(frozen=True)
class Steps:
    """Changes of each series from one known year to the next known one.

    Attributes
    ----------
    change, gap : [y, c] change since the last known year and how many years ago that was; missing where
        the year is missing or is the first known one.
    """

    change: Floats
    gap: Floats

    @classmethod
    def of(cls, values: Floats) -> Steps:
        """Steps of values [y, c]."""
        change, gap = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
        last, since = np.full(values.shape[1], np.nan), np.zeros(values.shape[1])
        for t, now in enumerate(values):
            since = since + 1
            known = np.isfinite(now)
            step = known & np.isfinite(last)
            change[t] = np.where(step, now - last, np.nan)
            gap[t] = np.where(step, since, np.nan)
            last, since = np.where(known, now, last), np.where(known, 0.0, since)
        return cls(change, gap)

    @property
    def count(self) -> Floats:
        """How many steps [c]; missing instead of zero."""
        n = np.isfinite(self.change).sum(axis=0)
        return np.where(n > 0, n, np.nan)

    @property
    def span(self) -> Floats:
        """Years from the first to the last known year [c]; missing where there is no step."""
        years = np.nansum(self.gap, axis=0)
        return np.where(years > 0, years, np.nan)

    def variance(self) -> Floats:
        """Mean of change^2 / gap [c]: the yearly variance of a random walk that is observed with gaps."""
        return np.asarray(np.nansum(self.change**2 / self.gap, axis=0) / self.count)

    def drift(self) -> tuple[Floats, Floats]:
        """Yearly drift mu = change over the whole span / span, and the variance about it, both [c].

        The variance is sum((change - mu gap)^2 / gap) / (count - 1); missing for a single step.
        """
        mu = np.nansum(self.change, axis=0) / self.span
        left = np.where(self.count > 1, self.count - 1, np.nan)
        return mu, np.asarray(np.nansum((self.change - mu * self.gap) ** 2 / self.gap, axis=0) / left)
