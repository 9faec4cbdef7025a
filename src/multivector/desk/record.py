"""The track record in words: held-out years, this run since its start, and where a word is earned."""

from __future__ import annotations

import polars as pl

from multivector.desk import pictures_modelled
from multivector.desk.context import ScoreRow, Table, TrackRecord
from multivector.desk.kept_scores import standing
from multivector.desk.results import Results
from multivector.desk.words import signed
from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE

FAMILY_SAID = {
    "arms_share_5y": "shares of arms above zero at the origin",
    "un_distance": "distances to the powers in General Assembly votes",
}


def track(results: Results, sources: tuple[str, ...]) -> TrackRecord | None:
    """How forecasts of what is asked did where the truth is known."""
    return _arms(results, sources) if results.about_arms else _positions(results, sources)


def _positions(results: Results, sources: tuple[str, ...]) -> TrackRecord | None:
    """Ties have no series to be scored against; what is nearest to them has."""
    if results.power is None:
        return None
    table, said = _standing(results, "un_distance", sources)
    verdict = (
        "Ties, alignment and the stock of engagement are the model's own quantities: no published series holds them, so no "
        "forecast of them has been scored."
    )
    nearest = (
        f" What is nearest is distance in votes, and its forecasts know of no engagement: {said}"
        if said
        else ""
    )
    return TrackRecord(verdict + nearest, False, (), table=table, sources=sources)


def _standing(results: Results, family: str, sources: tuple[str, ...]) -> tuple[Table | None, str]:
    """The hindcast's models beside the best baseline at each horizon, and in words who loses to whom."""
    found = standing(results.scores, family)
    if not found:
        return None, ""
    rows, said = [], []
    for ahead in sorted({each.horizon for each in found}):
        here = [each for each in found if each.horizon == ahead]
        best = next(each for each in here if each.baseline)
        for each in here:
            if not each.baseline or each is best:
                gain = "" if each is best else f"{100 * (1 - each.crps / best.crps):+.0f}%".replace("-", "−")
                row = (str(ahead), each.model, str(each.n), f"{each.crps:.4f}", gain, f"{each.cov90:.0%}")
                rows.append(row)
        behind = [each for each in here if not each.baseline and each.crps >= best.crps]
        said += [f"{each.model} loses to {best.model} at {ahead}" for each in behind]
    columns = ("Years ahead", "Forecast", "n", "CRPS", "Gain over the best baseline", "90% band held")
    caption = (
        f"Hindcast of {FAMILY_SAID[family]}, refitted at every origin, models and the best baseline of each horizon; "
        "intervals of the differences: docs/hindcast.md."
    )
    lost = (
        f"in years ahead, {'; '.join(said)}."
        if said
        else "at no horizon does a model lose to the best baseline."
    )
    return Table(
        columns,
        tuple(rows),
        numeric=("n", columns[3], columns[4], columns[5]),
        caption=caption,
        sources=sources,
    ), lost


def _arms(results: Results, sources: tuple[str, ...]) -> TrackRecord | None:
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
        f"On {first.n} shares of held-out years, origins rolled year by year and nothing later known at any, the model's CRPS is "
        f"{first.crps:.4f}; 80% bands held {first.covered_80:.0%}, 90% bands {first.covered_90:.0%}. "
        f"{against[:1].upper()}{against[1:]}. Errors are "
        f"clustered by {first.states} states; all on today's edition of the register."
    )
    table, said = _standing(results, "arms_share_5y", sources)
    return TrackRecord(
        verdict=verdict,
        beats_persistence=all(c.beats for c in results.pooled.values()),
        rows=tuple(rows),
        notes=(*([f"Over all origins, {said}"] if said else []), *_this_run(results), _words_note(results)),
        table=table,
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
    won = [str(h) for h in results.horizons() if results.beats_at(h)]
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
