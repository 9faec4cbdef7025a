"""Parameters: a row each in the region's `parameters.csv`, with unit, prior, range and source.

A prior is triangular between `low` and `high` with its peak at `mode`; `low = high` fixes it. One draw a
member, from a key that depends on the seed, the member and the parameter's name alone, so adding a
parameter or asking for more members changes no other draw.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Self

import jax
import jax.numpy as jnp

from multivector.atlas import Region
from multivector.errors import ScenarioError


@dataclass(frozen=True)
class Prior:
    """One row of `parameters.csv`."""

    name: str
    unit: str
    low: float
    mode: float
    high: float
    basis: str
    source: str
    sentence: str


@dataclass(frozen=True)
class Priors:
    """All priors of a region, by name."""

    rows: tuple[Prior, ...]

    @classmethod
    def of(cls, region: Region) -> Self:
        """Read the region's `parameters.csv`."""
        rows = region.table("parameters").iter_rows(named=True)
        return cls(
            tuple(
                Prior(
                    row["parameter"],
                    row["unit"],
                    float(row["low"]),
                    float(row["mode"]),
                    float(row["high"]),
                    row["basis"],
                    row["source"],
                    row["sentence"],
                )
                for row in rows
            )
        )

    @property
    def hash(self) -> str:
        """SHA-256 over names and ranges: what a result depends on."""
        text = ";".join(
            f"{r.name},{r.low!r},{r.mode!r},{r.high!r}" for r in sorted(self.rows, key=lambda r: r.name)
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def require(self, name: str, value: float | None, where: str) -> None:
        """Refuse a parameter that the region does not have."""
        names = {row.name for row in self.rows}
        if name not in names or value is None:
            raise ScenarioError(
                f"there is no parameter {name!r}",
                where=where,
                repair=f"use one of: {', '.join(sorted(names))}",
            )

    def fixed(self, name: str, value: float) -> Priors:
        """The same priors with one parameter fixed: how an assumption is negated."""
        return Priors(
            tuple(
                replace(row, low=value, mode=value, high=value) if row.name == name else row
                for row in self.rows
            )
        )


def triangular(u: jax.Array, low: jax.Array, mode: jax.Array, high: jax.Array) -> jax.Array:
    """Quantile u of the triangular distribution; the mode itself where the width is zero.

    Source: Kotz & van Dorp 2004, Beyond Beta, ch. 1.
    """
    width = high - low
    left = low + jnp.sqrt(u * width * (mode - low))
    right = high - jnp.sqrt((1.0 - u) * width * (high - mode))
    return jnp.where(u * width < mode - low, left, right)
