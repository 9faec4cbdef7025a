"""What was done to which cell, and why a number is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: to a cell, a unit (no `element`) or an indicator (no `unit`).

    Attributes
    ----------
    stage : Raw, Denominated, Imputed, Screened, Treated, Normalised, Aggregated.
    unit, time, element : which cell; empty where it is all of them.
    action : missing, divided, imputed, dropped, kept, winsorised, transformed, tied, not scored ...
    before, after : the cell's values; None where there is none.
    why : the rule that did it, as a phrase.
    """

    stage: str
    unit: str
    element: str
    action: str
    before: float | None
    after: float | None
    why: str
    time: str = ""


@dataclass(slots=True)
class Log:
    """Entries in the order in which they were made."""

    entries: list[Entry] = field(default_factory=list)

    def note(self, stage: str, action: str, why: str, **cell: Any) -> None:
        """Add an entry; `unit`, `time`, `element`, `before`, `after` where they apply."""
        given = {"unit": "", "element": "", "before": None, "after": None} | cell
        self.entries.append(Entry(stage=stage, action=action, why=why, **given))
