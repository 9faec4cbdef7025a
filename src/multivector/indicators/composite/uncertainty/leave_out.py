"""An element left out: the hierarchy without it, and the recipe without what it says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework

BY_ELEMENT = frozenset({"by", "indicators", "leave", "nodes", "values"})
"""Keys of a stage or of the weights that name elements."""


def without(framework: Framework, code: str) -> Framework:
    """The hierarchy without an element, what stands below it, and nodes that this leaves empty.

    Raises
    ------
    InputError : no such element; or the index would be left with nothing, or without weight.
    """
    if code not in framework.codes or code == framework.top:
        raise InputError(
            f"there is no element {code!r} to leave out",
            where="recipe, vary, elements",
            repair="name an indicator, or an aggregate below the top",
        )
    gone = set(framework.leaves(code))
    for node in framework.nodes:  # bottom-up, so a node is empty once all its children are gone
        if node == code or gone.issuperset(framework.children(node)):
            gone.add(node)
    below = set(_below(framework, code))
    left = [c for c in framework.codes if c not in gone and c not in below]
    if framework.top not in left:
        raise InputError(
            f"without {code!r} nothing is left of {framework.top!r}",
            where="recipe, vary, elements",
            repair="leave it out of `elements`",
        )
    made = replace(
        framework,
        indicators=tuple(c for c in framework.indicators if c in left),
        nodes=tuple(c for c in framework.nodes if c in left),
    )
    for node in made.nodes:
        if made.weights(node).sum() <= 0:
            raise InputError(
                f"without {code!r} the weights under {node!r} sum to zero",
                where="recipe, vary, elements",
                repair="give another child a weight above 0",
            )
    return made


def _below(framework: Framework, code: str) -> list[str]:
    if code in framework.indicators:
        return [code]
    return [code, *(leaf for child in framework.children(code) for leaf in _below(framework, child))]


def forget(recipe: Mapping[str, Any], framework: Framework) -> dict[str, Any]:
    """The recipe's keys and values without what they say of elements that the hierarchy no longer has."""
    known = set(framework.codes)

    def kept(table: Mapping[str, Any]) -> dict[str, Any]:
        return {key: _kept(value, known) if key in BY_ELEMENT else value for key, value in table.items()}

    found = dict(recipe)
    found["stage"] = [kept(stage) for stage in recipe["stage"]]
    if "weights" in recipe:
        found["weights"] = kept(recipe["weights"])
    return found


def _kept(value: Any, known: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {code: option for code, option in value.items() if code in known}
    return [code for code in value if code in known] if isinstance(value, list) else value
