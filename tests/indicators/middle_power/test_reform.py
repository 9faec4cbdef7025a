"""Reforms done, announced and taken back, on an invented region that is small enough to count by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import multivector as mv
from multivector.indicators.middle_power import reform
from multivector.indicators.middle_power.facts import Facts

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
ROLES = """kind,actor,counterpart,body,from,to,status,weight,title,event,source,known_to
reform,XAL,,court,2016,2016,done,1,A court,,invented,
reform,XAL,,press,2017,2017,announced,1,A law on the press,,invented,
rollback,XBE,,constitution,2018,2018,done,3,The constitution set aside,,invented,
reform,XBE,,court,2012,2012,done,1,A court,,invented,
reform,XBE,,court,2001,2001,done,2,Before the window,,invented,
"""
KINDS = "kind,first_year,last_year,weight_means,rule,source\n"
KINDS += "reform,1991,2025,1 to 3,all,invented\nrollback,1991,2025,1 to 3,all,invented\n"


def test_a_step_counts_by_its_weight(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    shutil.copytree(INVENTED, folder)
    (folder / "roles.csv").write_text(ROLES, encoding="utf-8")
    (folder / "role_kinds.csv").write_text(KINDS, encoding="utf-8")
    found = reform.reform_events(Facts(mv.load_region(folder), (2020,)))
    # XAL: 1 of 2, mean weight 1. XBE: 1 of 4, mean weight 2. Of XCY no step is coded.
    assert found.value[:2, 0].tolist() == pytest.approx([(1 + 0.5) / 3, (1 + 1) / 6])
    assert found.low[:2, 0].tolist() == pytest.approx([1 / 3, 1 / 6])
    assert found.high[:2, 0].tolist() == pytest.approx([2 / 3, 3 / 6])
    assert found.missing[2, 0] == "no step of reform coded in the window"
