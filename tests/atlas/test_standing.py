"""Roles, disputes, the transport graph and the series of standing: faults named, and figures of the sources."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from multivector.atlas import Region, check_region

KINDS = "kind,first_year,last_year,weight_means,rule,source\nchair,2000,2020,1 each,all bodies,invented\n"
KINDS += "dispute,2000,2020,1 each,all borders,invented\n"
ROLES = "kind,actor,counterpart,body,from,to,status,weight,title,event,source,known_to\n"
CHAIR = "chair,XAL,,XO,2010,2011,done,1,In the chair,,invented,\n"
QUARREL = "dispute,XAL,XBE,border,2010,,open,1,The ford,,invented,2020\n"
PLACES = "place,name,actor,lat,lon,kind,source\nA,Aport,XAL,10,20,seaport,invented\nB,Bton,XBE,11,21,capital,invented\n"
LEGS = "leg,start,end,mode,status,operator,actors,routes,length_km,length_source,transit_hours,transit_source,note\n"
LEG = "A-B,A,B,rail,existing,Rails,XAL|XBE,north,10,invented,,,\n"
DISPUTES = "dispute,a,b,year,hostility_a,hostility_b,onset,known_to,source\n"


class Case(NamedTuple):
    """A table with one fault, the fault's column and value, and what must be said of it."""

    file: str
    text: str
    column: str
    value: str
    what: str
    repair: str


CASES = [
    Case("roles", ROLES + CHAIR.replace("chair,", "chiar,"), "kind", "chiar", "no such role_kind", "chair"),
    Case("roles", ROLES + CHAIR.replace(",1,In", ",-1,In"), "weight", "-1", "below 0", "at least 0"),
    Case("roles", ROLES + CHAIR.replace("done", "open"), "status", "open", "does not fit", "for a dispute"),
    Case("roles", ROLES + CHAIR.replace(",,inv", ",nil,inv"), "event", "nil", "no such event", "events.csv"),
    Case("roles", ROLES + QUARREL.replace("XBE", ""), "counterpart", "", "not named", "code or name"),
    Case("roles", ROLES + QUARREL.replace("XBE", "XAL"), "counterpart", "XAL", "itself", "others only"),
    Case("roles", ROLES + QUARREL.replace(",open", ",done"), "status", "done", "does not fit", "settled"),
    Case("places", PLACES.replace(",10,20", ",100,20"), "lat", "100", "not on the globe", "at most 90"),
    Case("legs", LEGS + LEG.replace(",A,B,", ",A,C,"), "end", "C", "no such place", "places.csv"),
    Case("legs", LEGS + LEG.replace(",A,B,", ",A,A,"), "end", "A", "where the leg starts", "other end"),
    Case("legs", LEGS + LEG.replace("10,invented", "10,"), "length_source", "", "length_km", "or neither"),
    Case("borders", "a,b,source\nXAL,XAL,invented\n", "b", "XAL", "itself", "other side"),
    Case("disputes", DISPUTES + "1,XAL,XAL,2010,4,4,yes,2014,invented\n", "b", "XAL", "itself", "other side"),
    Case("disputes", DISPUTES + "1,XAL,XBE,2010,9,4,yes,2014,invented\n", "hostility_a", "9", "not an", "1, 2"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}:{case.what}")
def test_a_wrong_row_is_named_with_its_repair(copy: Path, case: Case) -> None:
    tables = {"role_kinds": KINDS, "roles": ROLES + CHAIR + QUARREL, "places": PLACES, "legs": LEGS + LEG}
    for name, text in (tables | {case.file: case.text}).items():
        (copy / f"{name}.csv").write_text(text, encoding="utf-8")
    faults = check_region(copy)
    assert len(faults) == 1, "\n".join(map(str, faults))
    fault = faults[0]
    assert (fault.file, fault.column, fault.value) == (f"{case.file}.csv", case.column, case.value)
    assert case.what in fault.what
    assert case.repair in fault.repair


def test_every_leg_can_be_walked_and_is_sourced(eurasia: Region) -> None:
    legs, places = eurasia.table("legs"), eurasia.table("places")
    ends = set(legs["start"]) | set(legs["end"])
    assert ends <= set(places["place"])
    ground = dict(places.select("place", "actor").iter_rows())
    for start, end, actors in legs.select("start", "end", "actors").iter_rows():
        assert {ground[start], ground[end]} <= set(actors.split("|"))
    # Altynkol to Poti by Kuryk: 4,324 km measured, 4,200 in articles, within 3 per cent.
    length = dict(legs.select("leg", "length_km").iter_rows())
    by_rail = ["KZ_ALT-KZ_ALA", "KZ_ALA-KZ_SHU", "KZ_SHU-KZ_ARY", "KZ_ARY-KZ_KZO", "KZ_KZO-KZ_SHA", "KZ_SHA-KZ_BEY",
               "KZ_BEY-KZ_MAN", "KZ_MAN-KZ_KUR", "AZ_ALA-AZ_BOK", "AZ_BOK-GE_GAR", "GE_GAR-GE_TBI", "GE_TBI-GE_POT"]  # fmt: skip
    total = sum(length[f"{part}-rail"] for part in by_rail) + length["KZ_KUR-AZ_ALA-ferry"]
    assert total == pytest.approx(4324, abs=2)


def test_roles_are_searched_alike(eurasia: Region) -> None:
    roles, kinds = eurasia.table("roles"), eurasia.table("role_kinds")
    assert set(roles["kind"]) == set(kinds["kind"])
    assert set(roles["actor"]) <= set(eurasia.states)
    # A quarrel between two states of the region is a row of each.
    pairs = roles.filter(pl.col("kind") == "dispute").select("actor", "counterpart", "body", "from", "to")
    told = set(pairs.iter_rows())
    for actor, other, *rest in told:
        assert other not in eurasia.states or (other, actor, *rest) in told
    ends = roles.filter(pl.col("to").is_null())
    assert ends["known_to"].null_count() == 0
    seats = roles.filter((pl.col("kind") == "seat") & (pl.col("body") == "UN Security Council"))
    assert sorted(seats.select("actor", "from").iter_rows()) == [("AZE", "2012-01-01"), ("KAZ", "2017-01-01")]


def test_coverage_that_ends_is_missing(eurasia: Region) -> None:
    protests = eurasia.series("protest_events", 2015, 2024, actors=eurasia.states)["value"]
    assert not np.isnan(protests.sel(year=slice(2015, 2019)).to_numpy()).any()
    assert np.isnan(protests.sel(year=slice(2020, 2024)).to_numpy()).all()
    assert set(eurasia.table("disputes")["known_to"]) == {"2010", "2014"}
    bounds = eurasia.series("wgi_political_stability", 2024, 2024, actors=["KAZ"]).isel(actor=0, year=0)
    assert bounds["low"].item() < bounds["value"].item() < bounds["high"].item()


@pytest.fixture(scope="module")
def capabilities(shared: Path) -> dict[tuple[str, int, str], float]:
    """Components and world totals of the reference, in the data set's thousands."""
    with (shared / "reference/power/cow_nmc_region_1991_2022.csv").open(encoding="utf-8") as handle:
        told = {(r["iso3"], int(r["year"]), r["variable"]): float(r["value"]) for r in csv.DictReader(handle)}
    with (shared / "reference/power/cow_nmc_world_totals.csv").open(encoding="utf-8") as handle:
        told |= {
            ("WLD", int(r["year"]), r["variable"]): float(r["world_total"]) for r in csv.DictReader(handle)
        }
    return told


@pytest.mark.reference
def test_capabilities_equal_the_reference(
    eurasia: Region, capabilities: dict[tuple[str, int, str], float]
) -> None:
    actors = [*eurasia.states, "RUS", "CHN", "USA", "WLD"]
    rows = eurasia.table("observations").filter(pl.col("indicator").str.starts_with("nmc_"))
    told = {
        (actor, year, name.removeprefix("nmc_")): value / 1000
        for actor, year, name, value in rows.select("actor", "year", "indicator", "value").iter_rows()
        if actor in actors
    }
    known = {key: value for key, value in capabilities.items() if key[0] in actors and key[2] != "cinc"}
    assert told == pytest.approx(known, rel=1e-9)
