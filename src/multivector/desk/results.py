"""Everything that a brief is computed from: read, check, measure, run, negate, score. No words yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from multivector.atlas import Region
from multivector.desk.cache import remembered
from multivector.desk.facts import Register
from multivector.desk.kept_scores import kept_scores
from multivector.desk.quantities import about_arms, is_arms
from multivector.fanout import watched
from multivector.inference.cells import BASELINES, Comparison, beats_all, compare
from multivector.inference.judge import Count, Negated, Verdict, count, judge, rerun_negated
from multivector.inference.sensitivity.answer import sensitivity_of
from multivector.inference.track import MODEL, held_out, score_run
from multivector.world.inputs import covered_years
from multivector.world.parameters import Priors
from multivector.world.run import Run, run
from multivector.world.scenario import Judgement, Scenario

if TYPE_CHECKING:
    from multivector.evidence import Claim, Document
    from multivector.evidence import Verdict as Checked
    from multivector.indicators import BalanceTable

NEGATION_MEMBERS = 1000
HINDCAST_MEMBERS = 500
SAMPLES, FEWEST = (
    64,
    2,
)  # rows of the sensitivity's designs: in a brief, and in one that only tries things out
NO_CELLS = pl.DataFrame(schema={"horizon": pl.Int64, "target": pl.Int64})


@dataclass(frozen=True, eq=False)
class Results:
    """What the brief says, as numbers.

    `hangs` says what the first judgement hangs on, by factor (see `inference.sensitivity.answer`).
    `held` are the held-out cells; `pooled` compares the model with each baseline on all of them.
    `cells` are those of this run; `arms` compares each of its arms with each baseline.
    """

    region: Region
    scenario: Scenario
    run: Run
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    checked: tuple[Checked, ...]
    balance: BalanceTable
    judged: tuple[Verdict, ...]
    negated: tuple[Negated, ...]
    hangs: pl.DataFrame
    cells: pl.DataFrame
    arms: dict[str, dict[str, Comparison]]
    held: pl.DataFrame
    pooled: dict[str, Comparison]
    last_year: int

    def scenario_count(self, judgement: str, members: int) -> Count:
        """How often the judgement holds in the scenario's first `members`: what a rerun compares with."""
        data = self.run.data.isel(member=slice(0, members))
        wanted = next(v.judgement for v in self.judged if v.judgement.id == judgement)
        return count(data, wanted, "scenario")

    def scenario_share(self, judgement: str, members: int) -> float:
        """The share of `scenario_count`."""
        return self.scenario_count(judgement, members).share

    @cached_property
    def scores(self) -> pl.DataFrame:
        """The hindcast's scores as kept with the region."""
        return kept_scores(self.region)

    @cached_property
    def register(self) -> Register:
        """What the region's table says of deliveries."""
        return Register(self.region)

    @property
    def about_arms(self) -> bool:
        """Whether the scenario follows a supplier or judges a share of arms."""
        return about_arms(self.scenario)

    @property
    def power(self) -> str | None:
        """The power whose ties are judged; none where the scenario judges none."""
        powers = [j.partner for j in self.scenario.judgements if not is_arms(j)]
        return powers[0] if powers else None

    @property
    def parameters(self) -> str:
        """What stands behind the parameters, as a sentence."""
        return f"Parameters: {self.run.manifest['parameters_are']}."

    @property
    def seen(self) -> bool:
        """Whether any year of the run has happened."""
        return self.last_year > self.scenario.start_year

    @property
    def reading_year(self) -> int:
        """The year that the bottom line reads: the last that has happened, or the last of the run."""
        return min(self.last_year, self.scenario.end_year) if self.seen else self.scenario.end_year

    def horizons(self) -> list[int]:
        """Years ahead that the held-out cells test."""
        return sorted(set(self.held["horizon"].to_list()))

    def earns_words(self, judgement: Judgement) -> bool:
        """Whether the mechanism has beaten every baseline of the quantity, as many years ahead."""
        return is_arms(judgement) and self.beats_at(judgement.year - self.scenario.start_year)

    def beats_at(self, ahead: int) -> bool:
        """Whether the mechanism has beaten every baseline of arms shares so many years ahead."""
        return beats_all(self.held.filter(pl.col("horizon") == ahead), MODEL)


def compute(
    region: Region,
    scenario: Scenario,
    documents: Sequence[Path],
    *,
    members: int,
    seed: int,
    progress: bool = True,
) -> Results:
    """Do all that a brief needs, in the order of the data."""
    from multivector.evidence import check_claims, read_documents
    from multivector.indicators import measure_balance

    # Documents first: what is wrong with them should be said before minutes are spent on runs.
    read, claims = read_documents(documents, region) if documents else ([], [])
    checked = check_claims(claims, region)
    _, last_year = covered_years(region, "arms")
    done = run(region, scenario, members=members, seed=seed, progress=progress)
    negated = _negations(region, done, min(members, NEGATION_MEMBERS), progress=progress)
    cells, past = _scored(region, done, seed, progress) if about_arms(scenario) else (NO_CELLS, NO_CELLS)
    return Results(
        region=region,
        scenario=scenario,
        run=done,
        documents=tuple(read),
        claims=tuple(claims),
        checked=tuple(checked),
        balance=measure_balance(region, last_year),
        judged=tuple(judge(done.data, judgement) for judgement in scenario.judgements),
        negated=negated,
        hangs=_hangs(region, done, progress=progress) if scenario.judgements else pl.DataFrame(),
        cells=cells,
        arms={arm: {b: compare(cells, arm, b) for b in BASELINES} for arm in ("baseline", "scenario")}
        if cells.height
        else {},
        held=past,
        pooled={b: compare(past, MODEL, b) for b in BASELINES} if past.height else {},
        last_year=last_year,
    )


def _scored(region: Region, done: Run, seed: int, progress: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells of this run, and of the mechanism on held-out years: remembered from the same data and code."""
    past = remembered(
        f"held out {region.hash} {Priors.of(region).hash} {HINDCAST_MEMBERS} {seed}",
        lambda: held_out(region, members=HINDCAST_MEMBERS, seed=seed, progress=progress),
    )
    return score_run(region, done), past


def _hangs(region: Region, done: Run, *, progress: bool) -> pl.DataFrame:
    """What the first judgement hangs on, by factor; remembered from the same data, parameters, code and seed."""
    first = done.scenario.judgements[0].id
    samples = SAMPLES if done.manifest["members"] >= NEGATION_MEMBERS else FEWEST
    seed = done.manifest["seed"]

    def vary() -> pl.DataFrame:
        return sensitivity_of(
            region, done.scenario, judgement=first, samples=samples, seed=seed, progress=progress
        )

    keys = ("region_hash", "scenario_hash", "parameters_hash", "inputs_hash", "seed")
    return remembered(f"hangs {[done.manifest[key] for key in keys]} {first} {samples}", vary)


def _negations(region: Region, done: Run, members: int, *, progress: bool) -> tuple[Negated, ...]:
    """Every assumption negated and rerun, or remembered from the same data, parameters, code and seed."""
    assumptions = done.scenario.assumptions

    def rerun() -> pl.DataFrame:
        reruns = (rerun_negated(region, done, assumption, members) for assumption in assumptions)
        rows = [
            {"assumption": negated.assumption.id, "judgement": judgement, "yes": count.yes, "n": count.n}
            for negated in watched(reruns, len(assumptions), "negating assumptions", show=progress)
            for judgement, count in negated.counts.items()
        ]
        schema = {"assumption": pl.String, "judgement": pl.String, "yes": pl.Int64, "n": pl.Int64}
        return pl.DataFrame(rows, schema=schema)

    keys = ("region_hash", "scenario_hash", "parameters_hash", "inputs_hash", "seed", "precision")
    table = remembered(f"negated {[done.manifest[key] for key in keys]} {members}", rerun)
    return tuple(
        Negated(
            assumption,
            members,
            {
                row["judgement"]: Count(row["yes"], row["n"])
                for row in table.filter(pl.col("assumption") == assumption.id).iter_rows(named=True)
            },
        )
        for assumption in assumptions
    )
