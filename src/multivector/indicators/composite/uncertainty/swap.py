"""How little the weights must change for two units of an index to change places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.ranking import TIE
from multivector.indicators.composite.stages.aggregate import Aggregated, aggregate
from multivector.indicators.composite.uncertainty.case import NOMINAL, Case
from multivector.indicators.composite.uncertainty.nearest_tie import Norm, nearest_tie
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.indicators.composite.weighting import PER_UNIT

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Swap:
    """Made by `swap_of`.

    Attributes
    ----------
    upper, lower : the units as they stand.
    elements : whose weights change.
    before, after : the elements' shares in the index, each summing to one; at `after` the two units tie, and
        any step further puts the lower one above. The same as `before` where they tie already or cannot.
    distance : between the two, in the norm asked for; NaN where they cannot change places.
    why_not : why no weights make them change places; empty where some do.
    """

    upper: str
    lower: str
    elements: tuple[str, ...]
    before: Floats
    after: Floats
    distance: float
    why_not: str

    @property
    def possible(self) -> bool:
        """Whether some weights make them change places."""
        return not self.why_not

    def frame(self) -> pl.DataFrame:
        """A row per element: iCode, before, after, change."""
        return pl.DataFrame(
            {
                "iCode": self.elements,
                "before": self.before,
                "after": self.after,
                "change": self.after - self.before,
            }
        )

    def __str__(self) -> str:
        if self.why_not:
            return f"{self.upper} stays above {self.lower}: {self.why_not}"
        rows = self.frame().filter(pl.col("change").abs() > 0).iter_rows()
        moved = ", ".join(f"{code} {before:.3f} to {after:.3f}" for code, before, after, _ in rows)
        return f"{self.lower} draws level with {self.upper}: {moved or 'as it stands'}"


def swap_of(plan: Plan, a: str, b: str, level: int | None = None, norm: Norm = "L2") -> Swap:
    """The smallest change of weights after which two units tie in the index as the recipe has it.

    Parameters
    ----------
    a, b : units as the plan calls them, in a panel with their time ("A 2023").
    level : of the elements whose shares change: 1 for the indicators; those right below the top unless given.
    norm : L2 spreads the change, L1 moves as little weight in all as possible.

    Raises
    ------
    InputError : an unknown unit; elements that do not make up the index; a mean for which the tie is not
        linear in the weights; a missing value among the elements.
    """
    upper, lower = plan.unit(a), plan.unit(b)
    case = plan.case((NOMINAL,) * len(plan.factors))
    framework = case.sheet.framework
    sheet = case.sheet.having(plan.upstream((NOMINAL,) * len(plan.factors)))
    made = aggregate(sheet, case.aggregate, case.weights, Log())
    elements = _elements(framework, level)
    transform = _transform(case, elements)
    score = made.columns[framework.top]
    if score[lower] > score[upper]:
        upper, lower = lower, upper
    values = np.stack([made.columns[code][[upper, lower]] for code in elements], axis=-1)
    _require_known(values, elements, (plan.units[upper], plan.units[lower]))
    before = _shares(framework, made, elements)
    after, why_not = before, ""
    if score[upper] - score[lower] > TIE * (np.nanmax(score) - np.nanmin(score)):
        found = nearest_tie(before, np.subtract(*transform(values)), norm)
        if found is None:
            named = ", ".join(elements[:8]) + (", ..." if len(elements) > 8 else "")
            why_not = f"{plan.units[upper]} is nowhere lower in {named}"
        else:
            after = found
    moved = after - before
    size = np.abs(moved).sum() if norm == "L1" else np.sqrt((moved**2).sum())
    return Swap(
        upper=plan.units[upper],
        lower=plan.units[lower],
        elements=elements,
        before=before,
        after=after,
        distance=float("nan") if why_not else float(size),
        why_not=why_not,
    )


def _elements(framework: Framework, level: int | None) -> tuple[str, ...]:
    """The elements of a level; every indicator must stand under exactly one of them."""
    if level is None:
        return framework.children(framework.top)
    found = tuple(c for c in framework.codes if framework.level[c] == level and c != framework.top)
    leaves = [leaf for code in found for leaf in framework.leaves(code)]
    if sorted(leaves) != sorted(framework.indicators):
        raise InputError(
            f"the elements of level {level} do not make up {framework.top}",
            where="swap, level",
            repair="choose a level under which every indicator stands; 1 is the indicators themselves",
        )
    return found


def _above(framework: Framework, elements: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes between the elements and the top, with it."""
    found: dict[str, None] = {}
    for code in elements:
        above = framework.parent[code]
        while above is not None:
            found[above] = None
            above = framework.parent[above]
    return tuple(found)


def _transform(case: Case, elements: tuple[str, ...]) -> Callable[[Floats], Floats]:
    """g, increasing, with g(score) = sum of share times g(value), if all the means above have the same."""
    framework, means = case.sheet.framework, []
    for node in _above(framework, elements):
        option = case.aggregate.option(node, framework.level[node])
        means.append((option.method, option.parameters))
        if case.weights.option(node).method in PER_UNIT:
            raise InputError(
                f"in {node} every unit has weights of its own",
                where="swap",
                repair="ask for an index with common weights",
            )
    if means.count(means[0]) < len(means) or means[0][0] not in QUASI_LINEAR:
        methods = ", ".join(dict.fromkeys(method for method, _ in means))
        raise InputError(
            f"the score is not linear in these weights (aggregated by {methods})",
            where="swap",
            repair="ask for the elements right below the top, or for an index of one kind of mean "
            f"({', '.join(QUASI_LINEAR)})",
        )
    return QUASI_LINEAR[means[0][0]](means[0][1])


def _power(parameters: Mapping[str, object]) -> Callable[[Floats], Floats]:
    power = float(str(parameters.get("power", 0.5)))
    if power == 0:
        return np.log
    return lambda x: np.sign(power) * x**power


QUASI_LINEAR: Mapping[str, Callable[[Mapping[str, object]], Callable[[Floats], Floats]]] = {
    "arithmetic": lambda _: np.positive,
    "geometric": lambda _: np.log,
    "harmonic": lambda _: lambda x: -1.0 / x,
    "generalised": _power,
}
"""g of each mean that has one, from its parameters."""


def _shares(framework: Framework, made: Aggregated, elements: tuple[str, ...]) -> Floats:
    """Each element's share in the top, summing to one."""
    shares = []
    for code in elements:
        share, at = 1.0, code
        while framework.parent[at] is not None:
            share, at = share * made.weights[at], str(framework.parent[at])
        shares.append(share)
    return np.array(shares)


def _require_known(values: Floats, elements: tuple[str, ...], units: tuple[str, str]) -> None:
    missing = np.argwhere(np.isnan(values))
    if len(missing):
        u, n = missing[0]
        raise InputError(
            f"{elements[n]!r} of {units[u]} is missing, so its weight goes to the others",
            where="swap",
            repair="choose a higher level, or a recipe that imputes it",
        )
