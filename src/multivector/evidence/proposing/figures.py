"""Rows of `observations.csv` and of `ties/` from claims that state a number of one year."""

from __future__ import annotations

from collections.abc import Mapping

from multivector.atlas import Region
from multivector.atlas.declare import PARTS_OF_ONE
from multivector.evidence.checking.figures import shrinks
from multivector.evidence.proposing.row import Drafted, Row, at_once, source_of
from multivector.evidence.records import Claim

INDICATORS = {  # predicate -> indicator, and the units in which texts state it
    "gdp": ("gdp_current_usd", ("USD",)),
    "gdp_growth": ("gdp_growth", ("percent",)),
    "inflation": ("inflation_cpi", ("percent",)),
    "population": ("population", ("people",)),
    "remittances": ("remittances_received", ("percent", "percent of GDP")),
    "military_expenditure": ("military_expenditure", ("percent", "percent of GDP")),
    "public_debt": ("public_debt", ("percent", "percent of GDP")),
    "unemployment": ("unemployment", ("percent",)),
    "poverty_rate": ("poverty_rate", ("percent",)),
}
LAYERS = {  # predicate -> layer, and whether the claim's subject is the one that depends
    "import_share_of": ("imports", False),
    "export_market_of": ("exports", False),
    "remittance_share_of": ("remittances", False),
    "votes_with": ("un_agreement", True),
}


def observation_rows(claim: Claim, region: Region) -> Drafted:
    """One row: an actor's figure of a year. The vintage is the text's date, which a claim does not carry."""
    name, units = INDICATORS[claim.predicate]
    about = {row["indicator"]: row for row in region.table("indicators").iter_rows(named=True)}
    if name not in about or claim.unit not in units:
        return Drafted(why=f"no indicator of the region is {claim.predicate} in {claim.unit or 'no unit'}")
    refused = _refused(claim)
    if refused or len(claim.subjects) != 1:
        return Drafted(why=refused or "it is about no single state")
    number = claim.number or 0.0
    if shrinks(claim.quote) and number > 0:
        if claim.predicate != "gdp_growth":
            return Drafted(why="it states a change, and the table holds levels")
        number = -number
    unit = str(about[name]["unit"])
    cells = {"actor": claim.subjects[0], "year": at_once(claim)[:4], "indicator": name}
    cells |= _numbers(claim, number / (100 if unit in PARTS_OF_ONE else 1), unit)
    return Drafted((Row("observations", cells, held(region, cells), _VINTAGE),), codes=claim.subjects)


def tie_rows(claim: Claim, region: Region) -> Drafted:
    """One row: a partner's share of a year."""
    layer, forward = LAYERS[claim.predicate]
    refused = _refused(claim)
    if layer not in region.layers or claim.unit != "percent":
        return Drafted(why=f"no layer of the region is {claim.predicate} in {claim.unit or 'no unit'}")
    if refused or len(claim.subjects) != 1 or len(claim.objects) != 1:
        return Drafted(why=refused or "it names no single state and partner")
    state, partner = (claim.subjects[0], claim.objects[0])[:: 1 if forward else -1]
    unit = str(region.row("layers", "layer", layer)["unit"])
    cells = {"state": state, "partner": partner, "year": at_once(claim)[:4]}
    cells |= _numbers(claim, (claim.number or 0.0) / (100 if unit in PARTS_OF_ONE else 1), unit)
    row = Row(f"ties/{layer}", cells, held_tie(region, layer, cells), _VINTAGE)
    return Drafted((row,), codes=(state, partner))


_VINTAGE = "the claim does not carry the text's date: write it as `vintage`"


def _refused(claim: Claim) -> str:
    if claim.polarity == "-":
        return "it denies the number"
    if claim.number is None or claim.value_op not in ("=", "~"):
        return "it states no number, or only a bound"
    if not at_once(claim):
        return "it names no single year"
    return ""


def _numbers(claim: Claim, number: float, unit: str) -> dict[str, str]:
    value = f"{number:.10g}"
    return {"value": value, "low": "", "high": "", "unit": unit, "vintage": "", "source": source_of(claim)}


def held(region: Region, cells: Mapping[str, str]) -> str:
    """How the region has the observation."""
    return _listed(region, "observations", cells, ("actor", "indicator"))


def held_tie(region: Region, layer: str, cells: Mapping[str, str]) -> str:
    """How the region has the tie."""
    return _listed(region, f"ties/{layer}", cells, ("state", "partner"))


def _listed(region: Region, table: str, cells: Mapping[str, str], key: tuple[str, str]) -> str:
    rows = region.table(table)
    rows = rows.filter(
        (rows[key[0]] == cells[key[0]])
        & (rows[key[1]] == cells[key[1]])
        & (rows["year"] == int(cells["year"] or 0))
    )
    if not rows.height:
        return ""
    row = rows.row(0, named=True)
    found = row["value"] if row["value"] is not None else f"{row['low']} to {row['high']}"
    return f"{table}.csv has {row['year']}: {found} ({row['source']})"
