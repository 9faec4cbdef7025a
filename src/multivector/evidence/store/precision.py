"""How often a rule is right, from what curators made of its claims.

Each claim that a person accepted, rejected or corrected is one trial of every rule that found it, however
often it found it; merges and splits say nothing. With a of n accepted and a prior Beta(α, β)

    precision ~ Beta(α + a, β + n - a)

The prior is Jeffreys', α = β = 1/2. Where the rule declares a precision p (column `precision` of
`vocabulary/*/patterns.csv`), that is worth `DECLARED` trials more: α = 1/2 + 10 p, β = 1/2 + 10 (1 - p).

Source: Brown, Cai & DasGupta 2001, Statistical Science 16:101-133 (Jeffreys' interval).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from multivector.evidence.store.rows import EvidenceRow
from multivector.evidence.store.standing import State

DECLARED: Final = 10.0  # curations that a declared precision is worth
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Precision:
    """A rule's record: counts, the declared precision, and the posterior's mean and 95 % interval.

    `rule` is the rule's id, or the reader's name where the reader has no rules.
    """

    rule: str
    claims: int
    accepted: int
    wrong: int
    declared: float | None
    mean: float
    low: float
    high: float


def rule_of(evidence: EvidenceRow) -> str:
    """Whose record a mention counts in: its rule, else its reader."""
    return evidence.rule or evidence.reader


def precision_of(
    rule: str, *, accepted: int = 0, wrong: int = 0, claims: int = 0, declared: float | None = None
) -> Precision:
    """The posterior of a rule's precision.

    Parameters
    ----------
    accepted, wrong : curated claims that the rule found, by outcome.
    claims : all claims that it found.
    declared : the precision that the rule's author gives it, in [0, 1]; None where there is none.
    """
    from scipy.special import betaincinv  # heavy: only where asked

    worth = 0.0 if declared is None else DECLARED
    alpha = 0.5 + worth * (declared or 0.0) + accepted
    beta = 0.5 + worth * (1.0 - (declared or 0.0)) + wrong
    low, high = (float(betaincinv(alpha, beta, at)) for at in (_LOW, _HIGH))
    return Precision(rule, claims, accepted, wrong, declared, alpha / (alpha + beta), low, high)


def precisions(
    evidence: Iterable[EvidenceRow], state: State, declared: Mapping[str, float] | None = None
) -> dict[str, Precision]:
    """The record of every rule that found a claim of the ledger, by rule."""
    known = declared_precisions() if declared is None else declared
    found: dict[str, set[str]] = {}
    for each in evidence:
        found.setdefault(rule_of(each), set()).add(each.claim)
    records = {}
    for rule, claims in sorted(found.items()):
        # What a person wrote in another claim's place is no trial of a rule that happens to have found it too.
        judged = [
            state.standing(claim).status
            for claim in claims
            if (by := state.standing(claim).by) is not None and by.claim == claim
        ]
        records[rule] = precision_of(
            rule,
            accepted=judged.count("accepted"),
            wrong=judged.count("rejected") + judged.count("corrected"),
            claims=len(claims),
            declared=known.get(rule),
        )
    return records


@cache
def declared_precisions() -> Mapping[str, float]:
    """The precision that each rule declares, by rule; empty where the patterns have no such column."""
    found: dict[str, float] = {}
    for language in sorted(files("multivector.evidence").joinpath("vocabulary").iterdir(), key=str):
        table = language.joinpath("patterns.csv")
        if language.is_dir() and table.is_file():
            for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))):
                if row.get("precision"):
                    found[row["id"]] = float(row["precision"])
    return found
