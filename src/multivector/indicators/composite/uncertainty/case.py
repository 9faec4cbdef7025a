"""One combination of options: a recipe of its own over a hierarchy of its own, as `build` would take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.inputs import Data
from multivector.indicators.composite.recipe import Aggregate, Recipe, Weights
from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.stages.sheet import Sheet
from multivector.indicators.composite.uncertainty.fast import Earlier
from multivector.indicators.composite.uncertainty.leave_out import forget, without
from multivector.indicators.composite.vary import (
    Vary,
    VaryDrop,
    VaryStage,
    VaryVintages,
    VaryWeights,
    VaryWeightSets,
)

NOMINAL = -1
"""In place of an option: as the recipe has it."""
UPSTREAM, AGGREGATION = frozenset({"upstream"}), frozenset({"aggregation"})
"""The parts of a build on which a factor's options bear."""
STAYS = frozenset({"do", "indicators", "over", "levels", "nodes", "values", "leave", "least_known"})
"""Keys that stay where an option names another method; the parameters of the recipe's own method do not."""


@dataclass(frozen=True, eq=False)
class Case:
    """Made by `case_of`.

    Attributes
    ----------
    recipe : with the options in place.
    sheet : the units, what is left of the hierarchy, and the values of the chosen table `[u, i]`.
    columns : where the indicators that are left stand in the whole hierarchy, `[i]`.
    vintage : 0 where the values are the nominal ones, to which the intervals belong.
    """

    recipe: Recipe
    sheet: Sheet
    columns: NDArray[np.int64]
    vintage: int

    @property
    def aggregate(self) -> Aggregate:
        """The last stage."""
        return next(stage for stage in self.recipe.stage if isinstance(stage, Aggregate))

    @property
    def stages(self) -> list[Earlier]:
        """The stages before aggregation."""
        return [stage for stage in self.recipe.stage if not isinstance(stage, Aggregate)]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """What the units are called in messages."""
        return self.sheet.units

    @property
    def weights(self) -> Weights:
        """Where the weights come from."""
        return self.recipe.weights


def case_of(
    recipe: Recipe,
    framework: Framework,
    data: Data,
    vintages: tuple[NDArray[np.float64], ...],
    key: tuple[int, ...],
) -> Case:
    """The recipe with option `key[f]` of each factor f in place.

    Raises
    ------
    InputError : an option that makes no valid recipe, with the factor's name; a hierarchy left empty.
    """
    content, left, vintage = dict(recipe.plain()), framework, 0
    for factor, option in zip(recipe.vary, key, strict=True):
        match factor:
            case VaryStage() if option != NOMINAL:
                content["stage"] = [
                    _with(stage, factor.options[option]) if stage["do"] == factor.stage else stage
                    for stage in content["stage"]
                ]
            case VaryWeights() if option != NOMINAL:
                content["weights"] = _with(content.get("weights", {}), factor.options[option])
            case VaryDrop() if option > 0:
                left = without(left, factor.elements[option - 1])
            case VaryVintages() if option > 0:
                vintage = option
    values = vintages[vintage - 1] if vintage else data.values
    columns = np.array([framework.indicators.index(code) for code in left.indicators])
    kept = replace(data, values=values[:, columns], source=data.source[:, columns])
    units = np.arange(len(data.codes))
    return Case(
        recipe=_read(recipe, forget(content, left), key),
        sheet=Sheet(left, kept, units, kept.values),
        columns=columns,
        vintage=vintage,
    )


def parts_of(factor: Vary) -> frozenset[str]:
    """On which parts of the build a factor's options bear; none where it draws within a case."""
    match factor:
        case VaryStage():
            return AGGREGATION if factor.stage == "aggregate" else UPSTREAM
        case VaryWeights():
            return AGGREGATION
        case VaryVintages():
            return UPSTREAM
        case VaryDrop():
            return UPSTREAM | AGGREGATION
    return frozenset()


def _with(table: Mapping[str, Any], option: Mapping[str, Any]) -> dict[str, Any]:
    """A stage's keys with the option's in their place; another method brings its own parameters."""
    kept = {key: value for key, value in table.items() if "method" not in option or key in STAYS}
    return {**kept, **option}


def _read(recipe: Recipe, content: Mapping[str, Any], key: tuple[int, ...]) -> Recipe:
    try:
        return read_recipe({k: v for k, v in content.items() if k != "vary"})
    except InputError as error:
        raise InputError(
            error.what, where=f"recipe, vary, {said(recipe, key)}", repair=error.repair
        ) from error


def said(recipe: Recipe, key: tuple[int, ...]) -> str:
    """The options of a combination in words, for messages and tables; what is nominal is left out."""
    parts = [
        f"{factor.name}: {option_said(factor, option)}"
        for factor, option in zip(recipe.vary, key, strict=True)
        if option != NOMINAL
    ]
    return ", ".join(parts) or "nominal"


def option_said(factor: Vary, option: int) -> str:
    """One option of a factor in words."""
    match factor:
        case VaryStage() | VaryWeights():
            return " ".join(f"{name} {value}" for name, value in factor.options[option].items())
        case VaryDrop():
            return f"without {factor.elements[option - 1]}" if option else "all elements"
        case VaryVintages():
            return f"vintage {option}" if option else "nominal data"
        case VaryWeightSets():
            return f"set {option + 1}"
    return "drawn"
