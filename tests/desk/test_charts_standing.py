"""Pictures of standing and of blocs, on invented numbers: what is drawn, said, and left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

import polars as pl
import pytest

from multivector.desk import palette
from multivector.desk.charts import (
    factor_profile,
    moved_bars,
    ranked_bars,
    signed_matrix,
    signed_network,
)
from multivector.desk.charts.camps import FILLS, camps_of
from multivector.desk.charts.moved import FAINT
from multivector.desk.svg import Svg

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("ranked", "profile", "moved", "network", "matrix")
NAN = float("nan")


def described(svg: str) -> str:
    return next(node.text or "" for node in ElementTree.fromstring(svg) if node.tag == f"{SVG}desc")


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def scores() -> pl.DataFrame:
    """The second is best; the third has no score."""
    return pl.DataFrame(
        {
            "name": ["Alder", "Berun", "Cyrna"],
            "value": [40.0, 72.0, NAN],
            "low": [30.0, 70.0, None],
            "high": [55.0, 75.0, None],
            "rank": [2, 1, None],
            "rank_low": [1, 1, None],
            "rank_high": [3, 1, None],
            "note": ["", "", "3 of 7 known"],
        }
    )


@pytest.fixture(scope="module")
def factors() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "factor": ["economy", "reform", "internal"],
            "title": ["Developed economy", "Internal reform", "Internal challenges"],
            "value": [61.0, 33.0, None],
            "low": [50.0, 20.0, None],
            "high": [70.0, 44.0, None],
            "median": [55.0, 40.0, None],
            "known": [6, 3, 1],
            "all": [7, 8, 6],
            "scored": [True, False, False],
        }
    )


@pytest.fixture(scope="module")
def moved() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": ["Alder", "Berun", "Cyrna", "Dorl"],
            "factor": ["Connectivity", "", "", ""],
            "change": [3.0, -2.0, 0.4, None],
            "low": [1.0, -3.0, -1.0, None],
            "high": [5.0, -0.5, 2.0, None],
            "main": ["Transit", "Debt", "", ""],
        }
    )


@pytest.fixture(scope="module")
def nodes() -> pl.DataFrame:
    rows = [
        ("AAA", "Alder", 0, False, "state"),
        ("BBB", "Berun", 0, False, "power"),
        ("CCC", "Cyrna", 1, True, "state"),
        ("DDD", "Dorl", 1, False, "state"),
        ("EEE", "Eyl", 1, False, "state"),
    ]
    return pl.DataFrame(rows, schema=["code", "name", "side", "differs", "kind"], orient="row")


@pytest.fixture(scope="module")
def edges() -> pl.DataFrame:
    rows = [
        ("AAA", "BBB", 1, False, "pact of 2001"),
        ("AAA", "CCC", -1, False, ""),
        ("BBB", "DDD", -1, False, ""),
        ("CCC", "DDD", -1, True, "a <war>"),
    ]
    return pl.DataFrame(rows, schema=["source", "target", "sign", "frustrated", "why"], orient="row")


@pytest.fixture(scope="module")
def pictures(
    scores: pl.DataFrame, factors: pl.DataFrame, moved: pl.DataFrame, nodes: pl.DataFrame, edges: pl.DataFrame
) -> dict[str, Svg]:
    """One of every kind."""
    return {
        "ranked": ranked_bars(scores, title="Index"),
        "profile": factor_profile(factors, title="Alder"),
        "moved": moved_bars(moved, title="Moved"),
        "network": signed_network(nodes, edges, title="Camps"),
        "matrix": signed_matrix(nodes, edges, title="Ties"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_xml_with_a_title_and_a_description(pictures: Mapping[str, Svg], kind: str) -> None:
    root = ElementTree.fromstring(pictures[kind])
    ids = {node.attrib["id"]: node.text for node in root if "id" in node.attrib}
    assert set(root.attrib["aria-labelledby"].split()) == {f"{kind}-title", f"{kind}-desc"}
    assert all(ids.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_shows_no_missing_number_and_no_foreign_id(pictures: Mapping[str, Svg], kind: str) -> None:
    assert not re.search(r"\bnan\b|NaN|None|null|undefined|Infinity", pictures[kind])
    assert all(name.startswith(f"{kind}-") for name in re.findall(r'\bid="([^"]+)"', pictures[kind]))
    assert not re.search(r'\bclass="|<style|<script|href="http', pictures[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_legible_on_a_small_screen(pictures: Mapping[str, Svg], kind: str) -> None:
    width = float(re.search(r'viewBox="0 0 (\d+)', pictures[kind])[1])
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)(?:px)?"', pictures[kind])]
    assert min(sizes) * min(364 / width, 1) >= 8.7


# Ranks


def test_the_best_comes_first_and_what_is_not_scored_last_with_its_reason(scores: pl.DataFrame) -> None:
    svg = ranked_bars(scores, title="T")
    assert described(svg) == (
        "Berun: 72 (70 to 75), rank 1; Alder: 40 (30 to 55), rank 2 (1 to 3); Cyrna: not scored: 3 of 7 known"
    )
    assert {"2 (1 to 3)", "1", "not scored: 3 of 7 known", "rank"} <= set(words(svg))


def test_without_ranks_the_bars_stand_alone(scores: pl.DataFrame) -> None:
    bare = scores.with_columns(
        pl.lit(None, pl.Int64).alias(name) for name in ("rank", "rank_low", "rank_high")
    )
    svg = ranked_bars(bare, title="T")
    assert "rank" not in words(svg)
    assert described(svg).startswith("Berun: 72 (70 to 75); Alder")


def test_nothing_scored_draws_no_bar(scores: pl.DataFrame) -> None:
    svg = ranked_bars(scores.filter(pl.col("name") == "Cyrna"), title="T")
    assert "not scored: 3 of 7 known" in words(svg)
    assert "#9cc5c9" not in svg


# Profiles and changes


def test_a_factor_that_is_not_scored_says_its_coverage_and_has_no_dot(factors: pl.DataFrame) -> None:
    svg = factor_profile(factors, title="T")
    assert {"61, 6 of 7 known", "not scored, 3 of 8 known", "not scored, 1 of 6 known"} <= set(words(svg))
    assert len(re.findall('fill="#12566b"', svg)) == 1
    assert "33" not in words(svg)
    assert "Developed economy: 61 (50 to 70), 6 of 7 known indicators, median 55" in described(svg)


def test_a_change_that_may_be_none_is_muted_and_said_so(moved: pl.DataFrame) -> None:
    svg = moved_bars(moved, title="T")
    assert "Cyrna: +0.4 (−1.0 to +2.0), which may be none" in described(svg)
    assert "Alder · Connectivity: +3.0 (+1.0 to +5.0), most by Transit" in described(svg)
    for colour in (FAINT, palette.ACCENT, palette.WARM):
        assert len(re.findall(f'fill="{colour}"', svg)) == 1


def test_a_state_without_a_change_is_left_out(moved: pl.DataFrame) -> None:
    assert "Dorl" not in moved_bars(moved, title="T")
    assert described(moved_bars(moved.clear(), title="T")) == "No change."


# Camps


def test_the_sign_of_a_tie_shows_without_colour(pictures: Mapping[str, Svg]) -> None:
    lines = re.findall(r"<path [^>]*><title>([^<]*)</title>", pictures["network"])
    dashed = re.findall(r"<path [^>]*stroke-dasharray[^>]*><title>([^<]*)</title>", pictures["network"])
    assert len(lines) == 4
    assert len(dashed) == 3
    assert all("rivals" in line for line in dashed)
    cells = words(pictures["matrix"])
    assert cells.count("+") == 2
    assert cells.count("−") == 6


def test_what_stands_against_the_camps_is_said(pictures: Mapping[str, Svg]) -> None:
    for kind in ("network", "matrix"):
        said = described(pictures[kind])
        assert "One camp: Alder, Berun; the other: " in said
        assert "Cyrna (or the other)" in said
        assert "without a tie: Eyl" in said
        assert "ties: 1 of friends, 3 of rivals, 1 against the camps" in said


def test_a_node_that_could_stand_in_either_camp_has_both_colours(
    nodes: pl.DataFrame, edges: pl.DataFrame
) -> None:
    sure = nodes.with_columns(pl.lit(False).alias("differs"))
    for draw in (signed_network, signed_matrix):
        for colour in FILLS:
            split, whole = (
                draw(frame, edges, title="T").count(f'fill="{colour}"') for frame in (nodes, sure)
            )
            assert split == whole + (colour == FILLS[0])


def test_names_and_reasons_are_escaped(nodes: pl.DataFrame, edges: pl.DataFrame) -> None:
    odd = nodes.with_columns(pl.lit("<A & B>").alias("name"))
    for draw in (signed_network, signed_matrix):
        svg = draw(odd, edges, title="T & T")
        assert "&lt;A &amp; B&gt;" in svg
        assert "a &lt;war&gt;" in svg
        ElementTree.fromstring(svg)


@pytest.mark.parametrize("side", [0, 1])
def test_one_camp_alone_is_drawn(nodes: pl.DataFrame, side: int) -> None:
    ties = pl.DataFrame(
        [("AAA", "BBB", 1, False, "")], schema=["source", "target", "sign", "frustrated", "why"], orient="row"
    )
    together = nodes.with_columns(pl.lit(side).alias("side"))
    for draw in (signed_network, signed_matrix):
        drawn = ElementTree.fromstring(draw(together, ties, title="T"))
        tied = nodes.filter(pl.col("code").is_in(["AAA", "BBB"]))["name"]
        assert set(tied) <= {text.strip() for text in drawn.itertext()}


def test_the_order_within_a_camp_is_the_same_every_time_and_shortens_ties() -> None:
    """Six pairs of rivals, given crosswise: each ends up facing its own."""
    first, second = "abcdef", "UVWXYZ"
    rows = [
        (code, code, side, False, "state") for side, codes in enumerate((first, second)) for code in codes
    ]
    nodes = pl.DataFrame(rows, schema=["code", "name", "side", "differs", "kind"], orient="row")
    ties = [(a, b, -1, False, "") for a, b in zip(first, reversed(second), strict=True)]
    edges = pl.DataFrame(ties, schema=["source", "target", "sign", "frustrated", "why"], orient="row")
    camps = camps_of(nodes, edges)
    facing = [(first[a], second[b - 6]) for a, b in zip(*camps.sides, strict=True)]
    assert set(facing) == {(a, b) for a, b, *_ in ties}
    assert camps.sides == camps_of(nodes, edges.reverse()).sides


def test_no_label_meets_another() -> None:
    """Eighteen in one camp: names stand a line apart."""
    rows = [(f"c{k}", f"Name {k}", int(k == 18), False, "state") for k in range(19)]
    nodes = pl.DataFrame(rows, schema=["code", "name", "side", "differs", "kind"], orient="row")
    ties = [(f"c{k}", "c18", -1, False, "") for k in range(18)]
    edges = pl.DataFrame(ties, schema=["source", "target", "sign", "frustrated", "why"], orient="row")
    svg = signed_network(nodes, edges, title="T")
    heights = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*text-anchor="end">Name', svg)]
    assert len(heights) == 18
    assert min(b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)) > 15
