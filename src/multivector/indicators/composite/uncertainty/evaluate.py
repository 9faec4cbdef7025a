"""Scores and ranks of every sample, batched: samples of one combination of options are evaluated together.

Stages before aggregation run once for a combination where the values are fixed, and over the whole batch
where they are drawn. No sample is built by itself, unless it fails: then it is, to say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError, InputError, MultivectorError
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.uncertainty.case import AGGREGATION, NOMINAL, UPSTREAM, Case, said
from multivector.indicators.composite.uncertainty.nodes import Weighing, scored
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.indicators.composite.uncertainty.upstream import FailedError, normalised, plainly
from multivector.indicators.composite.uncertainty.values import drawn_fill, drawn_values

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

CELLS = 2**20  # numbers an array of a batch may hold; a dozen such arrays live at once


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Scores and ranks `[s, u, e]` of each sample, unit and element; ranks within each time, 1 is best."""

    scores: Floats
    ranks: Floats


def evaluate(plan: Plan, draws: Floats, *, cells: int = CELLS) -> Evaluation:
    """Evaluate the plan at points of the unit cube.

    Parameters
    ----------
    draws : `[s, d]` in [0, 1), a column for each factor of the plan. The same number gives the same option,
        weights and values in every call, so that differences can be taken sample by sample.
    cells : bounds memory; no result depends on it.

    Raises
    ------
    InputError : `draws` do not fit the plan.
    MultivectorError : a sample fails; with sample, options, node and unit.
    """
    u = _require_draws(plan, draws)
    nominal = nominal_scores(plan)
    scores = np.empty((len(u), *nominal.shape))
    chosen = plan.chosen(u)
    for key, rows in _alike(plan.only(chosen, AGGREGATION)):
        case = plan.case(key)
        most = max(1, cells // (len(plan.units) * _width(plan, case)))
        for part in np.split(rows, np.arange(most, len(rows), most)):
            scores[part] = _batch(plan, case, u, chosen, part)
        _require_scored(plan, case, nominal, scores, u, chosen, rows)
    return Evaluation(scores, ranked(plan, scores))


def nominal_scores(plan: Plan) -> Floats:
    """Scores `[u, e]` of the recipe as written."""
    key = (NOMINAL,) * len(plan.factors)
    x = plan.upstream(key)[None]
    return np.asarray(scored(plan.case(key), x, np.zeros(1, np.int64), Weighing(), plan.elements)[0])


def ranked(plan: Plan, scores: Floats) -> Floats:
    """Ranks of scores `[..., u, e]` within each time; ties share the least rank."""
    times = np.array(plan.data.times)
    found = np.empty_like(scores)
    for time in dict.fromkeys(plan.data.times):
        at = times == time
        found[..., at, :] = np.swapaxes(ranks(np.swapaxes(scores[..., at, :], -1, -2)), -1, -2)
    return found


def _require_draws(plan: Plan, draws: Floats) -> Floats:
    u = np.asarray(draws, float)
    if u.ndim != 2 or not len(u) or u.shape[1] != len(plan.factors):
        raise InputError(
            f"draws of shape {u.shape} for {len(plan.factors)} factors",
            where="draws",
            repair="give [samples, factors]",
        )
    if not ((u >= 0) & (u < 1)).all():
        raise InputError("a draw lies outside [0, 1)", where="draws", repair="give uniform numbers")
    return u


def _alike(keys: Places) -> list[tuple[tuple[int, ...], Places]]:
    """Each distinct row with the places where it stands."""
    distinct, at = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(at.ravel(), kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(at.ravel()))[:-1])
    return [(tuple(map(int, key)), part) for key, part in zip(distinct, parts, strict=True)]


def _width(plan: Plan, case: Case) -> int:
    """Numbers that an array of a batch holds for each sample and unit."""
    framework = case.sheet.framework
    most = max(len(framework.children(node)) for node in framework.nodes)
    return max(most, len(framework.indicators) if plan.values_vary else 0)


def _batch(plan: Plan, case: Case, u: Floats, chosen: Places, rows: Places) -> Floats:
    """Scores `[s, u, e]` of samples that are aggregated alike."""
    weighing = Weighing.of(plan, u[rows], chosen[rows])
    try:
        x, at = _upstream(plan, u, chosen, rows)
        return scored(case, x, at, weighing, plan.elements)
    except FailedError as failed:
        _explain(plan, u, chosen, failed.sample)
    except MultivectorError:
        for sample in rows:
            _try(plan, u, chosen, int(sample))
        raise


def _upstream(plan: Plan, u: Floats, chosen: Places, rows: Places) -> tuple[Floats, Places]:
    """Normalised values `[c, u, i]` and which of them each sample has, `[s]`.

    c is a sample where every sample has values of its own, and a combination of options otherwise.
    """
    at = np.empty(len(rows), np.int64)
    values: list[Floats] = []
    for c, (key, part) in enumerate(_alike(plan.only(chosen[rows], UPSTREAM))):
        fixed = plan.upstream(key)
        at[part] = c
        if plan.values_vary:
            at[part] = sum(len(x) for x in values) + np.arange(len(part))
            values.append(_drawn(plan, plan.case(key), u, rows[part]))
        else:
            values.append(fixed[None])
    return np.concatenate(values), at


def _drawn(plan: Plan, case: Case, u: Floats, rows: Places) -> Floats:
    """Normalised values `[s, u, i]` of samples that draw theirs."""
    x = drawn_values(plan, case, u[rows])
    try:
        return normalised(case.stages, case.sheet, x, drawn_fill(plan, case, u[rows]))
    except FailedError as failed:
        raise FailedError(int(rows[failed.sample])) from failed


def _require_scored(
    plan: Plan, case: Case, nominal: Floats, scores: Floats, u: Floats, chosen: Places, rows: Places
) -> None:
    """What the recipe as written scores, every sample scores, but for elements that it leaves out."""
    asked = np.array([element in case.sheet.framework.codes for element in plan.elements])
    lost = ~np.isfinite(scores[rows]) & (np.isfinite(nominal) & asked)
    if lost.any():
        _explain(plan, u, chosen, int(rows[np.argmax(lost.any(axis=(1, 2)))]))


def _try(plan: Plan, u: Floats, chosen: Places, sample: int) -> Floats:
    """Scores `[u, e]` of one sample by the plain steps.

    Raises
    ------
    MultivectorError : why it fails, with the sample and its options.
    """
    row, options = u[sample : sample + 1], chosen[sample : sample + 1]
    case = plan.case(_alike(plan.only(options, UPSTREAM | AGGREGATION))[0][0])
    fill = drawn_fill(plan, case, row)
    try:
        sheet = case.sheet.having(drawn_values(plan, case, row)[0])
        x = plainly(case.stages, sheet, None if fill is None else lambda one: fill(one[None])[0])
        at = np.zeros(1, np.int64)
        return np.asarray(scored(case, x[None], at, Weighing.of(plan, row, options), plan.elements)[0])
    except MultivectorError as error:
        where = f"sample {sample} ({said(plan.recipe, tuple(options[0]))}), {error.where}"
        raise type(error)(error.what, where=where, repair=error.repair) from error


def _explain(plan: Plan, u: Floats, chosen: Places, sample: int) -> NoReturn:
    scores = _try(plan, u, chosen, sample)
    lost = np.argwhere(~np.isfinite(scores) & np.isfinite(nominal_scores(plan)))
    unit, element = (plan.units[lost[0][0]], plan.elements[lost[0][1]]) if len(lost) else ("", "")
    raise ComputationError(
        f"{unit} has no score for {element}" if unit else "the sample failed and its plain form did not",
        where=f"sample {sample} ({said(plan.recipe, tuple(chosen[sample]))})",
        repair="vary what leaves every unit scored: lower the threshold of the screen or of least_known",
    )
