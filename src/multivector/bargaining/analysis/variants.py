"""Draws of an issue in which both the cells and the model are drawn: how much it matters which model is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.analysis.families import FAMILIES, Family, Options
from multivector.bargaining.analysis.variance import Design, decompose
from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import Floats
from multivector.errors import ComputationError, InputError

Row = dict[str, Any]
LEVELS: Final = (0.05, 0.1, 0.5, 0.9, 0.95)


@dataclass(frozen=True)
class Variant:
    """One model: its family, and what was chosen of the family's options."""

    family: Family
    options: Options


@dataclass(frozen=True, eq=False)
class Variants:
    """Outcomes of draws that have each their own cells and their own model.

    Parameters
    ----------
    issue : of what.
    models : those drawn. model : `[draws]`, the number of each draw's.
    outcome : `[draws, d]`, on 0 to 100; NaN where the model gave none, because an election in it did not settle.
    """

    issue: Issue
    models: tuple[Variant, ...]
    model: NDArray[np.int64]
    outcome: Floats

    @property
    def family(self) -> NDArray[np.str_]:
        """`[draws]`: name of each draw's family."""
        return np.array([each.family.name for each in self.models])[self.model]

    @property
    def options(self) -> list[Options]:
        """What was chosen in each draw."""
        return [self.models[i].options for i in self.model]

    @property
    def families(self) -> tuple[Family, ...]:
        """The families drawn from, in their order."""
        return tuple({each.family.name: each.family for each in self.models}.values())

    def rows(self) -> list[Row]:
        """For each dimension quantiles of all draws and of those of each family, in the dimension's own units.

        `prior` is the family's share of the draws, `models` how many different ones it gave, `unsettled` how
        many draws are left out because they have no outcome.
        """
        of_family, whole = self.family, sum(each.prior for each in self.families)
        found = []
        for k, dimension in enumerate(self.issue.dimensions):
            y = dimension.from_top(self.outcome[:, k])
            for name, prior in (("all", whole), *((each.name, each.prior) for each in self.families)):
                among = np.full(len(y), True) if name == "all" else of_family == name
                known = y[among & np.isfinite(y)]
                levels = np.quantile(known, LEVELS) if known.size else np.full(len(LEVELS), np.nan)
                found.append({
                    "dimension": dimension.name, "unit": dimension.unit, "family": name, "prior": prior / whole,
                    "models": len(np.unique(self.model[among])), "draws": int(among.sum()),
                    "unsettled": int(among.sum() - known.size),
                    **{f"q{100 * level:02.0f}": float(q) for level, q in zip(LEVELS, levels, strict=True)},
                })  # fmt: skip
        return found

    def shares(self) -> list[Row]:
        """For each dimension how the variance of the outcome divides, with standard errors; see `variance.decompose`."""
        design = Design.of(self.model, [(each.family, each.options) for each in self.models])
        return [
            {"dimension": dimension.name, **row}
            for k, dimension in enumerate(self.issue.dimensions)
            for row in decompose(self.outcome[:, k], design)
        ]


def draw_variants(
    issue: Issue,
    draws: int,
    seed: int = 0,
    *,
    families: Sequence[Family] = FAMILIES,
    combinations: int = 48,
) -> Variants:
    """Outcomes of draws from a prior over cells and models: first the family, then its options, every value as likely.

    Parameters
    ----------
    issue : the table; draw k has the cells of draw k of `draw_stakes` with the same seed.
    draws : how many; each family gets its prior's share of them.
    seed : of cells and models.
    families : what is drawn from.
    combinations : of options, the most that a family gives: all where it has no more, else as many at random, with
        every value of every option as often as the others. So many models are run, and most of the time goes
        with them; 48 is our choice.

    Raises
    ------
    InputError : no family has a prior above 0; too few draws to run each model twice.
    IssueError : a model is not defined for some draw.
    """
    rng = np.random.default_rng([seed, 1])
    likely = [family for family in families if family.prior > 0]
    if not likely:
        raise InputError("no family of models has a prior above 0", repair="give one that does")
    models: list[Variant] = []
    numbers = []
    for family, count in zip(likely, _allotted(draws, [each.prior for each in likely]), strict=True):
        most = min(combinations, count // 2)
        chosen = family.every() if family.models <= most else family.balanced(most, rng)
        if not chosen or count < 2 * min(family.models, combinations, 2):
            raise InputError(
                f"{draws} draws leave {count} for {family.name}",
                repair="ask for more draws, so that each model is run twice or more",
            )
        numbers.append(len(models) + np.resize(np.arange(len(chosen)), count))
        models += [Variant(family, each) for each in chosen]
    model = rng.permutation(np.concatenate(numbers))
    stakes = draw_stakes(issue, draws, seed)
    outcome = np.full((draws, stakes.d), np.nan)
    for i, variant in enumerate(models):
        mine = np.flatnonzero(model == i)
        try:
            outcome[mine] = variant.family.model(variant.options).outcome(stakes.at(mine))
        except ComputationError:  # its elections settled in no draw
            continue
    return Variants(issue, tuple(models), model, outcome)


def _allotted(draws: int, prior: list[float]) -> list[int]:
    """Draws of each family: its share, rounded so that they add up."""
    ends = np.rint(draws * np.cumsum(prior) / np.sum(prior)).astype(int)
    return [int(count) for count in np.diff(ends, prepend=0)]
