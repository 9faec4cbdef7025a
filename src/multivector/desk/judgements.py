"""Key judgements and the assumptions that they rest on, in words; whatever the quantity that is judged."""

from __future__ import annotations

import numpy as np

from multivector.desk.context import Assumption as AssumptionRow
from multivector.desk.context import Confidence, Effect, Judgement
from multivector.desk.estimative import judgement_sentence, percent
from multivector.desk.level import RUNS, level
from multivector.desk.quantities import QUANTITIES, is_arms
from multivector.desk.results import Results
from multivector.desk.words import listed, percent_of
from multivector.inference.judge import Verdict
from multivector.world.scenario import Judgement as Asked

KNOWN_AS = {RUNS: "the runs"}
MATTERS = 0.05  # a negation that moves a judgement by five points of a hundred is named under it
ENOUGH = 200  # runs; below it the sampling error of a share is wider than a term


def short_id(results: Results, judgement: str) -> str:
    """J1, J2, ... in the scenario's order: what the page calls a judgement."""
    return f"J{[v.judgement.id for v in results.judged].index(judgement) + 1}"


def judgements(results: Results, sources: tuple[str, ...]) -> tuple[Judgement, ...]:
    """The key judgements: how often each holds in the scenario, in the baseline, and what happened."""
    return tuple(_judgement(results, verdict, sources) for verdict in results.judged if verdict.scenario.n)


def _judgement(results: Results, verdict: Verdict, sources: tuple[str, ...]) -> Judgement:
    judgement, scenario = verdict.judgement, results.scenario
    held = verdict.scenario
    words = results.earns_words(judgement) and held.n >= ENOUGH
    sentence = judgement_sentence(
        held.share, held.n, f"{judgement.text}, with {scenario.change}.", beats_persistence=words
    )
    negated = {n.assumption.id: n.counts[judgement.id].share for n in results.negated}
    moved = {
        n.assumption.id: negated[n.assumption.id] - results.scenario_share(judgement.id, n.members)
        for n in results.negated
    }
    spread = [
        share for share in (held.share, verdict.baseline.share, *negated.values()) if np.isfinite(share)
    ]
    rests = [a for a in moved if abs(moved[a]) >= MATTERS]
    return Judgement(
        id=short_id(results, judgement.id),
        sentence=sentence,
        p=held.share,
        low=min(spread),
        high=max(spread),
        interval=f"With and without {scenario.change}, and over {len(results.negated)} negated assumptions:",
        confidence=_confidence(results, verdict, words, moved),
        track=f"Without {scenario.change}: {verdict.baseline.yes:,} of {verdict.baseline.n:,} runs. "
        f"{_level(results, judgement)}{_outcome(results, verdict)}",
        rests_on=tuple(sorted(rests, key=lambda a: -abs(moved[a]))),
        sources=sources,
    )


def _level(results: Results, judgement: Asked) -> str:
    """Who says best how high the share is without the change: the runs, or a baseline with its own chance."""
    if not is_arms(judgement):
        return ""
    ahead, start = judgement.year - results.scenario.start_year, results.scenario.start_year
    found = level(results.scores, results.region, judgement, start)
    if found is None:
        kept = judgement.quantity in results.scores["family"].to_list()
        return f"Nobody has been scored {ahead} years ahead. " if kept else ""
    name, rival = (KNOWN_AS.get(each.model, each.model) for each in (found.best, found.rival))
    scored = (
        f"scored best {found.tested} years ahead on years to {start} (CRPS {found.best.crps:.3f}, "
        f"{rival} {found.rival.crps:.3f})"
    )
    if found.chance is None:
        return f"For that level nobody asked is better: {name} {scored}. "
    return f"For that level trust {name}, which {scored}: it gives {percent(found.chance)}. "


def _confidence(results: Results, verdict: Verdict, words: bool, moved: dict[str, float]) -> Confidence:
    share = verdict.scenario.share
    flips = [a for a, change in moved.items() if (share - 0.5) * (share + change - 0.5) < 0]
    ahead = verdict.judgement.year - results.scenario.start_year
    if not words:
        reasons = [_untested(results, verdict.judgement, ahead)]
        reasons += [f"negating {listed(flips)} turns the judgement over"] if flips else []
        return Confidence("low", f"{'; '.join(reasons)}. {results.parameters}")
    if flips:
        return Confidence("low", f"Negating {listed(flips)} turns the judgement over.")
    return Confidence(
        "moderate",
        f"At {ahead} years ahead the mechanism beat every baseline on held-out years, and no negated "
        f"assumption turns the judgement over. {results.parameters}",
    )


def _untested(results: Results, judgement: Asked, ahead: int) -> str:
    if not is_arms(judgement):
        return f"No forecast of {QUANTITIES[judgement.quantity].plural} has been scored against what happened"
    tested = ahead in results.horizons()
    return f"At {ahead} years ahead the mechanism {'has not beaten every baseline' if tested else 'has not been tested'}"


def _outcome(results: Results, verdict: Verdict) -> str:
    judgement = verdict.judgement
    if not is_arms(judgement):
        return f"Open until the data reach the end of {judgement.year}."
    if judgement.year > results.last_year:
        return f"Open until the register holds {judgement.year}."
    share = results.register.share(judgement.state, judgement.partner, judgement.year)
    if not np.isfinite(share):
        return "Cannot be settled: the window holds no delivery."
    held = share > judgement.threshold if judgement.comparison == "above" else share < judgement.threshold
    return f"What happened: {percent_of(share)}, so it {'held' if held else 'did not hold'}."


def assumptions(results: Results) -> tuple[AssumptionRow, ...]:
    """Each assumption with what its negation, run again, did to every judgement; then what is left out."""
    rows = []
    for negated in results.negated:
        effects = tuple(
            Effect(
                short_id(results, v.judgement.id),
                results.scenario_share(v.judgement.id, negated.members),
                negated.counts[v.judgement.id].share,
            )
            for v in results.judged
            if v.scenario.n and negated.counts[v.judgement.id].n
        )
        rows.append(
            AssumptionRow(
                id=negated.assumption.id,
                text=negated.assumption.text,
                status=f"Negated, {negated.members:,} of the same members rerun: {negated.assumption.negated}",
                sources=negated.assumption.sources,
                effects=effects,
            )
        )
    for number, text in enumerate(results.scenario.left_out, 1):
        untested = "The model has no part for it, so its negation cannot be run."
        rows.append(
            AssumptionRow(f"left-out-{number}", f"{text}: left out.", "Not in the model", untested=untested)
        )
    return tuple(rows)
