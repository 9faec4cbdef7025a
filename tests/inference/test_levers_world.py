"""Levers on the region's world: a split changes nothing by itself, gradients are those of differences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from multivector.errors import InputError
from multivector.indicators import evenness
from multivector.inference.levers.effort import arms_balance, objective_of
from multivector.inference.levers.gradients import (
    lever_names,
    mean_gradient,
    smooth_arms_balance,
    smooth_value,
    values_and_slopes,
)
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import run
from multivector.world.scenario_file import region_of

ISLES = Path(__file__).parents[1] / "regions" / "archipelago"
PAUSE = ISLES / "scenarios" / "norholm-pause.yaml"
MEMBERS = 16


@pytest.fixture(scope="module")
def plan() -> Plan:
    region, scenario = region_of(str(PAUSE), str(ISLES))
    return Plan.of(inputs_at(region, scenario.start_year), Priors.at(region, scenario.start_year), scenario)


def test_the_present_split_is_the_run_itself(plan: Plan) -> None:
    region, scenario = region_of(str(PAUSE), str(ISLES))
    data = run(region, scenario, members=MEMBERS, seed=7, progress=False).data
    share = data["arms_share_5y"].sel(scenario="scenario", state="XAL", year=2024).to_numpy()
    quantity = arms_balance(plan, "XAL", 2024)
    objective = objective_of(plan, "XAL", quantity, members=MEMBERS, first=0, seed=7)
    powers = len(plan.inputs.powers)
    even = np.full(powers, 1 / powers)
    elsewhere = np.eye(powers)[plan.inputs.powers.index("XSU")]
    values = objective(np.stack([even, elsewhere, even]))
    assert values.shape == (3, MEMBERS)
    assert values[0] == pytest.approx(evenness(share @ plan.inputs.belongs), abs=1e-6, nan_ok=True)
    # The same split gives the same members, wherever it stands among the candidates; another gives others.
    assert (values[0] == values[2]).all() or np.isnan(values[0]).any()
    assert np.nanmax(np.abs(values[1] - values[0])) > 0.01
    # Members to tell the gain are other members.
    later = objective_of(plan, "XAL", quantity, members=MEMBERS, first=10, seed=7)
    assert later(even[None])[0, :6] == pytest.approx(values[0, 10:], abs=0, nan_ok=True)


def test_gradients_are_those_of_central_differences(plan: Plan) -> None:
    quantity = smooth_arms_balance(plan, "XAL", 2024)
    slopes = values_and_slopes(smooth_value(plan, "XAL", quantity, seed=3))
    levers = lever_names(plan)
    gradient = mean_gradient(slopes, levers, MEMBERS)
    assert gradient.levers == levers
    assert 2 < gradient.members <= MEMBERS
    h = 1e-5
    for k in range(len(levers)):
        step = h * np.eye(len(levers))[k]
        up, down = (np.nanmean(slopes(sign * step, range(MEMBERS))[0]) for sign in (1, -1))
        assert gradient.mean[k] == pytest.approx((up - down) / (2 * h), abs=1e-5)
    assert np.abs(gradient.mean).max() > 0.01  # there is something to be checked
    # Effort on all powers alike is no change of the split.
    assert (1 / len(plan.inputs.powers)) * gradient.mean[: len(plan.inputs.powers)].sum() == pytest.approx(
        0, abs=1e-9
    )


def test_a_year_or_state_that_is_not_there(plan: Plan) -> None:
    with pytest.raises(InputError, match="2027"):
        arms_balance(plan, "XAL", 2027)
    with pytest.raises(InputError, match="XAL"):
        arms_balance(plan, "XYZ", 2024)
