"""What a brief on engagement, ties and alignment says: what the change costs, and what cannot be claimed."""

from __future__ import annotations

import math

from multivector.desk.context import Alternative, Section, Table
from multivector.desk.differences import TIED, Difference, difference
from multivector.desk.pictures_differences import cost_figures
from multivector.desk.quantities import QUANTITIES
from multivector.desk.results import Results
from multivector.desk.words import decimals, listed, the

WRITTEN = {"engagement": (1.0, 2, ""), "ties": (1.0, 3, ""), "alignment": (100.0, 2, " points")}
"""How a difference is written: in which multiple, with how many digits, and what follows."""


def bottom_line(results: Results) -> str:
    """The cost of the change at the end of the run, in the stock first and then in position."""
    power, scenario, region = results.power, results.scenario, results.region
    if power is None or not scenario.focus:
        return ""
    stock = [_cost(results, "engagement", state) for state in scenario.focus]
    lost = [cost.part for cost in stock if math.isfinite(cost.part)]
    parts = f"{_parts(lost)} of " if lost else "a part of "
    by_state = "; ".join(f"{region.name(cost.state)} {numbers(cost)}" for cost in stock)
    sentences = [
        f"By the end of {scenario.end_year} {scenario.change} costs {the(region.name(power))} {parts}the stock of "
        f"engagement that it would have had, median of the runs. In years of its own usual effort, without "
        f"{scenario.change} less with it, run by run (median, and the interval that holds 80% of "
        f"{results.run.manifest['members']:,} paired runs): {by_state}.",
        *(_position(results, quantity) for quantity in ("ties", "alignment")),
        "No forecast of these quantities has been scored against what happened, so no word of likelihood is used.",
    ]
    return " ".join(sentences)


def cost_of(results: Results, state: str) -> Difference:
    """The difference in a state's tie at the end of the run."""
    return _cost(results, "ties", state)


def _cost(results: Results, quantity: str, state: str) -> Difference:
    return difference(results.run, quantity, state, results.power or "", results.scenario.end_year)


def numbers(cost: Difference) -> str:
    """Median and interval, with true minuses."""
    times, digits, _ = WRITTEN[cost.quantity]
    low, median, high = (decimals(times * value, digits) for value in (cost.low, cost.median, cost.high))
    return f"{median} ({low} to {high})"


def _parts(lost: list[float]) -> str:
    low, high = (f"{100 * value:.0f}" for value in (min(lost), max(lost)))
    return f"{low}%" if low == high else f"{low} to {high}%"


def _position(results: Results, quantity: str) -> str:
    """Whether an effect on position can be claimed: state by state where it can, in one line where it cannot."""
    region, plural = results.region, QUANTITIES[quantity].plural
    costs = [_cost(results, quantity, state) for state in results.scenario.focus]
    moved = [cost for cost in costs if not cost.holds_zero]
    unit = WRITTEN[quantity][2]
    if not moved:
        medians = _range(quantity, [cost.median for cost in costs])
        ends = _range(quantity, [end for cost in costs for end in (cost.low, cost.high)])
        return (
            f"No effect on {plural} can be claimed: in each of these states the interval holds zero (medians {medians}, "
            f"the intervals within {ends}{unit})."
        )
    shown = "; ".join(f"{region.name(cost.state)} {numbers(cost)}{unit}" for cost in moved)
    rest = [region.name(cost.state) for cost in costs if cost.holds_zero]
    still = f" No effect on those of {listed(rest)} can be claimed." if rest else ""
    return f"On {plural} the interval leaves zero out: {shown}.{still}"


def _range(quantity: str, values: list[float]) -> str:
    times, digits, _ = WRITTEN[quantity]
    low, high = (decimals(times * value, digits) for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def cost_section(results: Results, sources: tuple[str, ...]) -> Section | None:
    """The paired differences: over the years for the states in focus, and at the end for every state."""
    if results.power is None:
        return None
    region, year = results.region, results.scenario.end_year
    rows = tuple(
        (region.name(state), *(numbers(_cost(results, quantity, state)) for quantity in TIED))
        for state in region.states
    )
    columns = ("State", "Stock of engagement", "Tie", "Share of alignment, points")
    table = Table(
        columns,
        rows,
        numeric=columns[1:],
        caption=f"Without {results.scenario.change} less with it, end of {year}: median and 80% interval of "
        f"{results.run.manifest['members']:,} paired runs. Stock in {QUANTITIES['engagement'].unit}.",
        sources=sources,
    )
    text = (
        f"Both arms share every random number, so a difference shows what {results.scenario.change} does and nothing "
        "else. An interval that holds zero allows no claim about the direction."
    )
    return Section(
        "cost",
        f"What {results.scenario.change} costs",
        (text,),
        figures=cost_figures(results, sources),
        tables=(table,),
    )


def alternatives(results: Results, sources: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Other readings of the same runs."""
    if results.power is None:
        return ()
    costs = [cost_of(results, state) for state in results.scenario.focus]
    some = [cost for cost in costs if not cost.holds_zero]
    widest = max(max(abs(cost.low), abs(cost.high)) for cost in costs) if costs else float("nan")
    change, name = results.scenario.change, the(results.region.name(results.power))
    said = (
        f"The largest end of an 80% interval of the difference in ties is {decimals(widest, 3)}: more than that is "
        "not in nine of ten runs on either side, but the sign is open."
    )
    return (
        Alternative(
            "no-effect",
            f"Engagement does not move states: {change} costs {name} its stock and nothing else.",
            said,
            "does not fit" if some else "cannot tell",
            sources,
        ),
        Alternative(
            "others-step-in",
            f"Others take the place that {name} leaves.",
            "In the runs the other powers keep their effort of before; whether they would raise it is not modelled.",
            "cannot tell",
            sources,
        ),
    )
