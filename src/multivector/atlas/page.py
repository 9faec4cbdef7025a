"""A region as a small HTML table, for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multivector.atlas.region import Region


def region_html(region: Region) -> str:
    """Title, version, actors and the size of each table; escaped, without script."""
    names = {
        key: ", ".join(region.name(code) for code in codes)
        for key, codes in (("States", region.states), ("Powers", region.powers))
    }
    facts = {"Id": region.id, "Version": region.version, "Hash": region.hash[:16], **names}
    head = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in facts.items())
    body = "".join(
        f"<tr><td>{escape(name)}</td><td style='text-align:right'>{region.table(name).height:,}</td></tr>"
        for name in region.tables
    )
    return (
        f"<div><h3>{escape(region.title)}</h3><table>{head}</table>"
        f"<table><tr><th>Table</th><th>Rows</th></tr>{body}</table></div>"
    )
