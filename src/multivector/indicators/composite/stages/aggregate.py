"""Aggregate: the nodes bottom-up, each by its own method and weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.aggregating import AGGREGATE, NEEDS_FRAME
from multivector.indicators.composite.aggregating import PARAMETERS as OF_MEANS
from multivector.indicators.composite.aggregating import aggregate as one_node
from multivector.indicators.composite.aggregating.children import Names
from multivector.indicators.composite.aggregating.rescaled import OWN_SCALE, rescaled
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Aggregate, AggregateOption, Weights
from multivector.indicators.composite.stages.sheet import Sheet, require_codes
from multivector.indicators.composite.weighting import PARAMETERS as OF_WEIGHTS
from multivector.indicators.composite.weighting import WEIGH, weigh

STAGE = "Aggregated"
NORMALISED = "that of the normalised indicators"
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Aggregated:
    """Columns by element `[u]`, indicators first and nodes bottom-up, and the weights used.

    `weights` are of each element within its parent, summing to one among siblings; an element whose weight
    differs by unit has their mean there.
    """

    columns: dict[str, Floats] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)


def aggregate(sheet: Sheet, option: Aggregate, weights: Weights, log: Log) -> Aggregated:
    """Every node from its children.

    Raises
    ------
    InputError : an option for what is no node, level or element; weights that sum to zero; values that a
        method cannot take, with node, unit and child.
    """
    _check_names(sheet, option, weights)
    scales = dict.fromkeys(sheet.framework.indicators, NORMALISED)
    made = Aggregated({code: sheet.x[:, n] for n, code in enumerate(sheet.framework.indicators)})
    for node in sheet.framework.nodes:
        children = sheet.framework.children(node)
        x = np.stack([made.columns[child] for child in children], axis=-1)
        how = option.option(node, sheet.framework.level[node])
        w = _weights(sheet, node, x, weights, log)
        made.columns[node] = _scores(sheet, node, x, w, how, option.over)
        shares = np.atleast_2d(w / w.sum(axis=-1, keepdims=True)).mean(axis=0)
        made.weights.update(zip(children, (float(share) for share in shares), strict=True))
        _note(sheet, node, x, w, made.columns[node], how, log)
        _note_scales(node, {child: scales[child] for child in children}, log)
        scales[node] = _scale(how, {scales[child] for child in children})
    return made


def _check_names(sheet: Sheet, option: Aggregate, weights: Weights) -> None:
    framework = sheet.framework
    levels = tuple(dict.fromkeys(str(framework.level[node]) for node in framework.nodes))
    require_codes(option.nodes, framework.nodes, "recipe, stage aggregate, nodes", "node")
    require_codes(option.levels, levels, "recipe, stage aggregate, levels", "level of nodes")
    require_codes(weights.nodes, framework.nodes, "recipe, weights, nodes", "node")
    _check_methods(option, "stage aggregate", AGGREGATE, "aggregating")
    _check_methods(weights, "weights", ("given", *WEIGH), "weighing")
    below = tuple(code for code in framework.codes if code != framework.top)
    require_codes(weights.values, below, "recipe, weights, values", "element below the top")


def _check_methods(option: Aggregate | Weights, place: str, known: Iterable[str], doing: str) -> None:
    """Every method that the recipe names is there."""
    named = {"method": option.method}
    for key in ("levels", "nodes"):
        named |= {f"{key}.{name}.method": how.method for name, how in getattr(option, key, {}).items()}
    for key, method in named.items():
        if method not in known:
            raise InputError(
                f"no way of {doing} {method!r}",
                where=f"recipe, {place}, {key}",
                repair=f"choose one of {', '.join(known)}",
            )


def _weights(sheet: Sheet, node: str, x: Floats, weights: Weights, log: Log) -> Floats:
    """Of the node's children, `[n]`, or `[u, n]` where every unit has its own."""
    children, how = sheet.framework.children(node), weights.option(node)
    if how.method == "given":
        w = sheet.framework.weights(node)
    else:
        _require_parameters(how.method, how.parameters, OF_WEIGHTS, node)
        found = weigh(how.method, x, Names(node, sheet.units, children), **how.parameters)
        for said in found.said:
            log.note(STAGE, "weighed", said, element=node)
        w = found.weights
        if w.ndim > 1:  # a child that is missing weighs nothing; a unit without any is not scored anyway
            known = ~np.isnan(w)
            w = np.where(known, w, 0.0) + ~known.any(axis=1, keepdims=True)
    named = np.array([weights.values.get(child, np.nan) for child in children])
    return np.where(np.isnan(named), w, named)


def _require_parameters(
    method: str, given: Mapping[str, Any], takes: Mapping[str, Mapping[str, Any]], node: str
) -> None:
    """A parameter must be one of the method's: not one of the names by which we call it."""
    known = takes.get(method, {})
    for name in given:
        if name not in known:
            repair = f"it takes {', '.join(known) or 'none'}"
            raise InputError(f"{method} takes no parameter {name!r}", where=node, repair=repair)


def _scores(sheet: Sheet, node: str, x: Floats, w: Floats, how: AggregateOption, over: str) -> Floats:
    _require_parameters(how.method, how.parameters, OF_MEANS, node)
    own = w.ndim > 1  # each unit by itself, as a frame of one
    out = np.full(len(x), np.nan)
    for block in sheet.blocks(over if how.method in NEEDS_FRAME or how.rescale else "all"):
        scored = one_node(
            how.method,
            x[block, None] if own else x[block],
            w[block] if own else w,
            threshold=how.least_known,
            node=node,
            units=() if own else [sheet.units[u] for u in block],
            children=sheet.framework.children(node),
            **how.parameters,
        )
        out[block] = rescaled(scored[:, 0] if own else scored, how.rescale, node)
    return out


def _note(
    sheet: Sheet, node: str, x: Floats, w: Floats, scores: Floats, how: AggregateOption, log: Log
) -> None:
    """A child that is missing is said, whether or not the node is scored without it."""
    children = sheet.framework.children(node)
    each = np.broadcast_to(w, x.shape)
    for u in np.flatnonzero(np.isnan(x).any(axis=1) | np.isnan(scores)):
        missing = [child for n, child in enumerate(children) if np.isnan(x[u, n])]
        share = float(each[u][~np.isnan(x[u])].sum() / each[u].sum())
        without = f"{share:.3g} of the weight known; missing: {', '.join(missing)}"
        cell = sheet.cell(int(u), node)
        if np.isnan(scores[u]):
            log.note(STAGE, "not scored", f"{without}; at least {how.least_known:.3g} needed", **cell)
        else:
            log.note(STAGE, "scored without", without, after=float(scores[u]), **cell)


def _scale(how: AggregateOption, below: set[str]) -> str:
    """Where a node's scores lie; a rescaled node is taken to be brought back to its siblings."""
    if how.rescale:
        return NORMALISED
    mixed = below.pop() if len(below) == 1 else "several scales"
    return f"{how.method}, {OWN_SCALE[how.method]}" if how.method in OWN_SCALE else mixed


def _note_scales(node: str, scales: Mapping[str, str], log: Log) -> None:
    """Siblings on several scales: what they weigh is then not what the recipe says."""
    for child, scale in scales.items():
        if len(set(scales.values())) > 1 and scale != NORMALISED:
            others = "; ".join(dict.fromkeys(other for other in scales.values() if other != scale))
            why = f"{child} is on another scale than its siblings under {node}: {scale} beside {others}; "
            log.note(STAGE, "another scale", f"{why}`rescale` mends it", element=child)
