"""What one stage hands to the next: the units that are left, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.inputs import Data

Option = TypeVar("Option")
LEAST = 3
"""Units that an index compares."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """Values `x [u, i]` of the units `rows` of `data`, indicators in the framework's order."""

    framework: Framework
    data: Data
    rows: NDArray[np.int64]
    x: NDArray[np.float64]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """What the units are called in messages: the code, with its time in a panel."""
        return tuple(self.data.label(u) for u in self.rows)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.data.codes[u] for u in self.rows)

    @cached_property
    def times(self) -> tuple[str, ...]:
        return tuple(self.data.times[u] for u in self.rows)

    def having(self, x: NDArray[np.float64]) -> Sheet:
        """The same units with other values."""
        return replace(self, x=x)

    def cell(self, u: int, code: str = "") -> dict[str, str]:
        """Where a cell is, for the log."""
        row = self.rows[u]
        return {"unit": self.data.codes[row], "time": self.data.times[row], "element": code}

    def blocks(self, over: str) -> list[NDArray[np.int64]]:
        """Which units are taken together: all of them, or those of each time.

        Raises
        ------
        InputError : a time by itself has fewer than three units.
        """
        times = np.asarray(self.times)
        if over == "all":
            return [np.arange(len(times))]
        blocks = [np.flatnonzero(times == time) for time in dict.fromkeys(self.times)]
        for few in (block for block in blocks if len(block) < LEAST):
            raise InputError(
                f"{self.times[few[0]] or 'the only time'} has {len(few)} units: {', '.join(self.codes[u] for u in few)}",
                where='recipe, over = "each_time"',
                repair=f"give every time {LEAST} units or more, or take all times together",
            )
        return blocks

    def options(
        self, default: Option, given: Mapping[str, Option], where: str
    ) -> list[tuple[Option, NDArray[np.int64]]]:
        """Each distinct option with the columns of its indicators.

        Raises
        ------
        InputError : an option for what is no indicator.
        """
        known = self.framework.indicators
        require_codes(given, known, where)
        found: list[tuple[Option, list[int]]] = []
        for column, code in enumerate(known):
            option = given.get(code, default)
            for other, columns in found:
                if other == option:
                    columns.append(column)
                    break
            else:
                found.append((option, [column]))
        return [(option, np.array(columns)) for option, columns in found]


def require_codes(given: Any, known: tuple[str, ...], where: str, what: str = "indicator") -> None:
    """Every code that a recipe names must be there.

    Raises
    ------
    InputError : names the code, and those that are there.
    """
    for code in given:
        if code not in known:
            few = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
            raise InputError(f"there is no {what} {code!r}", where=where, repair=f"use one of: {few}")
