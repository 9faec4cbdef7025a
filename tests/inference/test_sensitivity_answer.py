"""The sensitivity of a scenario's judgements: the design is the run, levers pull the right way, tables add up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.inference.judge import select
from multivector.inference.sensitivity import answer
from multivector.inference.sensitivity.answer import SCHEMA, judged_in, model_of, sensitivity_of
from multivector.sensitivity.model import Model
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import run
from multivector.world.scenario import Scenario
from multivector.world.scenario_file import region_of

ISLES = Path(__file__).parents[1] / "regions" / "archipelago"
PAUSE = ISLES / "scenarios" / "norholm-pause.yaml"
ROWS = 32


@pytest.fixture(scope="module")
def asked() -> tuple[Region, Scenario, Plan]:
    region, scenario = region_of(str(PAUSE), str(ISLES))
    return (
        region,
        scenario,
        Plan.of(inputs_at(region, scenario.start_year), Priors.at(region, scenario.start_year), scenario),
    )


@pytest.fixture
def model(asked: tuple[Region, Scenario, Plan], monkeypatch: pytest.MonkeyPatch) -> Model:
    monkeypatch.setattr(answer, "BATCH", ROWS)
    _, scenario, plan = asked
    return model_of(plan, scenario, judged_in(scenario, None), seed=7)


def _of_member(plan: Plan, members: np.ndarray) -> np.ndarray:
    """Rows that leave every factor to the member itself."""
    u = np.full((len(members), len(plan.factors) + 1), np.nan)
    u[:, -1] = (members + 0.5) / 2**32
    return u


def test_a_design_without_numbers_is_the_run_itself(
    asked: tuple[Region, Scenario, Plan], model: Model
) -> None:
    region, scenario, plan = asked
    done = run(region, scenario, members=8, seed=7, progress=False)
    answers = model(_of_member(plan, np.arange(8)))
    for j, judgement in enumerate(scenario.judgements):
        shares = select(done.data, judgement, "scenario")
        assert answers[:, 2 * j + 1] == pytest.approx(shares, abs=0, nan_ok=True)
        above = shares > judgement.threshold
        expected = above if judgement.comparison == "above" else ~above
        known = np.isfinite(shares)
        assert (answers[known, 2 * j] == expected[known]).all()
        assert np.isnan(answers[~known, 2 * j]).all()


def test_a_deeper_shortfall_lowers_the_share_on_the_same_chances(
    asked: tuple[Region, Scenario, Plan], model: Model
) -> None:
    _, scenario, plan = asked
    column = plan.factors.index("lever 0 factor")
    deep, shallow = _of_member(plan, np.arange(ROWS)), _of_member(plan, np.arange(ROWS))
    deep[:, column], shallow[:, column] = 0.0, 0.999
    j = [judgement.id for judgement in scenario.judgements].index("alder-2024")
    moved = model(shallow)[:, 2 * j + 1] - model(deep)[:, 2 * j + 1]
    assert np.nanmean(moved) > 0.02
    # Rows of which the last batch was filled up are left as they are.
    assert len(model(deep[: ROWS + 3][:5])) == 5


def test_the_table_adds_up(asked: tuple[Region, Scenario, Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "BATCH", ROWS)
    region, scenario, plan = asked
    table = sensitivity_of(region, scenario, judgement="alder-2024", samples=4, seed=3)
    assert table.schema == pl.Schema(SCHEMA)
    assert set(table["factor"]) == {*plan.factors, "chance"}
    for _, rows in table.group_by("answer"):
        shares = rows["shapley"]
        assert shares.null_count() in (0, len(shares))
        assert shares.null_count() or shares.sum() == pytest.approx(1, abs=1e-9)
    again = sensitivity_of(region, scenario, judgement="alder-2024", samples=4, seed=3)
    assert table.equals(again)


def test_a_judgement_that_is_not_there(asked: tuple[Region, Scenario, Plan]) -> None:
    region, scenario, _ = asked
    with pytest.raises(InputError, match="alder-2024"):
        sensitivity_of(region, scenario, judgement="atlantis", samples=4)
    with pytest.raises(InputError, match="power of two"):
        sensitivity_of(region, scenario, samples=6)
    silent = scenario.model_copy(update={"judgements": ()})
    with pytest.raises(InputError, match="judges nothing"):
        sensitivity_of(region, silent, samples=4)
