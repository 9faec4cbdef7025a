"""From a scenario and some documents to a brief: compute, then say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from multivector.atlas import Region
from multivector.desk import judgements, pictures_modelled, pictures_observed, story
from multivector.desk.bargain.page import region_issues
from multivector.desk.brief import write_brief
from multivector.desk.context import (
    BriefContext,
    ClaimRow,
    Figure,
    MetaItem,
    Notice,
    Reproduce,
    Section,
)
from multivector.desk.hangs_on import hangs_section
from multivector.desk.ledger_text import record_of
from multivector.desk.measured import measured
from multivector.desk.page_sources import with_sources
from multivector.desk.quantities import is_arms
from multivector.desk.record import track
from multivector.desk.results import Results, compute
from multivector.desk.review import Page, write_reviews
from multivector.desk.review_links import anchor_of
from multivector.desk.story_ties import cost_section
from multivector.world.parameters import Priors
from multivector.world.scenario import Scenario

if TYPE_CHECKING:
    from multivector.evidence import Verdict as Checked

FEWEST_DRAWS, MOST_DRAWS = 100, 500
"""Draws of an issue's cells: as many as there are members, within these."""
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
        """Write one HTML file, whole or not at all; before it, beside it, the review pages that it links to.

        The brief holds everything that it says; without the pages only its links to the texts lead nowhere.
        """
        from multivector.evidence import find_contradictions

        out, results = Path(out), self.results
        if not results.documents:
            return write_brief(self.context, out)
        folder = out.with_name(f"{out.stem}.documents")
        pages = write_reviews(
            results.documents,
            results.claims,
            results.checked,
            results.region,
            folder,
            find_contradictions(results.claims, results.checked),
        )
        return write_brief(_linked(self.context, pages), out)


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
    sources = _sources(results)
    claims = _claims(results)
    manifest = results.run.manifest
    tornados = pictures_modelled.tornados(results, sources)
    members = manifest["members"]
    issues = region_issues(region, min(max(members, FEWEST_DRAWS), MOST_DRAWS), manifest["seed"])
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
        judgements=judgements.judgements(results, sources),
        map=pictures_observed.region_map(results, sources),
        sections=(*_sections(results, sources), *issues.sections),
        assumptions=judgements.assumptions(results),
        assumption_figures=_some(tornados),
        alternatives=story.alternatives(results, sources),
        claims=claims,
        claims_note=_claims_note(results),
        track=track(results, sources),
        data_notes=story.data_notes(results, sources),
        sources=(),
        manifest=(*_flat(manifest | _documents(results)), *issues.hashes),
        reproduce=_reproduce(results),
    )
    return with_sources(context, region, issues.sources)


def _sources(results: Results) -> tuple[str, ...]:
    """What the simulated numbers rest on: the register for arms, and the tables of efforts and visits for ties."""
    region = results.region
    keys = region.table("ties/arms")["source"].to_list() if results.about_arms else []
    if results.power is not None:
        efforts = region.table("engagement")
        keys += efforts.filter(efforts["power"] == results.power)["source"].to_list()
    return tuple(dict.fromkeys(key for cell in keys for key in cell.split("|"))) or ("assumed",)


def _sections(results: Results, sources: tuple[str, ...]) -> Iterator[Section]:
    """The body: what is asked first, then what it hangs on, then where the region stands."""
    if results.about_arms:
        mixes = pictures_observed.mixes(results, sources)
        yield Section("mix", "Who supplies whom", figures=(mixes,), with_map=True)
        yield Section("runs", "What the runs say", figures=_some(pictures_modelled.fans(results, sources)))
    cost = cost_section(results, sources)
    if cost is not None:
        yield cost
    if results.judged:
        yield hangs_section(results, sources)
    figures = (pictures_observed.balance(results), pictures_observed.leaning(results))
    yield Section("balance", f"Where the region stands at the end of {results.last_year}", figures=figures)
    yield from measured(results)


def _some(figure: Figure | None) -> tuple[Figure, ...]:
    return () if figure is None else (figure,)


def _notices(results: Results) -> tuple[Notice, ...]:
    priors = Priors.of(results.region).rows
    assumed = [row.sentence[:1].lower() + row.sentence[1:] for row in priors if row.basis == "assumed"]
    notices = [
        Notice(
            f"Simulated numbers rest on {len(priors)} parameters: {results.run.manifest['parameters_are']}. {len(assumed)} of "
            f"them are assumed: {'; '.join(assumed)}.",
            title="Parameters",
        )
    ]
    notices += [
        Notice(lever.why, title=f"The size of {results.scenario.change} ({lever.kind}) is an assumption")
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


def _linked(context: BriefContext, pages: Sequence[Page]) -> BriefContext:
    """The same context with a link from each claim to its span."""
    folder = {page.doc: f"{quote(page.file.parent.name)}/{page.file.name}" for page in pages}
    rows = (replace(row, place=f"{folder[row.document]}#{anchor_of(row.id)}") for row in context.claims)
    return replace(context, claims=tuple(rows))


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
        f'run.data["{v.judgement.quantity}"].sel(state="{v.judgement.state}", '
        f'{"partner" if is_arms(v.judgement) else "power"}="{v.judgement.partner}", '
        f"year={v.judgement.year})  # {judgements.short_id(results, v.judgement.id)}"
        for v in results.judged
    ]
    shell = f"multivector brief {scenario.id} --members {manifest['members']} --seed {manifest['seed']} -o brief.html"
    return Reproduce("\n".join(lines), shell)
