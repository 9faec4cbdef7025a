"""Scores of resolved forecasts of yes or no; lower is better, skill apart.

    Brier score      mean (p - o)^2                                          Brier 1950
    log score        mean -log2 of the probability given to what happened, in bits, p held in [0.001, 0.999]
    skill            1 - Brier / Brier of the base rates, on the forecasts that have one
    decomposition    Brier = reliability - resolution + uncertainty + within, over bins of p

with n_k forecasts of mean f_k in bin k, of which a part o_k came true, and o of all:

    reliability = sum n_k (f_k - o_k)^2 / n      resolution = sum n_k (o_k - o)^2 / n
    uncertainty = o (1 - o)                      within = sum (f - f_k)^2 / n - 2 sum (f - f_k)(o_j - o_k) / n

Sources: Brier 1950, Monthly Weather Review 78:1-3; Murphy 1973, J. Applied Meteorology 12:595-600; the term
`within`, which makes the sum exact in bins: Stephenson, Coelho & Jolliffe 2008, Weather and Forecasting
23:752-757; interval of a rate: Wilson 1927, J. American Statistical Association 22:209-212.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from multivector.inference.ledger.book import Book
from multivector.inference.scores import brier, clustered_difference, reach_of, surprise

BINS = 10
_Z = 1.959963984540054  # 97.5 % quantile of the normal distribution


@dataclass(frozen=True, order=True)
class Scored:
    """A resolved forecast: what was said, what the base rate said, what happened, and whom it is about."""

    id: str
    state: str
    probability: float
    base_rate: float | None
    outcome: bool


@dataclass(frozen=True)
class Bin:
    """Forecasts between two probabilities: how many, their mean, how often they came true (95 % interval)."""

    lower: float
    upper: float
    n: int
    mean: float
    rate: float
    rate_low: float
    rate_high: float


@dataclass(frozen=True)
class AgainstBaseRate:
    """The `n` forecasts that have a base rate, beside it.

    `difference` is Brier minus the base rate's; `low` and `high` bound it at 95 %, errors clustered by state;
    None where one state is all there is.
    """

    n: int
    states: int
    brier: float
    brier_base: float
    log_score: float
    log_score_base: float
    skill: float | None
    difference: float
    low: float | None
    high: float | None

    @property
    def beats(self) -> bool:
        """A gain counts when its interval excludes zero."""
        return self.high is not None and self.high < 0


@dataclass(frozen=True)
class Score:
    """The scores of `n` resolved forecasts."""

    n: int
    came_true: int
    brier: float
    log_score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    bins: tuple[Bin, ...]
    base: AgainstBaseRate | None


def resolved(book: Book, *, hindsight: bool = False) -> list[Scored]:
    """The resolved forecasts of a ledger, by their latest resolution; those made in hindsight stand apart."""
    found = []
    for forecast in book.forecasts:
        said = book.latest(forecast.id)
        if said is not None and forecast.hindsight == hindsight:
            state = forecast.rule.state
            found.append(Scored(forecast.id, state, forecast.probability, forecast.base_rate, said.outcome))
    return found


def score(forecasts: Iterable[Scored]) -> Score | None:
    """Score forecasts; None where there is none, for then there is no number. Their order does not matter."""
    given = sorted(forecasts, key=lambda each: each.id)
    if not given:
        return None
    n = len(given)
    bins = [(k, [each for each in given if _bin(each.probability) == k]) for k in range(BINS)]
    table = [_row(k, members) for k, members in bins if members]
    rate = sum(each.outcome for each in given) / n
    within = []
    for row, (_, members) in zip(table, [pair for pair in bins if pair[1]], strict=True):
        for each in members:
            off = each.probability - row.mean
            within.append(off * off - 2.0 * off * (each.outcome - row.rate))
    return Score(
        n=n,
        came_true=sum(each.outcome for each in given),
        brier=_brier((each.probability, each.outcome) for each in given),
        log_score=_bits((each.probability, each.outcome) for each in given),
        reliability=fsum(row.n * (row.mean - row.rate) ** 2 for row in table) / n,
        resolution=fsum(row.n * (row.rate - rate) ** 2 for row in table) / n,
        uncertainty=rate * (1.0 - rate),
        within=fsum(within) / n,
        bins=tuple(table),
        base=_against(given),
    )


def _bin(probability: float) -> int:
    """Bins are [k/10, (k+1)/10); rounded first, so that 3 of 10 is 0.3 however it was reckoned."""
    return min(math.floor(round(probability * BINS, 9)), BINS - 1)


def _row(k: int, members: Sequence[Scored]) -> Bin:
    n, came_true = len(members), sum(each.outcome for each in members)
    low, high = wilson(came_true, n)
    mean = fsum(each.probability for each in members) / n
    return Bin(k / BINS, (k + 1) / BINS, n, mean, came_true / n, low, high)


def wilson(yes: int, n: int) -> tuple[float, float]:
    """Score interval of a rate, 95 %: (yes + z^2/2)/(n + z^2) -+ z sqrt(yes (n - yes)/n + z^2/4)/(n + z^2)."""
    middle, total = yes + _Z**2 / 2, n + _Z**2
    reach = _Z * math.sqrt(yes * (n - yes) / n + _Z**2 / 4)
    return max((middle - reach) / total, 0.0), min((middle + reach) / total, 1.0)


def _brier(pairs: Iterable[tuple[float, bool]]) -> float:
    terms = [float(brier(p, outcome)) for p, outcome in pairs]
    return fsum(terms) / len(terms)


def _bits(pairs: Iterable[tuple[float, bool]]) -> float:
    terms = [float(surprise(p, outcome)) for p, outcome in pairs]
    return fsum(terms) / len(terms)


def _against(given: Sequence[Scored]) -> AgainstBaseRate | None:
    rated = [(each, each.base_rate) for each in given if each.base_rate is not None]
    if not rated:
        return None
    ours = [(each.probability, each.outcome) for each, _ in rated]
    theirs = [(rate, each.outcome) for each, rate in rated]
    brier, base = _brier(ours), _brier(theirs)
    gaps = [(p - o) ** 2 - (q - o) ** 2 for (p, o), (q, _) in zip(ours, theirs, strict=True)]
    _, error, states = clustered_difference(gaps, [each.state for each, _ in rated])
    difference = fsum(gaps) / len(gaps)
    low = high = None
    if states > 1:
        reach = reach_of(error, states)
        low, high = difference - reach, difference + reach
    return AgainstBaseRate(
        n=len(rated),
        states=states,
        brier=brier,
        brier_base=base,
        log_score=_bits(ours),
        log_score_base=_bits(theirs),
        skill=1.0 - brier / base if base > 0 else None,
        difference=difference,
        low=low,
        high=high,
    )
