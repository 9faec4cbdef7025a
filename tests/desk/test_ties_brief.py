"""A brief on engagement and ties, on a region invented for tests: what it says is what the arrays hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from multivector.atlas import load_region
from multivector.desk import story_ties
from multivector.desk.brief import render_brief
from multivector.desk.differences import difference, paired
from multivector.desk.estimative import scale
from multivector.desk.pipeline import context_of
from multivector.desk.quantities import condition
from multivector.desk.results import Results, compute
from multivector.desk.words import decimals
from multivector.inference.sensitivity import answer
from multivector.world.scenario_file import load_scenario

MEMBERS = 48


@pytest.fixture(scope="module")
def results(archipelago: Path) -> Results:
    patch = pytest.MonkeyPatch()
    patch.setattr(answer, "BATCH", 64)
    region = load_region(archipelago)
    scenario = load_scenario(archipelago / "scenarios" / "norholm-attention.yaml", region)
    done = compute(region, scenario, [], members=MEMBERS, seed=3, progress=False)
    patch.undo()
    return done


@pytest.fixture(scope="module")
def page(results: Results) -> str:
    return render_brief(context_of(results))


def _arms(results: Results, quantity: str, state: str) -> tuple[np.ndarray, np.ndarray]:
    """Baseline and scenario at the end of the run, straight from the arrays."""
    cell = results.run.data[quantity].sel(state=state, power="XNO", year=2023)
    return cell.sel(scenario="baseline").to_numpy(), cell.sel(scenario="scenario").to_numpy()


@pytest.mark.parametrize("quantity", ["engagement", "ties", "alignment"])
def test_the_difference_is_the_quantile_of_paired_differences(results: Results, quantity: str) -> None:
    baseline, scenario = _arms(results, quantity, "XAL")
    by_member = np.sort(baseline.astype(float) - scenario.astype(float))
    cost = difference(results.run, quantity, "XAL", "XNO", 2023)
    assert by_member[4] <= cost.low <= by_member[5]  # 0.1 of 47 steps is 4.7
    assert by_member[42] <= cost.high <= by_member[43]
    assert cost.median == pytest.approx((by_member[23] + by_member[24]) / 2)
    assert paired(results.run, quantity, "XAL", "XNO").shape == (MEMBERS, 3)


def test_the_stock_is_what_is_lost(results: Results) -> None:
    baseline, scenario = _arms(results, "engagement", "XAL")
    assert (baseline > scenario).all()
    cost = difference(results.run, "engagement", "XAL", "XNO", 2023)
    assert not cost.holds_zero
    assert cost.part == pytest.approx(float(np.median(1 - scenario / baseline)), abs=1e-6)


def test_what_is_printed_is_what_the_arrays_hold(results: Results) -> None:
    section = story_ties.cost_section(results, ("invented",))
    assert section is not None
    (table,) = section.tables
    rows = {row[0]: row[1:] for row in table.rows}
    for code in results.region.states:
        for quantity, times, digits, cell in zip(
            ("engagement", "ties", "alignment"),
            (1, 1, 100),
            (2, 3, 2),
            rows[results.region.name(code)],
            strict=True,
        ):
            baseline, scenario = _arms(results, quantity, code)
            low, median, high = times * np.quantile(baseline.astype(float) - scenario, [0.1, 0.5, 0.9])
            assert cell == f"{decimals(median, digits)} ({decimals(low, digits)} to {decimals(high, digits)})"


def test_no_effect_is_claimed_where_the_interval_holds_zero(results: Results) -> None:
    said = story_ties.bottom_line(results)
    for quantity, words in (("ties", "ties"), ("alignment", "shares of alignment")):
        costs = [difference(results.run, quantity, state, "XNO", 2023) for state in ("XAL", "XBE")]
        assert all(cost.holds_zero for cost in costs)
        assert f"No effect on {words} can be claimed: in each of these states the interval holds zero" in said
    assert "no word of likelihood is used" in said


def test_an_effect_that_leaves_zero_out_is_said(results: Results) -> None:
    data = results.run.data.copy(deep=True)
    data["ties"].loc[{"scenario": "scenario", "state": "XAL"}] = -1.0
    changed = replace(results, run=replace(results.run, data=data))
    said = story_ties.bottom_line(changed)
    names = [results.region.name(state) for state in ("XAL", "XBE")]
    assert f"On ties the interval leaves zero out: {names[0]} +" in said
    assert f"No effect on those of {names[1]} can be claimed" in said


def test_a_brief_on_ties_does_not_speak_of_arms(results: Results, page: str) -> None:
    context = context_of(results)
    for judgement in context.judgements:
        told = f"{judgement.sentence} {judgement.track} {judgement.confidence.why} {judgement.interval}"
        assert "arms" not in told
        assert "register" not in told
        assert judgement.sentence.term is None
    tornado = next(figure for figure in context.assumption_figures if figure.id == "tornados")
    assert "arms" not in " ".join(tornado.panels)
    assert context.map is None
    ids = [section.id for section in context.sections]
    assert ids == ["cost", "hangs", "balance", "standing", "blocs"]
    assert "There is no overall score and no overall rank" in page
    assert "Who supplies whom" not in page
    assert "no forecast of them has been scored" in page
    words = "|".join(term.term for term in scale())
    assert not re.search(rf"(?i)\b({words})\b", context.bottom_line)


def test_quantities_are_named_as_what_they_are(results: Results) -> None:
    tie, alignment = (verdict.judgement for verdict in results.judged)
    assert condition(tie) == "tie above 0.00, end of 2023"
    assert condition(alignment) == "share of alignment below 33.3%, end of 2023"


def test_what_the_answer_hangs_on(results: Results, page: str) -> None:
    factors = results.hangs["factor"].to_list()
    assert {"chance", "engagement_effect", "lever 0 factor"} <= set(factors)
    shares = [row for row in results.hangs.filter(answer="quantity")["shapley"].to_list() if row is not None]
    assert sum(shares) == pytest.approx(1.0, abs=1e-9)  # Shapley effects sum to the variance
    assert "What the answer hangs on" in page
    assert "Chance: lots, luck, revisions of the data" in page
    assert "bring the widest to one point" in page


def test_the_assumption_on_which_the_claim_turns_is_named(results: Results, page: str) -> None:
    """With the effect at 0.05 every member loses: the stock falls, and ties with it."""
    (alder,) = results.costs.filter(state="XAL").to_dicts()
    assert alder["assumption"] == "no-known-effect"
    assert 0 < alder["low"] < alder["median"] < alder["high"]
    assert "negating no-known-effect turns it in 2 of 2 states in focus" in page


def test_parameters_are_called_what_they_are(results: Results, page: str) -> None:
    assert str(results.run.manifest["parameters_are"]) in page
    assert "not a posterior" not in page
