"""Bodies and treaties by depth, on an invented region that is small enough to count by hand."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

import multivector as mv
from multivector.indicators.middle_power import balancing
from multivector.indicators.middle_power.facts import Facts

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
BODIES = """body,depth,powers,source,sentence
HARBOUR_PACT,3,,invented,A pact of defence.
Shoal cousins,1,XUN|XSU,invented,A format that two powers lead.
"""
RELATIONS = """kind,a,b,from,to,holds,name,source
membership,XAL,HARBOUR_PACT,2012-07-01,2018-01-01,yes,member,invented
membership,XSU,HARBOUR_PACT,2013,,yes,member,invented
membership,XBE,Shoal cousins,2011,,yes,member,invented
membership,XCY,Shoal cousins,2011,,yes,guest,invented
treaty,XAL|XSU,,2014-05-01,,yes,Treaty of the Ford,invented
treaty,XAL|XSU|XNO,,2014-05-01,,yes,Treaty of three,invented
"""


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    folder = tmp_path / "region"
    shutil.copytree(INVENTED, folder)
    (folder / "bodies.csv").write_text(BODIES, encoding="utf-8")
    (folder / "relations.csv").write_text(RELATIONS, encoding="utf-8")
    return Facts(mv.load_region(folder), (2014, 2018))


def depths(facts: Facts, state: str, year: int) -> dict[str, float]:
    return dict(zip(facts.region.powers, facts.ties_by_power(state, year)[0].tolist(), strict=True))


def test_a_body_ties_to_each_power_that_is_a_member_while_both_are(facts: Facts) -> None:
    # 2014: the pact (3) with both powers, the talks (1) with one, the forum (1) with the union, a treaty (2).
    assert depths(facts, "XAL", 2014) == {"XNO": 3 + 1, "XSU": 3 + 2, "XUN": 1}
    # By 2018 the state has left the pact, and what is known of one power's membership stops in 2014.
    assert depths(facts, "XAL", 2018) == {"XNO": 1, "XSU": 2, "XUN": 1}
    assert depths(facts, "XBE", 2018) == {"XNO": 1, "XSU": 3 + 1, "XUN": 1 + 1}


def test_a_guest_is_no_member(facts: Facts) -> None:
    assert depths(facts, "XCY", 2018) == {"XNO": 0, "XSU": 0, "XUN": 1}


def test_the_mix_is_the_evenness_of_the_depths(facts: Facts) -> None:
    p = [4 / 10, 5 / 10, 1 / 10]
    expected = -sum(x * math.log(x) for x in p) / math.log(3)
    assert balancing.bal_member(facts).value[0, 0] == pytest.approx(expected, abs=1e-12)


def test_a_body_of_both_tables_counts_once() -> None:
    """`institutions.csv` has the bodies by name that `bodies.csv` has by code."""
    region = mv.load_region("central-eurasia")
    named = set(region.table("institutions").filter(kind="organisation")["name"])
    assert named <= {region.name(code) for code in region.table("bodies")["body"] if code in _codes(region)}


def _codes(region: mv.Region) -> set[str]:
    return set(region.table("actors")["code"])
