"""Build an index from its recipe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.composite.inputs import Data, read_data, read_framework
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import (
    Aggregate,
    Denominate,
    Impute,
    Normalise,
    Recipe,
    Screen,
    Treat,
)
from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.result import Composite
from multivector.indicators.composite.stages.aggregate import aggregate
from multivector.indicators.composite.stages.denominate import denominate
from multivector.indicators.composite.stages.impute import impute
from multivector.indicators.composite.stages.normalise import normalise
from multivector.indicators.composite.stages.screen import screen
from multivector.indicators.composite.stages.sheet import Sheet
from multivector.indicators.composite.stages.treat import treat

if TYPE_CHECKING:
    import xarray as xr

NAMES = {
    "denominate": "Denominated",
    "impute": "Imputed",
    "screen": "Screened",
    "treat": "Treated",
    "normalise": "Normalised",
}


def build(recipe: str | Path | Mapping[str, Any] | Recipe, data: Any, meta: Any) -> Composite:
    """Build an index: every stage of the recipe in order, with each cell that changes in the log.

    Parameters
    ----------
    recipe : a TOML or YAML file, plain keys and values, or a `Recipe`.
    data : a CSV file or a Polars or pandas frame with the columns `uCode`, the indicators and, where there
        are any, `uName`, `Time`, denominators, groups and `source`; or `Data`.
    meta : likewise, the hierarchy in COINr's columns (`iCode Parent Type Direction Weight ...`); or a
        `Framework`.

    Returns
    -------
    Composite : stages, scores, ranks, weights and log.

    Raises
    ------
    InputError : something given does not hold; it names the element, the place and the repair.

    Examples
    --------
    >>> import multivector.indicators.composite as composite
    >>> index = composite.build("recipe.toml", "data.csv", "meta.csv")  # doctest: +SKIP
    >>> index.ranks.sel(element="Index")  # doctest: +SKIP
    """
    what = read_recipe(recipe)
    framework = read_framework(meta)
    units = read_data(data, framework, named_denominators(what))
    log = Log()
    sheet = Sheet(framework, units, np.arange(len(units.codes)), units.values)
    _note_raw(sheet, log)
    stages = {"Raw": _array(sheet.x, framework.indicators, units, sheet.rows, "Raw")}
    for stage in what.stage:
        if not isinstance(stage, Aggregate):
            sheet, name = _step(stage, sheet, log), NAMES[stage.do]
            stages[name] = _array(sheet.x, framework.indicators, units, sheet.rows, name)
    made = aggregate(sheet, what.aggregation, what.weights, log)
    values = np.stack(list(made.columns.values()), axis=-1)
    stages["Aggregated"] = _array(values, tuple(made.columns), units, sheet.rows, "Aggregated")
    return Composite(
        recipe=what,
        framework=framework,
        data=units,
        stages=stages,
        weights=made.weights,
        log=tuple(log.entries),
        tables=log.tables,
    )


def _step(stage: Denominate | Impute | Screen | Treat | Normalise, sheet: Sheet, log: Log) -> Sheet:
    match stage:
        case Denominate():
            return denominate(sheet, stage, log)
        case Impute():
            return impute(sheet, stage, log)
        case Screen():
            return screen(sheet, stage, log)
        case Treat():
            return treat(sheet, stage, log)
        case Normalise():
            return normalise(sheet, stage, log)


def named_denominators(recipe: Recipe) -> list[str]:
    """Denominators that the recipe names, whether or not the meta table does."""
    return [
        name for stage in recipe.stage if isinstance(stage, Denominate) for name in stage.by.values() if name
    ]


def _note_raw(sheet: Sheet, log: Log) -> None:
    for column in sheet.data.unread:
        log.note("Raw", "not read", "no row of the meta table names this column", element=column)
    for u, n in np.argwhere(np.isnan(sheet.x)):
        cell = sheet.cell(int(u), sheet.framework.indicators[n])
        log.note("Raw", "missing", "no value in the data", **cell)


def _array(
    values: NDArray[np.float64], elements: tuple[str, ...], data: Data, rows: NDArray[np.int64], name: str
) -> xr.DataArray:
    import xarray as xr

    return xr.DataArray(
        values,
        dims=("unit", "element"),
        coords={
            "unit": [data.label(u) for u in rows],
            "element": list(elements),
            "uCode": ("unit", [data.codes[u] for u in rows]),
            "Time": ("unit", [data.times[u] for u in rows]),
        },
        name=name,
    )
