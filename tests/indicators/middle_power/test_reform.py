"""Reforms done, announced and taken back, on an invented region that is small enough to count by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import multivector as mv
from multivector.errors import InputError
from multivector.indicators.middle_power import reform
from multivector.indicators.middle_power.facts import Facts

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
ROLES = """kind,actor,counterpart,body,from,to,status,weight,title,event,source,known_to
reform,XAL,,court,2016,2016,done,1,A court,,invented,
reform,XAL,,press,2017,2017,announced,1,A law on the press,,invented,
rollback,XBE,,constitution,2018,2018,done,3,The constitution set aside,,invented,
reform,XBE,,court,2012,2012,done,1,A court,,invented,
reform,XBE,,parliament,2003,2018-06,reversed,2,A parliament,,invented,
"""
KINDS = "kind,first_year,last_year,weight_means,rule,source\n"
KINDS += "reform,1991,2019,1 to 3,all,invented\nrollback,1991,2019,1 to 3,all,invented\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(INVENTED, tmp_path / "region")
    (tmp_path / "region" / "roles.csv").write_text(ROLES, encoding="utf-8")
    return tmp_path / "region"


def test_a_step_counts_by_its_weight_and_stands_until_it_is_taken_back(folder: Path) -> None:
    (folder / "role_kinds.csv").write_text(KINDS, encoding="utf-8")
    found = reform.reform_events(Facts(mv.load_region(folder), (2017, 2019, 2020)))
    # XAL: one of two stands, k = 2. XBE: both of two stand in 2017, k = 2; in 2019 one of a weight of six, k = 3.
    assert found.value[0, :2].tolist() == pytest.approx([0.5, 0.5])
    assert found.value[1, :2].tolist() == pytest.approx([2.5 / 3, (3 * 1 / 6 + 0.5) / 4])
    assert found.missing[2, 0] == found.missing[0, 2] == "no step of reform coded by then in 1991 to 2019"


def test_the_interval_is_that_of_a_beta(folder: Path) -> None:
    from scipy.stats import beta

    (folder / "role_kinds.csv").write_text(KINDS, encoding="utf-8")
    found = reform.reform_events(Facts(mv.load_region(folder), (2017,)))
    assert [found.low[1, 0], found.high[1, 0]] == pytest.approx(beta(2.5, 0.5).ppf([0.05, 0.95]))


def test_roles_without_their_kinds_are_refused(folder: Path) -> None:
    with pytest.raises(InputError, match=r"without role_kinds\.csv"):
        reform.reform_events(Facts(mv.load_region(folder), (2017,)))
