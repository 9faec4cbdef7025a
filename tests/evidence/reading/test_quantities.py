"""Numbers, periods and ranks as stated."""

from __future__ import annotations

import pytest

from multivector.evidence.reading.dates import periods_of
from multivector.evidence.reading.quantities import ordinal_of, plain_number, quantities_of, rank_of


@pytest.mark.parametrize(
    ("text", "kind", "value", "op", "unit", "step"),
    [
        ("94 percent of imports", "percent", 94, "=", "percent", 1),
        ("59.7 per cent", "percent", 59.7, "=", "percent", 0.1),
        ("some 80% of voters", "percent", 80, "~", "percent", 1),
        ("more than half of the trade", "percent", 50, ">", "percent", 10),
        ("two-thirds of its exports", "percent", 200 / 3, "~", "percent", 10),
        ("most of its weapons", "percent", 50, ">", "percent", 10),
        ("20 to 25 percent", "percent", 20, ">", "percent", 1),
        ("up by 3 percentage points", "percent", 3, "=", "percentage points", 1),
        ("US$ 1.6 billion", "money", 1.6e9, "=", "USD", 1e8),
        ("estimated at $2bn", "money", 2e9, "~", "USD", 1e9),
        ("€450 million", "money", 4.5e8, "=", "EUR", 1e6),
        ("two billion dollars", "money", 2e9, "=", "USD", 1e9),
        ("at least 1,250,000 euros", "money", 1.25e6, ">", "EUR", 1),
        ("the 44-day war", "duration", 44, "=", "days", 1),
        ("a six-week war", "duration", 6, "=", "weeks", 1),
        ("the 4,200-km route", "length", 4200, "=", "km", 1),
        ("fewer than 60 jets", "count", 60, "<", "", 1),
        ("20 million people", "count", 2e7, "=", "people", 1e6),
        ("three wars", "count", 3, "=", "", 1),
    ],
)
def test_a_quantity(text, kind, value, op, unit, step):
    [found] = quantities_of(text)
    assert (found.kind, found.op, found.unit) == (kind, op, unit)
    assert found.value == pytest.approx(value)
    assert found.step == pytest.approx(step)


def test_years_are_no_counts():
    assert quantities_of("In 2020 and in 1998 nothing happened.") == []


def test_offsets_are_those_of_the_number():
    text = "It paid US$ 1.6 billion for them."
    [found] = quantities_of(text, offset=100)
    assert text[found.start - 100 : found.end - 100] == "US$ 1.6 billion"


@pytest.mark.parametrize(
    ("value", "text"), [(1.6e9, "1600000000"), (4.8, "4.8"), (94.0, "94"), (100 / 3, "33.3333")]
)
def test_numbers_are_written_plainly(value, text):
    assert plain_number(value) == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Between 2011 and 2020, it sold", "2011", "2020"),
        ("from 2011 to 2020", "2011", "2020"),
        ("in 2011–20", "2011", "2020"),
        ("In 1998, it", "1998", "1998"),
        ("since 2020", "2020", ""),
        ("by 2030", "", "2030"),
        ("in March 2020", "2020-03", "2020-03"),
        ("on 9 March 2020", "2020-03-09", "2020-03-09"),
        ("on March 9, 2020", "2020-03-09", "2020-03-09"),
        ("on 2020-03-09", "2020-03-09", "2020-03-09"),
        ("in the 1990s", "1990", "1999"),
        ("in September", "2024-09", "2024-09"),
    ],
)
def test_a_period(text, first, last):
    [found] = periods_of(text, year=2024)
    assert (found.first, found.last) == (first, last)


def test_a_month_without_a_year_is_no_date():
    assert periods_of("In September it rained.") == []


def test_years_side_by_side_are_two():
    assert [(p.first, p.last) for p in periods_of("in 2011 and 2020")] == [("2011", "2011"), ("2020", "2020")]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("the largest supplier", 1),
        ("its second-largest buyer", 2),
        ("the leading importer", 1),
        ("the 5th largest economy", 5),
        ("a leading importer", None),
        ("one of the largest suppliers", None),
        ("a second supplier", None),
        ("a supplier", None),
    ],
)
def test_a_rank(text, rank):
    assert rank_of(text) == rank


def test_ordinals():
    assert [ordinal_of(word) for word in ("30th", "third", "1st", "thirty")] == [30, 3, 1, None]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the decade before 2020", "2010", "2019"),
        ("over the five years to 2024", "2020", "2024"),
        ("in the three years after 2008", "2009", "2011"),
    ],
)
def test_a_span_of_years_has_both_ends(text, first, last):
    [period] = periods_of(text)
    assert (period.first, period.last) == (first, last)


def test_a_year_before_a_figure_is_no_range():
    low, high = (
        q for q in quantities_of("from 5.1 percent in 2023 to 4.8 percent in 2024") if q.kind == "percent"
    )
    assert (low.value, high.value, high.op) == (5.1, 4.8, "=")
