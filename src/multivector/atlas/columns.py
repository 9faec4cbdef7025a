"""A table's declaration: its columns, what their cells hold, and which of them name a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, whether a cell may be empty, which values are allowed, and what it means."""

    name: str
    kind: str
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file, its columns, the columns that together name a row, and what it is for."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False

    def column(self, name: str) -> Column:
        """The declaration of one column."""
        return next(column for column in self.columns if column.name == name)


YES_NO = ("yes", "no")
SOURCE = Column("source", "source", "key of the source that gives the row")
KNOWN_TO = Column("known_to", "partial", "where the source stops; nothing is known after it", required=False)
