"""Each rule of the signed network alone, on an invented region with the one fact that it speaks of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.indicators.blocs.region_network import signed_network

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"

RELATIONS = """kind,a,b,from,to,holds,name,source
border_closed,XAL,XBE,2014,2015-06-30,yes,,invented
sanctions,XNO,XAL,2000-05,,yes,the whole trade,invented
sanctions,XSU,XAL,2002,,yes,two banks,invented
diplomatic_relations,XBE,XNO,1992,2008-08-29,yes,,invented
diplomatic_relations,XBE,XNO,2012-01-10,,yes,,invented
diplomatic_relations,XBE,XSU,1992,,no,,invented
recognition,XSU,XCY,1995,2001-03-01,no,,invented
treaty,XAL|XCY,,2005-01-01,,yes,Treaty of Strategic Partnership,invented
treaty,XBE|XUN,,2005-01-01,,yes,Free trade agreement,invented
"""
CONFLICTS = """conflict,name,a,b,over,kind,from,to,war,known_to,source
settled,Ford war,XBE,XCY,territory,interstate,2001-03-01,2002-05-01,yes,,invented
faded,Reef war,XNO,XCY,territory,interstate,1999-01-01,1999-02-01,no,,invented
at_home,Rising,XNO,XUN,government,internationalised,2001-01-01,2020-01-01,yes,,invented
"""
EVENTS = """settle,2004-02-01,day,conflict,XBE|XCY,,1,3,rivalry,Peace of the Ford,signed,invented,,high,0,invented
leave,2016-05-01,day,pact,XAL,XCY,-1,3,alliance,Alder Isle suspends the partnership,done,invented,,high,0,invented
said,2010-05-01,day,pact,XCY|XNO,,1,2,alliance,Pact announced,announced,invented,,high,0,invented
signed,2010-05-01,day,pact,XCY|XNO,,1,2,alliance,Pact signed,signed,invented,,high,0,invented
small,2010-05-01,day,pact,XCY|XSU,,1,1,alliance,Statement,signed,invented,,high,0,invented
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    folder = tmp_path_factory.mktemp("rules") / "archipelago"
    shutil.copytree(ARCHIPELAGO, folder)
    settings = (folder / "region.toml").read_text(encoding="utf-8")
    for was, now in (("first_year = 2000", "first_year = 1990"), ("last_year = 2024", "last_year = 2026")):
        assert was in settings
        settings = settings.replace(was, now)
    (folder / "region.toml").write_text(settings, encoding="utf-8")
    (folder / "relations.csv").write_text(RELATIONS, encoding="utf-8")
    (folder / "conflicts.csv").write_text(CONFLICTS, encoding="utf-8")
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write(EVENTS)
    # Votes are a rule of their own; here they would tie pairs at random.
    votes = folder / "ties" / "un_agreement.csv"
    votes.write_text(votes.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return load_region(folder)


@pytest.mark.parametrize(
    ("a", "b", "signs"),
    [
        ("XAL", "XBE", {"2002": None, "2003-05": 1, "2014": -1, "2015-07-01": None}),  # pact of 2003, border
        ("XAL", "XNO", {"1999": None, "2000-06": -1, "2009": -1, "2012": None}),  # sanctions, ten years
        ("XAL", "XSU", {"2003": None}),  # sanctions on banks alone
        ("XBE", "XNO", {"2008-08-28": None, "2008-08-30": -1, "2012-01-11": None}),  # broken off, resumed
        ("XBE", "XSU", {"1993": -1, "2020": -1}),  # never taken up
        ("XCY", "XSU", {"1996": -1, "2001-03-02": None, "2011": None}),  # refused, then recognised
        ("XAL", "XCY", {"2004": None, "2010": 1, "2016-06": -1, "2022": None}),  # partnership, suspended
        ("XBE", "XUN", {"2006": None}),  # trade is no pact
        ("XBE", "XCY", {"2001-02": None, "2001-04": -1, "2003": -1, "2004-03": None}),  # war, settled
        ("XNO", "XCY", {"1999": -1, "2003": -1, "2005": None, "2010-06": 1, "2021": None}),  # war faded; pact
        ("XNO", "XUN", {"2005": None}),  # a war within a state
        ("XNO", "XSU", {"2020": -1, "2026": -1}),  # rivals, the list stops in 2020
    ],
)  # fmt: skip
def test_the_sign_of_a_pair_over_time(region: Region, a: str, b: str, signs: dict[str, int | None]) -> None:
    found = {}
    for at in signs:
        (sign,) = [e["sign"] for e in signed_network(region, at).edges
                   if {e["source"], e["target"]} == {a, b}] or [None]  # fmt: skip
        found[at] = sign
    assert found == signs
