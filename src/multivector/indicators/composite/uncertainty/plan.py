"""What is varied and over what: the arrays that an evaluation needs, and the cases met so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.inputs import Data
from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.stages.sheet import Sheet
from multivector.indicators.composite.uncertainty.case import NOMINAL, Case, case_of, parts_of
from multivector.indicators.composite.uncertainty.checks import (
    require_bounds,
    require_missing,
    require_named,
    require_varied,
)
from multivector.indicators.composite.uncertainty.draws import name_id
from multivector.indicators.composite.uncertainty.upstream import plainly
from multivector.indicators.composite.vary import (
    Vary,
    VaryDrop,
    VaryIntervals,
    VaryMissing,
    VaryStage,
    VaryVintages,
    VaryWeights,
    VaryWeightSets,
)

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plan:
    """Made by `plan_of`; the factors are the recipe's `[[vary]]` tables, a column of the draws each.

    Attributes
    ----------
    low, high : of each value, `[u, i]`; missing where a value has no interval.
    vintages : other tables of values, `[u, i]` each.
    elements : whose scores are evaluated, `e`; the last one is the top.
    cases, sheets, normalised : what was made of combinations of options so far, each once.
    """

    recipe: Recipe
    framework: Framework
    data: Data
    low: Floats
    high: Floats
    vintages: tuple[Floats, ...]
    elements: tuple[str, ...]
    cases: dict[tuple[int, ...], Case] = field(default_factory=dict, repr=False)
    sheets: dict[tuple[str, ...], Sheet] = field(default_factory=dict, repr=False)
    normalised: dict[tuple[int, ...], Floats] = field(default_factory=dict, repr=False)

    @property
    def factors(self) -> tuple[str, ...]:
        """Names of the factors, `d`."""
        return tuple(factor.name for factor in self.recipe.vary)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """What the units are called: the code, with its time in a panel."""
        return tuple(self.data.label(u) for u in range(len(self.data.codes)))

    def unit(self, name: str) -> int:
        """Where a unit stands.

        Raises
        ------
        InputError : there is no such unit.
        """
        if name not in self.units:
            few = ", ".join(self.units[:6])
            raise InputError(
                f"there is no unit {name!r}", where="unit", repair=f"name one as here: {few}, ..."
            )
        return self.units.index(name)

    @property
    def values_vary(self) -> bool:
        """Whether every sample has values of its own."""
        return any(isinstance(factor, VaryIntervals | VaryMissing) for factor in self.recipe.vary)

    @cached_property
    def streams(self) -> Places:
        """An id for each cell's random number, `[u, i]`: a unit's indicator errs alike at every time."""
        ids = {code: [name_id(code, i) for i in self.framework.indicators] for code in set(self.data.codes)}
        return np.array([ids[code] for code in self.data.codes])

    def counts(self) -> tuple[int, ...]:
        """Options of each factor; 0 where it draws from a range."""
        return tuple(self._count(factor) for factor in self.recipe.vary)

    def _count(self, factor: Vary) -> int:
        match factor:
            case VaryStage() | VaryWeights():
                return len(factor.options)
            case VaryWeightSets():
                return len(factor.sets)
            case VaryDrop():
                return 1 + len(factor.elements)
            case VaryVintages():
                return 1 + len(self.vintages)
        return 0

    def chosen(self, u: Floats) -> Places:
        """The option of each factor in each sample, `[s, d] -> [s, d]`: u's place among equal shares."""
        counts = np.array(self.counts())
        return np.asarray(u * counts, float).astype(np.int64)

    def only(self, chosen: Places, parts: frozenset[str]) -> Places:
        """The options `[s, d]` that bear on these parts of the build; the others as the recipe has them."""
        bears = [bool(parts_of(factor) & parts) for factor in self.recipe.vary]
        return np.where(bears, chosen, NOMINAL)

    def case(self, key: tuple[int, ...]) -> Case:
        """The case of a combination of options; built once."""
        if key not in self.cases:
            self.cases[key] = case_of(self.recipe, self.framework, self.data, self.vintages, key)
        return self.cases[key]

    def upstream(self, key: tuple[int, ...]) -> Floats:
        """Normalised values `[u, i]` of a combination of options, none drawn.

        By the plain steps, which check every option.
        """
        if key not in self.normalised:
            case = self.case(key)
            of = f"{case.columns.tolist()} {case.vintage}"
            self.normalised[key] = plainly(case.stages, case.sheet, known=self.sheets, of=of)
        return self.normalised[key]


def plan_of(
    recipe: Recipe,
    framework: Framework,
    data: Data,
    *,
    low: Floats | None = None,
    high: Floats | None = None,
    vintages: Sequence[Floats] = (),
    elements: Sequence[str] = (),
) -> Plan:
    """A plan from arrays.

    Parameters
    ----------
    recipe : its `[[vary]]` tables say what varies.
    low, high : bounds of the values `[u, i]`, missing where there are none.
    vintages : other tables `[u, i]` of the same units and indicators.
    elements : aggregates whose scores are wanted beside the top's.

    Raises
    ------
    InputError : nothing varies; bounds without a factor that reads them, or the other way round; a value
        outside its bounds; an unknown element.
    """
    shape = data.values.shape
    least, most = (np.full(shape, np.nan) if b is None else np.asarray(b, float) for b in (low, high))
    for name, table in (("low", least), ("high", most), *(("vintage", v) for v in vintages)):
        if np.shape(table) != shape:
            raise InputError(
                f"values of shape {np.shape(table)}", where=name, repair=f"give {shape}, units by indicators"
            )
    wanted = (*(e for e in dict.fromkeys(elements) if e != framework.top), framework.top)
    if unknown := [element for element in wanted if element not in framework.nodes]:
        raise InputError(
            f"there is no aggregate {unknown[0]!r}",
            where="elements",
            repair=f"use {', '.join(framework.nodes)}",
        )
    plan = Plan(recipe, framework, data, least, most, tuple(vintages), wanted)
    require_varied(plan.recipe.vary, intervals=bool((most >= least).any()), vintages=bool(vintages))
    require_named(recipe, framework)
    require_bounds(plan)
    require_missing(plan)
    return plan
