"""Cells, rows and verdicts from forecasts whose scores can be worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from multivector.errors import NotFiniteError
from multivector.inference.hindcast.evaluate import evaluate
from multivector.inference.hindcast.family import Family, Subset
from multivector.inference.hindcast.result import Hindcast
from multivector.inference.hindcast.rows import COLUMNS, beside, rows, slices
from multivector.inference.hindcast.scored import Occasion, score, without_gaps
from multivector.inference.hindcast.verdict import against_best, beats


@dataclass(frozen=True)
class Told:
    """A forecaster that looks the truth up and adds an error: what no honest model can do."""

    truth: Family
    error: float = 0.0
    name: str = "told"
    asked: tuple[int, ...] = ()

    def forecast(self, family, origin, horizons, seed):
        assert family.years[-1] == origin
        return {h: np.full((4, len(family.cells)), self.truth.at(origin + h) + self.error) for h in horizons}


@pytest.fixture
def walk(small):
    values = np.cumsum(np.random.default_rng(4).normal(size=(20, 6)), axis=0)
    return small(
        values,
        edges=(-10.0, 0.0, 10.0),
        group=tuple("ABCDEF"),
        partner=("x", "y") * 3,
        horizons=(1, 3),
        fixed=(2008, 4),
        subsets=(Subset("all"), Subset("above zero", above=0.0), Subset("with x", partner="x")),
    )


def test_a_forecast_that_is_the_truth_scores_nothing(walk):
    cells = evaluate(walk, [Told(walk)]).filter(pl.col("model") == "told")
    for column in ("crps", "mis90", "width90"):
        assert cells[column].abs().max() < 1e-9
    assert cells["cov90"].min() == 1.0
    assert cells["pit"].is_between(0, 1).all()


def test_the_rows_are_means_over_the_cells(walk):
    cells = evaluate(walk, [Told(walk, 0.5)])
    found = {(r["protocol"], r["subset"], r["horizon"], r["model"]): r for r in rows(walk, cells, "here")}
    row = found["rolling", "all", 1, "told"]
    assert tuple(row) == COLUMNS
    assert row["n"] == 6 * 15
    assert row["mae"] == row["rmse"] == row["crps"] == 0.5
    assert row["cov90"] == 0.0
    assert row["mis90"] == pytest.approx(20 * 0.5)
    assert found["rolling", "with x", 1, "told"]["n"] == 3 * 15
    above = sum((walk.at(origin) > 0).sum() for origin in walk.origins)
    assert found["rolling", "above zero", 1, "told"]["n"] == above
    persistence = found["rolling", "all", 1, "persistence"]
    assert persistence["crps_diff_vs_persistence"] == persistence["crps_skill_vs_persistence"] == 0.0
    assert row["crps_diff_vs_persistence"] == pytest.approx(0.5 - persistence["crps"], abs=2e-5)
    assert row["crps_skill_vs_persistence"] == pytest.approx(1 - 0.5 / persistence["crps"], abs=1e-4)
    both = found["rolling", "all", "all", "told"]
    assert both["n"] == row["n"] + found["rolling", "all", 3, "told"]["n"]
    assert found["fixed2008", "all", 4, "told"]["n"] == 6


def test_clusters_are_states_and_target_years(walk):
    cells = evaluate(walk, [Told(walk, 0.5)])
    row = next(r for r in beside(walk, cells) if (r["horizon"], r["model"]) == (1, "told"))
    assert row["clusters_state"] == 6
    assert row["clusters_year"] == 15
    assert row["difference_low_by_state"] < row["difference_high_by_state"]


def test_slices_hold_every_cell_once(walk):
    cells = evaluate(walk)
    for by in ("origin", "target"):
        parts = [r for r in slices(walk, cells, by) if r["model"] == "drift" and r["subset"] == "all"]
        whole = next(r for r in rows(walk, cells, "") if (r["horizon"], r["model"]) == ("all", "drift"))
        assert sum(part["n"] for part in parts) == whole["n"]
        mean = sum(part["n"] * part["crps"] for part in parts) / whole["n"]
        assert mean == pytest.approx(whole["crps"], abs=2e-5)


def test_the_word_beats_must_be_earned(walk):
    good, bad = Told(walk, 0.01, "good"), Told(walk, 9.0, "bad")
    comparisons = against_best(walk, evaluate(walk, [good, bad]))
    assert beats(comparisons, "good", "all")
    assert not beats(comparisons, "bad", "all")
    bad_one = next(c for c in comparisons if c.model == "bad" and c.horizon == 1)
    assert "persistence" in bad_one.worse_than
    assert bad_one.difference > 0
    assert not beats([c for c in comparisons if c.horizon == 1], "good", "all")


def test_the_best_rival_spoke_about_every_cell(walk):
    """The conformal filter is silent at first: its score on fewer cells is no rival's."""
    done = Hindcast(walk, evaluate(walk, [Told(walk, 0.1)]))
    for one in done.against:
        assert one.best != "local_level_conformal"
        assert one.n == (done.cells.filter(pl.col("model") == "told", pl.col("horizon") == one.horizon)).filter(
            pl.col("protocol") == "rolling", {"all": True, "above zero": pl.col("at_origin") > 0}.get(
                one.subset, pl.col("partner") == "x"
            )
        ).height  # fmt: skip


def test_cells_without_an_outcome_or_a_past_are_left_out(small):
    values = np.full((8, 3), 0.5)
    values[7, 0] = np.nan
    values[:5, 1] = np.nan
    occasion = Occasion.of(small(values), 2006, 1, 0)
    scored = score(occasion, "m", np.full((5, 3), 0.5))
    assert scored["state"].tolist() == ["S2"]


def test_a_silent_cell_is_left_out_and_a_silent_member_replaced(small):
    occasion = Occasion.of(small(np.full((8, 2), 0.5)), 2006, 1, 0)
    sample = np.array([[0.4, np.nan], [np.nan, np.nan], [0.6, np.nan]])
    assert score(occasion, "m", sample)["state"].tolist() == ["S0"]
    assert without_gaps(sample)[:, 0].tolist() == [0.4, 0.4, 0.6]


def test_an_infinite_forecast_is_refused(small):
    occasion = Occasion.of(small(np.full((8, 2), 0.5)), 2006, 1, 0)
    with pytest.raises(NotFiniteError, match="forecast of m is infinite in 1 cells"):
        score(occasion, "m", np.array([[0.4, np.inf]]))


def test_yes_and_no_by_hand(small):
    values = np.zeros((8, 3))
    values[7] = [1.0, 0.0, 1.0]
    values[6, 2] = 1.0
    family = small(values, yes_no=True, edges=(0.0, 0.5, 1.0))
    scored = score(Occasion.of(family, 2006, 1, 0), "m", np.array([[0.9, 0.2, 0.0]]))
    np.testing.assert_allclose(scored["crps"], [0.01, 0.04, 1.0])
    np.testing.assert_allclose(scored["bits"], -np.log2([0.9, 0.8, 0.001]), atol=1e-12)
    assert scored["median"].tolist() == [1.0, 0.0, 0.0]
    assert scored["new"].tolist() == [True, True, False]


def test_the_pit_of_a_calibrated_chance_is_even(small):
    rng = np.random.default_rng(0)
    chance = rng.uniform(size=20_000)
    values = np.zeros((8, 20_000))
    values[7] = rng.uniform(size=20_000) < chance
    scored = score(Occasion.of(small(values, yes_no=True), 2006, 1, 0), "m", chance[None, :])
    assert scored["pit"].mean() == pytest.approx(0.5, abs=0.01)
    assert scored["pit"].std() == pytest.approx(np.sqrt(1 / 12), abs=0.01)
