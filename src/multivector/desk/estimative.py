"""Words of estimative probability, where a track record earns them.

The terms and ranges are those of the US Intelligence Community Directive 203, "Analytic Standards"
(2 January 2015), as quoted in secondary copies; they are data, in `estimative.csv`. Ranges meet at their
ends: a probability on an end takes the higher term. Confidence in the analysis is another thing than
likelihood (the directive forbids to mix them in a sentence) and is never part of these sentences.

A quantity that has not beaten persistence in a hindcast gets no word: the sentence counts runs.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SOURCE = (
    "US Intelligence Community Directive 203, Analytic Standards, 2 January 2015 (ranges as quoted in copies)"
)


@dataclass(frozen=True)
class Term:
    """A row of the scale: the term, its alternative, and its range in per cent."""

    term: str
    alternative: str
    low_pct: int
    high_pct: int

    @property
    def range_text(self) -> str:
        """The range as it is printed, for example 55–80%."""
        return f"{self.low_pct}–{self.high_pct}%"


@dataclass(frozen=True)
class JudgementSentence:
    """A judgement's likelihood in words.

    `lead` opens the sentence and may be set bold, `figure` stands behind it, `quantity` is what may happen.
    `term` is None where no estimative word is allowed.
    """

    lead: str
    figure: str
    quantity: str
    term: Term | None

    def __str__(self) -> str:
        return f"{self.lead} {self.figure}: {self.quantity}"


@cache
def scale() -> tuple[Term, ...]:
    """The seven terms, least likely first."""
    table = (files("multivector.desk") / "estimative.csv").read_text(encoding="utf-8")
    return tuple(
        Term(row["term"], row["alternative"], int(row["low_pct"]), int(row["high_pct"]))
        for row in csv.DictReader(table.splitlines())
    )


def term_for(p: float) -> Term:
    """The term whose range holds `p`; below the first and above the last range, the first and the last."""
    pct = round(100 * p, 9)  # 0.55 and 55 runs of 100 are the same probability
    return next((term for term in reversed(scale()) if pct >= term.low_pct), scale()[0])


def percent(p: float) -> str:
    """A probability as whole per cent, never 0 and never 100."""
    if p < 0.01:
        return "under 1%"
    if p > 0.99:
        return "over 99%"
    return f"{min(max(round(100 * p), 1), 99)}%"


def judgement_sentence(p: float, n: int, quantity_text: str, *, beats_persistence: bool) -> JudgementSentence:
    """Say how likely a quantity is, as far as its track record allows.

    Parameters
    ----------
    p : share of the n runs in which it holds, in [0, 1].
    n : number of runs that could say (a run without the quantity is not counted).
    quantity_text : what may happen, as a clause with its own full stop.
    beats_persistence : whether the quantity beat persistence in a hindcast.

    Returns
    -------
    With a track record the estimative term, its range and the probability; otherwise
    "In x of n runs under stated priors".

    Raises
    ------
    ValueError : p is not a probability, or n is not positive.
    """
    if not (math.isfinite(p) and 0 <= p <= 1):
        raise ValueError(f"{p} is not a probability")
    if n < 1:
        raise ValueError("a judgement needs at least one run")
    if beats_persistence:
        term = term_for(p)
        lead = term.term[0].upper() + term.term[1:]
        return JudgementSentence(lead, f"({term.range_text}; here {percent(p)})", quantity_text, term)
    held = round(p * n)
    count = f"all {n:,}" if held == n else f"{'none' if held == 0 else f'{held:,}'} of {n:,}"
    return JudgementSentence(f"In {count} runs", "under stated priors", quantity_text, None)
