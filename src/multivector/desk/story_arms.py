"""What a brief on arms says: bottom line and other readings."""

from __future__ import annotations

import numpy as np

from multivector.desk.context import Alternative
from multivector.desk.results import Results
from multivector.desk.words import listed, percent_of, possessive
from multivector.inference.cells import Comparison
from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.baselines.window import NAME as WINDOW

CHANGED = 0.1  # a volume that moves by less than a tenth has not moved


def bottom_line(results: Results) -> str:
    """What the scenario does, what happened, and how far to trust it, in a few sentences."""
    scenario, region, register = results.scenario, results.region, results.register
    if scenario.supplier is None or not scenario.focus:
        return ""
    supplier, state, year = scenario.supplier, scenario.focus[0], results.reading_year
    base, changed = (_median(results, arm, state, supplier, year) for arm in ("baseline", "scenario"))
    subject = (
        f"{possessive(region.name(supplier))} median share of {possessive(region.name(state))} major arms"
    )
    if not scenario.levers:
        sentences = [f"In the runs {subject} in the five years to {year} is {percent_of(base)}."]
    elif percent_of(base) == percent_of(changed):
        sentences = [
            f"In the runs {scenario.change} leaves {subject} in the five years to {year} at {percent_of(base)}."
        ]
    else:
        verb = "lowers" if changed < base else "raises"
        sentences = [
            f"In the runs {scenario.change} {verb} {subject} in the five years to {year} from {percent_of(base)} to "
            f"{percent_of(changed)}."
        ]
    if results.seen:
        shares = [
            f"{percent_of(register.share(s, supplier, results.last_year))} in {region.name(s)}"
            for s in scenario.focus
        ]
        sentences += [f"What happened by {year}: {listed(shares)}.", _regional_share(results)]
    return " ".join([*sentences, _score(results)]).strip()


def _regional_share(results: Results) -> str:
    """Whether the supplier's part in all deliveries to the region moved, and whether one state makes the sum."""
    region, register, supplier = results.region, results.register, results.scenario.supplier or ""
    before, after = _spans(results)

    def part(span: tuple[int, int], without: str = "") -> str:
        total = register.a_year(None, *span, without=without)
        return percent_of(
            register.a_year(supplier, *span, without=without) / total if total else float("nan")
        )

    own, everyone = ([register.a_year(who, *span) for span in (before, after)] for who in (supplier, None))
    sentence = (
        f"{region.name(supplier)} delivered {own[1]:.0f} {register.unit} a year to the {len(region.states)} states in "
        f"{after[0]}–{after[1]} after {own[0]:.0f} in {before[0]}–{before[1]}; all suppliers together {everyone[1]:.0f} "
        f"after {everyone[0]:.0f}, so its part in the region's imports went from {part(before)} to {part(after)}"
    )
    odd = register.outlier(supplier, before, after)
    return (
        f"{sentence} (without {region.name(odd)}: from {part(before, odd)} to {part(after, odd)})."
        if odd
        else f"{sentence}."
    )


def _spans(results: Results) -> tuple[tuple[int, int], tuple[int, int]]:
    """The three years to the start, and the years since that have happened."""
    start = results.scenario.start_year
    return (start - 2, start), (start + 1, results.reading_year)


def _score(results: Results) -> str:
    """The score of this run's baseline arm where years have happened since its start."""
    against = results.arms.get("baseline")
    if against is None:
        return ""
    plain, window = against[PERSISTENCE], against[WINDOW]
    years = f"{results.cells['target'].to_numpy().min()}–{results.cells['target'].to_numpy().max()}"
    return (
        f"Scored on {plain.n} shares of {years}, the model without {results.scenario.change} (CRPS {plain.crps:.3f}) "
        f"{_against(plain)} persistence ({plain.crps_rival:.3f}) and {_against(window)} a persistence that keeps each "
        f"window's known years ({window.crps_rival:.3f})."
    )


def _against(comparison: Comparison) -> str:
    """A gain in words: established only where the 95% interval of the difference excludes zero."""
    if comparison.beats:
        return "does better than"
    return "has no established gain over" if comparison.difference < 0 else "does no better than"


def alternatives(results: Results, sources: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Other readings of the same figures, each set against the register or the runs."""
    scenario, region, register = results.scenario, results.region, results.register
    start, last = scenario.start_year, min(results.last_year, scenario.end_year)
    if scenario.supplier is None or last <= start:
        return ()
    name, unit = region.name(scenario.supplier), f"{register.unit} a year"
    spans = _spans(results)
    odd = register.outlier(scenario.supplier, *spans)
    others = ""
    changes = []
    for without in ("", odd) if odd else ("",):
        before, after = (
            register.a_year(None, *span, without=without)
            - register.a_year(scenario.supplier, *span, without=without)
            for span in spans
        )
        changes.append((after - before) / before if before else float("nan"))
        where = f"to all but {region.name(without)}" if without else "together"
        others += (
            f"All other suppliers {where} delivered {after:.0f} {unit} in {spans[1][0]}–{spans[1][1]} after "
        )
        others += f"{before:.0f} in {spans[0][0]}–{spans[0][1]}. "
    fell, rose = all(c < -CHANGED for c in changes), all(c > CHANGED for c in changes)
    split = not fell and not rose
    return (
        _merely_uneven(results, name, unit, sources),
        Alternative(
            "less-demand",
            f"The region bought less from everybody, not only from {name}.",
            others.strip(),
            "fits" if fell else "does not fit" if rose else "cannot tell",
            sources,
        ),
        Alternative(
            "others-filled-the-gap",
            f"Others delivered more where {name} delivered less.",
            f"{others}{_newcomers(results)}",
            "cannot tell" if split else "fits" if rose else "does not fit",
            sources,
        ),
    )


def _merely_uneven(results: Results, name: str, unit: str, sources: tuple[str, ...]) -> Alternative:
    """Whether the supplier's total lies within what the runs without the scenario give."""
    scenario = results.scenario
    start, last = scenario.start_year, min(results.last_year, scenario.end_year)
    observed = results.register.a_year(scenario.supplier, start + 1, last)
    runs = results.run.data["deliveries_year"].sel(year=slice(start + 1, last), partner=scenario.supplier)
    totals = runs.sum(("year", "state")).to_numpy() / (last - start)
    (low, middle, high), (s_low, s_middle, s_high) = (np.quantile(arm, [0.05, 0.5, 0.95]) for arm in totals)
    inside, s_inside = low <= observed <= high, s_low <= observed <= s_high
    both = " Both spans hold the outcome: totals cannot tell them apart." if inside and s_inside else ""
    return Alternative(
        "no-change",
        f"{possessive(name)} deliveries were merely as uneven as ever; {scenario.change} did not reach the region.",
        f"Observed {observed:.0f} {unit} in {start + 1}–{last}. Runs without {scenario.change}: median {middle:.0f}, 90% "
        f"between {low:.0f} and {high:.0f}. Runs with it: median {s_middle:.0f}, 90% between {s_low:.0f} and {s_high:.0f}."
        f"{both}",
        "cannot tell" if inside and s_inside else "fits" if inside else "does not fit",
        sources,
    )


def _newcomers(results: Results) -> str:
    """Suppliers with a tenth of a focus state's window now that had less than a tenth at the start."""
    region, scenario, register = results.region, results.scenario, results.register
    parts = []
    for state in scenario.focus:
        then = dict(register.suppliers(state, scenario.start_year, 0.1))
        new = [
            f"{region.name(code)} {percent_of(share)}"
            for code, share in register.suppliers(state, results.last_year, 0.1)
            if code not in then and code != scenario.supplier
        ]
        parts += [f"{region.name(state)}: {', '.join(new)}"] if new else []
    return (
        f"New among suppliers of a tenth and more of the five years to {results.last_year}: {'; '.join(parts) or 'nobody'}. "
        "A larger share of smaller imports is not yet a gap filled."
    )


def _median(results: Results, arm: str, state: str, partner: str, year: int) -> float:
    cell = results.run.data["arms_share_5y"].sel(scenario=arm, state=state, partner=partner, year=year)
    values = cell.to_numpy()
    return float(np.nanmedian(values)) if np.isfinite(values).any() else float("nan")
