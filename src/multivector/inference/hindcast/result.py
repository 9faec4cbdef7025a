"""The hindcast of a family: its scored cells and what they say together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import Any

import polars as pl

from multivector.atlas import Region
from multivector.inference.hindcast.evaluate import SEED, evaluate
from multivector.inference.hindcast.families import family_of
from multivector.inference.hindcast.family import Family
from multivector.inference.hindcast.models import models_of
from multivector.inference.hindcast.rows import Row, beside, rows, slices
from multivector.inference.hindcast.verdict import Against, against_best

Remember = Callable[[str, Callable[[], pl.DataFrame]], pl.DataFrame]


@dataclass(frozen=True)
class Hindcast:
    """Scored cells of one family (columns: see `evaluate`), and the tables made of them."""

    family: Family
    cells: pl.DataFrame

    @cached_property
    def rows(self) -> list[Row]:
        """The printed rows, see `rows.COLUMNS`."""
        return rows(self.family, self.cells, f"multivector {metadata.version('multivector')}")

    @cached_property
    def beside(self) -> list[Row]:
        """What the columns of `rows` have no place for, see `rows.beside`."""
        return beside(self.family, self.cells)

    @cached_property
    def against(self) -> list[Against]:
        """Every model beside the best baseline."""
        return against_best(self.family, self.cells)

    def as_dict(self) -> dict[str, Any]:
        """Everything that `--json` prints of a family besides its rows."""
        return {
            "beside": self.beside,
            "against_best": [one.as_row() for one in self.against],
            "by_origin": slices(self.family, self.cells, "origin"),
            "by_target": slices(self.family, self.cells, "target"),
        }


def hindcast(
    region: Region, name: str, *, seed: int = SEED, remember: Remember = lambda _, compute: compute()
) -> Hindcast:
    """Score every baseline and model on a family of the region.

    Parameters
    ----------
    remember : gets what the cells depend on and how to compute them; may return kept ones instead.

    Raises
    ------
    InputError : no such family, or the region fixes no protocol for it.
    """
    family = family_of(region, name)
    cells = remember(
        f"hindcast {name} {region.hash} {seed}", lambda: evaluate(family, models_of(region, name), seed)
    )
    return Hindcast(family, cells)
