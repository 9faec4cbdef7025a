"""How the variance of an outcome divides among the family of models, its options, and the cells of the table.

With the model M of a draw, its family F and the value o of one of the family's options,

    Var(y) = Var(E[y | F]) + E[Var(E[y | M] | F)] + E[Var(y | M)]
             family          options, all together   cells

adds up to the whole. Of the second part, an option by itself takes `pi_F Var(E[y | F, o])`; what no option takes
by itself goes with several at once. The cells' part is what would remain if the model were known.

Estimators: mean squares, less what the finite number of draws a model, and of models a family, adds to them
(analysis of variance), so that a part is unbiased and may come out below zero. Models of a family all of which
were run are no sample. Standard errors are those of a jackknife that leaves out groups of models, or of draws
where all models of a family were run; they are on the wide side for single options, since what is left out
unbalances them.

Source: Searle, Casella & McCulloch 1992, Variance Components, ch. 3; Wolter 2007, doi:10.1007/978-0-387-35099-8, ch. 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.analysis.families import Family, Options
from multivector.bargaining.stakes import Floats

Integers = NDArray[np.int64]
GROUPS: Final = 16
"""Left out one after the other for the standard errors; our choice."""


@dataclass(frozen=True, eq=False)
class Design:
    """Which draw has which model, and what the models are.

    Parameters
    ----------
    model : `[draws]`. group : `[draws]`, what is left out together for the standard errors.
    families : with the numbers of their models, and of those the number of each option's value.
    """

    model: Integers
    group: Integers
    families: tuple[tuple[Family, Integers, dict[str, Integers]], ...]

    @classmethod
    def of(cls, model: Integers, models: Sequence[tuple[Family, Options]]) -> Design:
        """The design of models, each a family and a choice of its options."""
        names = [family.name for family, _ in models]
        group = np.empty(len(model), np.int64)
        found = []
        for family in {family.name: family for family, _ in models}.values():
            mine = np.flatnonzero([name == family.name for name in names])
            values = {
                option: np.array([levels.index(models[int(i)][1][option]) for i in mine])
                for option, levels in family.options.items()
            }
            found.append((family, mine, values))
            for number, i in enumerate(mine):
                draws = np.flatnonzero(model == i)
                sampled = len(mine) < family.models
                group[draws] = (number if sampled else number + np.arange(len(draws))) % GROUPS
        return cls(model, group, tuple(found))


def decompose(y: Floats, design: Design) -> list[dict[str, Any]]:
    """Shares of the variance of `y` [draws] with standard errors; NaN outcomes are left out.

    Rows "family", "options" and "cells" add up to 1; rows "option" name a family and one of its options, and are
    part of "options". An outcome that does not vary has no shares: NaN.
    """
    known = np.isfinite(y)
    names, parts = _parts(y, known, design)
    share = _shares(parts)
    left = np.array([_shares(_parts(y, known & (design.group != g), design)[1]) for g in range(GROUPS)])
    error = np.sqrt((GROUPS - 1) / GROUPS * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    return [
        {"part": part, "family": family, "option": option, "share": float(s), "error": float(e)}
        for (part, family, option), s, e in zip(names, share, error, strict=True)
    ]


def _shares(parts: Floats) -> Floats:
    whole = parts[:3].sum()
    return np.asarray(parts / whole if whole > 1e-12 else np.full_like(parts, np.nan), np.float64)


def _parts(y: Floats, known: NDArray[np.bool_], design: Design) -> tuple[list[tuple[str, str, str]], Floats]:
    """Names and variances of the parts; the first three are the whole."""
    model, y = design.model[known], y[known]
    y = y - y.mean()
    most = int(design.model.max()) + 1
    count = np.bincount(model, minlength=most)
    mean = np.bincount(model, y, most) / np.maximum(count, 1)
    squares = np.bincount(model, (y - mean[model]) ** 2, most)

    prior = np.array([family.prior for family, _, _ in design.families])
    prior = prior / prior.sum()
    names = [("family", "", ""), ("options", "", ""), ("cells", "", "")]
    within, between, centre, doubt = (np.zeros(len(prior)) for _ in range(4))
    single = []
    for f, (family, mine, values) in enumerate(design.families):
        run = count[mine] > 0
        means, counts = mean[mine][run], count[mine][run]
        all_run = len(mine) == family.models
        within[f] = squares[mine].sum() / max(1, (counts - 1).sum())
        noise = within[f] * float(np.mean(1 / counts))
        spread = float(means.var(ddof=1)) if len(means) > 1 else noise
        between[f] = (spread - noise) * ((len(means) - 1) / len(means) if all_run else 1)
        centre[f], doubt[f] = means.mean(), (noise if all_run else spread) / len(means)
        for option, value in values.items():
            names.append(("option", family.name, option))
            single.append(prior[f] * _of_option(means, value[run], noise if all_run else None))
    apart = float(prior @ (centre - prior @ centre) ** 2 - (prior * (1 - prior)) @ doubt)
    return names, np.array([apart, prior @ between, prior @ within, *single])


def _of_option(means: Floats, value: Integers, noise: float | None) -> float:
    """Variance of the mean of models with each value of an option.

    Models with the same value differ by `noise` where all models were run, else by what they are found to differ by.
    """
    levels, at, size = np.unique(value, return_inverse=True, return_counts=True)
    if len(levels) < 2:
        return 0.0
    centre = np.bincount(at, means) / size
    if noise is None:
        noise = float(((means - centre[at]) ** 2).sum() / max(1, len(means) - len(levels)))
    return float(centre.var() - (1 - 1 / len(levels)) * noise * np.mean(1 / size))
