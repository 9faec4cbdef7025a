"""The transport graph: places, the legs between them, and what is known of each leg."""

from __future__ import annotations

import re
from pathlib import Path

from curate_common import codes, read, short, write

KEYS = {"geonames": "GEONAMES", "manual": "own_places", "searoute_ports": "SEAROUTE", "ESTIMATE": "own_estimates",
        "WAYPOINT_GC": "own_waypoints"}  # fmt: skip
SURE = {"high": "high", "med": "medium", "low": "low"}


def transport(folder: Path) -> None:
    corridors = folder / "corridors"
    places(corridors)
    legs(corridors)
    leg_figures(corridors)


def key(source: str) -> str:
    return KEYS.get(source, source)


def places(folder: Path) -> None:
    rows = (
        (r["id"], r["name"], r["country_iso3"], r["lat"], r["lon"], r["kind"], key(r["coord_source"]))
        for r in read(folder, "nodes.csv")
    )
    write("places.csv", "place,name,actor,lat,lon,kind,source", sorted(rows))


def legs(folder: Path) -> None:
    """Each leg with its length and time; other numbers stand in `leg_figures.csv`."""
    where = {r["id"]: r["country_iso3"] for r in read(folder, "nodes.csv")}
    known = set(codes("state", "power", "partner"))
    rows = []
    for r in read(folder, "legs.csv"):
        operator, _, rest = r["operator_country"].partition("/")
        named = [code for code in re.findall(r"\b[A-Z]{3}\b", rest) if code in known]
        crossed = dict.fromkeys([where[r["from_id"]], *named, where[r["to_id"]]])
        note = r["note"]
        if strange := [code for code in re.findall(r"\b[A-Z]{3}\b", rest) if code not in known | {"ADY"}]:
            note = "; ".join(filter(None, [note, f"also through {', '.join(strange)}"]))
        head = (r["leg_id"], r["from_id"], r["to_id"], r["mode"], r["status"], operator, "|".join(crossed))
        numbers = [
            cell
            for name in ("length_km", "transit_hours")
            for cell in (short(r[name]) if r[name] else "", key(r[f"{name}_source"]))
        ]
        rows.append((*head, r["routes"].replace(";", "|"), *numbers, note))
    columns = "leg,start,end,mode,status,operator,actors,routes,length_km,length_source,transit_hours,transit_source"
    write("legs.csv", f"{columns},note", sorted(rows))


def leg_figures(folder: Path) -> None:
    """One fact a row; what was looked for and not found, and what is no number, is left out."""
    rows = []
    for r in read(folder, "leg_facts.csv"):
        if r["method"] != "gap" and re.fullmatch(r"[\d.]+", r["value"]):
            what = (r["leg_id"], r["attribute"], short(r["value"]), r["unit"], r["year"], r["method"])
            rows.append((*what, SURE[r["confidence"]], key(r["source"]), r["note"]))
    write("leg_figures.csv", "leg,measure,value,unit,year,method,confidence,source,note", sorted(rows))
