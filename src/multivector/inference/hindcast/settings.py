"""What the region's `hindcast.toml` fixes for each family, by hand, before anything is scored."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.inference.hindcast.family import Subset

T = TypeVar("T")
FILE = "hindcast.toml"


@dataclass(frozen=True)
class Settings:
    """One family's table of `hindcast.toml`."""

    family: str
    path: str
    table: Mapping[str, Any]

    @classmethod
    def of(cls, region: Region, family: str) -> Settings:
        """Read one family's table.

        Raises
        ------
        InputError : the file or the table is missing or cannot be read.
        """
        path = region.path / FILE
        try:
            tables = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                f"the hindcast protocol cannot be read: {error}",
                where=str(path),
                repair="write one table a family, see docs/hindcast.md",
            ) from error
        if not isinstance(tables.get(family), dict):
            raise InputError(
                f"the region fixes no protocol for the family {family!r}",
                where=str(path),
                repair=f"add a table [{family}] with origins, horizons, least, edges and subsets",
            )
        return cls(family, str(path), tables[family])

    def get(self, key: str, make: Callable[[Any], T]) -> T:
        """One entry, turned into what is needed; an InputError names the entry that does not fit."""
        try:
            return make(self.table[key])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"[{self.family}] {key} is missing or does not fit: {error}",
                where=self.path,
                repair="see the other families of the file and docs/hindcast.md",
            ) from error

    @property
    def common(self) -> dict[str, Any]:
        """What every family is told: origins, horizons, least, edges, fixed, subsets."""
        return {
            "origins": self.get("origins", _span),
            "horizons": self.get("horizons", lambda given: tuple(int(h) for h in given)),
            "least": self.get("least", int),
            "edges": self.get("edges", lambda given: tuple(float(edge) for edge in given)),
            "fixed": self.get("fixed", pair) if "fixed" in self.table else None,
            "subsets": self.get("subsets", lambda given: tuple(Subset(**row) for row in given)),
        }


def pair(given: Any) -> tuple[int, int]:
    """Two whole numbers: first and last."""
    first, last = (int(number) for number in given)
    return first, last


def _span(given: Any) -> tuple[int, ...]:
    first, last = pair(given)
    return tuple(range(first, last + 1))
