"""What each actor expects from challenging each other actor: votes, chances, utilities and attitudes to risk.

Axes: `[..., n]` actors, `[..., n, n]` pairs, i (who challenges) before j (who is challenged). Positions are on
one dimension, in any unit. Equation numbers are those of Scholz, Calbert & Smith 2011, ICAART, 18-30.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from multivector.bargaining.models.expected_utility.readings import Reading
from multivector.bargaining.models.model import Floats
from multivector.bargaining.models.weighted_median import lower_median


class Round(NamedTuple):
    """Where a round starts: what does not depend on attitudes to risk.

    `weight` is capability times salience; `salience` is on 0 to 1; `apart` is `|x_i - x_j| / L` and `off` is
    `|x_i - mu| / L` (`[..., n, 1]`), with mu the lower weighted median and L the range of positions.
    """

    weight: Floats
    salience: Floats
    apart: Floats
    off: Floats


def opening(position: Floats, weight: Floats, salience: Floats, length: Floats) -> Round:
    """The round at `position`, with L = `length` `[..., 1]`; where that is 0, all distances are."""
    share = weight / weight.sum(axis=-1, keepdims=True)
    median = lower_median(position, share, axis=-1)[..., None]
    length = np.where(length > 0, length, 1.0)
    # Compromises may overshoot the range by rounding; a negative base has no power.
    apart = np.minimum(np.abs(position[..., :, None] - position[..., None, :]) / length[..., None], 1.0)
    off = np.minimum(np.abs(position - median) / length, 1.0)[..., None]
    return Round(weight, salience, apart, off)


def chances(at: Round, reading: Reading, exponent: Floats | None = None) -> Floats:
    """P_ij that i prevails over j, `[..., n, n]`; 0 where they stand together (26-31).

    `v_k(i:j) = w_k (|x_k - x_j| - |x_k - x_i|) / L`, `P_ij = sum_k max(v_k, 0) / sum_k |v_k|`. With an
    `exponent` `[..., n]` the distances are raised to the voter's.
    """
    distance = at.apart if exponent is None else at.apart ** exponent[..., :, None]
    n = distance.shape[-1]
    won = np.empty_like(distance)
    for i in range(n):  # one actor at a time keeps the memory at n^2
        lead = np.maximum(distance - distance[..., i, None], 0.0)
        won[..., i, :] = np.einsum("...k,...kj->...j", at.weight, lead)
    cast = won + np.swapaxes(won, -1, -2)
    if reading.chance_over == "all":
        cast = np.broadcast_to(cast.sum(axis=(-2, -1), keepdims=True), cast.shape)
    together = (at.apart == 0) | (cast <= 0)
    chance: Floats = np.where(together, 0.0, won / np.where(together, 1.0, cast))
    return chance


def expected(at: Round, chance: Floats, risk: Floats, reading: Reading) -> Floats:
    """E(i -> j), `[..., n, n]`: what i expects from challenging j (5-7, 15, 16, 22-25).

    `risk` are exponents that broadcast against `[..., n, n]`: `r[..., :, None]` values every challenge by its
    challenger's attitude, `r[..., None, :]` by that of the challenged.
    """
    d, m = at.apart, at.off
    s = at.salience[..., None, :]
    success = 2.0 - 4.0 * (0.5 - 0.5 * d) ** risk
    failure = 2.0 - 4.0 * (0.5 + 0.5 * d) ** risk
    as_is = 2.0 - 4.0 * 0.5**risk
    value = s * (chance * success + (1.0 - chance) * failure) + (1.0 - s) * success
    if reading.status_quo == 1.0:
        return np.asarray(value - as_is)
    better = 2.0 - 4.0 * (0.5 - 0.25 * (m + d)) ** risk
    worse = 2.0 - 4.0 * (0.5 + 0.25 * (m + d)) ** risk
    drift = np.where(m < d, better, worse)
    return np.asarray(value - reading.status_quo * as_is - (1.0 - reading.status_quo) * drift)


def attitudes(at: Round, reading: Reading) -> Floats:
    """Risk exponents `r_i` in 1/2 to 2, `[..., n]`: below 1 for who seeks risk (32-34).

    With `S_i = sum_{j != i} E(j -> i)` at `r = 1`, what others expect from i:
    `R_i = (2 S_i - max S - min S) / (max S - min S)` and `r_i = (1 - R_i/3) / (1 + R_i/3)`. Where all are in
    the same danger (not defined in the article) r stays 1.
    """
    first = expected(at, chances(at, reading), np.ones((1, 1)), reading)
    n = first.shape[-1]
    danger = np.where(np.eye(n, dtype=bool), 0.0, first).sum(axis=-2)
    high, low = danger.max(axis=-1, keepdims=True), danger.min(axis=-1, keepdims=True)
    spread = high - low
    level = spread <= 0
    relative = np.where(level, 0.0, (2.0 * danger - high - low) / np.where(level, 1.0, spread))
    risk: Floats = (1.0 - relative / 3.0) / (1.0 + relative / 3.0)
    return risk


class Dyads(NamedTuple):
    """One round's view of every pair: `chance` P_ij, `own` E(i -> j; r_i), `other` E(j -> i; r_i) as i sees it."""

    risk: Floats
    chance: Floats
    own: Floats
    other: Floats


def dyads(position: Floats, weight: Floats, salience: Floats, start: Floats, reading: Reading) -> Dyads:
    """Both passes of a round: attitudes first, then expectations with them; `start` is the first position."""
    length = np.ptp(start if reading.range_of == "start" else position, axis=-1, keepdims=True)
    at = opening(position, weight, salience, length)
    risk = attitudes(at, reading)
    chance = chances(at, reading, risk if reading.bent_votes else None)
    own = expected(at, chance, risk[..., :, None], reading)
    other = np.swapaxes(expected(at, chance, risk[..., None, :], reading), -1, -2)
    return Dyads(risk, chance, own, other)
