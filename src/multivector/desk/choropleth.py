"""A value a state, in classes of colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan

from multivector.desk import palette


@dataclass(frozen=True)
class Choropleth:
    """A value a state: what is coloured, where the classes break, how a value is written.

    A state that is missing, or whose value is None or NaN, is hatched light grey and reads "not scored".
    `notes` (by state) are added to what hovering says, for bounds and the like.
    """

    title: str
    values: Mapping[str, float | None]
    breaks: tuple[float, ...]
    pattern: str = "{:.2f}"
    notes: Mapping[str, str] = field(default_factory=dict)

    def value(self, state: str) -> float | None:
        """The state's value; None where it is not scored."""
        value = self.values.get(state)
        return None if value is None or isnan(value) else float(value)

    def colour(self, state: str) -> str | None:
        """The class colour; None where the state is not scored."""
        value = self.value(state)
        if value is None:
            return None
        return palette.ramp(len(self.breaks) + 1)[palette.class_of(value, self.breaks)]

    def words(self, state: str, name: str) -> str:
        """What hovering over a state says."""
        value, note = self.value(state), self.notes.get(state, "")
        shown = "not scored" if value is None else self.pattern.format(value)
        return f"{name}: {self.title} {shown}" + (f" ({note})" if note else "")
