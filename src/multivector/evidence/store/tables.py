"""Rows out of tables and into them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from multivector.errors import ClaimsError
from multivector.evidence.store.rows import Row
from multivector.evidence.store.schema import KINDS

R = TypeVar("R", bound=Row)


def stored(connection: Connection, kind: type[R]) -> list[R]:
    """The rows of a kind, in their order (a server's own would depend on its language).

    Raises
    ------
    ClaimsError : a row that is none.
    """
    make: Any = kind
    table = KINDS[kind]
    try:
        rows: list[R] = [
            make(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
            for row in connection.execute(table.select()).mappings()
        ]
        return sorted(rows, key=lambda row: row.order)
    except (ValueError, TypeError) as error:  # a cell that another program wrote
        raise ClaimsError(
            f"a row of the table {table.name} cannot be read: {error}",
            where="store",
            repair="restore the store from a copy, or from an export",
        ) from error


def insert_missing(connection: Connection, rows: Iterable[Row]) -> int:
    """Store the rows, all of one kind, that their table lacks; the number of them."""
    rows = list(rows)
    if not rows:
        return 0
    table = KINDS[type(rows[0])]
    names = [column.name for column in table.primary_key]
    known = {tuple(key) for key in connection.execute(select(*table.primary_key))}
    new: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in names)
        if key not in known:
            new.setdefault(key, row)
    if new:
        connection.execute(insert(table), [asdict(row) for row in new.values()])
    return len(new)
