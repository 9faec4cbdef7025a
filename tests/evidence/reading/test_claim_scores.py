"""How claims are scored against annotated ones, and how a rule's precision is reckoned from that."""

from __future__ import annotations

import pytest

from claim_scores import annotators_vocabulary, matches, score
from measure_rule_precision import precisions
from multivector.evidence.records import Claim


def _claim(start: int, end: int, predicate: str, subject: str, target: str, **more: str) -> Claim:
    return Claim("c", "d", "", "", start, end, "event", "", subject, predicate, "", "", target, **more)


def test_a_rule_stands_near_the_mean_until_it_has_made_many_claims():
    found = precisions(["a", "b", "never"], {"a": 16, "b": 4}, {"a": 16, "b": 0})
    mean = 16 / 20
    assert found == pytest.approx({"a": (16 + 4 * mean) / 20, "b": 4 * mean / 8, "never": mean})


def test_matches_are_one_to_one_and_the_better_goes_first():
    wanted = [_claim(0, 20, "attacks", "COR", "AVE"), _claim(0, 20, "supports", "AVE", "COR")]
    read = [_claim(10, 60, "supports", "AVE:GOV", "COR"), _claim(4, 12, "attacks", "COR", "AVE")]
    found = {place: partner for place, (partner, _) in matches(wanted, read).items()}
    assert found == {0: 1, 1: 0}
    assert (score(wanted, read).strict, score(wanted, read[:1]).strict) == (2, 1)


def test_spans_must_share_half_of_the_shorter():
    wanted = [_claim(0, 20, "attacks", "COR", "AVE")]
    assert score(wanted, [_claim(11, 29, "attacks", "COR", "AVE")]).matched == 1
    assert score(wanted, [_claim(12, 29, "attacks", "COR", "AVE")]).matched == 0


def test_sides_of_a_symmetric_predicate_are_compared_together():
    symmetric = next(name for name, (_, both) in annotators_vocabulary().items() if both)
    wanted = [_claim(0, 20, symmetric, "COR", "AVE")]
    assert score(wanted, [_claim(0, 20, symmetric, "AVE", "COR")]).loose == 1
    assert score(wanted, [_claim(0, 20, symmetric, "AVE", "COR", polarity="-")]).loose == 0
