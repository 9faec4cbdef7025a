"""Rebuild the generated tables of Central Eurasia from a folder of source tables (for its maintainer).

    python tools/curate_central_eurasia.py SOURCE_TABLES

Actors, layers, coverage and indicators are written by hand, and so are the rows of `sources.csv`: a key
that is new is looked up in the notes beside the source tables, and one without a note stops the build.
One function a table. What the notes reject, suspect or forbid is left out or marked here, and the reason
stands beside the line that does it. A row keeps the key of its source.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from curate_common import REGION, codes, focus, read, short, write
from curate_roles import roles
from curate_series import extract_sources, series
from curate_transport import transport

READ_ON = "2026-11-21"
TIE = "state,partner,year,value,low,high,unit,vintage,source"

EU_ENTRY = {
    "1958-01-01": "BEL FRA DEU ITA LUX NLD",
    "1973-01-01": "DNK IRL GBR",
    "1981-01-01": "GRC",
    "1986-01-01": "PRT ESP",
    "1995-01-01": "AUT FIN SWE",
    "2004-05-01": "CYP CZE EST HUN LVA LTU MLT POL SVK SVN",
    "2007-01-01": "BGR ROU",
    "2013-07-01": "HRV",
}


# Yearly totals in which a later export differs from that of February 2026. It was read whole for Armenia
# (from 2004) and for one line on Azerbaijan; the other states were not compared.
LATER = [
    ("ARM", "RUS", 2013, 52.4),  # and 35 T-72M1
    ("ARM", "RUS", 2016, 112.4),  # Smerch at 2.2 instead of 1.2 a unit
    ("ARM", "RUS", 2017, 21.8),  # the same
    ("ARM", "IND", 2024, 31.8),  # and 18 Pinaka
    ("AZE", "BLR", 2024, 65.0),  # Buk-MB3K
]


def arms(folder: Path) -> None:
    """Nine recipients, yearly totals by supplier: the extract that SIPRI's terms allow."""
    vintage = {"2026-02": "2026-02", "2026 post-March release": "2026-03"}
    rows = [
        (r["recipient"], r["supplier"], r["year"], short(r["tiv"]), vintage[r["vintage"]], r["source"])
        for r in read(folder, "arms_transfers.csv")
        if r["recipient"] in codes("state")
    ]
    rows += [(*pair, str(year), short(tiv), "2026-03", "sipri_tr_2026b") for *pair, year, tiv in LATER]
    write("ties/arms.csv", TIE, ((*r[:4], "", "", "TIV", *r[4:]) for r in sorted(rows)))


# Kazakhstan's exports of 2023 in the Factbook: 15 % to the UK and 5 % to Italy, against 14.5 % to Italy in
# 2019 (WITS): probably swapped. The values are left out; bounds that hold either way stay.
SUSPECT = {("KAZ", "GBR", "2023", "export"), ("KAZ", "ITA", "2023", "export")}


def shares(folder: Path) -> None:
    """Top partners' shares of trade; the Factbook prints rounded percents, so its rows carry bounds."""
    rows: dict[str, list[tuple[str, ...]]] = {"import": [], "export": []}
    actors = set(codes("state", "power", "partner"))
    for r in read(folder, "trade_shares.csv"):
        state, partner = r["reporter"], {"?Unspecified": "UNK"}.get(r["partner"], r["partner"])
        # Imports from the Gambia (4 % of Kazakhstan's in 2023) are suspect: out, as it is no actor here;
        # so are re-imports. Without a row the bounds of the others only widen.
        if state not in focus() or partner not in actors or partner == state:
            continue
        value, half = float(r["share"]), rounding(r["source"])
        low, high = (short(max(value - half, 0)), short(min(value + half, 1))) if half else ("", "")
        numbers = (short(value), low, high)
        if (state, partner, r["year"], r["flow"]) in SUSPECT:
            numbers = ("", "0", "0.155")
        rows[r["flow"]].append(
            (state, partner, r["year"], *numbers, "share", edition(r["source"]), r["source"])
        )
    write("ties/imports.csv", TIE, sorted(rows["import"]))
    write("ties/exports.csv", TIE, sorted(rows["export"]))


def rounding(source: str) -> float:
    """Half the last digit: basis points in WITS, tenths of a percent in the Factbook, wholes from 2022."""
    if not source.startswith("FACTBOOK"):
        return 0.0
    return 0.0005 if int(source[-4:]) <= 2021 else 0.005


EDITIONS = {
    "WITS-2019": "2022",
    "WDI-via-Fozich": "2026-06",
    "WDI-BX.TRF.PWKR.DT.GD.ZS-via-Fozich": "2026-06",
    "CEPII-GDP-202502": "2025-02",
    "WGI-PV-via-geopolrisk": "2025",
    "UNDP-HDR2021/22-via-CountryStats": "2022",
    "WDI-LP.LPI.OVRL.XQ-via-open-numbers": "2023",
}


def edition(source: str) -> str:
    """When the source was published or, failing that, read from a dated copy."""
    return EDITIONS.get(source) or re.findall(r"20\d\d(?:-\d\d)?", source)[0]


def remittances(folder: Path) -> None:
    """Share of the largest sender in what a state receives: modelled, and the layer says so."""
    rows = (
        (r["receiver"], r["sender"], r["year"], short(r["share_of_receiver_total"]), "", "", "share")
        for r in read(folder, "remittances.csv")
        if r["kind"] == "modelled" and r["receiver"] in focus()
    )
    write("ties/remittances.csv", TIE, ((*r, "2026", "CGD-BRM-2026") for r in sorted(rows)))


def un_agreement(folder: Path) -> None:
    """Share of roll calls on which two states voted alike; a session with fewer than 20 says nothing."""
    rows = (
        (r["iso3"], r["power"], r["year_session_start"], r["agree_share"], "", "", "share")
        for r in read(folder, "un_agreement_powers_session.csv")
        if r["iso3"] in focus() and int(r["n_votes_country"]) >= 20
    )
    write("ties/un_agreement.csv", TIE, ((*r, "2024-06", "bsv_jun2024") for r in sorted(rows)))


def alliance(folder: Path) -> None:
    """3 defence or offence, 2 neutrality or consultation, 1 non-aggression; absence of a row is 0.

    Where the dataset codes a defence obligation that the treaties do not hold the value is left out and
    the bounds 0 to 3 stay, in both directions.
    """
    odd = set()
    for r in read(folder, "alliances_atop_anomalies.csv"):
        odd |= {(r["iso3_a"], r["iso3_b"], r["year"]), (r["iso3_b"], r["iso3_a"], r["year"])}
    levels = {"defense": 3, "offense": 3, "neutrality": 2, "consultation": 2, "nonaggression": 1}
    rows = []
    for r in read(folder, "alliances.csv"):
        level = max((rank for name, rank in levels.items() if r[name] == "1"), default=0)
        pair = (r["iso3_a"], r["iso3_b"], r["year"])
        numbers = ("", "0", "3") if pair in odd else (str(level), "", "")
        if r["iso3_a"] in focus():
            rows.append((*pair, *numbers, "obligation 0-3", "2022", "atop51"))
    write("ties/alliance.csv", TIE, sorted(rows))


def memberships(folder: Path) -> None:
    """Dated memberships. Unverified rows stay out; what a dataset knew up to a year says no more after it."""
    rows: list[tuple[str, ...]] = []
    seen = set()
    for r in read(folder, "memberships.csv"):
        as_published = r["confidence"].startswith("as published")
        key = (r["member"], r["organization"], r["status"])
        if r["confidence"] == "unverified" or (as_published and key in seen):
            continue
        seen.add(key)
        # The last year of the dataset is where it stops, not where the membership does.
        stops = as_published and r["to"] in ("", "2013", "2014")
        end, known_to = ("", r["to"] or "2014") if stops else (r["to"], "")
        sure = "as published" if as_published else r["confidence"]
        rows.append((*key[:2], r["from"], end, r["status"], r["source"], sure, known_to))
    for entry, members in EU_ENTRY.items():
        for member in members.split():
            end = "2020-01-31" if member == "GBR" else ""
            rows.append((member, "EU", entry, end, "member", "europa_eu_countries", "high", ""))
    write("memberships.csv", "member,organization,from,to,status,source,confidence,known_to", sorted(rows))


def rivalries(folder: Path) -> None:
    """Strategic rivalries; the last year of a dataset is where it stops, not where the rivalry does."""
    last = {"tss2020": "2020", "td2011": "2010"}
    rows = []
    for r in read(folder, "rivalries.csv"):
        stops = r["end"] == last[r["source"]]
        end, known_to = ("", r["end"]) if stops else (r["end"], "")
        rows.append((r["iso3_a"], r["iso3_b"], r["name"], r["start"], end, known_to, r["source"]))
    write("rivalries.csv", "a,b,name,from,to,known_to,source", sorted(rows))


def deals(folder: Path) -> None:
    """Arms deals one by one; sums, statements and mere claims are not deals and stay out."""
    general = ("all contracts", "major arms", "undelivered", "Armenia largest", "JF-17 entry")
    rows = []
    for r in read(folder, "arms_deals.csv"):
        if r["source"] == "seed_haider" or r["status"].startswith("claim") or r["system"].startswith(general):
            continue
        quantity = r["quantity"] if r["quantity"] != "not stated" else ""
        note = "; ".join(part for part in (r["sipri"], r["agreement"]) if part)
        deal = (r["recipient"], r["supplier"], r["system"], quantity, r["year_signed"], r["value_usd"])
        rows.append((*deal, r["status"], note, r["source"]))
    write("deals.csv", "recipient,supplier,system,quantity,year,value_usd,status,note,source", sorted(rows))


def events(folder: Path) -> None:
    """Dated events, with every column of their coding; keys and notes lose the folder they were read in."""
    found = read(folder, "events.csv")
    columns = list(found[0])
    for r in found:
        for name in ("source", "source2"):
            keys = (key.removeprefix("x_") for key in r[name].split("|"))
            # An article under study is no source of facts.
            r[name] = "|".join(key for key in keys if not key.startswith("seed_"))
        note = re.sub(r"^(via \.\./\w+|also seed_\w+)$", "", r["note"])
        r["note"] = re.sub(r"\.\./\w+ has", "another data set has", note)
    write("events.csv", ",".join(columns), ([r[name] for name in columns] for r in found))


def observations(folder: Path) -> None:
    """Yearly observations of states and powers; of EU members what is summed over them."""
    facts = {row["indicator"]: row for row in read(REGION, "indicators.csv")}
    members = " ".join(EU_ENTRY.values()).split()
    macro = read(folder, "macro.csv")
    error = {
        (r["iso3"], r["year"]): r["value"] for r in macro if r["indicator"] == "wgi_political_stability_se"
    }
    rows = []
    for r in macro:
        name, actor, source = r["indicator"], r["iso3"], r["source"].split(" ")[0]
        if name not in facts or r["value"] == "":
            continue
        summed = facts[name]["additive"] == "yes" and actor in members and source.startswith("CEPII")
        # The Factbook's military spending of Kazakhstan (0.9 % in 2022) is rejected against 0.52 % (WDI).
        rejected = name == "military_expenditure" and actor == "KAZ" and source.startswith("FACTBOOK")
        if rejected or not (actor in focus() or summed):
            continue
        low = high = ""
        if name == "wgi_political_stability" and (actor, r["year"]) in error:
            # 1.645 standard errors to each side hold 90 per cent of a normal distribution.
            half = 1.645 * float(error[actor, r["year"]])
            low, high = short(float(r["value"]) - half), short(float(r["value"]) + half)
        numbers = (short(r["value"]), low, high, facts[name]["unit"], edition(source), source)
        rows.append((name, actor, r["year"], *numbers))
    rows += [*ideal_points(folder), *polyarchy(folder), *series(folder)]
    write("observations.csv", "actor,year,indicator,value,low,high,unit,vintage,source",
          ((r[1], r[2], r[0], *r[3:]) for r in sorted(rows)))  # fmt: skip


def ideal_points(folder: Path) -> Iterator[tuple[str, ...]]:
    """Two releases. In that of 2026 the year 2024 rests on at most 8 votes and 2025 breaks the scale: out."""
    known = codes("state", "power", "partner")
    for r in read(folder, "un_ideal_points.csv"):
        head = ("un_ideal_point", r["iso3"], r["year"])
        # Partners too: the hindcast fits its pooled baselines on all, and the Union, which casts no vote,
        # is the mean of its members that are known.
        if r["iso3"] not in known:
            continue
        if int(r["year"]) <= 2023 and r["ideal_point"] and int(r["n_votes"]) >= 20:
            yield (
                *head,
                short(r["ideal_point"]),
                short(r["q05"]),
                short(r["q95"]),
                "score",
                "2026",
                "bsv_2026",
            )
        if r["ideal_point_v2025"] and float(r["n_votes_v2025"]) >= 20:
            yield (*head, short(r["ideal_point_v2025"]), "", "", "score", "2025-07", "bsv_jul2025")
        elif r["ideal_point"] and (int(r["year"]) == 2025 or int(r["n_votes"]) < 20):
            # What the measure leaves out, apart and under its own name: the hindcast scores it.
            numbers = (short(r["ideal_point"]), short(r["q05"]), short(r["q95"]))
            doubted = ("un_ideal_point_doubted", *head[1:])
            yield (*doubted, *numbers, "score", "2026", "bsv_2026")


def polyarchy(folder: Path) -> Iterator[tuple[str, ...]]:
    """V-Dem's electoral democracy index."""
    for r in read(folder, "regime.csv"):
        if r["iso3"] in focus() and r["v2x_polyarchy"]:
            value = short(r["v2x_polyarchy"])
            yield ("polyarchy", r["iso3"], r["year"], value, "", "", "index 0-1", "2026", "isard_vdem16")


def engagement(folder: Path) -> None:
    """Assistance, official finance and visits by power, state and year.

    Of assistance the obligations, which are decided in the year (disbursements follow for years); the fiscal
    year 2024 was not over when the snapshot was taken. Of finance all commitments: development aid, other
    flows and those that could not be told apart. Visits: of the President and the Secretary of State to the
    state, and of its leaders to the United States, complete from 1992 to 2023, so that no visit is 0; of
    Chinese government delegations as counted by AidData, which has six of the nine states.
    """
    kinds = {
        "foreign assistance obligations, constant": ("assistance", "USD"),
        "Chinese official finance commitments, ODA-like": ("finance", "USD"),
        "Chinese official finance commitments, OOF-like": ("finance", "USD"),
        "Chinese official finance commitments, vague": ("finance", "USD"),
        "government visits": ("visits", "visits"),
        "president visit (event)": ("visits", "visits"),
        "secretary visit (event)": ("visits", "visits"),
        "visit of leader to US (event)": ("visits", "visits"),
    }
    keys = {"hs_travels": "hist_travels", "hs_visits": "hist_visits"}
    total: dict[tuple[str, ...], float] = {
        ("USA", state, str(year), "visits", "visits"): 0.0
        for state in codes("state")
        for year in range(1992, 2024)
    }
    origin: dict[tuple[str, ...], set[str]] = {key: set(keys.values()) for key in total}
    for r in read(folder, "engagement.csv"):
        if r["measure"] in kinds and r["state"] in codes("state") and r["value"]:
            key = (r["power"], r["state"], r["year"], *kinds[r["measure"]])
            if r["source"] in keys and key not in total:
                continue  # the year 1991: before the states were states
            total[key] = total.get(key, 0.0) + float(r["value"])
            origin.setdefault(key, set()).add(keys.get(r["source"], r["source"]))
    rows = (
        (*key[:4], short(value), key[4], "partial" if key[2:4] == ("2024", "assistance") else "measured",
         "|".join(sorted(origin[key])))
        for key, value in sorted(total.items())
    )  # fmt: skip
    write("engagement.csv", "power,state,year,measure,value,unit,basis,source", rows)


def disputes(folder: Path) -> None:
    """Militarised disputes of states and powers, by pair and year; each data set is known to its last year."""
    last = {"cow_mid5": "2014", "gml221": "2010"}
    rows = []
    for r in read(folder, "mids.csv"):
        pair = (r["iso3_a"], r["iso3_b"])
        if set(pair) & set(focus()):
            steps = (r["hostlev1"], r["hostlev2"], "yes" if r["onset"] == "1" else "no")
            rows.append((r["dispnum"], *pair, r["year"], *steps, last[r["source"]], r["source"]))
    write("disputes.csv", "dispute,a,b,year,hostility_a,hostility_b,onset,known_to,source", sorted(rows))


def sources(folder: Path) -> None:
    """Every key that a table uses: the hand-written record where there is one, else the notes."""
    records = {row["key"]: list(row.values()) for row in read(REGION, "sources.csv")}
    for key, cells in notes(folder):
        records.setdefault(key, [key, *cells, READ_ON, "", ""])
    records |= extract_sources()
    used: set[str] = set()
    for path in REGION.rglob("*.csv"):
        if path.name != "sources.csv":
            for row in read(path.parent, path.name):
                used |= {key for c in row if "source" in c for key in (row.get(c) or "").split("|") if key}
    if missing := sorted(used - set(records)):
        sys.exit(f"no record and no note explains the source keys {', '.join(missing)}")
    columns = "key,title,publisher,year,url,licence,read_on,rank,note"
    kept = used | {row["key"] for row in read(REGION, "sources.csv")}
    write("sources.csv", columns, (records[key] for key in sorted(kept)))


def notes(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Title, publisher, year, address and licence from the notes beside the source tables."""
    for name in ("SOURCES-events.md", "corridors/SOURCES.md"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            if line.startswith("|") and len(cells) >= 5:
                yield cells[0], [*cells[1:5], "publisher's copyright; only dates and facts taken"]
    for line in (folder / "SOURCES-economy-payments.md").read_text(encoding="utf-8").splitlines():
        for key, url in re.findall(r"([A-Z0-9][A-Z0-9-]{4,}) (https?://\S+)", line):
            host = re.sub(r"^https?://(www\.)?([^/]+).*", r"\2", url)
            yield key, [key, host, "", url, "publisher's copyright; only facts taken"]


TABLES = (arms, shares, remittances, un_agreement, alliance, memberships, rivalries, deals, events,
          observations, engagement, disputes, transport, roles, sources)  # fmt: skip


def main(folder: Path) -> None:
    for table in TABLES:
        table(folder)
    for path in sorted(REGION.rglob("*.csv")):
        print(f"{path.stat().st_size:>9,} {path.relative_to(REGION)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
