"""Everything that a brief is computed from: read, check, measure, run, negate, score. No words yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from multivector.atlas import Region
from multivector.desk.facts import Register
from multivector.desk.kept_scores import kept_scores
from multivector.desk.quantities import about_arms, is_arms, judged_power
from multivector.desk.reruns import counted, hangs, negations, scored
from multivector.desk.standing import standing_of
from multivector.inference.cells import BASELINES, Comparison, beats_all, compare
from multivector.inference.judge import Count, Negated, Verdict, count, judge
from multivector.inference.track import MODEL
from multivector.world.inputs import covered_years
from multivector.world.run import Run, run
from multivector.world.scenario import Judgement, Scenario

if TYPE_CHECKING:
    from multivector.evidence import Claim, Document
    from multivector.evidence import Verdict as Checked
    from multivector.indicators import BalanceTable
    from multivector.indicators.blocs.region_network import RegionNetwork
    from multivector.indicators.middle_power import MiddlePowerTable

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

    `costs` are the differences in ties once an assumption is negated (assumption, state, low, median, high).
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
    costs: pl.DataFrame
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
    def standing(self) -> MiddlePowerTable:
        """The middle-power index at the end of the last year that it can be scored for."""
        return standing_of(self.region, self.last_year)

    @cached_property
    def signed(self) -> RegionNetwork:
        """The region's signed network at the end of the last year."""
        from multivector.indicators.blocs.region_network import signed_network

        return signed_network(self.region, self.last_year)

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
        return judged_power(self.scenario)

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
    samples = SAMPLES if members >= NEGATION_MEMBERS else FEWEST
    fewer = min(members, NEGATION_MEMBERS)
    reruns = negations(region, done, fewer, progress=progress)
    cells, past = (
        scored(region, done, HINDCAST_MEMBERS, progress=progress)
        if about_arms(scenario)
        else (NO_CELLS, NO_CELLS)
    )
    return Results(
        region=region,
        scenario=scenario,
        run=done,
        documents=tuple(read),
        claims=tuple(claims),
        checked=tuple(checked),
        balance=measure_balance(region, last_year),
        judged=tuple(judge(done.data, judgement) for judgement in scenario.judgements),
        negated=counted(scenario, reruns, fewer),
        costs=reruns.drop_nulls("state"),
        hangs=hangs(region, done, samples, progress=progress) if scenario.judgements else pl.DataFrame(),
        cells=cells,
        arms={arm: {b: compare(cells, arm, b) for b in BASELINES} for arm in ("baseline", "scenario")}
        if cells.height
        else {},
        held=past,
        pooled={b: compare(past, MODEL, b) for b in BASELINES} if past.height else {},
        last_year=last_year,
    )
