"""Rows that JSON, tables and pages share: plain numbers, and the same whatever the unit of the scale."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from multivector.bargaining.bargain import Bargain, bargain_over
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.desk.bargain.rows import PARTS, Asked, head, levers_of, process_of, worth_of
from multivector.desk.bargain.terminal import TEXT, levers, process

Over = Callable[..., Bargain]
Content = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def scales(over: Over, lock: Content) -> tuple[Bargain, Bargain]:
    """One table written on a scale of 0 to 1 in shares, and on one of 0 to 1000."""
    return over(lock(length=1.0, unit="share")), over(lock(length=1000.0))


@pytest.fixture(scope="module")
def parts(scales: tuple[Bargain, Bargain]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Everything that is said of it, on either."""
    one, thousand = (
        {name: part(each, Asked(target=target)) for name, part in PARTS.items()}
        for each, target in zip(scales, (0.6, 600.0), strict=True)
    )
    return one, thousand


Parts = tuple[dict[str, Any], dict[str, Any]]


def column(rows: list[dict[str, Any]], *keys: str) -> np.ndarray[Any, Any]:
    return np.array([[row[key] for key in keys] for row in rows])


def test_everything_is_plain_and_finite(parts: Parts, when: Bargain, over: Over) -> None:
    for each in parts:
        json.dumps(each, allow_nan=False)
    asked = [name for name in PARTS if name not in {"reach", "variants"}]
    told = head(when) | {name: PARTS[name](when, Asked()) for name in asked}
    json.dumps(told, allow_nan=False)
    assert [row["reading"] for row in told["when"]] == ["lottery", "effort", "consent"]


def test_points_are_plain_and_finite_too(points: Path) -> None:
    bargain = bargain_over(points, draws=100)
    asked = [name for name in PARTS if name not in {"variants", "process"}]
    told = head(bargain) | {name: PARTS[name](bargain, Asked(target=60.0)) for name in asked}
    json.dumps(told, allow_nan=False)
    assert told["points_only"]
    assert not any(row["told"] for row in told["worth"]["cells"])
    assert all(row["low"] == row["high"] for row in told["models"])


def test_settlements_and_the_forecast_are_the_same_in_another_unit(parts: Parts) -> None:
    for name, keys in (
        ("models", ("settlement", "low", "median", "high")),
        ("turns", ("position",)),
    ):
        one, thousand = (column(each[name], *keys) for each in parts)
        np.testing.assert_allclose(1000 * one, thousand, atol=1e-6)
    one, thousand = (each["forecast"]["dimensions"][0] for each in parts)
    for key in ("median", "mean", "low80", "high80", "at"):
        np.testing.assert_allclose(1000 * np.array(one[key]), thousand[key], atol=1e-6)
    np.testing.assert_allclose(one["chance"], thousand["chance"])
    families = [column(each["variants"]["families"], "q10", "q50", "q90") for each in parts]
    np.testing.assert_allclose(1000 * families[0], families[1], atol=1e-6)
    assert parts[0]["variants"]["shares"] == [
        row | {key: pytest.approx(row[key]) for key in ("share", "error")}
        for row in parts[1]["variants"]["shares"]
    ]


def test_the_process_is_in_hundredths_whatever_the_unit(parts: Parts) -> None:
    one, thousand = (each["process"] for each in parts)
    assert [(row["mover"], row["moved"]) for row in one["moves"]] == [
        (row["mover"], row["moved"]) for row in thousand["moves"]
    ]
    np.testing.assert_allclose(
        *(column(each["moves"], "points", "low", "high") for each in (one, thousand)), atol=1e-6
    )
    for a, b in zip(one["coalitions"], thousand["coalitions"], strict=True):
        assert a["members"] == b["members"]
        assert 1000 * np.array(a["position"]) == pytest.approx(b["position"])


def test_levers_and_targets_are_the_same_in_another_unit(parts: Parts) -> None:
    one, thousand = (each["levers"] for each in parts)
    assert not one["is_chance"]  # though its unit is called share
    assert (one["unit"], one["span"], thousand["span"]) == ("share", 1.0, 1000.0)
    keys = ("actor", "lever", "helps", "draws", "salience")
    assert [[row[key] for key in keys] for row in one["moves"]] == [
        [row[key] for key in keys] for row in thousand["moves"]
    ]
    gains = [column(each["moves"], "gain", "low", "high", "now", "after") for each in (one, thousand)]
    np.testing.assert_allclose(1000 * gains[0], gains[1], atol=1e-6)
    for short, long in zip(one["moves"], thousand["moves"], strict=True):  # and in words
        if short["lever"] == "position":
            told = [[float(x) for x in row["move"].split()[1::2]] for row in (short, long)]
            assert 1000 * np.array(told[0]) == pytest.approx(told[1], abs=1.0)
    one, thousand = (each["reach"] for each in parts)
    assert (one["reached"], one["span"], thousand["span"]) == (thousand["reached"], 1.0, 1000.0)
    for a, b in zip(one["cells"], thousand["cells"], strict=True):
        assert (a["stakeholder"], a["attribute"], a["where"]) == (
            b["stakeholder"],
            b["attribute"],
            b["where"],
        )
        size = 1000 if a["attribute"] == "position" else 1
        assert b["span"] == size * a["span"]
        assert b["value"] == (
            None if a["value"] is None else pytest.approx(size * a["value"], rel=1e-3, abs=1e-3)
        )


def test_worths_are_the_same_shares_in_another_unit(parts: Parts) -> None:
    one, thousand = (each["worth"] for each in parts)
    assert 1000 * one["whole"] == pytest.approx(thousand["whole"])
    for a, b in zip(one["cells"], thousand["cells"], strict=True):
        assert (a["stakeholder"], a["attribute"], a["told"]) == (b["stakeholder"], b["attribute"], b["told"])
        assert a["share"] == pytest.approx(b["share"], abs=1e-9)
        assert 1000 * a["saved"] == pytest.approx(b["saved"], abs=1e-6)


def test_only_cells_above_chance_are_told(over: Over, lock: Content) -> None:
    """A position that may be anywhere is worth knowing; those that are all but known are not."""
    content = lock()
    for each in content["stakeholders"]:
        for key in ("position", "salience", "capability"):
            middle = each[key]["mode"]
            each[key] |= {"low": middle, "high": middle}
    content["stakeholders"][1]["position"] |= {"low": 0, "high": 50}
    told = {
        (row["stakeholder"], row["attribute"])
        for row in worth_of(over(content), Asked())["cells"]
        if row["told"]
    }
    assert told == {("lower town", "position")}


def test_a_chance_is_told_in_percentage_points(when: Bargain) -> None:
    row = levers_of(when, Asked())
    assert (row["is_chance"], row["unit"], row["span"]) == (True, "share", 1.0)
    assert row["of"] == "chance by 2029-02-28 (consent)"
    said = levers({"levers": row})
    assert "on chance by 2029-02-28 (consent)" in said[1]
    assert all(line.count(" pp") == 3 for line in said[2:] if "helps in" in line)


@pytest.mark.parametrize(("turns", "at_rest"), [(1, 0), (100, 29)])
def test_moves_say_which_draws_they_are_of(over: Over, lock: Content, turns: int, at_rest: int) -> None:
    bargain = over(lock(length=1.0), draws=30, options={"turns": turns})
    row = process_of(bargain, Asked())
    assert row["at_rest"] == at_rest
    assert row["turns"]["came_to_rest"] == at_rest / 30
    json.dumps(row, allow_nan=False)
    told = "the 29 draws that came to rest" if at_rest else "all 30 draws, none of which came to rest"
    assert told in "\n".join(process(head(bargain) | {"process": row}))


def test_elections_that_did_not_settle_are_left_out_of_moves(small: Bargain) -> None:
    """Of six draws of one turn, none came to rest and one election did not settle: no move is told as NaN."""
    played = replace(small, draws=6, options=SMPOptions(turns=1)).process
    played.settled[0] = False
    played.position[0, 1:] = np.nan
    assert played.process is not None
    bargain = replace(small, draws=6)
    bargain.__dict__["process"] = played
    row = process_of(bargain, Asked())
    assert (row["draws"], row["unsettled"], row["at_rest"]) == (6, 1, 0)
    json.dumps(row, allow_nan=False)


def test_text_is_told_in_the_digits_of_the_scale(scales: tuple[Bargain, Bargain], parts: Parts) -> None:
    worths = []
    for bargain, part, target in zip(scales, parts, ("0.6", "600"), strict=True):
        said = "\n".join(line for name in TEXT for line in TEXT[name](head(bargain) | part))
        assert f"what would have to be true for compromise to reach {target}" in said
        assert not re.search(r"\de[+-]\d|\bnan\b|(?<![\d.])-0(\.0+)?(?![\d.])", said)
        assert " pp" not in said
        worths.append(re.findall(r"\(assumed\): \S+ ± \S+, (\S+%)", said))
    assert worths[0] == worths[1] != []
