"""Aggregation of many samples at once: every node bottom-up, a node whose inputs do not vary only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.composite.aggregating import NEEDS_FRAME, aggregate
from multivector.indicators.composite.aggregating.children import Names
from multivector.indicators.composite.aggregating.rescaled import rescaled
from multivector.indicators.composite.recipe import WeightOption
from multivector.indicators.composite.uncertainty.case import Case
from multivector.indicators.composite.uncertainty.draws import cells, name_id
from multivector.indicators.composite.vary import VaryNoise, VaryWeightSets
from multivector.indicators.composite.weighting import PER_UNIT, weigh

if TYPE_CHECKING:
    from multivector.indicators.composite.uncertainty.plan import Plan

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Weighing:
    """What samples do to weights, by element `[s]`: a weight instead of the recipe's, and a factor on it."""

    instead: Mapping[str, Floats] = field(default_factory=dict)
    times: Mapping[str, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, u: Floats, chosen: Places) -> Weighing:
        """From the draws `[s, d]` and the options that they choose."""
        framework = plan.framework
        instead: dict[str, Floats] = {}
        times: dict[str, Floats] = {}
        for f, factor in enumerate(plan.recipe.vary):
            if isinstance(factor, VaryWeightSets):
                for code in dict.fromkeys(code for weights in factor.sets for code in weights):
                    own = [weights.get(code, np.nan) for weights in factor.sets]
                    instead[code] = np.array(own)[chosen[:, f]]
            if isinstance(factor, VaryNoise):
                asked = [
                    c for c in framework.codes if not factor.levels or framework.level[c] in factor.levels
                ]
                ids = np.array([name_id(code) for code in asked])
                noise = 1.0 + factor.share * (2.0 * cells(u[:, f], ids) - 1.0)
                for code, own_noise in zip(asked, noise.T, strict=True):
                    times[code] = times.get(code, 1.0) * own_noise
        return cls(instead, times)

    def touches(self, codes: Sequence[str]) -> bool:
        """Whether the weight of any of these elements differs by sample."""
        return any(code in self.instead or code in self.times for code in codes)

    def applied(self, w: Floats, children: Sequence[str], own: bool) -> Floats:
        """Weights `[..., n]` of a node's children with what the samples do to them.

        `own`: every unit has weights of its own, `[..., u, n]`.
        """
        if not self.touches(children):
            return w
        shape = (-1, 1) if own else (-1,)
        columns = [w[..., n] for n in range(len(children))]
        for n, code in enumerate(children):
            if code in self.instead:
                given = self.instead[code].reshape(shape)
                columns[n] = np.where(np.isnan(given), columns[n], given)
            if code in self.times:
                columns[n] = columns[n] * self.times[code].reshape(shape)
        return np.stack(np.broadcast_arrays(*columns), axis=-1)


def scored(case: Case, x: Floats, at: Places, weighing: Weighing, elements: Sequence[str]) -> Floats:
    """Scores `[s, u, e]` of elements; missing what is left out.

    Axes: normalised values x `[c, u, i]`, of which sample s has x[at[s]]. A node is aggregated `[c, u]` until
    something below it or among its weights differs by sample, and `[s, u]` from there on.
    """
    framework = case.sheet.framework
    found = {code: x[..., n] for n, code in enumerate(framework.indicators)}
    sampled: set[str] = set()
    for node in framework.nodes:
        children = framework.children(node)
        by_sample = weighing.touches(children) or not sampled.isdisjoint(children)
        if by_sample:
            sampled.add(node)
        columns = [found[c][at] if by_sample and c not in sampled else found[c] for c in children]
        below = np.stack(columns, axis=-1)
        found[node] = _node(case, node, below, _weights(case, node, below, weighing))
    missing = np.full((len(at), len(case.sheet.rows)), np.nan)
    return np.stack(
        [missing if e not in found else found[e] if e in sampled else found[e][at] for e in elements], axis=-1
    )


def _weights(case: Case, node: str, x: Floats, weighing: Weighing) -> Floats:
    """Of the node's children: `[n]` or `[s, n]`; where every unit has its own `[s, u, n]`."""
    framework, how = case.sheet.framework, case.weights.option(node)
    children, own = framework.children(node), how.method in PER_UNIT
    if how.method == "given":
        w = framework.weights(node)
    else:
        names = Names(node, case.units, children)
        w = np.stack([_weighed(how, one, names) for one in x])
    named = np.array([case.weights.values.get(child, np.nan) for child in children])
    return weighing.applied(np.where(np.isnan(named), w, named), children, own)


def _weighed(how: WeightOption, x: Floats, names: Names) -> Floats:
    """From the units that the screen leaves; a unit that it drops has no weights of its own to find."""
    left = np.asarray(~np.isnan(x).all(axis=-1))
    of = replace(names, units=[unit for unit, stays in zip(names.units, left.tolist(), strict=True) if stays])
    w = weigh(how.method, x[left], of, **how.parameters).weights
    if how.method not in PER_UNIT:
        return w
    whole = np.ones_like(x)
    whole[left] = w
    return whole


def _node(case: Case, node: str, x: Floats, w: Floats) -> Floats:
    """Scores `[..., u]` of one node; a method that reads across units reads those of a block."""
    sheet, option = case.sheet, case.aggregate
    how = option.option(node, sheet.framework.level[node])
    own = case.weights.option(node).method in PER_UNIT
    blocks = sheet.blocks(option.over if how.method in NEEDS_FRAME or how.rescale else "all")
    parts = [
        aggregate(
            how.method,
            x[..., block, None, :] if own else x[..., block, :],  # each unit by itself, a frame of one
            w[..., block, :] if own else w,
            threshold=how.least_known,
            node=node,
            units=() if own else [case.units[u] for u in block],
            children=sheet.framework.children(node),
            **how.parameters,
        )
        for block in blocks
    ]
    scores = np.concatenate(
        [rescaled(part[..., 0] if own else part, how.rescale, node) for part in parts], axis=-1
    )
    return scores if len(blocks) == 1 else scores[..., np.argsort(np.concatenate(blocks))]
