"""A built index: every stage, the scores, the ranks, the weights and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.inputs import Data
from multivector.indicators.composite.log import Entry
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.recipe import Recipe

if TYPE_CHECKING:
    import xarray as xr

IMPUTED = "imputed"
STAGES = ("Raw", "Denominated", "Imputed", "Screened", "Treated", "Normalised", "Aggregated")


@dataclass(frozen=True, eq=False)
class Composite:
    """Made by `build`.

    Attributes
    ----------
    recipe, framework, data : what it was built from; `data` still has the units that the screen dropped.
    stages : by stage name an `xarray.DataArray` `(unit, element)` with coordinates `uCode` and `Time`. A
        stage that the recipe does not have is not there. `Aggregated` has the indicators, then the nodes.
    ranks : `(unit, element)` of the nodes; 1 is best, within each time; ties share the least rank.
    weights : of each element within its parent, summing to one among siblings.
    log : what was done to which cell.
    tables : `availability` (a row per unit) and `treatment` (per indicator), from the stages.
    """

    recipe: Recipe
    framework: Framework
    data: Data
    stages: Mapping[str, xr.DataArray]
    weights: Mapping[str, float]
    log: tuple[Entry, ...]
    tables: Mapping[str, list[dict[str, Any]]]

    @property
    def units(self) -> tuple[str, ...]:
        """The units that were scored; code and time in a panel."""
        return tuple(str(unit) for unit in self.stages["Aggregated"]["unit"].values)

    @property
    def scores(self) -> xr.DataArray:
        """The nodes of `Aggregated`, `(unit, element)`, bottom-up."""
        return self.stages["Aggregated"].sel(element=list(self.framework.nodes))

    @property
    def ranks(self) -> xr.DataArray:
        """Ranks of the nodes `(unit, element)`: 1 is the highest score of its time."""
        scores = self.scores
        out = scores.copy(data=np.full(scores.shape, np.nan))
        times = scores["Time"].values
        for time in dict.fromkeys(times):
            at = times == time
            out.values[at] = ranks(scores.values[at].T).T
        return out.rename("rank")

    def dataset(self) -> xr.Dataset:
        """All stages and the ranks as one `xarray.Dataset`; missing where a stage lacks a unit or element."""
        import xarray as xr

        data = self.data
        labels = [data.label(u) for u in range(len(data.codes))]
        every = {
            name: stage.drop_vars(["uCode", "Time"]).reindex(unit=labels, element=list(self.framework.codes))
            for name, stage in {**self.stages, "rank": self.ranks}.items()
        }
        coords = {"uCode": ("unit", list(data.codes)), "Time": ("unit", list(data.times))}
        return xr.Dataset(every, coords=coords, attrs={"name": self.recipe.name})

    def frame(self, part: str = "stages") -> pl.DataFrame:
        """One part as a Polars frame, in the columns of the files: null where a number is missing.

        `stages`: stage, uCode, iCode, value, source. `ranks`: iCode, uCode, score, rank, source. `log`:
        stage, uCode, iCode, action, before, after, why. `weights`: iCode, Level, Parent, Weight. Further:
        `availability`, `treatment`. In a panel a last column `Time`.

        Raises
        ------
        InputError : there is no such part; the message names those that there are.
        """
        made = {
            "stages": self._stage_rows,
            "ranks": self._rank_rows,
            "log": self._log_rows,
            "weights": self._weight_rows,
        }
        if part in made:
            rows, schema = made[part]()
        elif part in self.tables:
            rows, schema = self.tables[part], None
        else:
            there = ", ".join([*made, *self.tables])
            raise InputError(f"no part {part!r}", where="part", repair=f"ask for one of {there}")
        return pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)

    def _stage_rows(self) -> tuple[Any, Any]:
        columns: dict[str, list[Any]] = {
            k: [] for k in ("stage", "uCode", "iCode", "value", "source", "Time")
        }
        for name, stage in self.stages.items():
            sources = self._sources(name)
            units, elements = stage["unit"].values, stage["element"].values
            for n, element in enumerate(elements):
                columns["stage"] += [name] * len(units)
                columns["uCode"] += stage["uCode"].values.tolist()
                columns["iCode"] += [str(element)] * len(units)
                columns["value"] += [_known(value) for value in stage.values[:, n]]
                columns["source"] += [sources[str(element)][str(unit)] for unit in units]
                columns["Time"] += stage["Time"].values.tolist()
        return self._timed(columns), {
            "stage": pl.String, "uCode": pl.String, "iCode": pl.String, "value": pl.Float64, "source": pl.String,
            **self._time_type(),
        }  # fmt: skip

    def _rank_rows(self) -> tuple[Any, Any]:
        sources, scores, places = self._sources("Aggregated"), self.scores, self.ranks
        columns: dict[str, list[Any]] = {k: [] for k in ("iCode", "uCode", "score", "rank", "source", "Time")}
        units = scores["unit"].values
        for n, node in enumerate(self.framework.nodes):
            columns["iCode"] += [node] * len(units)
            columns["uCode"] += scores["uCode"].values.tolist()
            columns["score"] += [_known(value) for value in scores.values[:, n]]
            columns["rank"] += [None if np.isnan(rank) else int(rank) for rank in places.values[:, n]]
            columns["source"] += [sources[node][str(unit)] for unit in units]
            columns["Time"] += scores["Time"].values.tolist()
        return self._timed(columns), {
            "iCode": pl.String, "uCode": pl.String, "score": pl.Float64, "rank": pl.Int64, "source": pl.String,
            **self._time_type(),
        }  # fmt: skip

    def _log_rows(self) -> tuple[Any, Any]:
        names = {"unit": "uCode", "element": "iCode", "time": "Time"}
        order = ("stage", "uCode", "iCode", "action", "before", "after", "why", "Time")
        rows = [{names.get(k, k): v for k, v in asdict(entry).items()} for entry in self.log]
        types = {"before": pl.Float64, "after": pl.Float64}
        columns = {name: [row[name] for row in rows] for name in order}
        schema = {name: types.get(name, pl.String) for name in order if name != "Time" or self.data.panel}
        return self._timed(columns), schema

    def _weight_rows(self) -> tuple[Any, Any]:
        framework = self.framework
        rows = [
            (code, framework.level[code], framework.parent[code] or "", self.weights.get(code, 1.0))
            for code in framework.codes
        ]
        schema = {"iCode": pl.String, "Level": pl.Int64, "Parent": pl.String, "Weight": pl.Float64}
        return rows, schema

    def _timed(self, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        return columns if self.data.panel else {k: v for k, v in columns.items() if k != "Time"}

    def _time_type(self) -> dict[str, Any]:
        return {"Time": pl.String} if self.data.panel else {}

    def _sources(self, stage: str) -> dict[str, dict[str, str]]:
        """Keys of the sources behind each element of each unit; a node rests on those of its indicators.

        A cell that is filled has no source, and says `imputed`.
        """
        data, indicators = self.data, self.framework.indicators
        keys = np.where(np.isnan(data.values), "", data.source.astype(object))
        if stage not in STAGES[:2]:
            row = {unit: u for u, unit in enumerate(zip(data.codes, data.times, strict=True))}
            for entry in self.log:
                if entry.action == IMPUTED:
                    keys[row[entry.unit, entry.time], indicators.index(entry.element)] = IMPUTED
        labels = [data.label(u) for u in range(len(data.codes))]
        found = dict[str, dict[str, str]]()
        for code in self.framework.codes:
            under = keys[:, [indicators.index(leaf) for leaf in self.framework.leaves(code)]]
            found[code] = {
                label: "|".join(key for key in dict.fromkeys(of_unit) if key)
                for label, of_unit in zip(labels, under.tolist(), strict=True)
            }
        return found


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
