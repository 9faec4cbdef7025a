"""How numbers are written: by the length of a scale, with their sign, their error and their unit."""

from __future__ import annotations

import pytest

from multivector.desk.bargain import wording

LENGTHS = (1000.0, 100.0, 50.0, 4.0, 1.0, 0.1)
PLACE = {"is_chance": False, "span": 50.0}
CHANCE = {"is_chance": True, "span": 1.0}


@pytest.mark.parametrize("length", LENGTHS)
def test_twentieths_of_a_scale_are_told_apart(length: float) -> None:
    told = [wording.shown(length * part / 20, length) for part in range(21)]
    assert len(set(told)) == 21
    assert [float(each) for each in told] == pytest.approx(
        [length * part / 20 for part in range(21)], abs=length / 40
    )
    assert max(len(each.replace(".", "")) for each in told) <= 4  # and no digit more than helps


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("signed", [False, True])
def test_nothing_is_never_less_than_nothing(length: float, signed: bool) -> None:
    for value in (-0.0, 0.0, -1e-9 * length, 1e-9 * length):
        assert float(wording.shown(value, length, signed=signed)) == 0
        assert not wording.shown(value, length, signed=signed).startswith("-")


def test_a_difference_has_a_sign_and_a_digit_more() -> None:
    assert [wording.shown(3.14159, length, signed=True) for length in LENGTHS] == [
        "+3.1", "+3.1", "+3.1", "+3.14", "+3.142", "+3.1416",
    ]  # fmt: skip
    assert wording.shown(-3.14159, 100, signed=True) == "-3.1"


@pytest.mark.parametrize(
    ("before", "after", "part", "told"),
    [
        (24.42, 30.0, PLACE, ("24", "30")),
        (22.6, 23.0, PLACE, ("22.6", "23.0")),
        (24.999, 25.0, PLACE, ("24.999", "25.000")),
        (0.4981, 0.5, CHANCE, ("49.8%", "50.0%")),
        (0.31, 0.5, CHANCE, ("31%", "50%")),
        (7.0, 7.0, PLACE, ("7.000000", "7.000000")),
    ],
)
def test_what_is_and_what_would_be_are_told_apart(
    before: float, after: float, part: wording.Row, told: tuple[str, str]
) -> None:
    assert wording.turned(before, after, part) == told


@pytest.mark.parametrize(
    ("mode", "value", "span", "told"),
    [
        (2025.0, 2031.4, 50.0, ("2025", "2031")),
        (80.0, 1.5e-8, 100.0, ("80", "0")),
        (1200.0, 1204.0, 1200.0, ("1200", "1204")),
        (0.9, 0.96, 1.0, ("0.90", "0.96")),
        (50.0, 50.4, 100.0, ("50.0", "50.4")),
    ],
)
def test_a_cell_is_told_without_powers_of_ten(
    mode: float, value: float, span: float, told: tuple[str, str]
) -> None:
    assert wording.cell_turned({"mode": mode, "value": value, "span": span}) == told


def test_gains_of_a_chance_are_percentage_points() -> None:
    assert wording.gain(0.1234, CHANCE) == "+12.3 pp"
    assert wording.gain(-0.0001, CHANCE) == "0.0 pp"
    assert wording.gain(0.1234, PLACE) == "+0.1"
    assert wording.gain(0.1234, {"is_chance": False, "span": 1.0}) == "+0.123"


def test_a_share_has_its_error_and_its_name() -> None:
    shares = [{"share": share, "error": 0.034} for share in (0.456, -0.004, -0.02, 1.01)]
    assert [wording.share(row) for row in shares] == ["46% ± 3%", "0% ± 3%", "-2% ± 3%", "101% ± 3%"]
    parts = [{"part": part, "option": "vote", "family": "spatial"} for part in ("option", "family", "cells")]
    assert [wording.share_name(row) for row in parts] == [
        "vote of spatial",
        "family of models",
        "cells",
    ]


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("dimension", ["", "tolls"])
def test_a_cell_names_its_dimension_only_among_several(several: bool, dimension: str) -> None:
    row = {"attribute": "position", "stakeholder": "boatmen", "dimension": dimension}
    said = wording.cell_name(row, several)
    assert said == "position of boatmen" + (" on tolls" if several and dimension else "")


@pytest.mark.parametrize(
    ("unit", "low", "high", "told"),
    [
        ("per cent", 0.0, 100.0, "21 per cent, 80 % interval 10 to 90"),
        ("", 2020.0, 2024.0, "21.2, 80 % interval 10.0 to 90.0"),
    ],
)
def test_a_forecast_has_its_unit_once(unit: str, low: float, high: float, told: str) -> None:
    row = {"unit": unit, "at": [low, high], "median": 21.234, "low80": 10.0, "high80": 90.0}
    assert wording.forecast_in_words(row) == told


def test_moves_are_told_of_the_draws_that_rested() -> None:
    assert wording.rested({"at_rest": 7, "draws": 30}) == "the 7 draws that came to rest"
    assert wording.rested({"at_rest": 0, "draws": 30}) == "all 30 draws, none of which came to rest"


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        (123.4, 12.3, "123 ± 12"),
        (1.12, 0.1, "1.1 ± 0.1"),
        (0.00089, 0.00009, "0.00089 ± 0.00009"),
        (2.0, 0.0, "2.00 ± 0.00"),
    ],
)
def test_an_estimate_has_the_digits_of_its_error(value: float, error: float, told: str) -> None:
    assert wording.with_error(value, error) == told
