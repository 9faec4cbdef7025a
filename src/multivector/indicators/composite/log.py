"""What was done to which cell, and why a number is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: to a cell, to a unit (no `element`) or to an indicator (no `unit`).

    Attributes
    ----------
    stage : Raw, Denominated, Imputed, Screened, Treated, Normalised, Aggregated.
    unit, time, element : which cell; empty where it is all of them.
    action : missing, divided, imputed, dropped, winsorised, transformed, normalised, not scored ...
    before, after : the cell's values; None where there is none.
    why : the rule that did it, as a phrase.
    """

    stage: str
    action: str
    why: str
    unit: str = ""
    time: str = ""
    element: str = ""
    before: float | None = None
    after: float | None = None


@dataclass(slots=True)
class Log:
    """Entries in the order in which they were made, and the tables that stages leave beside them.

    `tables` holds `availability` (a row per unit, from the screen) and `treatment` (per indicator).
    """

    entries: list[Entry] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def note(self, stage: str, action: str, why: str, **cell: Any) -> None:
        """Add an entry; `unit`, `time`, `element`, `before`, `after` where they apply."""
        self.entries.append(Entry(stage, action, why, **cell))
