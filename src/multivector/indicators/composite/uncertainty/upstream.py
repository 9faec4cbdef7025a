"""The stages before aggregation: one sample by the steps of `build`, or many at once by their fast form.

A cell that was known and is no number afterwards is a failure: `FailedError` says of which sample, and the plain
steps are then asked to say why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import (
    Denominate,
    Impute,
    Normalise,
    Screen,
    Treat,
)
from multivector.indicators.composite.stages.denominate import denominate
from multivector.indicators.composite.stages.impute import impute
from multivector.indicators.composite.stages.normalise import normalise
from multivector.indicators.composite.stages.screen import screen
from multivector.indicators.composite.stages.sheet import Sheet
from multivector.indicators.composite.stages.treat import treat
from multivector.indicators.composite.uncertainty import fast
from multivector.indicators.composite.uncertainty.fast import Earlier

Floats = NDArray[np.float64]
Fill = Callable[[Floats], Floats]
"""Draws for missing cells: `[..., u, i] -> [..., u, i]`."""


class FailedError(Exception):
    """A sample of a batch gave no number where there must be one."""

    def __init__(self, sample: int) -> None:
        self.sample = sample
        super().__init__(f"sample {sample} of the batch")


def normalised(stages: Sequence[Earlier], sheet: Sheet, x: Floats, fill: Fill | None = None) -> Floats:
    """Values `[s, u, i]` through the stages; `fill` works before the first stage after `denominate`.

    Units that the screen drops are missing from there on.

    Raises
    ------
    FailedError : a known value became no number.
    """
    for stage in stages:
        if fill is not None and not isinstance(stage, Denominate):
            x, fill = fill(x), None
        after = _batch(stage, sheet, x)
        if not _may_lose(stage):
            _require_finite(x, after)
        x = after
    return x


def plainly(
    stages: Sequence[Earlier],
    sheet: Sheet,
    fill: Fill | None = None,
    known: dict[tuple[str, ...], Sheet] | None = None,
    of: str = "",
) -> Floats:
    """One sheet `[u, i]` through the steps of `build`, which name what does not hold.

    `known` keeps what a run of stages gave, so that recipes which begin alike share their beginning; `of`
    says from which values and hierarchy they start.
    """
    left = sheet
    done: tuple[str, ...] = (of,)
    for stage in stages:
        if fill is not None and not isinstance(stage, Denominate):
            left, fill = left.having(fill(left.x)), None
        done = (*done, stage.model_dump_json(exclude_unset=True))
        if known is None or done not in known:
            left = _step(stage, left)
            if known is not None:
                known[done] = left
        else:
            left = known[done]
    whole = np.full(sheet.x.shape, np.nan)
    whole[left.rows] = left.x
    return whole


def _may_lose(stage: Earlier) -> bool:
    """Whether known cells may rightly be missing after the stage."""
    return isinstance(stage, Screen) or (isinstance(stage, Denominate) and stage.missing == "leave")


def _step(stage: Earlier, sheet: Sheet) -> Sheet:
    match stage:
        case Denominate():
            return denominate(sheet, stage, Log())
        case Impute():
            return impute(sheet, stage, Log())
        case Screen():
            return screen(sheet, stage, Log())
        case Treat():
            return _treated(stage, sheet)
        case Normalise():
            return normalise(sheet, stage, Log())


def _treated(stage: Treat, sheet: Sheet) -> Sheet:
    """The fast form where it shows no failure: the log of every cell costs more than the treatment."""
    if fast.covers(stage):
        x = fast.step(stage, sheet, sheet.x[None])[0]
        if np.isfinite(x[~np.isnan(sheet.x)]).all():
            return sheet.having(x)
    return treat(sheet, stage, Log())


def _batch(stage: Earlier, sheet: Sheet, x: Floats) -> Floats:
    if fast.covers(stage):
        return fast.step(stage, sheet, x)
    after = np.empty_like(x)
    for k, sample in enumerate(x):
        try:
            after[k] = _step(stage, sheet.having(sample)).x
        except InputError as error:
            raise FailedError(k) from error
    return after


def _require_finite(before: Floats, after: Floats) -> None:
    lost = (~np.isnan(before) & ~np.isfinite(after)).any(axis=(-2, -1))
    if lost.any():
        raise FailedError(int(np.argmax(lost)))
