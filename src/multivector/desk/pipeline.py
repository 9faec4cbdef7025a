"""From a scenario and some documents to a brief: compute, then say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from multivector.atlas import Region
from multivector.desk import pictures, story
from multivector.desk.brief import write_brief
from multivector.desk.consistency import parts
from multivector.desk.context import (
    BriefContext,
    ClaimRow,
    MetaItem,
    Notice,
    Reproduce,
    ScoreRow,
    Section,
    SourceRow,
    TrackRecord,
)
from multivector.desk.results import Results, compute
from multivector.inference.cells import PERSISTENCE
from multivector.world.parameters import Priors
from multivector.world.scenario import Scenario

if TYPE_CHECKING:
    from multivector.evidence import Verdict as Checked

CHECKED_FIRST = ("refuted", "partly", "supported", "not checkable")


@dataclass(frozen=True, eq=False)
class Brief:
    """A brief that can be written, with what the command line prints of it."""

    context: BriefContext
    results: Results

    @property
    def bottom_line(self) -> str:
        """The bottom line, in sentences."""
        return self.context.bottom_line

    @property
    def manifest(self) -> dict[str, Any]:
        """What every number depends on."""
        return self.results.run.manifest

    def write(self, out: Path) -> Path:
        """Write one HTML file, whole or not at all."""
        return write_brief(self.context, out)


def make_brief(
    region: Region,
    scenario: Scenario,
    documents: Sequence[Path] = (),
    *,
    members: int = 2000,
    seed: int = 7,
    progress: bool = True,
) -> Brief:
    """Read and check the documents, measure the region, run the scenario, and put it into words.

    Parameters
    ----------
    region, scenario : from `load_region` and `load_scenario`.
    documents : files or folders to read; none is fine.
    members, seed : of the ensemble.
    """
    results = compute(region, scenario, documents, members=members, seed=seed, progress=progress)
    return Brief(context_of(results), results)


def context_of(results: Results) -> BriefContext:
    """Everything that the page shows."""
    region, scenario = results.region, results.scenario
    arms = _arms_sources(region)
    claims = _claims(results)
    manifest = results.run.manifest
    fans = pictures.fans(results, arms)
    tornados = pictures.tornados(results, arms)
    context = BriefContext(
        title=scenario.title,
        question=scenario.question,
        bottom_line=story.bottom_line(results),
        region_title=region.title,
        region_id=region.id,
        region_version=region.version,
        meta=(
            MetaItem("Data to", scenario.start),
            MetaItem("Horizon", f"{scenario.start_year + 1}–{scenario.end_year}"),
            MetaItem("Runs", f"2 × {manifest['members']:,}, seed {manifest['seed']}"),
            MetaItem(
                "Claims",
                f"{len(claims)} read, {sum(row.verdict != 'not checkable' for row in claims)} checked",
            ),
        ),
        notices=_notices(results),
        judgements=story.judgements(results, arms),
        map=pictures.region_map(results, arms),
        sections=(
            Section("runs", "What the runs say", figures=() if fans is None else (fans,)),
            Section("mix", "Who supplies whom", figures=(pictures.mixes(results, arms),), with_map=True),
            Section(
                "balance",
                f"Where the region stands at the end of {results.last_year}",
                figures=(pictures.balance(results), pictures.leaning(results)),
            ),
        ),
        assumptions=story.assumptions(results),
        assumption_figures=() if tornados is None else (tornados,),
        alternatives=story.alternatives(results, arms),
        claims=claims,
        claims_note=_claims_note(results),
        track=_track(results, arms),
        data_notes=story.data_notes(results, arms),
        sources=(),
        manifest=tuple(_flat(manifest)),
        reproduce=_reproduce(results),
    )
    return _with_sources(context, region)


def _arms_sources(region: Region) -> tuple[str, ...]:
    return tuple(region.table("ties/arms")["source"].unique(maintain_order=True).to_list())


def _notices(results: Results) -> tuple[Notice, ...]:
    priors = Priors.of(results.region).rows
    assumed = [row.name for row in priors if row.basis == "assumed"]
    notices = [
        Notice(
            f"Simulated numbers rest on {len(priors)} parameters under priors, not a posterior; {len(assumed)} of them are "
            f"assumed: {', '.join(assumed)}.",
            title="Priors",
        )
    ]
    notices += [
        Notice(lever.why, title=f"The size of {results.scenario.change} is an assumption")
        for lever in results.scenario.levers
    ]
    return tuple(notices)


def _claims(results: Results) -> tuple[ClaimRow, ...]:
    claims = {claim.id: claim for claim in results.claims}
    rows = []
    for checked in results.checked:
        claim = claims[checked.claim_id]
        rows.append(
            ClaimRow(
                id=claim.id,
                quote=claim.quote,
                document=claim.doc,
                start=claim.char_start,
                end=claim.char_end,
                speaker=claim.attributed_to,
                stance=claim.stance,
                verdict=checked.verdict,
                why=_why(checked),
                computed=checked.computed_text,
                window=checked.window,
                tolerance=checked.tolerance,
                dataset=checked.dataset,
                sources=tuple(checked.sources),
            )
        )
    order = {verdict: n for n, verdict in enumerate(CHECKED_FIRST)}
    return tuple(sorted(rows, key=lambda row: (order[row.verdict], row.document, row.start)))


def _why(checked: Checked) -> str:
    """The reason in a sentence; a supported claim's is its computed value, which stands beside it."""
    if checked.verdict == "supported" and checked.computed_text:
        return ""
    return checked.why[:1].upper() + checked.why[1:]


def _claims_note(results: Results) -> str:
    if not results.documents:
        return ""
    counts = {verdict: sum(c.verdict == verdict for c in results.checked) for verdict in CHECKED_FIRST}
    listed = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
    return f"{len(results.claims)} claims in {len(results.documents)} documents: {listed}. Offsets count code points."


def _track(results: Results, sources: tuple[str, ...]) -> TrackRecord | None:
    scenario = results.scenario
    baseline, pooled = results.arms.get("baseline"), results.pooled
    if baseline is None or pooled is None:
        return None
    rows = []
    for target in sorted(set(results.cells["target"].to_list())):
        year = results.cells.filter(pl.col("target") == target)
        ours, theirs = (year.filter(pl.col("forecaster") == name) for name in ("baseline", PERSISTENCE))
        rows.append(
            ScoreRow(
                label=str(target),
                n=ours.height,
                model_crps=_mean(ours, "crps"),
                persistence_crps=_mean(theirs, "crps"),
                cover80=_mean(ours, "covered_80"),
                cover90=_mean(ours, "covered_90"),
            )
        )
    won = [str(h) for h, c in results.by_horizon.items() if c.beats_persistence]
    lost = [str(h) for h, c in results.by_horizon.items() if not c.beats_persistence]
    changed = results.arms["scenario"]
    verdict = (
        f"On {pooled.n} shares of years that chose no prior, origins rolled year by year, CRPS is {pooled.crps:.4f} "
        f"against {pooled.crps_persistence:.4f}: a difference of {pooled.difference:+.4f}, 95 % interval "
        f"{pooled.low:+.4f} to {pooled.high:+.4f}, errors clustered by {pooled.states} states."
    )
    notes = (
        f"From the end of {results.scenario.start_year}, on the same {baseline.n} shares: baseline "
        f"{baseline.crps:.4f} (difference {baseline.difference:+.4f}, {baseline.low:+.4f} to {baseline.high:+.4f}; 80 % "
        f"bands held {baseline.covered_80:.0%}, 90 % bands {baseline.covered_90:.0%}), with {scenario.change} "
        f"{changed.crps:.4f}, persistence {baseline.crps_persistence:.4f} (bands held "
        f"{baseline.covered_80_persistence:.0%} and {baseline.covered_90_persistence:.0%}). The size of "
        f"{scenario.change} is an assumption that may have been made with hindsight, so its score is no forecast's.",
        f"Years ahead at which the gain is sure: {', '.join(won) or 'none'}; at which it is not: "
        f"{', '.join(lost) or 'none'}. Further ahead nothing has been tested, and no estimative word is used.".replace(
            "-", "−"
        ),
    )
    return TrackRecord(
        verdict=verdict.replace("-0.", "−0."),
        beats_persistence=pooled.beats_persistence,
        rows=tuple(rows),
        notes=tuple(note.replace("-0.", "−0.") for note in notes),
        figures=pictures.scores(results, sources),
        sources=sources,
    )


def _mean(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].to_numpy().mean())


def _flat(manifest: dict[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in manifest.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _reproduce(results: Results) -> Reproduce:
    scenario, manifest = results.scenario, results.run.manifest
    lines = [
        "import multivector as mv",
        "",
        f'region = mv.load_region("{results.region.id}")',
        f'assert region.hash.startswith("{results.region.hash[:12]}")',
        f'run = mv.run(region, "{scenario.id}", members={manifest["members"]}, seed={manifest["seed"]})',
    ]
    lines += [
        f'run.data["arms_share_5y"].sel(state="{v.judgement.state}", partner="{v.judgement.partner}", '
        f"year={v.judgement.year})  # {story.short_id(results, v.judgement.id)}"
        for v in results.judged
    ]
    shell = f"multivector brief {scenario.id} --members {manifest['members']} --seed {manifest['seed']} -o brief.html"
    return Reproduce("\n".join(lines), shell)


def _with_sources(context: BriefContext, region: Region) -> BriefContext:
    """The same context with a row for every source that any part of it names, in order of first use."""
    from dataclasses import replace

    keys = dict.fromkeys(
        key for _, part in parts(context) if part is not context for key in getattr(part, "sources", ())
    )
    rows = []
    for key in keys:
        source = region.source(key)
        rows.append(
            SourceRow(
                key=key,
                title=str(source["title"]),
                publisher=str(source["publisher"]),
                year=str(source["year"] or ""),
                url=str(source["url"] or ""),
                licence=str(source["licence"]),
                read_on=str(source["read_on"] or ""),
            )
        )
    return replace(context, sources=tuple(rows))
