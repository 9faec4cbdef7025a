"""A forecaster that has learned from its own past errors how wide it should be.

    G(u)   = share of past forecasts with PIT <= u, `PRIOR` even ones mixed in
    x'(u)  = x(G^-1(u))            the sample's quantile at the level that used to hold u of the outcomes

PIT is where the outcome fell in the forecast (randomised at atoms: shares are often exactly 0 or 1). G is
monotone by construction, so quantiles keep their order. At origin T only forecasts with o + h <= T count,
each made with what was known at its own origin.

Axes: m member, c cell. Source: Kuleshov, Fenner & Ermon 2018, Accurate uncertainties for deep learning
using calibrated regression, ICML 35:2796-2804; randomised PIT: Czado, Gneiting & Held 2009, Biometrics 65.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from multivector.inference.hindcast.family import Family, Floats, Forecaster

PRIOR = 200  # even PITs mixed in: as many as the cells of five origins or so
_SLACK = 1e-9  # an outcome equal to an atom but for rounding is at the atom


@dataclass(frozen=True)
class Recalibrated:
    """`base`, recalibrated by horizon on cells above the floor.

    Parameters
    ----------
    first : the first origin from which the base can forecast.
    """

    base: Forecaster
    first: int
    name: str
    _pits: dict[tuple[int, int, int], Floats] = field(default_factory=dict, repr=False, compare=False)

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        raw = self.base.forecast(family, origin, horizons, seed)
        self._learn(family, origin, horizons, seed)
        return {horizon: self._moved(raw[horizon], origin, horizon, seed) for horizon in horizons}

    def _learn(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> None:
        """PITs of every past forecast whose outcome is known at the origin."""
        for start in range(self.first, origin):
            due = [h for h in horizons if start + h <= origin and (start, h, seed) not in self._pits]
            if due:
                samples = self.base.forecast(family.until(start), start, due, seed)
                for horizon in due:
                    self._pits[start, horizon, seed] = _pit(family, start, horizon, samples[horizon])

    def _moved(self, sample: Floats, origin: int, horizon: int, seed: int) -> Floats:
        past = [
            pit
            for (start, h, s), pit in self._pits.items()
            if h == horizon and s == seed and start + h <= origin
        ]
        even = (np.arange(PRIOR) + 0.5) / PRIOR
        members = len(sample)
        levels = np.quantile(np.concatenate([even, *past]), (np.arange(members) + 0.5) / members)
        place = np.minimum((levels * members).astype(int), members - 1)
        return np.asarray(np.sort(sample, axis=0)[place])


def _pit(family: Family, origin: int, horizon: int, sample: Floats) -> Floats:
    """Randomised PIT of the cells above the floor whose outcome is known."""
    outcome = family.at(origin + horizon)
    cells = np.isfinite(outcome) & np.isfinite(sample).all(axis=0)
    if family.floor is not None:
        cells &= family.at(origin) > family.floor
    below = (sample[:, cells] < outcome[cells] - _SLACK).mean(axis=0)
    until = (sample[:, cells] <= outcome[cells] + _SLACK).mean(axis=0)
    luck = np.random.default_rng([origin, horizon]).random(below.size)
    return np.asarray(below + luck * (until - below))
