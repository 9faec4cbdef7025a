"""Yearly figures of states (output, growth, prices, people, remittances, debt, arms burden) and yearly shares."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from multivector.atlas import Region
from multivector.evidence.checking.arms import tolerance_text
from multivector.evidence.checking.precision import Stated, agreement, spread_text, stated_in
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    name_of,
    version_of,
)
from multivector.evidence.checking.windows import Window, window_of
from multivector.evidence.records import Claim

# predicate and unit of the claim -> indicator of the region
_INDICATORS = {
    ("gdp", "USD"): "gdp_current_usd",
    ("gdp_growth", "percent"): "gdp_growth",
    ("inflation", "percent"): "inflation_cpi",
    ("population", "people"): "population",
    ("remittances", "percent of GDP"): "remittances_received",
    ("remittances", "percent"): "remittances_received",
    ("military_expenditure", "percent"): "military_expenditure",
    ("military_expenditure", "percent of GDP"): "military_expenditure",
    ("public_debt", "percent"): "public_debt",
    ("public_debt", "percent of GDP"): "public_debt",
    ("unemployment", "percent"): "unemployment",
    ("poverty_rate", "percent"): "poverty_rate",
}
# predicate -> layer of ties, and whether the claim's subject is the partner of its object
_LAYERS = {
    "export_market_of": "exports",
    "import_share_of": "imports",
    "remittance_share_of": "remittances",
    "votes_with": "un_agreement",
}
_RECENT = 3  # years: how old a figure without a year may be


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one year, its bounds and sources, in the claim's unit."""

    value: float
    low: float
    high: float
    sources: tuple[str, ...]
    vintages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to look up: `look` gives the figure of a year; `text` says it in words."""

    text: str
    dataset: str
    unit: str
    digits: int
    look: Callable[[int], Figure | None]
    years: tuple[int, ...]


_FALLS = re.compile(
    r"\b(shr[aiu]nk\w*|contract(s|ed|ing|ion)|fell|fall(s|en|ing)?|declin\w+|dropp?\w*|decreas\w+)\b", re.I
)
_BY = re.compile(
    r"\b(rose|ris\w+|grew|grow\w*|increas\w+|fell|fall(s|en|ing)?|declin\w+|dropp?\w*|decreas\w+|cut|up|down)\b"
    r"[^.;]{0,40}\bby\b",
    re.I,
)


def check_figure(claim: Claim, region: Region) -> Verdict:
    """A state's yearly figure."""
    unit = claim.unit
    name = _INDICATORS.get((claim.predicate, unit))
    known = set(region.table("indicators")["indicator"])
    if name is None or name not in known:
        why = (
            f"the region has no yearly figure for {claim.predicate.replace('_', ' ')} in {unit or 'no unit'}"
        )
        return _no(claim, region, why)
    if len(claim.subjects) != 1:
        return _no(claim, region, "the claim is about no single state")
    falls, by = _FALLS.search(claim.quote), _BY.search(claim.quote)
    if claim.predicate == "gdp_growth":
        # "shrank by 5 percent" is a growth of minus five, however the number was written down.
        if falls and not claim.value.startswith("-"):
            claim = replace(claim, value=f"-{claim.value}")
    elif by:
        return _no(claim, region, "the claim states a change; the data hold yearly levels")
    return _answer(claim, region, _indicator(region, name, claim.subjects[0]))


def _indicator(region: Region, name: str, actor: str) -> Question:
    about = region.row("indicators", "indicator", name)
    rows = region.table("observations")
    rows = rows.filter((rows["indicator"] == name) & (rows["actor"] == actor))
    money = about["unit"] in ("USD", "international USD", "persons")

    def look(year: int) -> Figure | None:
        used = rows.filter(rows["year"] == year)
        if not used.height:
            return None
        cell = region.series(name, year, year, actors=[actor]).isel(actor=0, year=0)
        value, low, high = (float(cell[part]) for part in ("value", "low", "high"))
        if math.isnan(value):
            return None
        return Figure(
            value, low, high, tuple(sorted(set(used["source"]))), tuple(sorted(set(used["vintage"])))
        )

    return Question(
        f"{about['title']} of {name_of(region, actor)}",
        str(about["title"]),
        f" {about['unit']}",
        0 if money else 1,
        look,
        tuple(sorted(set(rows["year"].to_list()))),
    )


def check_tie_share(claim: Claim, region: Region) -> Verdict:
    """A partner's share of a state's trade or remittances, or of votes cast alike, in one year."""
    layer = _LAYERS[claim.predicate]
    if layer not in region.layers:
        return _no(claim, region, f"the region has no layer {layer}")
    if len(claim.subjects) != 1 or len(claim.objects) != 1:
        return _no(claim, region, "the claim does not name one state and one partner")
    partner, state = claim.subjects[0], claim.objects[0]
    if claim.predicate == "votes_with" and partner in region.states:
        state, partner = partner, state
    return _answer(claim, region, _tie(region, layer, state, partner))


def _tie(region: Region, layer: str, state: str, partner: str) -> Question:
    about = region.row("layers", "layer", layer)
    rows = region.table(f"ties/{layer}")
    rows = rows.filter((rows["state"] == state) & (rows["partner"] == partner))

    def look(year: int) -> Figure | None:
        used = rows.filter(rows["year"] == year)
        if not used.height:
            return None
        cell = region.tie(layer, year, year, states=[state]).sel(state=state, partner=partner, year=year)
        value, low, high = (100 * float(cell[part]) for part in ("value", "low", "high"))
        if math.isnan(value):
            return None
        return Figure(
            value, low, high, tuple(sorted(set(used["source"]))), tuple(sorted(set(used["vintage"])))
        )

    return Question(
        f"{about['title']}, {name_of(region, state)} with {name_of(region, partner)}",
        str(about["title"]),
        " percent",
        1,
        look,
        tuple(sorted(set(rows["year"].to_list()))),
    )


def _answer(claim: Claim, region: Region, question: Question) -> Verdict:
    stated = stated_in(claim)
    if stated is None:
        return _no(claim, region, "the claim states no figure that could be true or false", question)
    if not question.years:
        return _no(claim, region, "the region has no such row", question)
    window = window_of(claim, question.years[-1])
    if window is not None:
        return _dated(claim, region, question, stated, window)
    if claim.date_start or claim.date_end:
        return _no(claim, region, "the claim names the end but not the beginning of its period", question)
    return _undated(claim, region, question, stated)


def _dated(claim: Claim, region: Region, question: Question, stated: Stated, window: Window) -> Verdict:
    if window.first != window.last:
        why = f"the claim speaks of {window}; a yearly figure tests one year"
        return _no(claim, region, why, question, str(window))
    figure = question.look(window.first)
    if figure is None:
        why = (
            f"no figure for {window}: the data give {question.years[0]} to {question.years[-1]}; "
            "coverage that ends is missing, not a refutation"
        )
        return _no(claim, region, why, question, str(window))
    return _verdict(claim, region, question, stated, figure, window)


def _undated(claim: Claim, region: Region, question: Question, stated: Stated) -> Verdict:
    """Without a year: supported by the latest figure, partly by one of the years before."""
    tried: list[tuple[int, Figure]] = []
    for year in question.years[: -_RECENT - 1 : -1]:
        figure = question.look(year)
        if figure is not None:
            tried.append((year, figure))
    if not tried:
        return _no(claim, region, "the region has no figure for the latest years", question)
    for place, (year, figure) in enumerate(tried):
        made = _verdict(claim, region, question, stated, figure, Window(year, year, stated=False))
        if made.verdict == (REFUTED if claim.polarity == "-" else SUPPORTED):
            return made.reread(made.verdict if place == 0 else PARTLY, f"the claim names no year; {made.why}")
    year, figure = tried[0]
    made = _verdict(claim, region, question, stated, figure, Window(year, year, stated=False))
    word: Word = PARTLY if made.verdict == PARTLY else NOT_CHECKABLE
    return made.reread(word, f"the claim names no year, and none of the latest fits; {made.why}")


def _verdict(
    claim: Claim, region: Region, question: Question, stated: Stated, figure: Figure, window: Window
) -> Verdict:
    found = agreement(stated, figure.value, figure.low, figure.high)
    spread = spread_text(figure.low, figure.high, question.unit, question.digits, len(figure.vintages))
    computed = f"{figure.value:,.{question.digits}f}{question.unit}"
    sign = "" if stated.op == "=" else stated.op
    return Verdict(
        claim.id,
        inverted(found) if claim.polarity == "-" else found,
        f"stated {sign}{stated.value:,.10g}, found {computed} in {window}{spread}"
        + ("; the claim denies it" if claim.polarity == "-" else ""),
        dataset=question.dataset,
        data_version=version_of(region, figure.vintages),
        query=f"{question.text}, {window}",
        computed=figure.value,
        computed_text=f"{computed}{spread}",
        tolerance=tolerance_text(stated, question.unit, figure.high - figure.low, question.digits),
        window=str(window),
        source=figure.sources,
    )


def _no(
    claim: Claim, region: Region, why: str, question: Question | None = None, window: str = ""
) -> Verdict:
    return Verdict(
        claim.id,
        NOT_CHECKABLE,
        why,
        dataset=question.dataset if question else "",
        data_version=version_of(region),
        query=f"{question.text}, {window}".rstrip(", ") if question else "",
        window=window,
    )
