"""Likeness of alliance portfolios: against R on 24 dyads in three years, and as laws."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from multivector.errors import InputError
from multivector.indicators.similarity import alliance_similarity

TOLERANCE = 1e-9
YEARS = (1995, 2005, 2018)
COLUMNS = {
    "n": "n",
    "s": "s_valued_abs",
    "s_squared": "s_valued_sq",
    "s_binary": "s_binary",
    "pi": "pi_valued",
    "pi_binary": "pi_binary",
    "kappa": "kappa_valued_fixedscale",
    "kappa_present": "kappa_valued_psych",
    "kappa_nominal": "kappa_valued_nominal",
    "kappa_binary": "kappa_binary",
    "tau_b": "taub_valued",
}
PORTFOLIO = st.one_of(st.sampled_from([0.0, 1.0, 2.0, 3.0]), st.just(np.nan))
PAIRS = st.integers(1, 12).flatmap(lambda n: hnp.arrays(float, (2, n), elements=PORTFOLIO))


@pytest.fixture(scope="module")
def codes(shared: Path) -> dict[str, int]:
    with (shared / "reference/similarity/ref_cinc.csv").open(newline="") as file:
        found = {row["iso3"]: int(row["ccode"]) for row in csv.DictReader(file)}
    with (shared / "data/nmc.csv").open(newline="") as file:
        return found | {row["iso3"]: int(row["ccode"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def portfolios(shared: Path) -> dict[int, tuple[dict[int, int], np.ndarray]]:
    """By year: the place of each state, and everybody's obligations; what is not listed is none."""
    found = {}
    for year in YEARS:
        folder = shared / "reference/similarity"
        with (folder / f"states_{year}.csv").open(newline="") as file:
            place = {int(row["ccode"]): i for i, row in enumerate(csv.DictReader(file))}
        matrix = np.zeros((len(place), len(place)))
        with (folder / f"atop_valued_matrix_{year}.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                matrix[place[int(row["ccode1"])], place[int(row["ccode2"])]] = float(row["ordatop"])
        found[year] = place, matrix
    return found


@pytest.fixture(scope="module")
def reference(shared: Path) -> list[dict[str, str]]:
    with (shared / "reference/similarity/ref_fpsim_alliance.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.reference
@pytest.mark.parametrize("year", YEARS)
def test_every_measure_of_every_dyad(
    year: int,
    reference: list[dict[str, str]],
    portfolios: dict[int, tuple[dict[int, int], np.ndarray]],
    codes: dict[str, int],
) -> None:
    rows = [row for row in reference if int(row["year"]) == year]
    place, matrix = portfolios[year]
    a, b = (matrix[[place[codes[row[side]]] for row in rows]] for side in ("iso3_a", "iso3_b"))
    found = alliance_similarity(a, b)
    assert len(rows) == 24
    for ours, theirs in COLUMNS.items():
        expected = np.array([float(row[theirs]) for row in rows])
        np.testing.assert_allclose(getattr(found, ours), expected, rtol=0, atol=TOLERANCE, err_msg=theirs)


@given(PAIRS)
def test_symmetric(pair: np.ndarray) -> None:
    for one, other in zip(alliance_similarity(*pair), alliance_similarity(*pair[::-1]), strict=True):
        assert np.allclose(one, other, atol=1e-12, equal_nan=True)


@given(PAIRS, st.randoms(use_true_random=False))
def test_relabelling_the_states_changes_nothing(pair: np.ndarray, chance: object) -> None:
    order = list(range(pair.shape[1]))
    chance.shuffle(order)  # type: ignore[attr-defined]
    for one, other in zip(alliance_similarity(*pair), alliance_similarity(*pair[:, order]), strict=True):
        assert np.allclose(one, other, atol=1e-12, equal_nan=True)


@given(PAIRS)
def test_one_for_identical_portfolios(pair: np.ndarray) -> None:
    a = pair[0]
    found = alliance_similarity(a, a)
    kinds = len(set(a[np.isfinite(a)]))
    for name, value in found._asdict().items():
        if name == "n":
            assert int(value) == np.isfinite(a).sum()
        elif kinds == 0 or (kinds < 2 and not name.startswith("s")):
            assert np.isnan(value)
        elif not name.endswith("_binary") or name == "s_binary":
            assert float(value) == pytest.approx(1)


@given(PAIRS)
def test_within_their_ranges(pair: np.ndarray) -> None:
    found = alliance_similarity(*pair)
    for name, value in found._asdict().items():
        if name != "n" and np.isfinite(value):
            assert -1 - 1e-12 <= float(value) <= 1 + 1e-12


@given(PAIRS)
def test_what_is_not_covered_is_left_out(pair: np.ndarray) -> None:
    covered = np.isfinite(pair).all(axis=0)
    for one, other in zip(alliance_similarity(*pair), alliance_similarity(*pair[:, covered]), strict=True):
        assert np.allclose(one, other, atol=1e-12, equal_nan=True)


def test_the_end_of_coverage_is_missing_and_not_zero() -> None:
    found = alliance_similarity(np.full(5, np.nan), [0.0, 1, 2, 3, 0])
    assert int(found.n) == 0
    assert all(np.isnan(value) for name, value in found._asdict().items() if name != "n")


def test_everybody_with_everybody_at_once() -> None:
    all_of = np.random.default_rng(3).integers(0, 4, (5, 9)).astype(float)
    found = alliance_similarity(all_of[:, None], all_of[None, :])
    assert found.kappa.shape == (5, 5)
    assert float(found.kappa[1, 3]) == pytest.approx(float(alliance_similarity(all_of[1], all_of[3]).kappa))


def test_what_is_no_obligation_is_said() -> None:
    with pytest.raises(InputError, match=r"(?s)4 is not on the scale.*repair: use 0, 1, 2, 3"):
        alliance_similarity([4.0, 0.0], [1.0, 0.0])
