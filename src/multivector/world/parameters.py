"""Parameters: a row each in the region's `parameters.csv`, with unit, prior, range and source.

A prior is triangular between `low` and `high` with its peak at `mode`; `low = high` fixes it. `least` and
`most` bound what the parameter can mean at all. One draw a member, from a key that depends on the seed, the
member and the parameter's name alone, so adding a parameter or asking for more members changes no other draw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.errors import Fault, InputError, RegionError, ScenarioError
from multivector.world.posterior import FILE, PosteriorTable

NEEDED = (
    "ability_half_life",
    "ability_weight",
    "affinity_half_life",
    "affinity_noise",
    "affinity_pull",
    "alignment_temperature",
    "alliance_shift",
    "arms_importance",
    "attention_effect",
    "attention_half_life",
    "attention_temperature",
    "backlog_chance",
    "backlog_half_life",
    "backlog_scale",
    "balance_pull",
    "common_pull",
    "demand_floor",
    "demand_half_life",
    "demand_spread",
    "effectiveness_alone",
    "engagement_effect",
    "lag",
    "leverage_pull",
    "memory_half_life",
    "openness",
    "openness_spread",
    "order_frequency",
    "rebalancing",
    "register_revision",
    "risk_weight",
    "rivalry_shift",
    "size_spread",
    "steadiness",
    "ties_half_life",
    "visit_half_life",
)
"""What the mechanisms read; a region that lacks one cannot be run."""


@dataclass(frozen=True)
class Prior:
    """One row of `parameters.csv`."""

    name: str
    unit: str
    least: float
    most: float
    low: float
    mode: float
    high: float
    basis: str
    source: str
    sentence: str


@dataclass(frozen=True)
class Priors:
    """All parameters of a region: a prior each, and equally likely rows of those that data could teach.

    `fitted` names the columns of `posterior` [k, f]; both are empty where no data have been asked.
    """

    rows: tuple[Prior, ...]
    fitted: tuple[str, ...] = ()
    posterior: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def of(cls, region: Region) -> Self:
        """Read the region's `parameters.csv`.

        Raises
        ------
        RegionError : a prior is out of order, or a parameter that the mechanisms need is missing.
        """
        priors = cls.read(region)
        faults = tuple(priors.faults())
        if faults:
            raise RegionError(str(region.path), faults)
        return priors

    @classmethod
    def at(cls, region: Region, origin: int) -> Self:
        """The priors, with the region's posterior as it was at the end of year `origin` where there is one.

        Raises
        ------
        RegionError : as `of`. InputError : the posterior cannot be read, or holds what no prior allows.
        """
        priors = cls.of(region)
        if not (region.path / FILE).is_file():
            return priors
        table = PosteriorTable.of(region)
        rows = table.latest(origin)
        if rows is None:
            return priors
        require_allowed(priors, table.names, rows)
        return replace(priors, fitted=table.names, posterior=tuple(map(tuple, rows.tolist())))

    @classmethod
    def read(cls, region: Region) -> Self:
        """The rows as they stand, faults and all."""
        rows = region.table("parameters").iter_rows(named=True) if "parameters" in region.tables else ()
        return cls(
            tuple(
                Prior(
                    row["parameter"],
                    row["unit"],
                    float(row["least"]),
                    float(row["most"]),
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

    def faults(self) -> Iterator[Fault]:
        """Priors out of order or out of their range, and parameters that are missing."""
        for number, row in enumerate(self.rows, 2):
            if not row.least <= row.low <= row.mode <= row.high <= row.most:
                yield Fault(
                    "parameters.csv",
                    number,
                    "mode",
                    f"{row.low:g}, {row.mode:g}, {row.high:g}",
                    f"the prior of {row.name} is out of order or of its range",
                    f"let least {row.least:g}, low, mode, high and most {row.most:g} not fall",
                )
        for number, row in enumerate(self.rows, 2):
            if row.name not in NEEDED:
                yield Fault(
                    "parameters.csv",
                    number,
                    "parameter",
                    row.name,
                    "no mechanism reads it",
                    "take the row out, or mend the name",
                )
        for name in sorted(set(NEEDED) - {row.name for row in self.rows}):
            yield Fault(
                "parameters.csv", None, "parameter", name, "the mechanisms need it", f"add a row {name}"
            )

    @property
    def hash(self) -> str:
        """SHA-256 over names and ranges: what a result depends on."""
        text = ";".join(
            f"{r.name},{r.low!r},{r.mode!r},{r.high!r}" for r in sorted(self.rows, key=lambda r: r.name)
        )
        text += f" {self.fitted} {self.posterior}" if self.fitted else ""
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def basis(self) -> str:
        """In words, for manifests and pages: what stands behind the parameters."""
        if not self.fitted:
            return f"priors ({len(self.rows)})"
        return f"posterior ({len(self.fitted)}), priors ({len(self.rows) - len(self.fitted)})"

    def require(self, name: str, value: float | None, where: str) -> None:
        """Refuse a parameter that the region does not have, or a value that means nothing for it."""
        rows = {row.name: row for row in self.rows}
        if name not in rows or value is None:
            raise ScenarioError(
                f"there is no parameter {name!r}",
                where=where,
                repair=f"use one of: {', '.join(sorted(rows))}",
            )
        row = rows[name]
        if not row.least <= value <= row.most:
            raise ScenarioError(
                f"{name} is {value:g} ({row.unit})",
                where=where,
                repair=f"give a value from {row.least:g} to {row.most:g}",
            )

    def fixed(self, name: str, value: float) -> Priors:
        """The same with one parameter fixed: how an assumption is negated. The others keep their rows."""
        rows = tuple(
            replace(row, low=value, mode=value, high=value) if row.name == name else row for row in self.rows
        )
        places = [place for place, fitted in enumerate(self.fitted) if fitted == name]
        posterior = tuple(
            tuple(value if place in places else each for place, each in enumerate(row))
            for row in self.posterior
        )
        return Priors(rows, self.fitted, posterior)


def require_allowed(priors: Priors, names: tuple[str, ...], values: NDArray[np.float64]) -> None:
    """Refuse a posterior of a parameter that there is not, or of a value that means nothing for it."""
    known = {row.name: row for row in priors.rows}
    for name, column in zip(names, values.T, strict=True):
        row = known.get(name)
        if row is None:
            raise InputError(
                f"there is no parameter {name!r}",
                where=f"{FILE}, column {name}",
                repair="add its prior to parameters.csv, or take the column out",
            )
        wrong = (column < row.least) | (column > row.most)
        if wrong.any():
            raise InputError(
                f"{name} is {column[wrong][0]:g} ({row.unit})",
                where=f"{FILE}, column {name}",
                repair=f"give values from {row.least:g} to {row.most:g}",
            )


def triangular(u: jax.Array, low: jax.Array, mode: jax.Array, high: jax.Array) -> jax.Array:
    """Quantile u of the triangular distribution; the mode itself where the width is zero.

    Source: Kotz & van Dorp 2004, Beyond Beta, ch. 1.
    """
    width = high - low
    left = low + jnp.sqrt(u * width * (mode - low))
    right = high - jnp.sqrt((1.0 - u) * width * (high - mode))
    return jnp.where(u * width < mode - low, left, right)
