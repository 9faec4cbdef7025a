"""Arms claims that are no shares: ranks of suppliers, deliveries at all, contracts and orders."""

from __future__ import annotations

from multivector.atlas import Region
from multivector.evidence.checking.arms import (
    LAYER,
    dataset_of,
    not_checkable,
    share_of,
    unanswerable,
)
from multivector.evidence.checking.precision import stated_in
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    name_of,
    version_of,
)
from multivector.evidence.checking.windows import Window, covered, window_of, year_of
from multivector.evidence.records import Claim


def check_arms_rank(claim: Claim, region: Region) -> Verdict:
    """'X is the largest supplier of Y'; a rank among recipients needs all recipients of the world."""
    if claim.unit != "rank(arms_supplier)":
        why = "the region holds deliveries to its own states only; a rank among all recipients of a supplier needs the whole"
        return not_checkable(claim, region, why)
    missing = unanswerable(claim, region, claim.subjects, claim.objects)
    stated = stated_in(claim)
    if missing is not None or stated is None:
        return missing or not_checkable(claim, region, "the claim states no rank")
    supplier, recipient = claim.subjects[0], claim.objects[0]
    begin, end = covered(region, LAYER, recipient) or (0, 0)
    window = window_of(claim, end) or Window(end - 4, end, stated=False)
    query = (
        f"{name_of(region, supplier)}'s rank among the suppliers of {name_of(region, recipient)}, {window}"
    )
    if window.first < begin or window.last > end:
        return not_checkable(
            claim, region, f"the data cover {begin} to {end}", query=query, window=str(window)
        )
    groups = set(region.table("actors").filter(region.table("actors")["kind"] == "group")["code"])
    shares = region.share(LAYER, window.first, window.last).sel(state=recipient)["value"]
    ranked = sorted(
        (
            (float(v), str(p))
            for p, v in zip(shares["partner"].values, shares.values, strict=True)
            if v > 0 and p not in groups
        ),
        reverse=True,
    )
    place = next((i for i, (_, code) in enumerate(ranked, 1) if code == supplier), None)
    top = ", ".join(f"{name_of(region, code)} {100 * value:.1f}" for value, code in ranked[:3])
    found: Word = SUPPORTED if place == round(stated.value) else REFUTED
    share = share_of(region, supplier, recipient, window)
    return Verdict(
        claim.id,
        inverted(found) if claim.polarity == "-" else found,
        f"by volume delivered in {window} the first are {top} percent" if top else "nothing was delivered",
        dataset=dataset_of(region),
        data_version=version_of(region, share.vintages if share else ()),
        query=query,
        computed=float(place) if place is not None else None,
        computed_text=f"rank {place}" if place is not None else "no delivery",
        tolerance="none: a rank is whole",
        window=str(window) + ("" if window.stated else " (the claim names no years)"),
        source=share.sources if share else (),
    )


def check_transfer(claim: Claim, region: Region) -> Verdict:
    """Whether anything was delivered at all; volumes of zero refute nothing but a delivery of major arms."""
    missing = unanswerable(claim, region, claim.subjects, claim.objects)
    if missing is not None:
        return missing
    supplier, recipient = claim.subjects[0], claim.objects[0]
    begin, end = covered(region, LAYER, recipient) or (0, 0)
    window = window_of(claim, end)
    if window is None or window.first < begin or window.last > end:
        return not_checkable(claim, region, f"the claim names no years within {begin} to {end}")
    share = share_of(region, supplier, recipient, window)
    some = share is not None and share.value > 0
    query = (
        f"deliveries of major arms from {name_of(region, supplier)} to {name_of(region, recipient)}, {window}"
    )
    denies = claim.polarity == "-"
    found: Word = NOT_CHECKABLE
    if some or denies:
        found = REFUTED if some and denies else SUPPORTED
    why = (
        f"deliveries of major arms are recorded in {window}"
        if some
        else f"no delivery of major arms is recorded in {window}; smaller arms and orders are not in the data"
    )
    return Verdict(
        claim.id,
        found,
        why,
        dataset=dataset_of(region),
        data_version=version_of(region, share.vintages if share else ()),
        query=query,
        computed=round(share.value, 4) if share else None,
        computed_text=f"{share.value:.1f} percent of all deliveries" if share else "",
        tolerance="none: something was delivered or nothing",
        window=str(window),
        source=share.sources if share else (),
    )


def check_contract(claim: Claim, region: Region) -> Verdict:
    """A price or a number ordered: no delivered volume can test it; press reports stand beside it."""
    why = (
        "a contract's value is money; the data hold volumes delivered (TIV), which are no price"
        if claim.predicate == "arms_contract_value"
        else "a number ordered is not a number delivered; announcements run ahead of deliveries"
    )
    pair = (claim.subjects, claim.objects)
    suppliers, recipients = pair if claim.predicate == "arms_contract_value" else pair[::-1]
    deals = region.table("deals").iter_rows(named=True) if "deals" in region.tables else ()
    known = [
        row
        for row in deals
        if row["supplier"] in suppliers and row["recipient"] in recipients and _apart(claim, row) <= 1
    ]
    known.sort(key=lambda row: _apart(claim, row))
    reports = "; ".join(_deal(row) for row in known[:4])
    if reports:
        why += f". Reports at hand: {reports}"
    return not_checkable(
        claim, region, why, dataset="", source=tuple(sorted({str(row["source"]) for row in known[:4]}))
    )


def _apart(claim: Claim, row: dict[str, object]) -> int:
    """Years between a deal and the claim's period; 0 where either is not dated."""
    first = year_of(claim.date_start) or year_of(claim.date_end)
    last = year_of(claim.date_end) or first
    if first is None or last is None or not row["year"]:
        return 0
    year = int(str(row["year"]))
    return max(first - year, year - last, 0)


def _deal(row: dict[str, object]) -> str:
    value = row["value_usd"]
    price = f", {float(str(value)) / 1e6:,.0f} million dollars" if value else ""
    count = f"{row['quantity']} " if row["quantity"] else ""
    year = f" ({row['year']})" if row["year"] else ""
    return f"{count}{row['system']}{year}{price}, {row['status']}"
