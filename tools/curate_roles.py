"""Roles of states: the rows that events tell are coded here, those from general knowledge stand in the table.

A line of CODED names an event and what it means for one state:

    event | kind | actor | counterpart | body | weight | to

Date, title, status and source are the event's. `to` is the last day where the role lasted and has ended,
`open` while it lasts, and empty for a single act; FIRST/LAST where the role did not begin with the event. The
rules are in `role_kinds.csv`: the same questions were asked of every state over all events; what was found is
uneven. Of events that are steps of one act, or that extend one, the first that binds is coded.
"""

from __future__ import annotations

import sys
from pathlib import Path

from curate_common import REGION, read, write

COLUMNS = "kind,actor,counterpart,body,from,to,status,weight,title,event,source,known_to"
KNOWN_TO = "2026-03"
"""Where the events thin out."""

BY_HAND = ("own_roles", "own_relations")
"""Sources of the rows that are written by hand."""

CODED = """
ini_19910829_1 | commitment | KAZ | | Semipalatinsk test site | 1 | open
ini_19940214_1 | commitment | KAZ | | NPT | 1 | open
ini_20190829_1 | commitment | KAZ | | TPNW | 1 | open
ini_20150827_1 | commitment | KAZ | | IAEA LEU bank | 1 | open
pac_20090321_1 | commitment | KAZ | | CANWFZ | 1 | open
pac_20090321_1 | commitment | UZB | | CANWFZ | 1 | open
pac_20090321_1 | commitment | KGZ | | CANWFZ | 1 | open
pac_20090321_1 | commitment | TJK | | CANWFZ | 1 | open
pac_20090321_1 | commitment | TKM | | CANWFZ | 1 | open
reg_1994_1 | initiative | KAZ | | EAEU | 1 |
reg_20070426_1 | initiative | KAZ | | Central Asian union | 1 |
reg_201709_1 | initiative | UZB | | Consultative meetings | 2 |
reg_20251116_2 | initiative | UZB | | Community of Central Asia | 1 |
inf_201812_1 | initiative | UZB | AFG|PAK | Trans-Afghan railway | 2 |
inf_201610_1 | initiative | KAZ | AZE|GEO | TITR association | 3 |
inf_201610_1 | initiative | AZE | KAZ|GEO | TITR association | 3 |
inf_201610_1 | initiative | GEO | KAZ|AZE | TITR association | 3 |
inf_20240606_1 | initiative | KGZ | CHN|UZB | China-Kyrgyzstan-Uzbekistan railway | 2 |
inf_20240606_1 | initiative | UZB | CHN|KGZ | China-Kyrgyzstan-Uzbekistan railway | 2 |
inf_202409_1 | initiative | AZE | CHN|TUR|UZB|KGZ|TJK|AUT | Eurasian Transport Route | 2 |
reg_20091003_1 | initiative | KAZ | TUR|AZE|KGZ | OTS | 3 |
reg_20091003_1 | initiative | AZE | TUR|KAZ|KGZ | OTS | 3 |
reg_20091003_1 | initiative | KGZ | TUR|KAZ|AZE | OTS | 3 |
ini_20091202_1 | un_initiative | KAZ | | UN | 1 |
ini_20151207_1 | un_initiative | KAZ | | UN | 1 |
reg_1991_1 | host | KAZ | | CIS | 2 |
pac_19920515_1 | host | UZB | | CST | 2 |
reg_20091003_1 | host | AZE | | OTS | 2 |
reg_20140529_1 | host | KAZ | | EAEU | 2 |
pac_20060908_1 | host | KAZ | | CANWFZ | 1 |
reg_20151101_1 | host | UZB | | C5+1 | 1 |
reg_20200203_1 | host | UZB | | C5+1 | 1 |
reg_20230228_1 | host | KAZ | | C5+1 | 1 |
reg_201803_1 | host | KAZ | | Consultative meetings | 2 |
reg_201911_1 | host | UZB | | Consultative meetings | 2 |
reg_20210806_1 | host | TKM | | Consultative meetings | 2 |
reg_20220721_1 | host | KGZ | | Consultative meetings | 2 |
reg_202309_1 | host | TJK | | Consultative meetings | 2 |
reg_20240809_1 | host | KAZ | | Consultative meetings | 2 |
reg_20251116_1 | host | UZB | | Consultative meetings | 2 |
reg_2022_1 | host | KAZ | | EU and Central Asia | 2 |
reg_2023_1 | host | KGZ | | EU and Central Asia | 2 |
reg_20250327_1 | host | TKM | | EU and Central Asia | 1 |
reg_20250404_1 | host | UZB | | EU and Central Asia | 2 |
reg_20221014_1 | host | KAZ | | Russia and Central Asia | 2 |
reg_20251009_1 | host | TJK | | Russia and Central Asia | 2 |
reg_20250426_1 | host | KAZ | | China and Central Asia | 1 |
reg_20250617_1 | host | KAZ | | China and Central Asia | 2 |
reg_201910_1 | host | AZE | | OTS | 2 |
reg_20240704_1 | host | KAZ | | SCO | 2 |
con_20250331_1 | host | TJK | | Three-state summit | 2 |
pac_20250528_1 | host | AZE | | Pakistan, Türkiye and Azerbaijan | 2 |
ini_19910923_1 | mediation | KAZ | AZE|ARM | Karabakh | 2 |
con_19940505_1 | mediation | KGZ | AZE|ARM | Karabakh | 2 |
ini_20130226_1 | mediation | KAZ | IRN|USA | Iran nuclear talks | 1 |
ini_20130405_1 | mediation | KAZ | IRN|USA | Iran nuclear talks | 1 |
ini_20170123_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20170215_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20170314_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20170503_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20170704_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20170913_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20171030_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20171221_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20211221_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20240124_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20241111_1 | mediation | KAZ | SYR|TUR|RUS|IRN | Astana process | 1 |
ini_20240510_1 | mediation | KAZ | ARM|AZE | Armenia and Azerbaijan | 1 |
ini_20170101_1 | seat | KAZ | | UN Security Council | 3 | 2018-12-31
ini_20121112_1 | seat | KAZ | | UN Human Rights Council | 1 | 2013-01-01/2015-12-31
rec_1993_1 | coercion | ARM | TUR | border | 3 | open
pow_19921024_1 | coercion | AZE | USA | aid | 2 | 2002-01-25
pow_20231115_1 | coercion | AZE | USA | aid | 1 |
inf_2009_1 | coercion | TKM | RUS | gas | 3 |
con_202105_1 | coercion | TJK | KGZ | border | 3 | 2025-03-13
con_20221212_1 | coercion | ARM | AZE | transit | 3 | 2023-09-20
con_20251012_1 | coercion | AFG | PAK | border | 3 | open
pac_20241130_1 | coercion | GEO | USA | partnership | 2 | open
dom_202412_1 | coercion | GEO | USA|GBR | officials | 2 | open
dom_20241202_1 | coercion | GEO | EST|LVA|LTU | officials | 2 | open
dom_202501_1 | coercion | GEO | EU | visas | 2 | open
pay_20250115_1 | coercion | KGZ | USA | banks | 2 | open
pay_202502_1 | coercion | KGZ | GBR | banks | 2 | open
pay_202511_1 | coercion | KGZ | CAN | banks | 2 | open
pay_20251023_1 | coercion | KGZ | EU | banks | 2 | open
pay_20251023_1 | coercion | TJK | EU | banks | 2 | open
pay_20251023_2 | coercion | KAZ | EU | banks | 2 | open
pay_202602_1 | coercion | GEO | EU | ports | 1 |
dom_2021_1 | reform | KAZ | | elected heads of local government | 1 |
dom_20220605_1 | reform | KAZ | | constitution | 2 |
dom_20230101_1 | reform | KAZ | | constitutional court | 2 |
dom_20240415_1 | reform | KAZ | | violence in the home | 1 |
dom_20230430_1 | reform | UZB | | constitution | 2 |
dom_20260315_1 | reform | KAZ | | constitution | 2 |
dom_202404_1 | rollback | KGZ | | foreign funding of associations | 1 |
dom_20240528_1 | rollback | GEO | | foreign funding of associations | 1 |
"""


def roles(folder: Path) -> None:
    """`folder` is not read: events are in the region, and rows that no event tells stay as they are."""
    events = {r["id"]: r for r in read(REGION, "events.csv")}
    rows = {coded(line, events) for line in CODED.strip().splitlines()}
    rows |= {tuple(r.values()) for r in read(REGION, "roles.csv") if r["source"] in BY_HAND}
    order = [COLUMNS.split(",").index(name) for name in ("kind", "actor", "from", "title")]
    ordered = sorted(rows, key=lambda row: [row[i] for i in order])
    write("roles.csv", COLUMNS, ordered)


def coded(line: str, events: dict[str, dict[str, str]]) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split(" |")]
    name, kind, actor, counterpart, body, weight, end = [*cells, ""][:7]
    if name not in events:
        sys.exit(f"roles: no event {name}")
    event = events[name]
    first, _, last = end.rpartition("/")
    to = {"": event["date"], "open": ""}.get(last, last)
    known_to = KNOWN_TO if end == "open" else ""
    head = (kind, actor, counterpart, body, first or event["date"], to, event["status"], weight)
    return (*head, event["title"], name, event["source"], known_to)
