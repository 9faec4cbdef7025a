"""The transport graph on networks that are small enough to count by hand."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

import multivector as mv
from multivector.indicators.middle_power import connectivity
from multivector.indicators.middle_power.facts import Facts

INVENTED = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
PLACES = {"A": "XAL", "B": "XBE", "C": "XCY", "N": "XNO", "S": "XSU"}


def facts_of(folder: Path, legs: list[tuple[str, str, float]]) -> Facts:
    """The invented region with a transport graph of one place an actor."""
    shutil.copytree(INVENTED, folder)
    (folder / "places.csv").write_text(
        "place,name,actor,lat,lon,kind,source\n"
        + "".join(f"{place},{place},{actor},0,0,rail_hub,invented\n" for place, actor in PLACES.items()),
        "utf-8",
    )
    (folder / "legs.csv").write_text(
        "leg,start,end,mode,status,operator,actors,routes,length_km,length_source,transit_hours,transit_source,note\n"
        + "".join(
            f"{a}-{b},{a},{b},rail,existing,Rails,{PLACES[a]}|{PLACES[b]},line,{km},invented,,,\n"
            for a, b, km in legs
        ),
        "utf-8",
    )
    return Facts(mv.load_region(folder), (2020,))


@pytest.fixture
def line(tmp_path: Path) -> Facts:
    """N - A - B - S, each 100 km; C stands alone."""
    return facts_of(tmp_path / "line", [("N", "A", 100), ("A", "B", 100), ("B", "S", 100)])


def test_on_a_line_the_inner_states_carry_what_passes(line: Facts) -> None:
    # Reached pairs of others: without A {B,N,S}: NB, NS, BS; A lies on NB and NS. B by symmetry. C on none.
    assert connectivity.betw(line).value[:, 0].tolist() == pytest.approx([2 / 3, 2 / 3, 0])


def test_closing_an_inner_state_cuts_what_passed(line: Facts) -> None:
    # E of {B,N,S}: 1/200 (NB) + 1/300 (NS) + 1/100 (BS); without A only BS is left.
    whole = 1 / 200 + 1 / 300 + 1 / 100
    loss = (1 / 200 + 1 / 300) / whole
    assert connectivity.removal(line).value[:, 0].tolist() == pytest.approx([loss, loss, 0])


def test_ways_out_are_as_many_as_the_neighbours_used_evenly(line: Facts) -> None:
    # A reaches N one way, and B and S the other: p = 1/3, 2/3.
    expected = math.exp(-(math.log(1 / 3) / 3 + 2 * math.log(2 / 3) / 3))
    grid = connectivity.route_div(line)
    assert grid.value[:2, 0].tolist() == pytest.approx([expected, expected])
    assert grid.missing[2, 0]  # no way leads out of C


def test_a_shorter_way_round_takes_the_traffic(tmp_path: Path) -> None:
    ring = facts_of(tmp_path / "ring", [("N", "A", 100), ("A", "S", 100), ("N", "B", 50), ("B", "S", 50)])
    # N to S goes by B (100 km), not by A (200 km); pairs without A: NB, NS, BS.
    assert connectivity.betw(ring).value[:2, 0].tolist() == pytest.approx([0, 1 / 3])
