"""Measure what the votes of Central Eurasia say of the priors on affinity (for its maintainer).

    python tools/measure_affinity_priors.py

Closeness z of each pair of actors, yearly, as a member starts from it (`closeness_of`). Printed: how fast a
pair returns to its own mean and how much is left unexplained; and a regression of the yearly change of z on
z, on the balance term and on the change of the level of events at the modes of their priors, with effects
of pair and year and errors clustered by pair. A coefficient of 1 on events would confirm the modes.

Read with care: closeness comes from one dimension, on which the friend of a friend is near by construction,
and third parties average out errors of measurement; so the balance term must look strong here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import load_region
from multivector.axes import QUARTERS_PER_YEAR
from multivector.mechanisms.closeness import closeness_of
from multivector.mechanisms.events import past_level
from multivector.mechanisms.structural_balance import structural_balance
from multivector.world.diplomacy import diplomacy_at

FIRST, LAST = 1996, 2023
Array = NDArray[np.float64]


def panel() -> tuple[Array, Array, Array]:
    """Closeness, balance term and level of events by year and pair, [y, p]."""
    region = load_region("central-eurasia")
    closeness, balance, events = [], [], []
    for year in range(FIRST, LAST + 1):
        start = diplomacy_at(region, year)
        z = np.asarray(closeness_of(start.position, start.position_error), float)
        upper = np.triu_indices(len(z), 1)
        known = np.outer(start.position_known, start.position_known)[upper]
        past = start.events
        age = past.age(year * QUARTERS_PER_YEAR + QUARTERS_PER_YEAR - 1)
        level = past_level(past.pairs, past.kind, age, past.half_life[:, 1], past.effect[:, 1])
        closeness.append(np.where(known, z[upper], np.nan))
        balance.append((structural_balance(np.tanh(z)) / len(z))[upper])
        events.append(np.asarray(level, float)[upper])
    return np.stack(closeness), np.stack(balance), np.stack(events)


def without_pair_and_year(values: Array, used: NDArray[np.bool_]) -> Array:
    """What is left of [y, p] after effects of pair and of year, over the cells used."""
    left = np.where(used, values, np.nan)
    for _ in range(50):
        left = left - np.nanmean(left, axis=0, keepdims=True)
        left = left - np.nanmean(left, axis=1, keepdims=True)
    return left


def main() -> None:
    z, balance, events = panel()
    own = z - np.nanmean(z, axis=0, keepdims=True)
    both = np.isfinite(own[1:]) & np.isfinite(own[:-1])
    rho = (own[1:] * own[:-1])[both].sum() / (own[:-1][both] ** 2).sum()
    rest = (own[1:] - rho * own[:-1])[both].std()
    print(f"pairs {z.shape[1]}, years {FIRST}-{LAST}")
    print(f"yearly persistence {rho:.3f}, half-life {np.log(0.5) / np.log(rho):.2f} years, rest {rest:.3f}")
    change = z[1:] - z[:-1]
    used = np.isfinite(change)
    columns = {"z": z[:-1], "balance": balance[:-1], "events": events[1:] - events[:-1]}
    y = without_pair_and_year(change, used)
    x = np.stack([without_pair_and_year(column, used) for column in columns.values()], axis=-1)
    flat = np.where(used[..., None], x, 0.0).reshape(-1, len(columns))
    coefficient = np.linalg.lstsq(flat, np.where(used, y, 0.0).ravel(), rcond=None)[0]
    score = (np.where(used, y - x @ coefficient, 0.0)[..., None] * np.where(used[..., None], x, 0.0)).sum(
        axis=0
    )
    bread = np.linalg.inv(flat.T @ flat)
    error = np.sqrt(np.diag(bread @ (score.T @ score) @ bread))
    for name, b, s in zip(columns, coefficient, error, strict=True):
        print(f"{name:8s} {b:7.3f} ({s:.3f})")


if __name__ == "__main__":
    main()
