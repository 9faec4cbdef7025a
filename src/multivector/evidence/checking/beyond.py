"""Sentences that look like what the tables hold and are not: no template may answer them.

A comparison of two actors; a month of a figure that is kept by the year; what one state sends to another, or
through a route, in tonnes, where the tables know its whole production or the route's whole volume.
"""

from __future__ import annotations

import re

from multivector.evidence.checking.said import Said

_COMPARES = re.compile(
    r"\b(?:more|less|fewer|larger|greater|bigger|smaller|higher|lower)\b[^;]{0,80}?\bthan\s+(?:the\s+)?[A-Z]"
)
_VOLUME = re.compile(r"\b(?:tonn?es?|tons?|bcm|cubic met(?:re|er)s|barrels|[kGMT]Wh)\b", re.I)
_SENDS = r"\b(?:suppl(?:y|ied|ies)|export(?:s|ed)?|shipp?(?:s|ed)?|sold|sells?|deliver(?:s|ed)?|sent|pump(?:s|ed)?)\b"
_TO_SOMEBODY = re.compile(rf"{_SENDS}[^;]*\bto\s+(?:the\s+)?[A-Z]")
_THROUGH = re.compile(rf"{_SENDS}[^;]*\b(?:through|via|along)\b")


_ONLY_WHEN = re.compile(
    r"\b(?:before|after|since|during|until|following|preceding)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}(?:war|conflict)\b",
    re.I,
)


def beyond(said: Said) -> str:
    """Why no table can answer the claim; empty where one may."""
    claim, quote = said.claim, said.quote
    if claim.number is None and _COMPARES.search(quote):
        return "it compares two actors; the templates test one at a time"
    of_war = claim.predicate in ("at_war_with", "attacks", "war_duration", "wins_war_against")
    if claim.number is None and not of_war and not claim.objects and _ONLY_WHEN.search(quote):
        return "it dates something else by a war"
    monthly = len(claim.date_start) >= len("2020-01") and claim.date_start[:7] == claim.date_end[:7]
    if claim.predicate == "inflation" and monthly:
        return "it speaks of a month; the data hold averages of the year"
    if claim.predicate == "states_figure" and claim.subjects and _VOLUME.search(claim.unit):
        if claim.objects and _TO_SOMEBODY.search(quote):
            return "it speaks of a flow between two actors; the data hold sums and shares"
        if _THROUGH.search(quote):
            return "it speaks of one actor's part in a route; the data hold the whole"
    return ""
