"""The brief's sentences, each built from numbers of this run and of the register; none names a country."""

from __future__ import annotations

import numpy as np

from multivector.desk import facts
from multivector.desk.context import Alternative, Confidence, DataNote, Effect, Judgement
from multivector.desk.context import Assumption as AssumptionRow
from multivector.desk.estimative import judgement_sentence
from multivector.desk.results import Results
from multivector.inference.judge import Verdict

MATTERS = 0.05  # a negation that moves a judgement by five points of a hundred is named under it


def bottom_line(results: Results) -> str:
    """What the scenario does, what happened, and how far to trust it, in four sentences."""
    scenario, region = results.scenario, results.region
    if scenario.supplier is None or not scenario.focus:
        return f"{scenario.title}: {len(results.judged)} judgements, see below."
    supplier, state = region.name(scenario.supplier), scenario.focus[0]
    year = min(scenario.end_year, results.last_year)
    base, changed = (
        _median(results, arm, state, scenario.supplier, year) for arm in ("baseline", "scenario")
    )
    shares = {s: facts.window_share(region, s, scenario.supplier, results.last_year) for s in scenario.focus}
    verb = "lowers" if changed < base else "raises" if changed > base else "leaves as it is"
    seen = ", ".join(f"{percent_of(v)} in {region.name(s)}" for s, v in shares.items())
    sentences = [
        f"In the runs {scenario.change} {verb} {possessive(supplier)} median share of {possessive(region.name(state))} major "
        f"arms in the five years to {year} from {percent_of(base)} to {percent_of(changed)}.",
        f"What happened by {results.last_year}: {seen}.",
        _regional_share(results),
    ]
    baseline = results.arms.get("baseline")
    if baseline is not None:
        better = "closer" if baseline.difference < 0 else "no closer"
        sure = (
            "a difference that is sure" if baseline.beats_persistence else "a difference that may be chance"
        )
        sentences.append(
            f"On {baseline.n} shares from {scenario.start_year + 1} to {results.last_year} the model came {better} "
            f"than persistence (CRPS {baseline.crps:.3f} against {baseline.crps_persistence:.3f}), {sure}."
        )
    return " ".join(sentences)


def _regional_share(results: Results) -> str:
    """Whether the supplier's part in all deliveries to the region moved: the check on a tempting story."""
    region, scenario = results.region, results.scenario
    if scenario.supplier is None:
        return ""
    start, last = scenario.start_year, results.last_year
    before, after = (
        (facts.yearly_total(region, scenario.supplier, *years), facts.yearly_total(region, None, *years))
        for years in ((start - 2, start), (start + 1, last))
    )
    name = region.name(scenario.supplier)
    return (
        f"{name} delivered {after[0]:.0f} TIV a year to the {len(region.states)} states in {start + 1}–{last} after "
        f"{before[0]:.0f} in {start - 2}–{start}; all suppliers together {after[1]:.0f} after {before[1]:.0f}, so its "
        f"part in the region's imports went from {percent_of(before[0] / before[1])} to "
        f"{percent_of(after[0] / after[1])}."
    )


def judgements(results: Results, sources: tuple[str, ...]) -> tuple[Judgement, ...]:
    """The key judgements: the tested forecast first, then the scenario, then what happened."""
    return tuple(_judgement(results, verdict, sources) for verdict in results.judged)


def short_id(results: Results, judgement: str) -> str:
    """J1, J2, ... in the scenario's order: what the page calls a judgement."""
    return f"J{[v.judgement.id for v in results.judged].index(judgement) + 1}"


def _judgement(results: Results, verdict: Verdict, sources: tuple[str, ...]) -> Judgement:
    judgement, scenario = verdict.judgement, results.scenario
    beats = results.beats_persistence(judgement.year)
    base = verdict.baseline
    sentence = judgement_sentence(
        base.share,
        base.n,
        f"{judgement.text}, as seen at the end of {scenario.start_year} without {scenario.change}.",
        beats_persistence=beats,
    )
    moved = {
        negated.assumption.id: negated.counts[judgement.id].share
        - results.scenario_share(judgement.id, negated.members)
        for negated in results.negated
    }
    shares = [base.share, verdict.scenario.share] + [n.counts[judgement.id].share for n in results.negated]
    shares = [share for share in shares if np.isfinite(share)]
    rests = tuple(sorted((a for a in moved if abs(moved[a]) >= MATTERS), key=lambda a: -abs(moved[a])))
    return Judgement(
        id=short_id(results, judgement.id),
        sentence=sentence,
        p=base.share,
        low=min(shares),
        high=max(shares),
        interval=f"Over both arms and {len(results.negated)} negated assumptions:",
        confidence=_confidence(results, verdict, beats, moved),
        track=f"With {scenario.change} it holds in {verdict.scenario.yes:,} of {verdict.scenario.n:,} runs under stated "
        f"priors. {_outcome(results, verdict)}",
        rests_on=rests,
        sources=sources,
    )


def _confidence(results: Results, verdict: Verdict, beats: bool, moved: dict[str, float]) -> Confidence:
    base = verdict.scenario.share
    flips = [a for a, change in moved.items() if (base - 0.5) * (base + change - 0.5) < 0]
    ahead = verdict.judgement.year - results.scenario.start_year
    if not beats:
        why = f"At {ahead} years ahead the mechanism has not beaten persistence in a hindcast"
        return Confidence("low", f"{why}; parameters are priors, not a posterior.")
    if flips:
        return Confidence("low", f"Negating {' or '.join(flips)} turns the judgement over.")
    return Confidence(
        "moderate",
        f"At {ahead} years ahead the mechanism beat persistence on years that chose no prior, and no single negated "
        "assumption turns the judgement over; parameters are priors, not a posterior.",
    )


def _outcome(results: Results, verdict: Verdict) -> str:
    judgement = verdict.judgement
    if judgement.year > results.last_year:
        return f"Open until the register holds {judgement.year}."
    share = facts.window_share(results.region, judgement.state, judgement.partner, judgement.year)
    if not np.isfinite(share):
        return "Cannot be settled: the window holds no delivery."
    held = share > judgement.threshold if judgement.comparison == "above" else share < judgement.threshold
    return f"What happened: {percent_of(share)}, so it {'held' if held else 'did not hold'}."


def assumptions(results: Results) -> tuple[AssumptionRow, ...]:
    """Each assumption with what its negation, run again, did to every judgement."""
    rows = []
    for negated in results.negated:
        assumption = negated.assumption
        effects = tuple(
            Effect(
                short_id(results, v.judgement.id),
                results.scenario_share(v.judgement.id, negated.members),
                negated.counts[v.judgement.id].share,
            )
            for v in results.judged
            if np.isfinite(negated.counts[v.judgement.id].share)
        )
        rows.append(
            AssumptionRow(
                id=assumption.id,
                text=assumption.text,
                status=f"Negated and rerun with {negated.members:,} of the same members: {assumption.negated}",
                sources=assumption.sources,
                effects=effects,
            )
        )
    for number, text in enumerate(results.scenario.left_out, 1):
        rows.append(
            AssumptionRow(
                id=f"left-out-{number}",
                text=f"{text}: left out.",
                status="Not in the model",
                untested="The model has no part for it, so its negation cannot be run.",
            )
        )
    return tuple(rows)


def alternatives(results: Results, sources: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Other readings of the same figures, each set against the register or the baseline runs."""
    scenario, region = results.scenario, results.region
    start, last = scenario.start_year, min(results.last_year, scenario.end_year)
    if scenario.supplier is None or last <= start:
        return ()
    name = region.name(scenario.supplier)
    years = last - start
    observed = facts.yearly_total(region, scenario.supplier, start + 1, last)
    runs = results.run.data["deliveries_year"].sel(year=slice(start + 1, last), partner=scenario.supplier)
    totals = runs.sum(("year", "state")).to_numpy() / years
    (low, middle, high), (s_low, s_middle, s_high) = (np.quantile(arm, [0.05, 0.5, 0.95]) for arm in totals)
    inside, s_inside = low <= observed <= high, s_low <= observed <= s_high
    before_all, after_all = (
        facts.yearly_total(region, None, *span) - facts.yearly_total(region, scenario.supplier, *span)
        for span in ((start - 2, start), (start + 1, last))
    )
    unit = "TIV a year"
    return (
        Alternative(
            "no-change",
            f"{possessive(name)} deliveries were merely as uneven as ever; {scenario.change} did not reach the region.",
            f"Observed {observed:.0f} {unit} in {start + 1}–{last}. Runs without {scenario.change}: median {middle:.0f}, 90 % "
            f"between {low:.0f} and {high:.0f}. Runs with it: median {s_middle:.0f}, 90 % between {s_low:.0f} and "
            f"{s_high:.0f}. {'Both hold the outcome: totals cannot tell them apart.' if inside and s_inside else ''}",
            "cannot tell" if inside and s_inside else "fits" if inside else "does not fit",
            sources,
        ),
        Alternative(
            "less-demand",
            f"The region bought less from everybody, not only from {name}.",
            f"All other suppliers together delivered {after_all:.0f} {unit} in {start + 1}–{last} after {before_all:.0f} in "
            f"{start - 2}–{start}.",
            "fits" if after_all < 0.9 * before_all else "does not fit",
            sources,
        ),
        Alternative(
            "others-filled-the-gap",
            f"Others delivered more where {name} delivered less.",
            _who_filled(results),
            "fits" if after_all > 1.1 * before_all else "cannot tell",
            sources,
        ),
    )


def _who_filled(results: Results) -> str:
    """Suppliers with a tenth of a focus state's window now that had less than a tenth at the start."""
    region, scenario = results.region, results.scenario
    parts = []
    for state in scenario.focus:
        then = dict(facts.top_suppliers(region, state, scenario.start_year, 0.1))
        now = facts.top_suppliers(region, state, results.last_year, 0.1)
        new = [(code, share) for code, share in now if code not in then and code != scenario.supplier]
        if new:
            listed = ", ".join(f"{region.name(code)} {percent_of(share)}" for code, share in new)
            parts.append(f"{region.name(state)}: {listed}")
    listed = "; ".join(parts) or "nobody"
    return (
        f"New among suppliers of a tenth and more of the five years to {results.last_year}: {listed}. A larger share "
        "of smaller imports is not yet a gap filled."
    )


def data_notes(results: Results, sources: tuple[str, ...]) -> tuple[DataNote, ...]:
    """What the register cannot carry: silences, lumps, editions, and what is not measured at all."""
    region, scenario = results.region, results.scenario
    notes = []
    if scenario.supplier is not None:
        name = region.name(scenario.supplier)
        flows = facts.flows(region, scenario.supplier, results.last_year)
        silent = [f"{region.name(f.state)} (last in {f.silent_since})" for f in flows if f.silent_since]
        never = [region.name(f.state) for f in flows if not f.ever]
        if silent or never:
            text = f"No delivery of major arms from {name} for three years or more is recorded to: {', '.join(silent)}."
            text += f" None at all since the register begins to: {', '.join(never)}." if never else ""
            notes.append(
                DataNote(
                    f"Where {name} had already stopped",
                    f"{text} What begins in {scenario.start_year + 1} cannot explain what ended before it.",
                    sources,
                )
            )
        lumps = [f for f in flows if f.years_with and f.largest > 0.5]
        if lumps:
            listed = "; ".join(
                f"{region.name(f.state)} {f.total:.0f} TIV in {f.years_with} of {facts.LOOK_BACK} years, "
                f"{percent_of(f.largest)} of it in one"
                for f in lumps
            )
            notes.append(
                DataNote(
                    "Flows that are small and lumpy",
                    f"{listed}. One contract more or less turns such shares around.",
                    sources,
                )
            )
    editions = region.table("ties/arms")["vintage"].unique().len()
    if editions > 1:
        notes.append(
            DataNote(
                "Editions differ",
                f"Deliveries come from {editions} editions of the register, which revise one another. Every run draws a "
                "revision of each pair's history, so that the spread holds it.",
                sources,
            )
        )
    notes += [DataNote(caveat.title, caveat.text, caveat.sources) for caveat in scenario.caveats]
    return tuple(notes)


def _median(results: Results, arm: str, state: str, partner: str, year: int) -> float:
    cell = results.run.data["arms_share_5y"].sel(scenario=arm, state=state, partner=partner, year=year)
    return float(np.nanmedian(cell.to_numpy()))


def percent_of(share: float) -> str:
    """An observed share as whole per cent; a dash where it is missing."""
    return "–" if not np.isfinite(share) else f"{100 * share:.0f} %"


def possessive(name: str) -> str:
    """The name with its possessive ending."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
