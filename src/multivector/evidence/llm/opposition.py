"""Where the rules read the same words the other way round: who did it to whom, and how much.

Roles are the one thing that exact search cannot ground. The rules read the sentence as well; where they find the
same predicate between the same actors in the same words, but turned round or with another figure, one of the
two readers is wrong, and a claim that is in doubt is left to a person. Where they find it between other actors,
the claim is marked: the rules miss many.
"""

from __future__ import annotations

from collections.abc import Iterable

from multivector.evidence.records import Claim, predicates

OTHER_ACTORS = "the rules read other actors"  # the mark


def opposed(claim: Claim, rules: Iterable[Claim]) -> str:
    """How the rules contradict the claim; empty where they do not."""
    same = _same_words(claim, rules)
    agreeing = [rule for rule in same if _pair(rule) == _pair(claim)]
    subject, target = _pair(claim)
    turned = [rule for rule in same if _pair(rule) == (target, subject)]
    if subject and target and turned and not agreeing:
        return "the rules read who and whom the other way round"
    figures = {rule.value for rule in agreeing if rule.number is not None}
    if claim.number is not None and figures and claim.value not in figures:
        return f"the rules read another figure: {', '.join(sorted(figures))}"
    return ""


def differs(claim: Claim, rules: Iterable[Claim]) -> bool:
    """Whether the rules find the predicate in the same words, but between other actors only."""
    same = _same_words(claim, rules)
    return bool(same) and all(_pair(rule) != _pair(claim) for rule in same)


def _same_words(claim: Claim, rules: Iterable[Claim]) -> list[Claim]:
    return [
        rule
        for rule in rules
        if rule.predicate == claim.predicate
        and min(rule.char_end, claim.char_end) > max(rule.char_start, claim.char_start)
    ]


def _pair(claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    """Both sides; of a symmetric predicate all actors on one."""
    subject, target = frozenset(claim.subjects), frozenset(claim.objects)
    return (subject | target, frozenset()) if predicates()[claim.predicate].symmetric else (subject, target)
