"""What is run besides the scenario itself: assumptions negated, factors varied, the past forecast. Remembered."""

from __future__ import annotations

from typing import Any

import polars as pl

from multivector.atlas import Region
from multivector.desk.cache import remembered
from multivector.desk.differences import difference
from multivector.desk.quantities import judged_power
from multivector.fanout import watched
from multivector.inference.judge import Count, Negated, count, rerun
from multivector.inference.sensitivity.answer import sensitivity_of
from multivector.inference.track import held_out, score_run
from multivector.world.parameters import Priors
from multivector.world.run import Run
from multivector.world.scenario import Assumption, Scenario

NEGATED = {
    "assumption": pl.String,
    "judgement": pl.String,
    "yes": pl.Int64,
    "n": pl.Int64,
    "state": pl.String,
    "low": pl.Float64,
    "median": pl.Float64,
    "high": pl.Float64,
}


def scored(region: Region, done: Run, members: int, *, progress: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells of this run, and of the mechanism on held-out years: remembered from the same data and code."""
    seed = done.manifest["seed"]
    past = remembered(
        f"held out {region.hash} {Priors.of(region).hash} {members} {seed}",
        lambda: held_out(region, members=members, seed=seed, progress=progress),
    )
    return score_run(region, done), past


def hangs(region: Region, done: Run, samples: int, *, progress: bool) -> pl.DataFrame:
    """What the first judgement hangs on, by factor; remembered from the same data, parameters, code and seed."""
    first = done.scenario.judgements[0].id
    seed = done.manifest["seed"]

    def vary() -> pl.DataFrame:
        return sensitivity_of(
            region, done.scenario, judgement=first, samples=samples, seed=seed, progress=progress
        )

    keys = ("region_hash", "scenario_hash", "parameters_hash", "inputs_hash", "seed")
    return remembered(f"hangs {[done.manifest[key] for key in keys]} {first} {samples}", vary)


def negations(region: Region, done: Run, members: int, *, progress: bool) -> pl.DataFrame:
    """Every assumption negated and rerun, or remembered from the same data, parameters, code and seed.

    Rows by assumption: the counts (yes, n) of each judgement, and where ties are judged the difference
    (low, median, high) in them for each state in focus.
    """
    assumptions = done.scenario.assumptions

    def rows_of(assumption: Assumption) -> list[dict[str, Any]]:
        again = rerun(region, done, assumption, members)
        counts = {each.id: count(again.data, each, "scenario") for each in done.scenario.judgements}
        told = [{"judgement": name, "yes": each.yes, "n": each.n} for name, each in counts.items()]
        power, year = judged_power(done.scenario), done.scenario.end_year
        costs = [difference(again, "ties", state, power, year) for state in done.scenario.focus if power]
        told += [{"state": c.state, "low": c.low, "median": c.median, "high": c.high} for c in costs]
        return [{"assumption": assumption.id, **row} for row in told]

    def compute() -> pl.DataFrame:
        made = (rows_of(assumption) for assumption in assumptions)
        shown = watched(made, len(assumptions), "negating assumptions", show=progress)
        return pl.DataFrame([row for rows in shown for row in rows], schema=NEGATED)

    keys = ("region_hash", "scenario_hash", "parameters_hash", "inputs_hash", "seed", "precision")
    return remembered(f"negated {[done.manifest[key] for key in keys]} {members}", compute)


def counted(scenario: Scenario, table: pl.DataFrame, members: int) -> tuple[Negated, ...]:
    """The counts of the reruns, by assumption."""
    judged = table.drop_nulls("judgement")
    return tuple(
        Negated(
            assumption,
            members,
            {
                row["judgement"]: Count(row["yes"], row["n"])
                for row in judged.filter(pl.col("assumption") == assumption.id).iter_rows(named=True)
            },
        )
        for assumption in scenario.assumptions
    )
