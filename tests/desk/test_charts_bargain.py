"""Pictures of an issue at the table, on invented numbers: what is drawn where, and that it can be read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from multivector.desk import palette
from multivector.desk.charts import (
    Settlement,
    information_chart,
    levers_chart,
    moves_chart,
    outcome_chart,
    positions_chart,
    turns_chart,
    waiting_chart,
)
from multivector.desk.charts.levers import FAINT
from multivector.desk.charts.outcome import BEYOND, HEIGHT, WITHIN
from multivector.desk.charts.plain import apart, steps, wrapped
from multivector.desk.svg import Svg, text_width

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Older and rural conservative voters of province"
MANY = [f"{LONG} {k}" for k in range(26)]
MARKS = ((0, "never"), (25, "after the next election or only in form"), (50, "on the announced date, in earnest"),
         (75, "within a year or two"), (100, "at once"))  # fmt: skip
rng = np.random.default_rng(0)


def described(svg: str) -> str:
    return next(node.text or "" for node in ElementTree.fromstring(svg) if node.tag == f"{SVG}desc")


def texts(svg: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Every text with its box: left, right, top of its capitals, base line."""
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        said, size = node.text or "", float(node.get("font-size", "11"))
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        wide = text_width(said, size, bold=node.get("font-weight") == "600")
        left = x - {"end": wide, "middle": wide / 2}.get(node.get("text-anchor", ""), 0.0)
        yield said, left, left + wide, y - 0.72 * size, y


def words(svg: str) -> list[str]:
    return [said for said, *_ in texts(svg)]


def dots(svg: str) -> list[tuple[float, float]]:
    """Middle and radius of every filled dot, from the top."""
    found = [
        node for node in ElementTree.fromstring(svg).iter(f"{SVG}circle") if node.get("fill") != palette.PAPER
    ]
    return [(float(node.get("cx", "")), float(node.get("r", ""))) for node in found]


def boxes(svg: str, *fills: str) -> list[Any]:
    return [n for n in ElementTree.fromstring(svg).iter(f"{SVG}rect") if n.get("fill") in fills]


@pytest.fixture(scope="module")
def actors() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": ["Alder", "Berun", "Cyrna"],
            "low": [60.0, 0.0, 20.0],
            "mode": [80.0, 10.0, 50.0],
            "high": [100.0, 20.0, 70.0],
            "weight": [4.0, 1.0, 0.0],
        }
    )


def crowd() -> dict[str, Svg]:
    """Every chart with twenty-six actors of long names."""
    n, position = len(MANY), np.sort(rng.uniform(0, 100, 26))
    frame = pl.DataFrame({"name": MANY, "low": position * 0.8, "mode": position, "high": position * 0.9 + 10,
                          "weight": rng.uniform(0, 1, n)})  # fmt: skip
    gains = pl.DataFrame(
        {"actor": MANY, "move": ["position from 20 to 35"] * n, "gain": rng.uniform(0, 9, n)}
    ).with_columns(low=pl.col("gain") - 2, high=pl.col("gain") + 3)
    cells = pl.DataFrame({"cell": [f"position, {name}" for name in MANY], "saved": rng.uniform(0, 3, n),
                          "error": 0.2, "evidence": ["stated", "inferred"] * (n // 2)})  # fmt: skip
    path = 40 + (position - 40) * np.exp(-np.arange(30) / 4)[:, None]
    t = np.linspace(0, 30, 361)
    cdfs = {
        name: share * -np.expm1(-t / 3)
        for name, share in (("lottery", 0.66), ("effort", 0.67), ("consent", 0.65))
    }
    return {
        "positions": positions_chart(frame, title="T", marks=MARKS, settlement=Settlement(44, 20, 86, 46)),
        "outcome": outcome_chart(
            np.arange(101.0), np.full(101, 1 / 101), median=99, interval80=(90, 100), title="T", marks=MARKS,
            models=[(f"a model with a long name {k}", at) for k, at in enumerate(position)],
        ),
        "waiting": waiting_chart(t, cdfs, {k: 1 - cdf[-1] for k, cdf in cdfs.items()}, as_of=date(2024, 12, 15), title="T"),
        "turns": turns_chart(MANY, path, path - 3, path + 3, title="T"),
        "moves": moves_chart(MANY, rng.normal(0, 20, (n, n)), title="T"),
        "levers": levers_chart(gains, title="T", unit="points"),
        "information": information_chart(cells, title="T"),
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "svg"), crowd().items())
def test_no_text_meets_another_or_leaves_the_picture(kind: str, svg: Svg) -> None:
    wide, tall = (float(v) for v in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    found = list(texts(svg))
    assert wide == 340, kind
    for said, left, right, top, base in found:
        assert left >= -0.6, said
        assert right <= wide + 0.6, said
        assert 0 <= top < base <= tall, said
    for a, b in combinations(found, 2):
        apart_x = a[2] <= b[1] + 0.6 or b[2] <= a[1] + 0.6
        apart_y = a[4] <= b[3] + 0.6 or b[4] <= a[3] + 0.6
        assert apart_x or apart_y, (a[0], b[0])


def test_positions_stand_on_the_scale_and_weights_are_areas(actors: pl.DataFrame) -> None:
    svg = positions_chart(
        actors, title="T", settlement=Settlement(40, 20, 60, 30), marks=((0, "a"), (100, "b"))
    )
    (first, small), (second, _), (third, large) = dots(svg)  # from the lowest position to the highest
    assert (second - first) / (third - first) == pytest.approx((50 - 10) / (80 - 10), abs=0.005)
    assert large**2 / small**2 == pytest.approx(4, abs=0.1)
    (band,) = boxes(svg, "#e1edf0")
    assert float(band.get("width", "")) / (third - first) == pytest.approx(40 / 70, abs=0.005)
    assert {"forecast 40 (20 to 60)", "compromise mean 30", "0: a", "100: b", "80 (60 to 100)"} <= set(
        words(svg)
    )
    assert described(svg).endswith("Alder: 80 (60 to 100), 80% of the weight")


def test_a_scale_of_its_own_keeps_its_numbers(actors: pl.DataFrame) -> None:
    years = actors.with_columns(pl.col("low", "mode", "high") / 5 + 2014)
    svg = positions_chart(years, title="T", low=2014, high=2034)
    assert {"2014", "2019", "2034", "2016 (2014 to 2018)"} <= set(words(svg))


def test_meanings_that_are_too_wide_for_columns_stand_below_each_other(actors: pl.DataFrame) -> None:
    marks = [(k, "incomprehensibility of it") for k in range(0, 101, 10)]
    said = [
        (left, said)
        for said, left, *_ in texts(positions_chart(actors, title="T", marks=marks))
        if ": inc" in said
    ]
    assert [left for left, _ in said] == [0.0] * 11


def test_columns_hold_all_of_the_chance() -> None:
    chance = np.zeros(101)
    chance[[0, 50, 53, 100]] = 0.1, 0.5, 0.3, 0.1
    svg = outcome_chart(
        np.arange(101.0),
        chance,
        median=50,
        interval80=(48, 60),
        title="T",
        models=[("second", 75), ("first", 25)],
    )
    tall = [float(box.get("height", "")) for box in boxes(svg, WITHIN, BEYOND)]
    assert len(tall) == 21
    assert np.array(tall)[[0, 10, 11, 20]] == pytest.approx(HEIGHT * np.array([0.2, 1, 0.6, 0.2]))
    assert sum(tall) == pytest.approx(2 * HEIGHT)
    assert len(boxes(svg, WITHIN)) == 3  # the columns of 50, 55 and 60
    (middle, _), (first, _), (second, _) = dots(svg)
    assert middle == pytest.approx((first + second) / 2, abs=0.1)
    assert "50%" in words(svg)
    assert (
        described(svg) == "Median 50, 80% interval 48 to 60; likeliest near 50 (50%); first: 25; second: 75"
    )


def test_the_share_that_never_happens_hangs_from_the_top() -> None:
    t = np.linspace(0, 10, 121)
    rising = 0.75 * np.minimum(t / 5, 1)
    svg = waiting_chart(
        t,
        {"late": rising / 3, "soon": rising},
        {"late": 0.75, "soon": 0.25},
        as_of=date(2024, 1, 1),
        title="T",
    )
    bars = [float(node.get("height", "")) for node in ElementTree.fromstring(svg).iter(f"{SVG}rect")]
    assert bars[1] / bars[0] == pytest.approx(3)
    (curve,) = re.findall(r'<path d="M[^"]* ([\d.]+)" fill="none" stroke="#12566b"', svg)
    top = float(re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', svg)[0])
    assert float(curve) == pytest.approx(top + bars[0], abs=0.1)  # the line ends where its bar does
    assert {"2024", "2030", "soon", "never 25%"} <= set(words(svg))
    assert described(svg) == "soon: half by 2027-05-03, never in 25%; late: 25% by 2033-12-31, never in 75%"


def test_turns_end_where_nobody_moves_and_bands_are_for_few() -> None:
    path = np.array([[0.0, 100.0], [30.0, 60.0], [40.0, 40.2], [40.0, 40.0], [40.0, 40.0]])
    svg = turns_chart(["A", "B"], path, path - 5, path + 5, title="T")
    assert svg.count('opacity=".14"') == 2
    assert {"0", "1", "2", "turn"} <= set(words(svg))
    assert "3" not in words(svg)
    assert "A: from 0 to 40 (35 to 45)" in described(svg)
    many = np.repeat(path[:, :1], 6, axis=1)
    assert "opacity" not in turns_chart(list("ABCDEF"), many, many, many, title="T")


def test_moves_are_signed_and_those_who_moved_least_are_left_out() -> None:
    names = [f"N{k}" for k in range(18)]
    moves = np.where(np.eye(18), 0.0, 1.0)
    moves[2, 0], moves[0, 1] = -12.4, 7.6
    moves[16:], moves[:, 16:] = 0.0, 0.0
    moves[16, 17] = 0.8
    said = words(moves_chart(names, moves, title="T"))
    assert {"−12", "+8", "1 N0", "16 N15"} <= set(said)
    assert not {"17 N16", "18 N17"} & set(said)
    assert " ".join(said[-2:]).startswith("2 more actors are left out")
    assert "exceeds 1 point" in " ".join(said[-2:])
    assert described(moves_chart(names, moves, title="T")).startswith(
        "N2 moved N0 by −12.4; N0 moved N1 by 7.6; "
    )


def test_a_lever_that_may_do_harm_is_muted() -> None:
    frame = pl.DataFrame({"actor": ["A", "B"], "move": ["salience from 50 to 100", "position from 3 to 9"],
                          "gain": [4.0, 1.0], "low": [3.0, -0.5], "high": [6.0, 2.0]})  # fmt: skip
    svg = levers_chart(frame, title="T", unit="points")
    assert len(re.findall(f'<circle[^>]*fill="{FAINT}"', svg)) == 1
    assert described(svg) == (
        "A, salience from 50 to 100: +4.0 points (+3.0 to +6.0); "
        "B, position from 3 to 9: +1.0 points (−0.5 to +2.0), which may do harm"
    )
    (a, _), (b, _) = dots(svg)
    zero = float(re.findall(rf'<path d="M([\d.]+) [^"]*" stroke="{palette.INK}" stroke-width="1.2"', svg)[0])
    assert (a - zero) / (b - zero) == pytest.approx(4, abs=0.01)


def test_evidence_shows_without_colour_and_bars_are_what_is_saved() -> None:
    frame = pl.DataFrame({"cell": ["small", "large", "none"], "saved": [1.0, 2.0, math.nan], "error": [0.1, 0.2, 0.3],
                          "evidence": ["assumed", "stated", "inferred"]})  # fmt: skip
    svg = information_chart(frame, title="T")
    wide = [float(box.get("width", "")) for box in boxes(svg, "#9cc5c9")]
    assert wide[0] / wide[1] == pytest.approx(2, abs=0.01)
    assert [node.get("fill") for node in ElementTree.fromstring(svg).iter(f"{SVG}circle")] == [
        palette.ACCENT,
        palette.PAPER,
    ]
    assert described(svg) == "large (stated): 2, give or take 0.2; small (assumed): 1, give or take 0.1"


def test_nothing_to_show_is_said() -> None:
    empty = pl.DataFrame(
        schema={
            "actor": pl.String,
            "move": pl.String,
            "gain": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
        }
    )
    assert described(levers_chart(empty, title="T")) == "Nothing to show."
    assert described(moves_chart(["A", "B"], np.zeros((2, 2)), title="T")) == "Nothing to show."


def test_labels_keep_apart_in_their_order() -> None:
    placed = apart([50, 50, 49, 0], [10, 20, 10, 10], 0, 100)
    assert placed[3] == 5
    order = [2, 0, 1]
    assert [placed[k] for k in order] == sorted(placed[k] for k in order)
    assert placed[0] - placed[2] >= 10
    assert placed[1] - placed[0] >= 15
    assert apart([50, 50, 50], [10, 10, 10], 0, 100) == [40, 50, 60]
    assert apart([], [], 0, 100) == []
    assert apart([100, 100], [10, 10], 0, 100) == [85, 95]
    assert apart([0, 0, 0], [50, 50, 50], 0, 100) == [25, 75, 125]


def test_lines_hold_every_word() -> None:
    said = "the quick brown fox jumps over the lazy dog"
    lines = wrapped(said, 10, 60)
    assert " ".join(lines) == said
    assert max(text_width(line, 10) for line in lines) <= 60


@pytest.mark.parametrize(("low", "high", "found"), [(0, 10, [0, 2, 4, 6, 8, 10]), (-3, 7, [-2, 0, 2, 4, 6]),
                                                    (0, 0.3, [0, 0.1, 0.2, 0.3]), (2, 2, [2])])  # fmt: skip
def test_an_axis_has_round_numbers(low: float, high: float, found: list[float]) -> None:
    assert steps(low, high) == pytest.approx(found)
