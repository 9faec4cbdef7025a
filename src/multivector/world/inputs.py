"""What the world starts from: arrays read from a region as it was known at the scenario's start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl
import xarray as xr
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.world.diplomacy import Diplomacy, diplomacy_at

HISTORY_YEARS = 20
_PULL_HALF_LIFE = 8.0  # years; how fast an old sale stops advertising the seller
_PULL_FLOOR = 0.002  # a supplier never seen before can still be chosen


@dataclass(frozen=True, eq=False)
class Inputs:
    """Arrays at the origin; nothing in them is dated after it.

    Attributes
    ----------
    history : [y, i, j] TIV delivered in each of the last `HISTORY_YEARS` years, the origin's last;
        years before the data begin hold zero weight, not a guess.
    observed : [y] one where the year is covered by data.
    pull : [i, j] share of each supplier in the imports of the region's states, averaged over states;
        nobody is pulled to itself.
    belongs : [j, g] one where supplier j is, or is a member of, power g at the origin.
    diplomacy : where signed ties and engagement start.
    """

    origin: int
    states: tuple[str, ...]
    partners: tuple[str, ...]
    powers: tuple[str, ...]
    history: NDArray[np.float64]
    observed: NDArray[np.float64]
    pull: NDArray[np.float64]
    belongs: NDArray[np.float64]
    diplomacy: Diplomacy

    @property
    def hash(self) -> str:
        """SHA-256 over every array and name."""
        digest = hashlib.sha256(repr((self.origin, self.states, self.partners, self.powers)).encode())
        for array in (self.history, self.observed, self.pull, self.belongs):
            digest.update(np.ascontiguousarray(array).tobytes())
        digest.update(self.diplomacy.hash.encode())
        return digest.hexdigest()


def inputs_at(region: Region, origin: int) -> Inputs:
    """Read what was known at the end of year `origin`."""
    first, _ = covered_years(region, "arms")
    deliveries = region.tie("arms", max(first, origin - HISTORY_YEARS + 1), origin)["value"]
    deliveries = deliveries.transpose("year", "state", "partner")
    partners = _suppliers(region, deliveries)
    covered = deliveries.sel(partner=list(partners)).to_numpy().copy()
    own = np.array([[state == partner for partner in partners] for state in region.states])
    covered[:, own] = 0.0  # a state is no supplier of its own: the table has no such number
    missing = HISTORY_YEARS - len(covered)
    history = np.concatenate([np.zeros((missing, *covered.shape[1:])), covered]).astype(float)
    observed = np.concatenate([np.zeros(missing), np.ones(len(covered))])
    return Inputs(
        origin=origin,
        states=region.states,
        partners=partners,
        powers=region.powers,
        history=history,
        observed=observed,
        pull=_pull(history, own, np.array([code in region.powers for code in partners])),
        belongs=belonging(region, partners, origin),
        diplomacy=diplomacy_at(region, origin),
    )


def covered_years(region: Region, layer: str) -> tuple[int, int]:
    """First and last year of a layer's coverage; between them a pair without a row is zero."""
    rows = region.table("coverage").filter(pl.col("layer") == layer)
    if rows.height == 0:
        raise InputError(
            f"the region says of no year that layer {layer!r} is covered",
            where="coverage.csv",
            repair="add a row with the layer's first and last year",
        )
    return int(rows["first_year"].to_numpy().min()), int(rows["last_year"].to_numpy().max())


def _suppliers(region: Region, deliveries: xr.DataArray) -> tuple[str, ...]:
    """The axis of partners: every power and whoever ever delivered. A group acts by its members.

    The axis is the same at every origin, so that one compilation serves a hindcast; who has not yet
    delivered by the origin and is no power has no pull, and is all but never chosen.
    """
    actors = region.table("actors")
    groups = set(actors.filter(pl.col("kind") == "group")["code"])
    seen = set(region.table("ties/arms")["partner"]) | set(region.powers)
    return tuple(code for code in deliveries["partner"].to_numpy().tolist() if code in seen - groups)


def belonging(region: Region, partners: tuple[str, ...], year: int) -> NDArray[np.float64]:
    """Matrix [j, g]: one where partner j is power g, or a member of it at the end of `year`."""
    matrix = np.zeros((len(partners), len(region.powers)))
    for column, power in enumerate(region.powers):
        members = set(region.members(power, year)) | {power}
        matrix[:, column] = [code in members for code in partners]
    return matrix


def _pull(
    history: NDArray[np.float64], own: NDArray[np.bool_], is_power: NDArray[np.bool_]
) -> NDArray[np.float64]:
    weight = 0.5 ** (np.arange(len(history))[::-1] / _PULL_HALF_LIFE)
    volume = np.tensordot(weight, history, axes=1)
    total = volume.sum(axis=-1, keepdims=True)
    share = np.divide(volume, total, out=np.zeros_like(volume), where=total > 0)
    known = is_power | (volume.sum(axis=0) > 0)
    pull = np.where(own | ~known, 0.0, share.mean(axis=0) + _PULL_FLOOR)
    return np.asarray(pull / pull.sum(axis=-1, keepdims=True))
