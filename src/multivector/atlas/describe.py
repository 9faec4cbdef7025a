"""The declarations as Markdown: what `docs/atlas.md` prints and a test holds it to."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.atlas.declare import TABLES, TIES, Column, Table
from multivector.atlas.settings import SETTINGS


def tables_markdown() -> str:
    """`region.toml` and every table, with its columns and its key, in the order of their declarations."""
    return "\n".join([*_settings(), *(line for table in (*TABLES, TIES) for line in _table(table))])


def _settings() -> Iterator[str]:
    yield from ("### region.toml", "", "| key | type | meaning |", "| --- | --- | --- |")
    yield from (f"| `{s.name}` | {s.kind.__name__} | {s.meaning} |" for s in SETTINGS)
    yield ""


def _table(table: Table) -> Iterator[str]:
    name = "ties/LAYER" if table is TIES else table.name
    needed = " (may be left out)" if table.optional else ""
    yield from (f"### {name}.csv{needed}", "", f"{table.meaning[0].upper()}{table.meaning[1:]}.", "")
    if table.key:
        yield from (f"A row is named by {', '.join(f'`{key}`' for key in table.key)}.", "")
    yield from ("| column | kind | may be empty | meaning |", "| --- | --- | --- | --- |")
    for column in table.columns:
        empty = "" if column.required else "yes"
        yield f"| `{column.name}` | {column.kind} | {empty} | {_meaning(column)} |"
    yield ""


def _meaning(column: Column) -> str:
    allowed = f"; one of {', '.join(f'`{value}`' for value in column.allowed)}" if column.allowed else ""
    least = f"; at least {column.least:g}" if column.least is not None else ""
    return (column.meaning + allowed + least).replace("|", "\\|")
