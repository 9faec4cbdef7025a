"""Obligations of alliance and votes as facts about pairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas.dates import last_full_year
from multivector.axes import PARTNER, STATE
from multivector.indicators.blocs.signed_events import ended
from multivector.indicators.blocs.signed_rules import Fact, Rule

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas import Region, Snapshot

FEWEST_MEMBERS = 2
"""Members of a group that must be covered before the group is said to have their obligation."""

Floats = NDArray[np.float64]


def obligation_facts(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    """Pairs whose obligation, when last known, was the rule's threshold.

    A group has the obligation that all of its members which the layer covers have, if they are at least two.
    """
    region, last = snapshot.region, last_full_year(snapshot.date)
    if last < region.first_year:  # no year of the layer had ended by the date
        return
    groups = set(region.table("actors").filter(pl.col("kind") == "group")["code"])
    single = [code for code in nodes if code not in groups]
    place, every, source = _obligations(region, tuple(single), snapshot.as_of)
    years = np.arange(region.first_year, last + 1)
    values = every[..., : years.size]
    members = {group: region.members(group, snapshot.date) for group in groups}
    for a, b in combinations(nodes, 2):
        one, other = sorted((a, b), key=lambda code: code in groups)
        if one in groups:
            continue
        runs = [
            run
            for member in members.get(other, (other,))
            if member != one and member in place
            if (run := _last_run(values[place[one], place[member]], years, rule))
        ]
        held = [run for run in runs if run[0] == rule.threshold]
        if not held or len(held) < len(runs) or (other in groups and len(held) < FEWEST_MEMBERS):
            continue
        known = max(run[2] for run in held)
        if ended(snapshot, rule, a, b, date(known, 12, 31)):
            continue
        of = f", {len(held)} of its members covered" if other in groups else ""
        why = f"an obligation of {rule.threshold:g} of 3, last known of {known}{of}"
        yield Fact(a, b, rule, str(max(run[1] for run in held)), why, (source,))


@lru_cache(maxsize=2)
def _obligations(
    region: Region, states: tuple[str, ...], as_of: date | str | int | None
) -> tuple[dict[str, int], Floats, str]:
    """Obligations of all years, read once for a run of dates: who stands where, [c, c, year], the source."""
    panel = region.tie("alliance", states=states, as_of=as_of)
    return *_both_ways(panel), str(panel.attrs["source"])


def agreement_facts(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    """Pairs whose agreement in votes lies far from what the habits of the two would make it.

        r[i,j] = agreement[i,j] - (h_i + h_j),   h by least squares over all pairs that are covered

    A state that votes with nearly everybody agrees much with a foe too: habits are taken off before what is
    left is compared with its own standard deviation.
    """
    tie = snapshot.tie("un_agreement", states=list(nodes))
    place, both = _both_ways(tie)
    years = _both_ways(tie, "year")[1]
    where = [place[node] for node in nodes]
    agreement, of = both[np.ix_(where, where)], years[np.ix_(where, where)]
    if not np.isfinite(agreement).any():
        return
    # One session alone: what is put to the vote differs from year to year.
    year = int(np.nanmax(np.where(np.isfinite(agreement), of, np.nan)))
    agreement = np.where(of == year, agreement, np.nan)
    first, second = np.nonzero(np.triu(np.isfinite(agreement), 1))
    # With no more pairs than habits nothing is left to compare.
    if first.size <= len(nodes) + 1:
        return
    design = np.zeros((first.size, len(nodes)))
    rows = np.arange(first.size)
    design[rows, first] = design[rows, second] = 1.0
    seen = agreement[first, second]
    left = seen - design @ np.linalg.lstsq(design, seen, rcond=None)[0]
    spread = float(left.std())
    if spread <= 1e-9:
        return
    for i, j, share, over in zip(first, second, seen, left / spread, strict=True):
        if over * rule.sign >= (rule.threshold or 0.0):
            why = (
                f"voted alike in {share:.0%} of roll calls, {abs(over):.1f} standard deviations "
                f"{'more' if over > 0 else 'less'} than the habits of both"
            )
            yield Fact(nodes[i], nodes[j], rule, str(year), why, (str(tie.attrs["source"]),))


def _both_ways(tie: xr.Dataset, name: str = "value") -> tuple[dict[str, int], Floats]:
    """A symmetric layer as an array [c, c, ...] over all its actors, from whichever row holds a pair."""
    states, partners = (tie[axis].to_numpy().tolist() for axis in (STATE, PARTNER))
    place = {code: n for n, code in enumerate(dict.fromkeys([*states, *partners]))}
    given = tie[name].to_numpy()
    array = np.full((len(place), len(place), *given.shape[2:]), np.nan)
    array[np.ix_([place[s] for s in states], [place[p] for p in partners])] = given
    return place, np.fmax(array, np.swapaxes(array, 0, 1))


def _last_run(values: Floats, years: NDArray[np.int64], rule: Rule) -> tuple[float, int, int] | None:
    """The last known obligation, since when it has been the same, and the year in which it was last known."""
    known = np.flatnonzero(np.isfinite(values))
    if not known.size or (rule.lasts is not None and years[-1] - years[known[-1]] > rule.lasts):
        return None
    value, first = float(values[known[-1]]), int(known[-1])
    while first > 0 and values[first - 1] == value:
        first -= 1
    return value, int(years[first]), int(years[known[-1]])
