"""What is said of an issue: the answer, what the scale's marks make of it, and where the record is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain.rows import Asked, forecast_of
from multivector.desk.bargain.sentences import bottom_line, paragraphs, record_in_words

Over = Callable[..., Bargain]
Content = Callable[..., dict[str, Any]]


def answer(over: Over, lock: Content, **more: Any) -> str:
    return bottom_line(over(lock(**more), draws=100))


def first(bargain: Bargain) -> str:
    return next(iter(paragraphs(bargain)))


def marks(*places: float) -> list[dict[str, Any]]:
    return [{"at": place, "means": f"mark {place:g}"} for place in places]


def test_the_answer_is_the_forecast_in_its_unit(small: Bargain) -> None:
    (row,) = forecast_of(small, Asked())["dimensions"]
    told = f"{row['median']:.0f} per cent, 80 % interval {row['low80']:.0f} to {row['high80']:.0f}"
    assert bottom_line(small) == (
        f"The calibrated forecast is {told}. The record behind it does not speak for this issue."
    )


def test_a_place_is_near_a_mark_or_between_two(small: Bargain, over: Over, lock: Content) -> None:
    (row,) = forecast_of(small, Asked())["dimensions"]
    at = row["median"]
    near = round(at + 2, 1)
    assert f"(near {near:g}: mark {near:g})" in answer(over, lock, marks=marks(0, near, round(at - 3, 1)))
    assert "(between 0: mark 0, and 50: mark 50)" in answer(over, lock, marks=marks(50, 0))
    low, high = round(at - 6, 1), round(at + 6, 1)
    between = f"(between {low:g}: mark {low:g}, and {high:g}: mark {high:g})"
    assert between in answer(over, lock, marks=marks(0, low, high, 50))
    beyond = answer(over, lock, marks=marks(round(at + 5.1, 1), 50))
    assert "near" not in beyond
    assert "between" not in beyond


def test_several_dimensions_are_named(over: Over, two_dimensions: Content) -> None:
    said = bottom_line(over(two_dimensions(), draws=100))
    assert said.startswith("Calibrated forecasts: share 0.")
    assert "; tolls " in said


def test_a_question_of_when_is_answered_by_dates_alone(when: Bargain) -> None:
    said = bottom_line(when)
    assert said.startswith("By 2029-02-28 it has happened in ")
    for reading, waiting in when.waiting.items():
        assert f"{float(waiting.by(when.day)):.0%} ({reading}; never {float(waiting.never):.0%})" in said
    assert "calibrated" not in said.lower()
    assert "nothing has scored them" in said
    behind = first(when)
    assert behind.startswith("As a place on the scale, which is no date, the forecast is ")
    assert "this is a question of when" in behind


def test_widths_are_told_where_somebody_assumed_them(small: Bargain, over: Over, lock: Content) -> None:
    assert "assumed" not in first(small)
    assert "12.5 % on either side, as the command asked" in first(over(lock(), spread=12.5))


def test_the_record_says_why_it_is_silent(over: Over, lock: Content, two_dimensions: Content) -> None:
    told = "legislative issues of the European Union"
    european = over(lock(kind="eu-legislation"))
    assert european.outside == ""
    assert "does not speak" not in bottom_line(european) + first(european)
    assert f"{told} introduced from 1996 to 2018, and this issue is of another kind" in first(over(lock()))
    several = over(two_dimensions() | {"kind": "eu-legislation"})
    assert several.outside == "calibrated on issues of one dimension"
    two = lock(kind="eu-legislation")
    two["stakeholders"] = two["stakeholders"][:2]
    assert over(two).outside == "calibrated on 3 to 30 actors, and this issue has 2"
    assert "calibrated on 3 to 30 actors, and this issue has 2" in first(over(two))


def test_paragraphs_end_with_the_notes_of_the_issue(over: Over, lock: Content) -> None:
    said = list(paragraphs(over(lock(notes=["A first note.", "A second."]))))
    assert said[1:] == ["A first note.", "A second."]
    assert "The table stands as of 2024-02-29" in said[0]
    assert "as of" not in first(over(lock(as_of=None)))


@pytest.mark.parametrize("said", ["legislative issues of the European Union", "tables of single values"])
def test_what_the_record_was_made_from_is_told(said: str) -> None:
    assert said in record_in_words()
