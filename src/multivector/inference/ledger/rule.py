"""Resolution rules: the sentence, typed, by which data will say whether a forecast came true.

    arms_share_5y ARM RUS 2026 below 0.5        quantity, state, partner, year, comparison, threshold
    gdp_growth KAZ 2026 above 4                 a yearly figure has no partner
    membership ARM CSTO 2027-06-30 is member    status in an organisation on a day

`above` and `below` are strict: a number on the threshold is neither. A year stands for its last day. What
the words may be is the region's to say: see `answerable.require_answerable`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from multivector.atlas.dates import span
from multivector.errors import LedgerError

MEMBERSHIP = "membership"
FORMS = (
    "write QUANTITY STATE PARTNER YEAR above|below NUMBER (arms_share_5y, a layer, un_distance), "
    "INDICATOR ACTOR YEAR above|below NUMBER, or membership ACTOR ORGANISATION DATE is|is-not STATUS"
)

Name = Annotated[str, Field(pattern=r"^\w[\w.-]{0,63}$")]


class _Strict(BaseModel):
    """No unknown keys, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NumberRule(_Strict):
    """A quantity of a state (with a partner, or alone) in a year, above or below a threshold."""

    quantity: Name
    state: Name
    partner: Name | None = None
    year: int = Field(ge=1800, le=2200)
    comparison: Literal["above", "below"]
    threshold: float = Field(allow_inf_nan=False)

    @property
    def day(self) -> dt.date:
        """The first day on which the answer can be known."""
        return dt.date(self.year, 12, 31)

    def holds(self, value: float) -> bool:
        """Whether a number lies strictly above, or strictly below, the threshold."""
        return value > self.threshold if self.comparison == "above" else value < self.threshold

    def __str__(self) -> str:
        who = f"{self.state} {self.partner}" if self.partner else self.state
        number = repr(self.threshold).removesuffix(".0")
        return f"{self.quantity} {who} {self.year} {self.comparison} {number}"


class StatusRule(_Strict):
    """A status in an organisation on a day; "none" is a status."""

    quantity: Literal["membership"] = "membership"
    state: Name
    organisation: Name
    on: dt.date
    comparison: Literal["is", "is-not"]
    status: Name

    @property
    def day(self) -> dt.date:
        """The first day on which the answer can be known."""
        return self.on

    def holds(self, status: str) -> bool:
        """Whether a status is the one named, or is not."""
        return (status == self.status) == (self.comparison == "is")

    def __str__(self) -> str:
        on = str(self.on.year) if (self.on.month, self.on.day) == (12, 31) else self.on.isoformat()
        return f"{self.quantity} {self.state} {self.organisation} {on} {self.comparison} {self.status}"


Rule = NumberRule | StatusRule


def parse_rule(text: str) -> Rule:
    """Read a rule as it is written on the command line; `str(rule)` writes it again.

    Raises
    ------
    LedgerError : says which word does not fit, and the forms that do.
    """
    words = text.split()
    if words and words[0] == MEMBERSHIP:
        return _status_rule(words, text)
    if len(words) not in (5, 6):
        raise _unread(text, f"it has {len(words)} words, a rule has five or six")
    *names, year, comparison, threshold = words
    partner = names[2] if len(names) == 3 else None
    try:
        return NumberRule.model_validate(
            {
                "quantity": names[0], "state": names[1], "partner": partner,
                "year": year, "comparison": comparison, "threshold": threshold,
            }
        )  # fmt: skip
    except ValidationError as error:
        raise _unread(text, _first(error)) from error


def _status_rule(words: list[str], text: str) -> StatusRule:
    if len(words) != 6:
        raise _unread(text, f"it has {len(words)} words, a rule of membership has six")
    days = span(words[3])
    if days is None:
        raise _unread(text, f"{words[3]!r} is not a date")
    keys = ("state", "organisation", "on", "comparison", "status")
    values = (words[1], words[2], days[1], words[4], words[5])
    try:
        return StatusRule.model_validate(dict(zip(keys, values, strict=True)))
    except ValidationError as error:
        raise _unread(text, _first(error)) from error


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    message = fault["msg"][:1].lower() + fault["msg"][1:]
    return f"{'.'.join(str(part) for part in fault['loc'])}: {message}, found {fault['input']!r}"


def _unread(text: str, why: str) -> LedgerError:
    return LedgerError(f"the rule {text[:200]!r} cannot be read: {why}", where="rule", repair=FORMS)
