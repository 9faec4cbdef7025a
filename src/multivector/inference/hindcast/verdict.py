"""Whether a model beats the baselines: said only where every one is beaten and chance is an unlikely reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from multivector.inference.hindcast.baselines import baselines_of
from multivector.inference.hindcast.evaluate import ROLLING
from multivector.inference.hindcast.family import Family
from multivector.inference.hindcast.rows import Row, chosen, paired, tidy
from multivector.inference.scores import clustered_difference, reach_of

_NEAR, _FAR = 1, (3, 5)  # horizons at which the claim must hold: the near one and one of the far


@dataclass(frozen=True)
class Against:
    """A model beside the best baseline on the same cells of a subset and horizon; negative is a gain.

    Intervals are 95 %, by Student's t on the number of clusters less one, clustered by state and by target
    year. `worse_than` names every baseline that does at least as well on the cells that both forecast.
    """

    family: str
    subset: str
    horizon: int
    model: str
    n: int
    crps: float
    best: str
    best_crps: float
    difference: float
    by_state: tuple[float, float]
    by_year: tuple[float, float]
    cov90: float
    worse_than: tuple[str, ...]

    @property
    def gains(self) -> bool:
        """Better than every baseline, and the interval by state excludes zero."""
        return not self.worse_than and self.by_state[1] < 0

    def as_row(self) -> Row:
        """The comparison as `--json` prints it."""
        return {
            "family": self.family,
            "subset": self.subset,
            "horizon": self.horizon,
            "model": self.model,
            "n": self.n,
            "crps": tidy(self.crps),
            "best_baseline": self.best,
            "best_crps": tidy(self.best_crps),
            "difference": tidy(self.difference),
            "low_by_state": tidy(self.by_state[0]),
            "high_by_state": tidy(self.by_state[1]),
            "low_by_year": tidy(self.by_year[0]),
            "high_by_year": tidy(self.by_year[1]),
            "cov90": tidy(self.cov90),
            "not_better_than": list(self.worse_than),
            "gains": self.gains,
        }


def against_best(family: Family, cells: pl.DataFrame) -> list[Against]:
    """Every model beside the best baseline, for each subset and horizon of the rolling protocol."""
    baselines = [baseline.name for baseline in baselines_of(family)]
    models = [m for m in cells["model"].unique(maintain_order=True).to_list() if m not in baselines]
    return [one for model in models for one in _each(family, cells, model, baselines)]


def beats(comparisons: Sequence[Against], model: str, subset: str) -> bool:
    """Whether the word "beats" is earned: gains one year ahead and three or five years ahead."""
    gains = {c.horizon for c in comparisons if c.model == model and c.subset == subset and c.gains}
    return _NEAR in gains and any(far in gains for far in _FAR)


def _each(family: Family, cells: pl.DataFrame, model: str, baselines: list[str]) -> Iterator[Against]:
    rolling = cells.filter(pl.col("protocol") == ROLLING)
    for subset in family.subsets:
        part = chosen(rolling, subset)
        for horizon in family.horizons:
            here = part.filter(pl.col("horizon") == horizon)
            ours = here.filter(pl.col("model") == model)
            if ours.height:
                yield _one(family, subset.name, horizon, model, ours, here, baselines)


def _one(
    family: Family,
    subset: str,
    horizon: int,
    model: str,
    ours: pl.DataFrame,
    here: pl.DataFrame,
    baselines: list[str],
) -> Against:
    pairs = {name: paired(ours, here.filter(pl.col("model") == name)) for name in baselines}
    pairs = {name: pair for name, pair in pairs.items() if pair.height}
    difference = {name: float(pair["difference"].to_numpy().mean()) for name, pair in pairs.items()}
    # The best is chosen among those that speak of every cell: a score on fewer is another score.
    whole = [name for name, pair in pairs.items() if pair.height == ours.height]
    best = max(whole, key=lambda name: difference[name])
    pair = pairs[best]
    return Against(
        family=family.name,
        subset=subset,
        horizon=horizon,
        model=model,
        n=pair.height,
        crps=float(pair["crps"].to_numpy().mean()),
        best=best,
        best_crps=float(pair["crps_rival"].to_numpy().mean()),
        difference=difference[best],
        by_state=_interval(pair, "state"),
        by_year=_interval(pair, "target"),
        cov90=float(pair["cov90"].to_numpy().mean()),
        worse_than=tuple(name for name in pairs if difference[name] >= 0),
    )


def _interval(pair: pl.DataFrame, cluster: str) -> tuple[float, float]:
    mean, error, n = clustered_difference(pair["difference"].to_numpy(), pair[cluster].to_numpy())
    reach = reach_of(error, n)
    return mean - reach, mean + reach
