"""How alike a region's actors are at a date, by their alliances and by their votes."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.axes import PARTNER, STATE
from multivector.indicators.measured import Columns, MeasuredTable
from multivector.indicators.similarity.alliances import SCALE, AllianceSimilarity, alliance_similarity
from multivector.indicators.table import Row, number
from multivector.indicators.within import snapshot_within

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas import Region, Snapshot

MEASURES = {
    "s": "S with absolute distances",
    "s_squared": "S with squared distances",
    "s_binary": "S on whether there is any obligation",
    "pi": "Scott's pi over the four obligations",
    "pi_binary": "Scott's pi over tie and no tie",
    "kappa": "Cohen's kappa with squared weights over the whole scale",
    "kappa_present": "the same over the ranks of the obligations that the two have",
    "kappa_nominal": "Cohen's kappa without weights",
    "kappa_binary": "Cohen's kappa over tie and no tie",
    "tau_b": "Kendall's tau-b over the four obligations",
}
_PAIR = {"a": (pl.String, "one of the two"), "b": (pl.String, "the other"), "year": (pl.Int64, "of the data")}
_END = {
    "sources": (pl.String, "keys in sources.csv, joined by |"),
    "missing": (pl.String, "why nothing is known; empty where something is"),
}
COLUMNS: dict[str, Columns] = {
    "alliances": {
        **_PAIR,
        "n": (pl.Int64, "states whose ties with both are known, the two themselves among them"),
        **{name: (pl.Float64, meaning) for name, meaning in MEASURES.items()},
        **_END,
    },
    "votes": {**_PAIR, "agreement": (pl.Float64, "share of roll calls on which both voted alike"), **_END},
}
SHOWN = {
    "alliances": dict.fromkeys(("a", "b", "year", "n", "s", "pi", "kappa", "tau_b", "missing"), ".3f"),
    "votes": dict.fromkeys(("a", "b", "year", "agreement", "missing"), ".3f"),
}


def measure_similarity(region: Region, at: int | str | date) -> MeasuredTable:
    """Measure how alike the portfolios and votes of a region's states and powers are at a date.

    Parameters
    ----------
    region : from `load_region`.
    at : a year, quarter, month or day, as in `region.at`.

    Returns
    -------
    MeasuredTable : parts `alliances` and `votes`, a row for each pair (columns: `COLUMNS`). Past the end of
    a source's coverage every number is missing, with the reason, and never zero.

    Raises
    ------
    InputError : `at` is not a date within the region's years.
    """
    snapshot = snapshot_within(region, at)
    groups = set(region.table("actors").filter(pl.col("kind") == "group")["code"])
    actors = [code for code in (*region.states, *region.powers) if code not in groups]
    parts: dict[str, list[Row]] = {"alliances": [], "votes": []}
    notes = [
        "Alliances are compared over the states that the region's table covers, not over the whole world: "
        "numbers differ from those over all states, and portfolios that are alike are no friendship.",
        "Of votes the atlas has shares of agreement with some partners, not the roll calls: S, pi and kappa "
        "need those (multivector.indicators.similarity.vote_similarity).",
    ]
    for layer, part, rows in (("alliance", "alliances", _alliances), ("un_agreement", "votes", _votes)):
        if layer in region.layers:
            parts[part] = rows(snapshot, snapshot.tie(layer, states=actors), actors)
        else:
            notes.append(f"The region has no layer {layer}: {part} are not compared.")
    return MeasuredTable(
        title="Similarity",
        region=region.id,
        region_hash=region.hash,
        date=snapshot.date.isoformat(),
        notes=tuple(notes),
        parts=parts,
        columns=COLUMNS,
        shown=SHOWN,
    )


def _alliances(snapshot: Snapshot, tie: xr.Dataset, actors: list[str]) -> list[Row]:
    """Portfolios over all partners of the layer; what two sources dispute is not known."""
    partners = tie[PARTNER].to_numpy().tolist()
    portfolios = tie.sel({STATE: actors})["value"].to_numpy().copy()
    covered = np.isfinite(portfolios).any(axis=1)
    for i, code in enumerate(actors):
        if covered[i] and code in partners:
            portfolios[i, partners.index(code)] = SCALE[-1]
    pairs = list(combinations(range(len(actors)), 2))
    first, second = (portfolios[[pair[side] for pair in pairs]] for side in (0, 1))
    found = alliance_similarity(first, second)
    years = tie.sel({STATE: actors})["year"].to_numpy()
    sources = tie.sel({STATE: actors})["source"].to_numpy()
    return [
        _alliance_row(snapshot, tie, (actors[i], actors[j]), found, n, years[[i, j]], sources[[i, j]])
        for n, (i, j) in enumerate(pairs)
    ]


def _alliance_row(
    snapshot: Snapshot,
    tie: xr.Dataset,
    pair: tuple[str, str],
    found: AllianceSimilarity,
    n: int,
    years: np.ndarray,
    sources: np.ndarray,
) -> Row:
    compared = int(found.n[n])
    known = years[np.isfinite(years)]
    return {
        "a": pair[0],
        "b": pair[1],
        "year": int(known.max()) if known.size else None,
        "n": compared,
        **{name: number(getattr(found, name)[n]) for name in MEASURES},
        "sources": "|".join(sorted(set(sources.ravel().tolist()) - {""})),
        "missing": "" if compared else _why(snapshot, tie, known),
    }


def _votes(snapshot: Snapshot, tie: xr.Dataset, actors: list[str]) -> list[Row]:
    """One row a pair, from whichever of the two rows holds the later number."""
    states, partners = (tie[axis].to_numpy().tolist() for axis in (STATE, PARTNER))
    values, years, sources = (tie[name].to_numpy() for name in ("value", "year", "source"))
    rows = list[Row]()
    for a, b in combinations(actors, 2):
        cells = [(states.index(i), partners.index(j)) for i, j in ((a, b), (b, a)) if j in partners]
        cell = max(cells, key=lambda c: np.nan_to_num(years[c], nan=-1.0))
        known = years[[cell[0]], [cell[1]]]
        known = known[np.isfinite(known)]
        rows.append(
            {
                "a": a,
                "b": b,
                "year": int(known[0]) if known.size else None,
                "agreement": number(values[cell]),
                "sources": str(sources[cell]),
                "missing": "" if np.isfinite(values[cell]) else _why(snapshot, tie, known),
            }
        )
    return rows


def _why(snapshot: Snapshot, tie: xr.Dataset, known: np.ndarray) -> str:
    """Why a pair is missing: nothing by the date, or nothing recent enough."""
    if not known.size:
        return f"not covered up to {snapshot.date.isoformat()}"
    oldest = float(tie.attrs["max_age"])
    return (
        f"coverage ends in {int(known.max())}, more than {oldest:g} year{'s' if oldest != 1 else ''} before"
    )
