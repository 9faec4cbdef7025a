"""The small tables of a page, against the compromise by hand and the cells' own intervals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain import tables
from multivector.desk.bargain.rows import Asked
from multivector.desk.bargain.tables import reach_table, settlements_table, variants_table

Over = Callable[..., Bargain]
Content = Callable[..., dict[str, Any]]
COMPROMISE = (40 * 80 * 0.1 + 60 * 50 * 0.9 + 10 * 70 * 0.5) / (40 * 80 + 60 * 50 + 10 * 70)
"""With every cell at its mode, as a part of the scale."""
CHANGE = re.compile(r"(\w+) of ([\w ]+) ([\d.]+) → ([\d.]+)(\*?)")


def changes(row: tuple[str, ...]) -> list[tuple[str, str, float, bool]]:
    """Attribute, stakeholder, value and whether it is starred, of both columns of changes."""
    return [
        (what, who.strip(), float(value), bool(star))
        for cell in row[2:]
        for what, who, _, value, star in CHANGE.findall(cell)
    ]


def test_settlements_are_those_of_the_hand(small: Bargain) -> None:
    table = settlements_table(small)
    rows = {row[0]: row for row in table.rows}
    assert rows["compromise"][1] == f"{50 * COMPROMISE:.1f}"
    assert rows["capability-mean"][1] == f"{50 * (40 * 0.1 + 60 * 0.9 + 10 * 0.5) / 110:.1f}"
    low, high = rows["compromise"][3].split(" to ")
    assert float(low) < float(rows["compromise"][2]) < float(high)
    assert table.folded == f"What {len(rows)} models expect"
    assert "did not settle" not in table.caption


def test_draws_that_did_not_settle_are_counted(small: Bargain, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two draws of one model are left without a settlement."""

    def settlement(self: Bargain, name: str) -> tuple[Any, Any]:
        over = np.linspace(0, 100, 11)[:, None]
        if name == "median-voter":
            over = over.copy()
            over[[0, 1]] = np.nan
        return np.full(1, 50.0), over

    monkeypatch.setattr(Bargain, "models", ("compromise", "median-voter"))
    monkeypatch.setattr(Bargain, "settlement", settlement)
    table = settlements_table(replace(small))
    assert table.caption.endswith(" 2 draws in which an election did not settle are left out.")
    assert [row[2] for row in table.rows] == ["25.0", "30.0"]  # the median of the other nine is 60 of 100


def test_every_family_has_its_row_and_its_part_of_the_variance(small: Bargain) -> None:
    table = variants_table(small)
    assert sorted(row[0] for row in table.rows) == ["all", "expected-utility", "means", "spatial"]
    for row in table.rows:
        low, high = (float(x) for x in row[2].split(" to "))
        assert 0 <= low <= float(row[1]) <= high <= 50
    assert re.search(r"family of models \d+% ± \d+%; .*cells \d+% ± \d+%", table.caption)


def marked(over: Over, lock: Content, *places: float) -> Bargain:
    return over(lock(marks=[{"at": at, "means": "a mark"} for at in places]), draws=100)


def test_targets_are_the_next_on_either_side(small: Bargain, over: Over, lock: Content) -> None:
    now = f"{50 * COMPROMISE:.0f}"
    assert [row[0] for row in reach_table(small).rows] == [f"share {now} → 19", f"share {now} → 29"]
    between = reach_table(marked(over, lock, 0, 10, 20, 30, 50))
    assert [row[0] for row in between.rows] == [f"share {now} → 20", f"share {now} → 30"]
    close = reach_table(marked(over, lock, 24, 50))
    assert close.rows[0][0] == f"share {50 * COMPROMISE:.1f} → 24.0"


def test_other_chances_are_asked_of_a_question_of_when(
    when: Bargain, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[float]()

    def reach_of(_: Bargain, each: Asked) -> dict[str, Any]:
        asked.append(each.target)
        return {
            "is_chance": True,
            "span": 1.0,
            "reached": 3,
            "draws": 120,
            "cells": [],
            "together": None,
            "says": ["?"],
        }

    monkeypatch.setattr(tables, "reach_of", reach_of)
    table = reach_table(when)
    now = float(when.quantity().of(when.at_modes))
    assert 0.1 < now < 0.9
    below, above = asked
    assert below < now < above
    assert [row[0] for row in table.rows] == [f"{now:.0%} → {target:.0%}" for target in asked]
    assert table.rows[0][1:] == ("3 of 120", "none", "?")
    assert table.caption.startswith("For the chance by 2029-02-28 (consent).")


def test_a_target_at_an_end_of_the_scale_has_one_side(over: Over, lock: Content) -> None:
    content = lock()
    for each in content["stakeholders"][:2]:  # and the boatmen alone stand elsewhere, and hardly count
        each["position"] = {"low": 0, "mode": 0, "high": 1, "evidence": "assumed"}
    content["stakeholders"][2]["capability"]["mode"] = content["stakeholders"][2]["capability"]["low"] = 0.1
    below, above = reach_table(over(content, draws=100)).rows
    assert below[0].endswith("→ 0.00")
    assert above[0].endswith("→ 5")


def test_values_outside_an_interval_are_starred(small: Bargain, over: Over, lock: Content) -> None:
    cells = {(p.attribute, p.stakeholder): p.cell for p in small.issue.cells()}
    told = [
        each
        for table in (reach_table(small), reach_table(marked(over, lock, 5, 40)))
        for row in table.rows
        for each in changes(row)
    ]
    assert {star for *_, star in told} == {True, False}
    for attribute, who, value, star in told:
        cell = cells[attribute, who]  # type: ignore[index]
        if abs(value - cell.low) > 1 and abs(value - cell.high) > 1:  # values are told in whole units
            assert star == (not cell.low <= value <= cell.high), (attribute, who, value)


def test_places_far_from_0_are_told_in_full(over: Over, lock: Content) -> None:
    table = reach_table(over(lock(low=2020.0), draws=100))
    told = " ".join(cell for row in table.rows for cell in row)
    assert "e+0" not in told
    assert "e-0" not in told
    positions = [each for row in table.rows for each in changes(row) if each[0] == "position"]
    assert positions
    assert all(2020 <= value <= 2070 for _, _, value, _ in positions)
