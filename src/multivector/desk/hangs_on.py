"""What the first judgement hangs on: factors, the assumption that flips each judgement, and how many runs are enough."""

from __future__ import annotations

from typing import Any

import polars as pl

from multivector.desk.context import Section, Table
from multivector.desk.judgements import short_id
from multivector.desk.results import Results
from multivector.desk.story_ties import cost_of
from multivector.desk.words import decimals, listed, percent_of, possessive
from multivector.inference.sensitivity import find_flip, runs_for, share_error
from multivector.inference.sensitivity.answer import CHANCE, HOLDS, QUANTITY
from multivector.world.draws import POSTERIOR
from multivector.world.parameters import Priors

TOP = 8  # factors shown; the rest are one row
LEAST = 0.005  # factors with less of the variance by both measures are not shown
A_POINT = 0.01  # the standard error that "enough" is for: one run in a hundred


def hangs_section(results: Results, sources: tuple[str, ...]) -> Section:
    """The table of factors for the first judgement, and for every judgement its flip and its error."""
    paragraphs = [*_claims(results), *_flips(results), _enough(results)]
    return Section(
        "hangs", "What the answer hangs on", tuple(paragraphs), tables=(_factors(results, sources),)
    )


def _enough(results: Results) -> str:
    """Standard errors of the printed shares, and the runs that a point would take."""
    errors = [(share_error(v.scenario.yes, v.scenario.n), v) for v in results.judged if v.scenario.n]
    if not errors:
        return "No run can say whether a judgement holds."
    error, widest = max(errors, key=lambda pair: pair[0])
    runs = runs_for(error, widest.scenario.n, A_POINT)
    return (
        f"The shares of runs have standard errors of up to {100 * error:.1f} points "
        f"({short_id(results, widest.judgement.id)}); {runs:,} runs bring the widest to one point. More runs do not "
        "make the model better."
    )


def _claims(results: Results) -> list[str]:
    """On which assumption it turns whether an effect on ties can be claimed."""
    if results.power is None or results.costs.is_empty():
        return []
    now = [cost_of(results, state).holds_zero for state in results.scenario.focus]
    turned = []
    for assumption in results.scenario.assumptions:
        rows = results.costs.filter(pl.col("assumption") == assumption.id).to_dicts()
        zero = [row["low"] <= 0 <= row["high"] for row in rows]
        if zero != now:
            first = rows[0]
            low, median, high = (decimals(first[end], 3) for end in ("low", "median", "high"))
            states = sum(a != b for a, b in zip(zero, now, strict=True))
            turned.append(
                f"{assumption.id} turns it in {states} of {len(now)} states in focus; the difference in "
                f"{possessive(results.region.name(first['state']))} tie would be {median} ({low} to {high})"
            )
    if not turned:
        return ["Whether an effect on ties can be claimed turns on none of the negated assumptions."]
    return [f"Whether an effect on ties can be claimed turns on an assumption: negating {'; '.join(turned)}."]


def _flips(results: Results) -> list[str]:
    """The one assumption on which each judgement turns, or that none does."""
    turned, held = [], []
    for verdict in results.judged:
        members = results.negated[0].members if results.negated else 0
        before = results.scenario_count(verdict.judgement.id, members)
        flip = find_flip(verdict.judgement.id, before, results.negated)
        if flip is None:
            continue
        name = short_id(results, verdict.judgement.id)
        moved = f"{flip.assumption.id} moves {name} from {percent_of(flip.before.share)} to {percent_of(flip.after.share)}"
        if flip.flips:
            turned.append(f"{moved} (sure by the number of runs: {percent_of(flip.sure)})")
        else:
            held.append(f"{name} (most moved by {flip.assumption.id}, to {percent_of(flip.after.share)})")
    said = [f"Negating one assumption turns a judgement over: {'; '.join(turned)}."] if turned else []
    return [*said, f"No negated assumption turns over {listed(held)}."] if held else said


def _factors(results: Results, sources: tuple[str, ...]) -> Table:
    """Shapley effects and total-order indices of whether the judgement holds, and of the quantity judged."""
    holds, quantity = (
        {row["factor"]: row for row in results.hangs.filter(pl.col("answer") == answer).iter_rows(named=True)}
        for answer in (HOLDS, QUANTITY)
    )
    first = results.judged[0].judgement
    order = sorted(quantity, key=lambda name: -(quantity[name]["shapley"] or 0.0))
    shown = [name for name in order[:TOP] if max(_most(quantity[name]), _most(holds[name])) >= LEAST]
    rows = [_row(_label(results, name), quantity[name], holds[name]) for name in shown or order[:1]]
    columns = ("Factor", "Shapley, quantity", "Total, quantity", "Shapley, holds", "Total, holds")
    return Table(
        columns,
        tuple(rows),
        numeric=columns[1:],
        caption=f"{short_id(results, first.id)}, {len(order)} factors varied together, the {len(rows)} largest shown: share of "
        "the variance over runs in per cent, with its standard error. Shapley effects sum to 100 over all factors; a total "
        "index counts what a factor does with others too. A share smaller than twice its error may be nothing.",
        sources=sources,
    )


def _most(row: dict[str, Any]) -> float:
    return max(row["shapley"] or 0.0, row["total"] or 0.0)


def _row(label: str, quantity: dict[str, Any], holds: dict[str, Any]) -> tuple[str, ...]:
    return (
        label,
        *(
            _share(row[measure], row[f"{measure}_error"])
            for row in (quantity, holds)
            for measure in ("shapley", "total")
        ),
    )


def _share(value: float | None, error: float | None) -> str:
    """A share with its error; a dash where the answer is the same in all runs."""
    if value is None or error is None:
        return "–"
    return f"{100 * value:.0f} ± {100 * error:.0f}".replace("-", "−")


def _label(results: Results, factor: str) -> str:
    """A factor in words: chance, a lever's size, or the sentence of the parameter."""
    if factor == CHANCE:
        return "Chance: lots, luck, revisions of the data"
    if factor == POSTERIOR:
        return "The fitted parameters together, as drawn from the posterior"
    words = factor.split()
    if words[0] == "lever":
        lever = results.scenario.levers[int(words[1])]
        return f"{results.scenario.change[:1].upper()}{results.scenario.change[1:]}: {lever.kind}, {words[2]}"
    said = {row.name: row.sentence for row in Priors.of(results.region).rows}.get(
        factor, factor.replace("_", " ")
    )
    return said.split(";")[0]
