"""What a scenario's judgements hang on: every parameter, the size of each lever, and chance, as factors.

A factor is the uniform number behind a member's draw. Fitted parameters come as whole rows of their posterior, so
they are one factor together. Chance is the member whose random numbers are
used for all else (lots, luck, revisions of the data): one more factor. All judgements are measured on the
same runs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.fanout import watched
from multivector.inference.scenario_arm import ScenarioArm
from multivector.sensitivity.model import Array, Model
from multivector.sensitivity.shapley import ShapleyEffects, shapley_effects
from multivector.sensitivity.sobol import SobolEffects, sobol_effects
from multivector.world.ensemble import Fields, run_ensemble
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Design, Plan
from multivector.world.run import WINDOW_YEARS, five_year_shares
from multivector.world.scenario import Judgement, Scenario

CHANCE = "chance"
HOLDS, QUANTITY = "holds", "quantity"
ANSWERS = (HOLDS, QUANTITY)
"""What is explained: whether the judgement holds (0 or 1), or the quantity that it judges."""

BATCH = 1024  # rows a run of the ensemble: bounds memory, and one shape compiles once
SCHEMA = {
    "judgement": pl.String,
    "answer": pl.String,
    "factor": pl.String,
    "shapley": pl.Float64,
    "shapley_error": pl.Float64,
    "total": pl.Float64,
    "total_error": pl.Float64,
    "total_low": pl.Float64,
    "total_high": pl.Float64,
    "first": pl.Float64,
    "first_error": pl.Float64,
}


def sensitivity_of(
    region: Region,
    scenario: Scenario,
    *,
    judgement: str | None = None,
    samples: int = 512,
    seed: int = 7,
    priors: Priors | None = None,
    progress: bool = False,
) -> pl.DataFrame:
    """A row for each judgement, answer and factor, the largest Shapley effect first; columns as in `SCHEMA`.

    Shares of the variance of an answer over the scenario arm's runs. An answer that is the same in all
    runs has none: null.

    Parameters
    ----------
    judgement : the id of one; all of the scenario's without it.
    samples : rows of each design, a power of two; with d factors, samples (2 d + 3) runs are made.

    Raises
    ------
    InputError : no such judgement; samples is no power of two.
    """
    judged = judged_in(scenario, judgement)
    plan = Plan.of(
        inputs_at(region, scenario.start_year), priors or Priors.at(region, scenario.start_year), scenario
    )
    f = model_of(plan, scenario, judged, seed, progress=progress)
    names = (*plan.factors, CHANCE)
    sobol = sobol_effects(f, names, samples, seed)
    shapley = shapley_effects(f, names, samples, seed)
    return pl.concat(
        _rows(each.id, answer, len(ANSWERS) * j + a, sobol, shapley)
        for j, each in enumerate(judged)
        for a, answer in enumerate(ANSWERS)
    )


def model_of(
    plan: Plan, scenario: Scenario, judged: tuple[Judgement, ...], seed: int, *, progress: bool = False
) -> Model:
    """The plan's scenario arm as a function of uniform numbers: the answers [n, 2 j] to each judgement.

    Columns are `plan.factors`, then chance.
    """

    def batch(rows: Array) -> Array:
        # The last batch is filled up and cut, like a chunk.
        filled = np.concatenate([rows, np.repeat(rows[-1:], BATCH - len(rows), axis=0)])
        noise = (filled[:, -1] * 2.0**32).astype(np.uint32)
        arm = ScenarioArm(replace(plan, design=Design(uniforms=filled[:, :-1], noise=noise)))
        fields = run_ensemble(arm, BATCH, seed, progress=False)
        return _answers({name: leaf[0] for name, leaf in fields.items()}, plan, scenario, judged)[: len(rows)]

    def answers(u: Array) -> Array:
        batches = [u[first : first + BATCH] for first in range(0, len(u), BATCH)]
        done = (batch(rows) for rows in batches)
        return np.concatenate(list(watched(done, len(batches), "varying the factors", show=progress)))

    return answers


def _answers(fields: Fields, plan: Plan, scenario: Scenario, judged: tuple[Judgement, ...]) -> Array:
    """[n, 2 j] from one arm's records [n, t, ...]: whether each judgement holds, and its quantity.

    NaN where the quantity says nothing: a window without any delivery.
    """
    deliveries = fields["deliveries"]
    by_year = deliveries.reshape(len(deliveries), -1, 4, *deliveries.shape[2:]).sum(axis=2)
    share, _ = five_year_shares(by_year, plan.inputs.history[1 - WINDOW_YEARS :])
    columns = []
    for judgement in judged:
        year = judgement.year - scenario.start_year - 1
        state = plan.inputs.states.index(judgement.state)
        if judgement.quantity == "arms_share_5y":
            found = share[:, year, state, plan.inputs.partners.index(judgement.partner)]
        else:
            at_year_end = fields[judgement.quantity][:, 4 * year + 3]
            found = at_year_end[:, state, plan.inputs.powers.index(judgement.partner)]
        value = found.astype(float)
        above = judgement.comparison == "above"
        holds = value > judgement.threshold if above else value < judgement.threshold
        columns += [np.where(np.isfinite(value), holds, np.nan), value]
    return np.stack(columns, axis=1)


def judged_in(scenario: Scenario, wanted: str | None) -> tuple[Judgement, ...]:
    """The judgement of this id, or all of them.

    Raises
    ------
    InputError : there is none.
    """
    judged = tuple(each for each in scenario.judgements if wanted in (None, each.id))
    if not judged:
        listed = ", ".join(each.id for each in scenario.judgements) or "none: the scenario judges nothing"
        raise InputError(
            f"there is no judgement {wanted!r}" if wanted else "there is no judgement",
            where=scenario.id,
            repair=f"use one of: {listed}",
        )
    return judged


def _rows(judgement: str, answer: str, s: int, sobol: SobolEffects, shapley: ShapleyEffects) -> pl.DataFrame:
    low, high = sobol.total_interval[:, s]
    table = pl.DataFrame(
        {
            "judgement": [judgement] * len(sobol.names),
            "answer": [answer] * len(sobol.names),
            "factor": list(sobol.names),
            "shapley": shapley.share[s],
            "shapley_error": shapley.share_error[s],
            "total": sobol.total[s],
            "total_error": sobol.total_error[s],
            "total_low": low,
            "total_high": high,
            "first": sobol.first[s],
            "first_error": sobol.first_error[s],
        },
        schema=SCHEMA,
    )
    return table.fill_nan(None).sort("shapley", descending=True, nulls_last=True, maintain_order=True)
