"""From a scenario and some documents to a brief: compute, then say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from multivector.atlas import Region
from multivector.desk import pictures_modelled, pictures_observed, story
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
from multivector.desk.ledger_text import record_of
from multivector.desk.results import Results, compute
from multivector.desk.words import signed
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
    ledger: Path | None = None,
    progress: bool = True,
) -> Brief:
    """Read and check the documents, measure the region, run the scenario, and put it into words.

    Parameters
    ----------
    region, scenario : from `load_region` and `load_scenario`.
    documents : files or folders to read; none is fine.
    members, seed : of the ensemble.
    ledger : the forecast ledger whose record is printed; without one the brief says that there is none.
    """
    record = record_of(ledger, date.today())  # before minutes are spent on runs
    results = compute(region, scenario, documents, members=members, seed=seed, progress=progress)
    return Brief(replace(context_of(results), forecasts=record), results)


def context_of(results: Results) -> BriefContext:
    """Everything that the page shows."""
    region, scenario = results.region, results.scenario
    arms = _arms_sources(region)
    claims = _claims(results)
    manifest = results.run.manifest
    fans = pictures_modelled.fans(results, arms)
    tornados = pictures_modelled.tornados(results, arms)
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
        map=pictures_observed.region_map(results, arms),
        sections=(
            Section(
                "mix", "Who supplies whom", figures=(pictures_observed.mixes(results, arms),), with_map=True
            ),
            Section("runs", "What the runs say", figures=() if fans is None else (fans,)),
            Section(
                "balance",
                f"Where the region stands at the end of {results.last_year}",
                figures=(pictures_observed.balance(results), pictures_observed.leaning(results)),
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
        manifest=tuple(_flat(manifest | _documents(results))),
        reproduce=_reproduce(results),
    )
    return _with_sources(context, region)


def _arms_sources(region: Region) -> tuple[str, ...]:
    return tuple(region.table("ties/arms")["source"].unique(maintain_order=True).to_list())


def _notices(results: Results) -> tuple[Notice, ...]:
    priors = Priors.of(results.region).rows
    assumed = [row.sentence[:1].lower() + row.sentence[1:] for row in priors if row.basis == "assumed"]
    notices = [
        Notice(
            f"Simulated numbers rest on {len(priors)} parameters under priors, not a posterior; {len(assumed)} of them are "
            f"assumed: {'; '.join(assumed)}.",
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
    """How the mechanism did on held-out years beside every baseline, and this run on the years since."""
    if not results.pooled:
        return None
    rows = []
    for target in sorted(set(results.cells["target"].to_list())) if results.arms else []:
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
    first = results.pooled[PERSISTENCE]
    against = "; ".join(
        f"{rival} {c.crps_rival:.4f} (difference {signed(c.difference)}, 95% interval {signed(c.low)} to {signed(c.high)})"
        for rival, c in results.pooled.items()
    )
    verdict = (
        f"On {first.n} shares of years that chose no prior, origins rolled year by year, the model's CRPS is "
        f"{first.crps:.4f}; 80% bands held {first.covered_80:.0%}, 90% bands {first.covered_90:.0%}. "
        f"{against[:1].upper()}{against[1:]}. Errors are "
        f"clustered by {first.states} states; all on today's edition of the register."
    )
    return TrackRecord(
        verdict=verdict,
        beats_persistence=all(c.beats for c in results.pooled.values()),
        rows=tuple(rows),
        notes=(*_this_run(results), _words_note(results)),
        figures=pictures_modelled.scores(results, sources),
        sources=sources,
    )


def _this_run(results: Results) -> tuple[str, ...]:
    """This run's two arms against each baseline, where years have happened since its start."""
    if not results.arms:
        return ()
    change = results.scenario.change
    arms = [
        f"{'without' if arm == 'baseline' else 'with'} {change} {against[PERSISTENCE].crps:.4f} "
        f"(80% bands held {against[PERSISTENCE].covered_80:.0%}, 90% bands {against[PERSISTENCE].covered_90:.0%})"
        for arm, against in results.arms.items()
    ]
    rivals = [f"{rival} {c.crps_rival:.4f}" for rival, c in results.arms["baseline"].items()]
    n = results.arms["baseline"][PERSISTENCE].n
    return (
        f"From the end of {results.scenario.start_year}, on {n} shares: {', '.join(arms)}; {', '.join(rivals)}. The size of "
        f"{change} is an assumption that may have been made with hindsight, so its score is no forecast's.",
    )


def _words_note(results: Results) -> str:
    won = [str(h) for h in results.horizons() if results.earns_words(results.scenario.start_year + h)]
    if won:
        return (
            f"Every baseline is beaten, its interval excluding zero, at these years ahead: {', '.join(won)}. Only there is "
            "an estimative word used."
        )
    return (
        "Window persistence keeps the known years of each five-year window and draws the rest from the state's own past. "
        "At no horizon does the model beat all three baselines with an interval that excludes zero, so no estimative word "
        "is used: judgements count runs."
    )


def _mean(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].to_numpy().mean())


def _flat(manifest: dict[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in manifest.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _documents(results: Results) -> dict[str, Any]:
    """The documents read, by content, and the claims drawn from them: part of what the brief depends on."""
    return {
        "documents": {document.doc: document.sha256 for document in results.documents},
        "claims": len(results.claims),
    }


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
