"""The brief: one HTML file that needs nothing else, from a `BriefContext`."""

from __future__ import annotations

from pathlib import Path

from multivector.desk import estimative
from multivector.desk.consistency import check_context, check_page
from multivector.desk.context import BriefContext
from multivector.desk.page import environment, safe_link, style
from multivector.files import write_text_whole

__all__ = ["render_brief", "safe_link", "write_brief"]


def write_brief(context: BriefContext, out: Path) -> Path:
    """Write the brief to `out`, whole or not at all.

    The file holds its fonts, styles and pictures; it loads nothing and runs nothing. The same context
    gives the same bytes.

    Raises
    ------
    ComputationError : the context does not hold together (see `consistency`).
    StorageError : the file cannot be written.
    """
    return write_text_whole(out, render_brief(context))


def render_brief(context: BriefContext) -> str:
    """The brief as HTML text; every value from the context is escaped, except pictures.

    Raises
    ------
    ComputationError : the context does not hold together.
    """
    check_context(context)
    page = (
        environment()
        .get_template("brief.html.j2")
        .render(
            brief=context,
            numbers={source.key: i for i, source in enumerate(context.sources, 1)},
            source_of={source.key: source for source in context.sources},
            scale=estimative.scale(),
            scale_source=estimative.SOURCE,
            style=style("brief.css"),
        )
    )
    check_page(page)
    return page
