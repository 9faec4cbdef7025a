"""Influence of a power over a state as bandwidth times dependence, after the idea of the FBIC index.

The Formal Bilateral Influence Capacity index (Moyer et al., Pardee Center, Denver) multiplies the volume of
what passes between two states by how much one of them depends on it, over 42 economic, political and
security indicators of 1960-2020. What is here is *in the manner of* FBIC and gives other numbers:

- eight terms instead of 42, those that an atlas can source; no aid, embassies, treaties or arms stocks;
- the weights of the sub-indices were not found where we looked, so that they are declared (`influence.csv`)
  and the interval of the total runs over every weighting of the three dimensions;
- bandwidth is a geometric mean with a floor, so that a channel without traffic weakens but does not erase;
- volumes are scaled by the largest pair of the same table, so that values of two tables cannot be compared;
- what is known within bounds stays within bounds, and a term that is missing may be anything from 0 to 1.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError

DIMENSIONS = ("economic", "security", "political")
FLOOR = 0.01
"""A volume below this part of the largest counts as this in the geometric mean."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Term:
    """A row of `influence.csv`: what is measured, on which side of the product, with which weight."""

    name: str
    side: str
    dimension: str
    weight: float
    formula: str
    sentence: str


@cache
def terms() -> tuple[Term, ...]:
    """The declared terms and weights of dimensions."""
    text = (files("multivector.indicators.power") / "influence.csv").read_text(encoding="utf-8")
    return tuple(
        Term(
            row["term"],
            row["side"],
            row["dimension"],
            float(row["weight"]),
            row["formula"],
            row["sentence"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@dataclass(frozen=True)
class Influence:
    """Influence by dimension and in total, [..., i, g]; all of it in [0, 1].

    bandwidth, dependence, influence : by dimension. total : the declared weights' mean of `influence`.
    least, most : the total under that weighting of the dimensions which makes it least, and most.
    """

    bandwidth: Mapping[str, Floats]
    dependence: Mapping[str, Floats]
    influence: Mapping[str, Floats]
    total: Floats
    least: Floats
    most: Floats


def influence(values: Mapping[str, Floats]) -> Influence:
    """Influence of g over i: total[i,g] = sum_k w_k B_k[i,g] D_k[i,g] / sum_k w_k over three dimensions k.

        B_k = exp(sum_n v_n ln max(b_n, floor) / sum_n v_n)   bandwidth: weighted geometric mean of volumes
        D_k = sum_n v_n d_n / sum_n v_n                       dependence: weighted mean of shares

    Every B_k and D_k rises with every term, so that bounds of the terms give bounds of the influence.

    Parameters
    ----------
    values : by term, arrays [..., i, g] in [0, 1] (volumes are scaled by the largest pair beforehand).

    Returns
    -------
    Influence : NaN in a dimension where one of its terms is missing, and then in the total.

    Raises
    ------
    InputError : a term is left out, unknown, or outside [0, 1].

    Source: J. D. Moyer, C. J. Meisel, A. S. Matthews, D. K. Bohl, M. J. Burrows, China-US Competition:
    Measuring Global Influence (2021); what differs is said at the head of this file.
    """
    _check(values)
    bandwidth = {k: np.exp(_mean({n: np.log(np.maximum(values[n], FLOOR)) for n in _names("bandwidth", k)}))
                 for k in DIMENSIONS}  # fmt: skip
    dependence = {k: _mean({n: values[n] for n in _names("dependence", k)}) for k in DIMENSIONS}
    product = {k: bandwidth[k] * dependence[k] for k in DIMENSIONS}
    stacked = np.stack(list(product.values()))
    return Influence(bandwidth, dependence, product, _mean(product), stacked.min(axis=0), stacked.max(axis=0))


def _names(side: str, dimension: str) -> list[str]:
    return [term.name for term in terms() if (term.side, term.dimension) == (side, dimension)]


def _mean(values: Mapping[str, Floats]) -> Floats:
    weight = {term.name: term.weight for term in terms()}
    total = sum(weight[name] for name in values)
    return np.asarray(sum(weight[name] * np.asarray(x, dtype=float) for name, x in values.items()) / total)


def _check(values: Mapping[str, Floats]) -> None:
    expected = {term.name for term in terms() if term.side != "dimension"}
    if odd := sorted(expected ^ set(values)):
        raise InputError(
            f"the term {odd[0]!r} is {'missing' if odd[0] in expected else 'not declared'}",
            where="influence.csv",
            repair=f"give an array for each of {', '.join(sorted(expected))}",
        )
    for name, x in values.items():
        if (np.asarray(x) < 0).any() or (np.asarray(x) > 1 + 1e-9).any():
            raise InputError(
                f"the term {name!r} lies outside 0 to 1",
                where=name,
                repair="divide a volume by its largest, and give dependence as a share",
            )
