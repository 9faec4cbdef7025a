"""Force and coercion around a state, on an invented region that is small enough to count by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import multivector as mv
from multivector.indicators.middle_power import challenges
from multivector.indicators.middle_power.facts import Facts

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
CONFLICTS = """conflict,name,a,b,over,kind,from,to,war,known_to,source
first,Ford war,XAL,XNO,territory,interstate,2016-03-01,2016-04-01,yes,,invented
again,Ford clash,XNO,XAL,territory,interstate,2019-03-01,2019-03-02,no,,invented
listed,,XAL,XNO,territory,interstate,2016,2019,yes,2020,invented
at_home,Rising,XBE,,government,intrastate,2018-01-01,2019-01-01,yes,,invented
old,Reef war,XBE,XSU,territory,interstate,2012-01-01,2013-01-01,yes,,invented
"""
ROLES = """kind,actor,counterpart,body,from,to,status,weight,title,event,source,known_to
coercion,XAL,XNO,border,1993,,in force,3,The ford is shut,,invented,2020
coercion,XAL,XSU,trade,2012-01-01,2013-02-01,done,2,Fish ban,,invented,
coercion,XBE,XSU,trade,2018-05-01,2018-05-01,done,2,Fish ban,,invented,
"""
KINDS = "kind,first_year,last_year,weight_means,rule,source\ncoercion,1991,2025,1 to 3,all,invented\n"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    folder = tmp_path / "region"
    shutil.copytree(INVENTED, folder)
    tables = {"conflicts": CONFLICTS, "roles": ROLES, "role_kinds": KINDS}
    tables["borders"] = "a,b,source\nXAL,XBE,invented\nXNO,XAL,invented\n"
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Facts(mv.load_region(folder), (2015, 2020))


def test_one_conflict_counts_once_and_half_for_a_neighbour(facts: Facts) -> None:
    # 2011-2015: XBE fought XSU, XAL borders on XBE. 2016-2020: XAL fought XNO in three rows, XBE borders on XAL.
    assert challenges.norm_erosion(facts).value.tolist() == [[0.5, 1.0], [1.0, 0.5], [0.0, 0.0]]


def test_a_closed_border_presses_on_as_long_as_it_is_closed(facts: Facts) -> None:
    assert challenges.coerc(facts).value.tolist() == [[5.0, 3.0], [0.0, 2.0], [0.0, 0.0]]


def test_without_a_table_of_borders_nothing_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    shutil.copytree(INVENTED, folder)
    (folder / "conflicts.csv").write_text(CONFLICTS, encoding="utf-8")
    grid = challenges.norm_erosion(Facts(mv.load_region(folder), (2020,)))
    assert set(grid.missing[:, 0]) == {"the region has no table of borders"}
