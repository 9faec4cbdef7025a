"""How far a claim's mentions are to be believed.

As in INDRA, with the errors of each independent source g and of its mentions i:

    belief = 1 - Π_g ( s + Π_{i in g} r_i )

s is the systematic error, once a source: the source itself may be wrong, or read wrongly as a whole, and more
mentions do not mend that. r_i is the random error of a mention, which mentions do mend:

    r_i = 1 - min(p_i, 1 - s) - s

with p_i the expected precision of the rule that found it, so that one mention is believed as far as its rule
is right, and never beyond 1 - s. Where a person accepted or wrote the claim r_i is 0.

A source is a document *and* an original source. Mentions stand or fall together when they share the document,
the person or body that they are attributed to (the article's author included), or the very words: one paper
quoted in ten articles is one source, and so is one article that quotes it ten times. The same words count once.

Source: Gyori et al. 2017, Molecular Systems Biology 13:954 (equation; s = 0.05 for its readers); the random
error from counts of right and wrong as in INDRA's BayesianScorer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from multivector.evidence.store.precision import Precision, precision_of, rule_of
from multivector.evidence.store.rows import EvidenceRow

SYSTEMATIC: Final = 0.05
SAYING: Final = ("asserted", "reported")  # the stances that speak for a claim; `denied` speaks against it


@dataclass(frozen=True, slots=True)
class Belief:
    """Belief in a claim, beside belief in its opposite: the same formula over the mentions against it.

    Attributes
    ----------
    value, against : in [0, 1 - s] for one source, towards 1 with more; 0 where there is no mention.
    mentions, sources : for the claim, counted after what stands or falls together.
    mentions_against, sources_against : for its opposite.
    uncounted : mentions that neither assert nor deny it (hedged, alleged, forecast and so on).
    """

    value: float
    against: float
    mentions: int
    sources: int
    mentions_against: int
    sources_against: int
    uncounted: int


def belief_of(errors: Iterable[Sequence[float]], systematic: float = SYSTEMATIC) -> float:
    """1 - Π_g (s + Π_i r_i), with the random errors r_i of each independent source g; 0 without a source."""
    return 1.0 - math.prod(min(1.0, systematic + math.prod(source)) for source in errors)


def random_error(precision: float, systematic: float = SYSTEMATIC) -> float:
    """r = 1 - min(p, 1 - s) - s of a mention found by a rule of expected precision p."""
    return 1.0 - min(precision, 1.0 - systematic) - systematic


def independent(evidence: Iterable[EvidenceRow], authors: Mapping[str, str]) -> list[list[EvidenceRow]]:
    """Mentions grouped by what stands or falls together. `authors` gives a document's author by its key."""
    groups: list[tuple[set[tuple[str, str]], list[EvidenceRow]]] = []
    for each in evidence:
        keys, members = _ties(each, authors), [each]
        apart = []
        for known, others in groups:
            if known & keys:
                keys, members = known | keys, others + members
            else:
                apart.append((known, others))
        groups = [*apart, (keys, members)]
    return [members for _, members in groups]


def _ties(each: EvidenceRow, authors: Mapping[str, str]) -> set[tuple[str, str]]:
    ties = {("document", each.document)}
    if each.quote.strip():
        ties.add(("words", _plain(each.quote)))
    speaker = authors.get(each.document, "") if each.attributed_to == "AUTHOR" else each.attributed_to
    if speaker and speaker != "UNSPECIFIED":
        ties.add(("source", _plain(speaker).removeprefix("the ")))
    return ties


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def believe(
    mentions: Iterable[EvidenceRow],
    opposite: Iterable[EvidenceRow],
    records: Mapping[str, Precision],
    authors: Mapping[str, str],
    *,
    confirmed: bool = False,
    misread: bool = False,
) -> Belief:
    """Belief in a claim.

    Parameters
    ----------
    mentions, opposite : of the claim, and of the same claim with the other polarity.
    records : what is known of each rule, see `precision`.
    confirmed : a person accepted or wrote the claim. misread : a person rejected or corrected it: belief is 0.
    """
    mentions, opposite = list(mentions), list(opposite)
    pro = [each for each in mentions if each.stance in SAYING]
    against = [each for each in mentions if each.stance == "denied"]
    against += [each for each in opposite if each.stance in SAYING]
    for_it, against_it = independent(pro, authors), independent(against, authors)
    errors = [_errors(source, records, sure=confirmed) for source in for_it]
    return Belief(
        value=0.0 if misread else belief_of(errors),
        against=belief_of([_errors(source, records, sure=False) for source in against_it]),
        mentions=len(pro),
        sources=len(for_it),
        mentions_against=len(against),
        sources_against=len(against_it),
        uncounted=sum(each.stance not in (*SAYING, "denied") for each in mentions),
    )


def _errors(source: Iterable[EvidenceRow], records: Mapping[str, Precision], *, sure: bool) -> list[float]:
    """Random errors of a source's mentions, the same words once."""
    worded: dict[str, float] = {}
    for each in source:
        rule = rule_of(each)
        error = 0.0 if sure else random_error((records.get(rule) or precision_of(rule)).mean)
        words = _plain(each.quote)
        worded[words] = min(error, worded.get(words, 1.0))
    return list(worded.values())
