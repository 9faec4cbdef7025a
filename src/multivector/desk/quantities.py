"""What can be judged, in words: a supplier's share, a tie, a share of alignment, a stock of engagement."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.world.scenario import Judgement, Scenario


@dataclass(frozen=True)
class Quantity:
    """How a quantity is named and written; `moment` says of which time its value in a year is."""

    title: str
    plural: str
    pattern: str
    moment: str
    unit: str


QUANTITIES = {
    "arms_share_5y": Quantity(
        "share", "shares of arms", "{:.0%}", "five years to", "share of five years' arms"
    ),
    "ties": Quantity("tie", "ties", "{:.2f}", "end of", "signed tie, −1 to 1"),
    "alignment": Quantity(
        "share of alignment", "shares of alignment", "{:.1%}", "end of", "share of a state's alignment"
    ),
    "engagement": Quantity(
        "stock of engagement",
        "stocks of engagement",
        "{:.2f}",
        "end of",
        "years of the power's own median effort",
    ),
}
"""By name of the run's array."""


def is_arms(judgement: Judgement) -> bool:
    """Whether a judgement is about deliveries of arms."""
    return judgement.quantity == "arms_share_5y"


def about_arms(scenario: Scenario) -> bool:
    """Whether a scenario follows a supplier or judges a share of arms."""
    return scenario.supplier is not None or any(is_arms(judgement) for judgement in scenario.judgements)


def judged_power(scenario: Scenario) -> str | None:
    """The power whose ties or alignment are judged first; none where neither is judged."""
    return next((each.partner for each in scenario.judgements if not is_arms(each)), None)


def condition(judgement: Judgement) -> str:
    """What is asked, shortly: quantity, side, threshold, time."""
    quantity = QUANTITIES[judgement.quantity]
    level = quantity.pattern.format(judgement.threshold).replace("-", "−")
    return f"{quantity.title} {judgement.comparison} {level}, {quantity.moment} {judgement.year}"
