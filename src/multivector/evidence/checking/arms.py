"""Arms claims against the layer `arms`: volumes of major arms delivered (trend-indicator values, TIV).

share = sum over the window of deliveries from the supplier / sum of all deliveries to the recipient

The unit is a volume, not money: a contract's price cannot be tested with it. The window decides, so a verdict
names it; where the claim names none, the five and ten years to the last year covered are tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from multivector.atlas import Region
from multivector.evidence.checking.book import book_of
from multivector.evidence.checking.precision import Stated, agreement, spread_text, stated_in, tolerance_text
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    inverted,
    name_of,
    version_of,
)
from multivector.evidence.checking.windows import Window, covered, window_of
from multivector.evidence.records import Claim

LAYER = "arms"
_USUAL = (5, 10)  # years; SIPRI itself reports five-year windows


@dataclass(frozen=True, slots=True)
class Share:
    """A supplier's share of a recipient's deliveries in a window, in percent."""

    value: float
    low: float
    high: float
    sources: tuple[str, ...]
    vintages: tuple[str, ...]


def check_arms_share(claim: Claim, region: Region) -> Verdict:
    """A share of arms imports, or a stated degree of dependence on a supplier."""
    backward = claim.predicate == "arms_dependence_on"
    suppliers, recipients = (claim.objects, claim.subjects) if backward else (claim.subjects, claim.objects)
    missing = unanswerable(claim, region, suppliers, recipients)
    stated = stated_in(claim)
    if missing is not None:
        why = f"the claim states no figure that could be true or false; {missing.why}"
        return missing if stated is not None else replace(missing, why=why)
    if stated is None or claim.unit not in ("percent", ""):
        return _unstated(claim, region, suppliers[0], recipients[0])
    supplier, recipient = suppliers[0], recipients[0]
    begin, end = covered(region, LAYER, recipient) or (0, 0)
    window = window_of(claim, end)
    query = f"{name_of(region, supplier)}'s share of deliveries of major arms to {name_of(region, recipient)}"
    if window is not None:
        if window.first < begin or window.last > end:
            return not_checkable(
                claim,
                region,
                f"the data cover {begin} to {end}; coverage that ends is missing, not a refutation",
                query=f"{query}, {window}",
                window=str(window),
            )
        return _against(claim, region, stated, share_of(region, supplier, recipient, window), window, query)
    if claim.date_end:
        why = f"the claim names the end ({claim.date_end}) but not the beginning of its period"
        return not_checkable(claim, region, why, query=query)
    return _without_window(claim, region, stated, supplier, recipient, (begin, end), query)


def dataset_of(region: Region) -> str:
    """The layer's title."""
    return str(region.row("layers", "layer", LAYER)["title"])


def unanswerable(
    claim: Claim, region: Region, suppliers: tuple[str, ...], recipients: tuple[str, ...]
) -> Verdict | None:
    if len(suppliers) != 1 or len(recipients) != 1:
        return not_checkable(claim, region, "the claim does not name one supplier and one recipient")
    if covered(region, LAYER, recipients[0]) is None:
        named = ", ".join(region.states)
        return not_checkable(
            claim, region, f"the region holds deliveries to {named} only, not to {recipients[0]}"
        )
    partners = set(region.table(f"ties/{LAYER}")["partner"]) | set(region.table("actors")["code"])
    if suppliers[0] not in partners:
        return not_checkable(claim, region, f"{suppliers[0]} is not an actor of the region")
    return None


def share_of(region: Region, supplier: str, recipient: str, window: Window) -> Share | None:
    """The share in percent; None where nothing was delivered in the window."""
    book = book_of(region)
    years = range(window.first, window.last + 1)
    used = [f for year in years for f in book.tie(LAYER, recipient, year).values()]
    shares = book.shares(LAYER, window.first, window.last)[recipient]
    if supplier in shares:
        value, low, high = (100 * part for part in shares[supplier])
    else:
        known = any(not math.isnan(value) for value, _, _ in shares.values())
        value = low = high = 0.0 if known else math.nan
    if math.isnan(value):
        return None
    sources = tuple(sorted({key for figure in used for key in figure.sources}))
    return Share(value, low, high, sources, tuple(sorted({v for figure in used for v in figure.vintages})))


def _against(
    claim: Claim, region: Region, stated: Stated, share: Share | None, window: Window, query: str
) -> Verdict:
    query = f"{query}, {window}"
    if share is None:
        return not_checkable(
            claim, region, "no delivery at all is recorded in the window", query=query, window=str(window)
        )
    found = agreement(stated, share.value, share.low, share.high)
    spread = spread_text(share.low, share.high, " percent", 1, len(share.vintages))
    said = f"stated {stated.op if stated.op != '=' else ''}{stated.value:g} percent, computed {share.value:.1f} percent"
    verdict = inverted(found) if claim.polarity == "-" else found
    why = f"{said} in {window}{spread}" + ("; the claim denies it" if claim.polarity == "-" else "")
    return Verdict(
        claim.id,
        verdict,
        why,
        dataset=dataset_of(region),
        data_version=version_of(region, share.vintages),
        query=query,
        computed=round(share.value, 4),
        computed_text=f"{share.value:.1f} percent{spread}",
        tolerance=tolerance_text(stated, " percentage points", share.high - share.low, 1),
        window=str(window),
        source=share.sources,
    )


def _without_window(
    claim: Claim,
    region: Region,
    stated: Stated,
    supplier: str,
    recipient: str,
    years: tuple[int, int],
    query: str,
) -> Verdict:
    begin, end = years
    tried = []
    for length in _USUAL:
        window = Window(max(begin, end - length + 1), end, stated=False)
        tried.append(
            _against(claim, region, stated, share_of(region, supplier, recipient, window), window, query)
        )
    for verdict in tried:
        if verdict.verdict == SUPPORTED:
            return verdict.reread(SUPPORTED, f"the claim names no years; {verdict.why}")
    found = "; ".join(f"{v.window}: {v.computed_text or 'nothing delivered'}" for v in tried)
    for length in _USUAL:
        for last in range(end, begin + length - 2, -1):
            window = Window(last - length + 1, last, stated=False)
            share = share_of(region, supplier, recipient, window)
            if share is None:
                continue
            word = agreement(stated, share.value, share.low, share.high)
            if (inverted(word) if claim.polarity == "-" else word) == SUPPORTED:
                why = f"the claim names no years; it holds for {window} ({share.value:.1f} percent), not lately ({found})"
                return tried[0].reread(PARTLY, why)
    near = next((verdict for verdict in tried if verdict.verdict == PARTLY), None)
    if near is not None:
        return near.reread(PARTLY, f"the claim names no years; {near.why}")
    return tried[0].reread(REFUTED, f"the claim names no years; it holds in no five or ten years ({found})")


def _unstated(claim: Claim, region: Region, supplier: str, recipient: str) -> Verdict:
    _, end = covered(region, LAYER, recipient) or (0, 0)
    window = window_of(claim, end) or Window(end - 4, end, stated=False)
    share = share_of(region, supplier, recipient, window)
    found = f"{share.value:.1f} percent in {window}" if share is not None else ""
    return not_checkable(
        claim,
        region,
        "the claim states no figure that could be true or false",
        query=f"{name_of(region, supplier)}'s share of deliveries of major arms to {name_of(region, recipient)}, {window}",
        computed=round(share.value, 4) if share is not None else None,
        computed_text=found,
        window=str(window),
        source=share.sources if share is not None else (),
    )


def not_checkable(
    claim: Claim,
    region: Region,
    why: str,
    *,
    query: str = "",
    computed: float | None = None,
    computed_text: str = "",
    window: str = "",
    dataset: str | None = None,
    source: tuple[str, ...] = (),
) -> Verdict:
    return Verdict(
        claim.id,
        NOT_CHECKABLE,
        why,
        dataset=dataset_of(region) if dataset is None else dataset,
        data_version=version_of(region),
        query=query,
        computed=computed,
        computed_text=computed_text,
        window=window,
        source=source,
    )
