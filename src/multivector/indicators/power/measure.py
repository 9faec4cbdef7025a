"""The power of a region's actors at a date: capabilities, net power, influence over the region's states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from multivector.indicators.measured import Columns, MeasuredTable, interval
from multivector.indicators.power.capabilities import capabilities, cinc_rows
from multivector.indicators.power.influence import DIMENSIONS, influence
from multivector.indicators.power.influence_terms import counted_organisations, influence_terms
from multivector.indicators.power.net_power import net_power, share_of_group
from multivector.indicators.table import Row, number
from multivector.indicators.within import snapshot_within

if TYPE_CHECKING:
    from multivector.atlas import Region, Snapshot

OUTPUT, PEOPLE = "gdp_current_usd", "population"
_MISSING = (pl.String, "why nothing is known; empty where something is")


def _bounded(name: str, meaning: str) -> dict[str, tuple[Any, str]]:
    return {
        name: (pl.Float64, meaning),
        f"{name}_low": (pl.Float64, f"least {name} that what is known allows"),
        f"{name}_high": (pl.Float64, f"greatest {name} that what is known allows"),
    }


COLUMNS: dict[str, Columns] = {
    "cinc": {
        "actor": (pl.String, "a state or a power"),
        "year": (pl.Int64, "year of all components"),
        "cinc": (pl.Float64, "mean share of the world over the components that are known, as published"),
        "all_six": (
            pl.Float64,
            "mean share over all six; empty where one is missing, with its bounds beside",
        ),
        "all_six_low": (pl.Float64, "over all six, every missing one at zero"),
        "all_six_high": (
            pl.Float64,
            "over all six, every missing one at the largest share that the actor ever had, or at 1 if never known",
        ),
        "rank": (pl.Int64, "rank by the published value, among the actors of this table"),
        "components": (pl.Int64, "how many of six are known"),
        "missing_components": (pl.String, "those that are not, joined by |"),
        "rank_unsure_against": (pl.String, "whose rank beside it hangs on a missing component, joined by |"),
        "sources": (pl.String, "keys in sources.csv, joined by |"),
        "missing": _MISSING,
    },
    "flips": {
        "above": (pl.String, "who stands higher as published"),
        "below": (pl.String, "who stands lower as published"),
        "lacks": (pl.String, "the one of the two whose component is missing"),
        "components": (pl.String, "what it lacks, joined by |"),
        "at_zero": (pl.String, "who stands higher if it had none of it"),
        "last_known_year": (pl.Int64, "the last year in which it had a number"),
        "at_last_known": (pl.String, "who stands higher with its share of that year"),
        "at_its_greatest": (
            pl.String,
            "who stands higher with the largest share that it ever had; empty if never known",
        ),
        "amount_to_pass": (pl.Float64, "how much of it would make the two equal"),
        "unit": (pl.String, "of that amount"),
        "share_to_pass": (pl.Float64, "the same as a share of the world's"),
    },
    "net_power": {
        "actor": (pl.String, "a state or a power"),
        "year": (pl.Int64, "year of output and population"),
        "gdp": (pl.Float64, "output, current USD"),
        "population": (pl.Float64, "persons"),
        "net_power": (pl.Float64, "output times output a head, USD squared a head"),
        "share_of_states": (pl.Float64, "share among the region's states; empty for a power"),
        "share_of_all": (pl.Float64, "share among the region's states and powers"),
        "rank": (pl.Int64, "rank among all of them"),
        "sources": (pl.String, "keys in sources.csv, joined by |"),
        "missing": _MISSING,
    },
    "influence": {
        "state": (pl.String, "over whom"),
        "power": (pl.String, "whose"),
        "rank": (pl.Int64, "of the power over the state, by the total's lower bound, then its upper"),
        **_bounded("economic", "bandwidth times dependence in trade"),
        **_bounded("security", "bandwidth times dependence in arms and obligations"),
        **_bounded("political", "bandwidth times dependence in organisations"),
        **_bounded("total", "mean of the three with the declared weights"),
        "any_weights_low": (pl.Float64, "least total that any weighting of the three allows"),
        "any_weights_high": (pl.Float64, "greatest total that any weighting of the three allows"),
    },
}
SHOWN = {
    "cinc": dict.fromkeys(("actor", "year", "cinc", "all_six", "rank", "components", "missing_components",
                           "rank_unsure_against"), ".5f"),
    "flips": {**dict.fromkeys(("above", "below", "lacks", "components", "at_zero", "last_known_year",
                               "at_last_known", "at_its_greatest"), ""), "amount_to_pass": ".4g", "unit": ""},
    "net_power": {"actor": "", "year": "", "share_of_all": ".5f", "share_of_states": ".4f", "rank": ""},
    "influence": dict.fromkeys(("state", "power", "economic", "security", "political", "total"), ".3f"),
}  # fmt: skip
STRONGEST = 3
"""Powers whose influence is told for each state; the rest stand in the frame."""


def measure_power(region: Region, at: int | str | date) -> MeasuredTable:
    """Measure how strong a region's states and powers are at a date, and what powers can do to states.

    Parameters
    ----------
    region : from `load_region`.
    at : a year, quarter, month or day, as in `region.at`.

    Returns
    -------
    MeasuredTable : parts `cinc`, `flips` (ranks that hang on a missing component, and how much of it would
    decide), `net_power` and `influence` (columns: `COLUMNS`). What cannot be told says why.

    Raises
    ------
    InputError : `at` is not a date within the region's years.
    """
    snapshot = snapshot_within(region, at)
    notes = list[str]()
    found = capabilities(snapshot)
    if isinstance(found, str):
        notes.append(f"CINC is not scored: {found}.")
        index, flips = list[Row](), list[Row]()
    else:
        index, flips = cinc_rows(found)
        notes.append(
            "CINC leaves a missing component out, which counts it as average; `all six` counts it from nothing to "
            "the largest share that the state ever had. A CINC above that credits the state with more of the "
            "component than it ever had. A rank that hangs on it stands in `flips`."
        )
        if found.never_known:
            notes.append(
                f"Of {', '.join(found.never_known)} a component was never known up to {found.year}: it may be anything, "
                "and any state may be above or below. Pairs are told as if it were at most average."
            )
    known = set(region.table("indicators")["indicator"])
    lacking = [name for name in (OUTPUT, PEOPLE) if name not in known]
    worth = [] if lacking else _net_power_rows(snapshot)
    if lacking:
        notes.append(f"Net power is not scored: the region has no indicator {', '.join(lacking)}.")
    counted = ", ".join(counted_organisations(snapshot))
    notes += [
        "Net power is output times output a head (Beckley 2018), a share of this table's actors and not of the world.",
        "Influence is bandwidth times dependence in the manner of FBIC, with eight terms and declared weights "
        "(`influence.csv`): its numbers are not FBIC's. What is not known lies between 0 and 1.",
        f"Organisations counted, those whose members are followed to the date: {counted or 'none'}.",
    ]
    return MeasuredTable(
        title="Power",
        region=region.id,
        region_hash=region.hash,
        date=snapshot.date.isoformat(),
        notes=tuple(notes),
        parts={
            "cinc": index,
            "flips": flips,
            "net_power": worth,
            "influence": _influence_rows(snapshot),
        },
        columns=COLUMNS,
        shown=SHOWN,
        told={"influence": lambda row: row["rank"] <= STRONGEST},
    )


def _net_power_rows(snapshot: Snapshot) -> list[Row]:
    region = snapshot.region
    actors = (*region.states, *region.powers)
    output, people = (snapshot.observation(name, actors=actors) for name in (OUTPUT, PEOPLE))
    gdp, population = (panel["value"].to_numpy() for panel in (output, people))
    # Both of one year, else the ratio mixes two states of the world.
    together = output["year"].to_numpy() == people["year"].to_numpy()
    power = np.where(together, net_power(gdp, np.where(population > 0, population, np.nan)), np.nan)
    n, everyone = len(region.states), share_of_group(power)
    among = np.concatenate([share_of_group(power[:n]), np.full(len(actors) - n, np.nan)])
    sources = [{str(p["source"].to_numpy()[u]) for p in (output, people)} - {""} for u in range(len(actors))]
    rows = [
        {
            "actor": actor,
            "year": int(output["year"].to_numpy()[u]) if np.isfinite(power[u]) else None,
            "gdp": number(gdp[u]),
            "population": number(population[u]),
            "net_power": number(power[u]),
            "share_of_states": number(among[u]),
            "share_of_all": number(everyone[u]),
            "rank": 1 + int((power > power[u]).sum()) if np.isfinite(power[u]) else None,
            "sources": "|".join(sorted("|".join(sources[u]).split("|"))),
            "missing": "" if np.isfinite(power[u]) else "output or population of one year is not known",
        }
        for u, actor in enumerate(actors)
    ]
    return sorted(rows, key=lambda row: row["rank"] or len(actors) + 1)


def _influence_rows(snapshot: Snapshot) -> list[Row]:
    region, bounds = snapshot.region, influence_terms(snapshot)
    low, high = (influence({name: ends[side] for name, ends in bounds.items()}) for side in (0, 1))
    rows = list[Row]()
    for i, state in enumerate(region.states):
        strength = [(float(low.total[i, g]), float(high.total[i, g])) for g in range(len(region.powers))]
        for g, power in enumerate(region.powers):
            rank = 1 + sum(other > strength[g] for other in strength)
            row: Row = {"state": state, "power": power, "rank": rank}
            for k in (*DIMENSIONS, "total"):
                ends = [float((f.total if k == "total" else f.influence[k])[i, g]) for f in (low, high)]
                row |= interval(k, ends[0] if ends[1] - ends[0] < 1e-12 else np.nan, *ends)
            row |= {
                "any_weights_low": number(low.least[i, g]),
                "any_weights_high": number(high.most[i, g]),
            }
            rows.append(row)
    return rows
