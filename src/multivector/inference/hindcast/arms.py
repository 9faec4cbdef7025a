"""Families from deliveries of arms: shares of five years, their concentration, and who delivers at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.hindcast.settings import Settings
from multivector.world.inputs import covered_years
from multivector.world.run import SMALLEST_WINDOW, WINDOW_YEARS

OTHER = "OTHER"  # every supplier that the protocol does not name


def deliveries(region: Region, release: str) -> tuple[tuple[int, ...], tuple[str, ...], Floats]:
    """Years, suppliers and TIV [y, i, j] of every year; a state is no supplier of its own.

    Years that the release covers are read in it alone, later ones in the newest: mixing exports inside a
    series would score the register's revisions as change.
    """
    first, last = covered_years(region, "arms")
    newest = region.tie("arms", first, last)["value"].transpose("year", "state", "partner")
    values = newest.to_numpy().copy()
    as_released = region.tie("arms", first, last, as_of=release)["value"]
    old = as_released.transpose("year", "state", "partner").to_numpy()
    values = np.where(np.isfinite(old), old, values)
    partners = np.array(newest["partner"].to_numpy().tolist())
    actors = region.table("actors")
    groups = actors.filter(actors["kind"] == "group")["code"].to_list()
    kept = ~np.isin(partners, groups)
    values = np.where(np.isfinite(values), values, 0.0)  # the coverage says that all else is zero
    values[:, np.array(region.states)[:, None] == partners] = 0.0
    return tuple(range(first, last + 1)), tuple(partners[kept].tolist()), values[:, :, kept]


def windows(by_year: Floats) -> Floats:
    """Shares [y, i, j] of the five years that end with each year, from the first whole window on.

    A window without any delivery has no shares: missing.
    """
    window = np.lib.stride_tricks.sliding_window_view(by_year, WINDOW_YEARS, axis=0).sum(axis=-1)
    total = window.sum(axis=-1, keepdims=True)
    share = np.full(window.shape, np.nan)
    np.divide(window, total, out=share, where=total > SMALLEST_WINDOW)
    return share


def grouping(
    region: Region, suppliers: tuple[str, ...], columns: tuple[str, ...], year: int
) -> NDArray[np.float64]:
    """Matrix [j, s] that sums supplying states into the named suppliers and OTHER (last)."""
    matrix = np.zeros((len(suppliers), len(columns) + 1))
    for column, code in enumerate(columns):
        members = {code, *region.members(code, year)}
        matrix[:, column] = [supplier in members for supplier in suppliers]
    matrix[:, -1] = matrix.sum(axis=1) == 0
    return matrix


def arms_share_5y(region: Region) -> Family:
    """Share of a supplier in a state's deliveries of five years, value[y, i, s] = sum TIV[s] / sum TIV."""
    settings = Settings.of(region, "arms_share_5y")
    years, suppliers, by_year = deliveries(region, settings.get("release", str))
    columns = settings.get("suppliers", lambda given: tuple(str(code) for code in given))
    grouped = by_year @ grouping(region, suppliers, columns, settings.get("members_of", int))
    shares = windows(grouped)
    names = (*columns, OTHER)
    n_years = len(shares)
    return Family(
        name="arms_share_5y",
        title="supplier's share of five years' arms deliveries",
        unit="share 0-1",
        years=years[WINDOW_YEARS - 1 :],
        values=shares.reshape(n_years, -1),
        cells=tuple(f"{state}:{name}" for state in region.states for name in names),
        group=tuple(state for state in region.states for _ in names),
        partner=names * len(region.states),
        floor=0.0,
        ceiling=1.0,
        kinds=True,
        beside={"deliveries": grouped[WINDOW_YEARS - 1 :], "before": _before(grouped, n_years)},
        about=f"final vintage: release {settings.get('release', str)}, later years from the newest",
        **settings.common,
    )


def _before(grouped: Floats, n_years: int) -> Floats:
    """The four years before each year [y, 4, i, s], so that the first windows can be rebuilt."""
    return np.stack([grouped[k : k + WINDOW_YEARS - 1] for k in range(n_years)])


def supplier_concentration(region: Region) -> Family:
    """Herfindahl-Hirschman index of the five-year window, sum_s share[s]^2; 1 is a single supplier.

    Each supplying state counts by itself. Its inverse is the Hill number of order 2 (Jost 2006, Oikos
    113:363-375); the index is scored because it is bounded. Deliveries whose supplier is unknown count as
    of one supplier, which can only overstate concentration.
    """
    settings = Settings.of(region, "supplier_concentration")
    years, _, by_year = deliveries(region, settings.get("release", str))
    shares = windows(by_year)
    return Family(
        name="supplier_concentration",
        title="concentration of arms suppliers, five years",
        unit="index 0-1",
        years=years[WINDOW_YEARS - 1 :],
        values=np.asarray((shares**2).sum(axis=-1)),
        cells=region.states,
        group=region.states,
        partner=("",) * len(region.states),
        floor=0.0,
        ceiling=1.0,
        about=f"final vintage: release {settings.get('release', str)}, later years from the newest",
        **settings.common,
    )


def arms_tie(region: Region) -> Family:
    """Whether a supplier delivers to a state in a year: 1 or 0 for every pair.

    Pairs of a supplier are missing until it first delivers to some state of the region: whoever comes
    later is not on the list at the origin, and is scored by nobody.
    """
    settings = Settings.of(region, "arms_tie")
    years, suppliers, by_year = deliveries(region, settings.get("release", str))
    ever = by_year.sum(axis=(0, 1)) > 0
    names = tuple(name for name, delivers in zip(suppliers, ever, strict=True) if delivers)
    volume = by_year[:, :, ever]
    known = np.maximum.accumulate(volume.sum(axis=1) > 0, axis=0)  # [y, j]
    own = np.array(region.states)[:, None] == np.array(names)
    values = np.where(known[:, None, :] & ~own, (volume > 0).astype(float), np.nan)
    return Family(
        name="arms_tie",
        title="supplier delivers arms to the state in the year",
        unit="yes 1, no 0",
        years=years,
        values=values.reshape(len(years), -1),
        cells=tuple(f"{state}:{name}" for state in region.states for name in names),
        group=tuple(state for state in region.states for _ in names),
        partner=names * len(region.states),
        floor=0.0,
        ceiling=1.0,
        yes_no=True,
        beside={"volume": volume.reshape(len(years), -1)},
        about=f"final vintage: release {settings.get('release', str)}, later years from the newest",
        **settings.common,
    )
