"""The hierarchy of an index: which indicator stands under which aggregate, with what weight and direction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.cell import plain_number, require_size

KINDS = ("Indicator", "Aggregate", "Denominator", "Group", "Other")
"""What a row of the meta table can be; `Other` is a column of the data that no stage reads."""


@dataclass(frozen=True)
class Framework:
    """A hierarchy of any depth. Made by `framework`.

    Attributes
    ----------
    codes : indicators, then aggregates bottom-up.
    indicators : the leaves, in the order of the meta table.
    nodes : the aggregates, every node after all its children; the last one is `top`.
    parent : the node above each element; the top has none.
    weight : of each element within its parent, as given (children need not sum to one).
    direction : +1 where more is better, -1 where less is.
    level : 1 for an indicator, one more than its highest child for a node, unless the table says more.
    denominator, target : of the indicators that have one.
    denominators, groups : columns of the data that stages may divide or group by.
    """

    indicators: tuple[str, ...]
    nodes: tuple[str, ...]
    parent: Mapping[str, str | None]
    weight: Mapping[str, float]
    direction: Mapping[str, int]
    level: Mapping[str, int]
    names: Mapping[str, str]
    unit: Mapping[str, str]
    source: Mapping[str, str]
    target: Mapping[str, float]
    denominator: Mapping[str, str]
    denominators: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return self.indicators + self.nodes

    @property
    def top(self) -> str:
        return self.nodes[-1]

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {node: [] for node in self.nodes}
        for code in self.codes:
            if (above := self.parent[code]) is not None:
                found[above].append(code)
        return {node: tuple(below) for node, below in found.items()}

    def children(self, node: str) -> tuple[str, ...]:
        """The elements right below a node."""
        return self._children[node]

    def leaves(self, code: str) -> tuple[str, ...]:
        """The indicators below an element; an indicator is its own."""
        if code not in self._children:
            return (code,)
        return tuple(leaf for child in self.children(code) for leaf in self.leaves(child))

    def weights(self, node: str) -> NDArray[np.float64]:
        """The children's weights as given, `[n]`."""
        return np.array([self.weight[child] for child in self.children(node)])

    @property
    def directions(self) -> NDArray[np.float64]:
        """The indicators' directions, `[i]`."""
        return np.array([float(self.direction[code]) for code in self.indicators])


def framework(rows: Iterable[Mapping[str, str]], where: str = "meta") -> Framework:
    """A hierarchy from the rows of a meta table in COINr's columns.

    Parameters
    ----------
    rows : `iCode`, `Parent`, `Type`, and where known `iName Direction Weight Level Unit Target Denominator
        source`, as text. Without a column `Weight` all children weigh the same.
    where : the table's name in messages.

    Raises
    ------
    InputError : an element stands twice, has an unknown parent or type, lies on a cycle, is a second top,
        is an aggregate without children or an indicator without direction; a negative weight, or children
        whose weights sum to zero. Each with the element's code and the repair.
    """
    table = _by_code(list(rows), where)
    kinds = {code: _kind(code, row, where) for code, row in table.items()}
    elements = {c: row for c, row in table.items() if kinds[c] in {"Indicator", "Aggregate"}}
    indicators = tuple(c for c in elements if kinds[c] == "Indicator")
    if not indicators:
        raise InputError("no row is an indicator", where=where, repair="write Type Indicator in its rows")
    parent = _parents(elements, kinds, where)
    heights = _heights(elements, parent, indicators, where)
    level = {c: _whole(c, elements[c], "Level", heights[c], where) for c in elements}
    for code, above in parent.items():
        if above is not None and level[code] >= level[above]:
            raise InputError(
                f"{code!r} is of level {level[code]}, its parent {above!r} of level {level[above]}",
                where=f"{where}, element {code}, column Level",
                repair="give the parent a higher level, or leave the column Level out",
            )
    nodes = [c for c in elements if kinds[c] == "Aggregate"]
    made = Framework(
        indicators=indicators,
        nodes=tuple(sorted(nodes, key=lambda c: (level[c], heights[c]))),
        parent=parent,
        weight={c: _weight(c, row, parent[c], where) for c, row in elements.items()},
        direction={c: _direction(c, row, kinds[c], where) for c, row in elements.items()},
        level=level,
        names={c: row.get("iName", "") or c for c, row in table.items()},
        unit={c: row.get("Unit", "") for c, row in table.items()},
        source={c: row.get("source", "") for c, row in table.items()},
        target={c: _number(c, elements[c], "Target", where) for c in indicators if elements[c].get("Target")},
        denominator={c: elements[c]["Denominator"] for c in indicators if elements[c].get("Denominator")},
        denominators=tuple(c for c, kind in kinds.items() if kind == "Denominator"),
        groups=tuple(c for c, kind in kinds.items() if kind == "Group"),
    )
    _check_sums(made, where)
    return made


def _by_code(rows: list[Mapping[str, str]], where: str) -> dict[str, Mapping[str, str]]:
    for column in ("iCode", "Parent", "Type"):
        if rows and column not in rows[0]:
            raise InputError(
                f"the column {column} is missing", where=where, repair="give iCode, Parent, Type, Direction"
            )
    table: dict[str, Mapping[str, str]] = {}
    for number, row in enumerate(rows, start=2):
        code = row["iCode"]
        if not code:
            raise InputError("a row has no iCode", where=f"{where}, row {number}", repair="name the element")
        if code in table:
            raise InputError(
                f"the element {code!r} stands twice", where=f"{where}, row {number}", repair="keep one row"
            )
        table[code] = row
    return table


def _kind(code: str, row: Mapping[str, str], where: str) -> str:
    kind = row["Type"].capitalize()
    if kind not in KINDS:
        raise InputError(
            f"{code!r} has the type {row['Type']!r}",
            where=f"{where}, element {code}, column Type",
            repair=f"write one of {', '.join(KINDS)}",
        )
    return kind


def _parents(
    elements: Mapping[str, Mapping[str, str]], kinds: Mapping[str, str], where: str
) -> dict[str, str | None]:
    parent = {code: row["Parent"] or None for code, row in elements.items()}
    for code, above in parent.items():
        if above is not None and kinds.get(above) != "Aggregate":
            is_what = f"a row of type {kinds[above]}" if above in kinds else "in no row"
            raise InputError(
                f"the parent {above!r} of {code!r} is {is_what}",
                where=f"{where}, element {code}, column Parent",
                repair="name an element of type Aggregate, or add a row for it",
            )
    tops = [code for code, above in parent.items() if above is None and kinds[code] == "Aggregate"]
    for code, above in parent.items():
        if above is None and kinds[code] == "Indicator":
            raise InputError(
                f"the indicator {code!r} has no parent",
                where=f"{where}, element {code}, column Parent",
                repair="name the aggregate that it belongs to",
            )
    if len(tops) > 1:
        raise InputError(
            f"several elements have no parent: {', '.join(tops)}",
            where=f"{where}, column Parent",
            repair="leave one top; give each of the others a parent",
        )
    return parent


def _heights(
    elements: Mapping[str, Mapping[str, str]],
    parent: Mapping[str, str | None],
    indicators: tuple[str, ...],
    where: str,
) -> dict[str, int]:
    """Steps from each element down to its lowest leaf, counted from 1; walks up, so a cycle shows itself."""
    for code in elements:
        path, above = [code], parent[code]
        while above is not None:
            if above in path:
                ring = " > ".join([*path[path.index(above) :], above])
                raise InputError(
                    f"the hierarchy runs in a circle: {ring}",
                    where=f"{where}, element {above}, column Parent",
                    repair="give one of them a parent outside the circle",
                )
            path.append(above)
            above = parent[above]
    heights = dict.fromkeys(elements, 0)
    for leaf in indicators:
        step, above = 1, parent[leaf]
        heights[leaf] = 1
        while above is not None:
            step += 1
            heights[above] = max(heights[above], step)
            above = parent[above]
    for code, height in heights.items():
        if not height:
            raise InputError(
                f"no indicator stands under the aggregate {code!r}",
                where=f"{where}, element {code}",
                repair="give it indicators, or remove its row",
            )
    return heights


def _weight(code: str, row: Mapping[str, str], above: str | None, where: str) -> float:
    if "Weight" not in row or above is None:
        return 1.0
    weight = _number(code, row, "Weight", where)
    if weight < 0:
        raise InputError(
            f"the weight of {code!r} is negative: {weight:g}",
            where=f"{where}, element {code}, column Weight",
            repair="give a weight of 0 or more; where less is better, set Direction to -1",
        )
    return weight


def _check_sums(made: Framework, where: str) -> None:
    for node in made.nodes:
        if made.weights(node).sum() <= 0:
            raise InputError(
                f"the weights under {node!r} sum to zero: {', '.join(made.children(node))}",
                where=f"{where}, element {node}, column Weight",
                repair="give at least one of them a weight above 0",
            )


def _direction(code: str, row: Mapping[str, str], kind: str, where: str) -> int:
    if kind == "Aggregate" and not row.get("Direction"):
        return 1
    direction = _number(code, row, "Direction", where)
    if direction not in (-1, 1):
        raise InputError(
            f"the direction of {code!r} is {direction:g}",
            where=f"{where}, element {code}, column Direction",
            repair="write 1 where more is better, -1 where less is",
        )
    return int(direction)


def _whole(code: str, row: Mapping[str, str], column: str, otherwise: int, where: str) -> int:
    if not row.get(column):
        return otherwise
    value = _number(code, row, column, where)
    if value != int(value):
        raise InputError(
            f"the {column} of {code!r} is {value:g}",
            where=f"{where}, element {code}, column {column}",
            repair="write a whole number, or leave the cell empty",
        )
    return int(value)


def _number(code: str, row: Mapping[str, Any], column: str, where: str) -> float:
    text = row.get(column, "")
    value = plain_number(text)
    if not math.isfinite(value):
        raise InputError(
            f"{code!r} has no number for {column}: {text!r}" if text else f"{code!r} has no {column}",
            where=f"{where}, element {code}, column {column}",
            repair="write a number",
        )
    return require_size(value, f"{where}, element {code}, column {column}")
