"""A claim in plain words: who, what, whom, how much and when, whatever the sentence looked like."""

from __future__ import annotations

from multivector.evidence.records import Claim

# Only what reads badly as "subject predicate object, value".
_SENTENCES = {
    "arms_share_of_imports": "{s} provides {v} of the arms imports of {o}",
    "import_share_of": "{s} provides {v} of the imports of {o}",
    "remittance_share_of": "{s} is the source of {v} of the remittances to {o}",
    "export_market_of": "{s} takes {v} of the exports of {o}",
    "arms_dependence_on": "{s} depends on {o} for arms: {v}",
    "arms_transfer_to": "{s} transfers arms to {o}",
    "arms_contract_value": "{s} sells arms to {o} for {v}",
    "arms_order_quantity": "{s} orders arms from {o}: {v}",
    "arms_supply_capacity": "ability of {s} to supply arms to {o}: {v}",
    "arms_race_in": "{s} takes part in an arms race in {o}",
    "military_partner_of": "{s} is a military partner of {o}",
    "votes_with": "{s} votes with {o} in {v} of the votes",
    "member_of": "{s} is a member of {o}",
    "observer_of": "{s} is an observer of {o}",
    "chair_of": "{s} chairs {o}",
    "founder_of": "{s} is a founder of {o}",
    "affiliated_with": "{s} works with {o}",
    "has_status": "{s} is or has: {v}",
    "views_as": "{s} sees {o} as {v}",
    "aligned_with": "{s} is aligned with {o}",
    "strategic_partner_of": "{s} is a partner of {o}",
    "has_close_ties_with": "{s} has ties with {o}",
    "balances_between": "{s} balances between {o}",
    "rival_of": "{s} is a rival of {o}",
    "at_war_with": "{s} is at war with {o}",
    "concerned_about": "{s} is concerned about {o}",
    "export_dependence_on": "exports of {s} depend on {o}",
    "finance_dependence_on": "{s} depends on money from {o}",
    "finance_inflow_from": "{s} receives money from {o}: {v}",
    "energy_partner_of": "{s} is an energy partner of {o}",
    "energy_transit_role": "{s} is on an energy route of {o}",
    "transit_hub_for": "{s} is on a transit route of {o}",
    "market_access_to": "{s} has access to the market of {o}",
    "trade_ties_with": "{s} trades with {o}",
    "ranks": "{s} ranks {v} among {o}",
    "expected_effect": "{s} is expected to affect {o}: {v}",
    "gdp": "gross domestic product of {s}: {v}",
    "gdp_growth": "growth of {s}: {v}",
    "inflation": "inflation in {s}: {v}",
    "population": "population of {s}: {v}",
    "unemployment": "unemployment in {s}: {v}",
    "poverty_rate": "people in poverty in {s}: {v}",
    "remittances": "remittances received by {s}: {v}",
    "military_expenditure": "military spending of {s}: {v}",
    "public_debt": "public debt of {s}: {v}",
    "states_figure": "a figure that concerns {s}: {v}",
    "states_date": "a date that concerns {s}",
}
_OPERATORS = {"~": "about ", ">": "more than ", "<": "less than "}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def in_words(claim: Claim) -> str:
    """The claim as a sentence of its own: subject, predicate, object, value, dates, sign."""
    subject, thing = joined(claim.subject or claim.subject_code), joined(claim.object or claim.object_code)
    value = value_in_words(claim)
    pattern = _SENTENCES.get(claim.predicate)
    if pattern is None:
        parts = (subject or "somebody", claim.predicate.replace("_", " "), thing)
        said = " ".join(part for part in parts if part)
        said += f": {value}" if value else ""
    else:
        said = pattern.format(s=subject or "somebody", o=thing or "somebody", v=value or "?")
        said = said.removesuffix(": ?")
        if value and "{v}" not in pattern:
            said += f": {value}"
    said = f"not so: {said}" if claim.polarity == "-" else said
    when = dates_in_words(claim)
    said = f"{said}, {when}" if when else said
    return said[:1].upper() + said[1:]


def value_in_words(claim: Claim) -> str:
    """ "more than 245 million USD"; a value in words stays as it is; a direction says what it is."""
    number, unit = claim.number, claim.unit
    if number is None or not claim.value_op:
        return f"{claim.value} ({unit})" if unit == "direction" and claim.value else claim.value
    shown = claim.value
    for size, name in _SCALES:
        if abs(number) >= size:
            shown = f"{number / size:,.6g} {name}"
            break
    return f"{_OPERATORS.get(claim.value_op, '')}{shown} {unit}".strip()


def dates_in_words(claim: Claim) -> str:
    """ "2011 to 2020", "2024-02", "since 2015", "until 2020"."""
    start, end = claim.date_start, claim.date_end
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"since {start}" if start else (f"until {end}" if end else "")


def joined(names: str) -> str:
    """ "A|B|C" as "A, B and C"."""
    parts = [part for part in names.split("|") if part]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
