"""The brief: one HTML file that needs nothing else, from a `BriefContext`."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from multivector.desk import estimative
from multivector.desk.consistency import check_context, check_page
from multivector.desk.context import BriefContext
from multivector.files import write_text_whole

if TYPE_CHECKING:
    from jinja2 import Environment

LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02DC,U+2000-206F,U+20AC,U+2122,U+2190-2199,U+2212"
FACES = (  # family, file, weights, letters
    ("Inter", "inter-latin.woff2", "400 700", LATIN),
    ("Inter", "inter-latin-ext.woff2", "400 700", "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1EFF"),
    ("Source Serif 4", "source-serif-4-600.woff2", "600", LATIN),
)


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
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=context,
            numbers={source.key: i for i, source in enumerate(context.sources, 1)},
            source_of={source.key: source for source in context.sources},
            scale=estimative.scale(),
            scale_source=estimative.SOURCE,
            style=_style(),
        )
    )
    check_page(page)
    return page


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("multivector.desk"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["percent"] = estimative.percent
    environment.filters["link"] = safe_link
    return environment


def safe_link(url: str) -> str:
    """The address if it is http or https with a host, else nothing: no script, no file, no data."""
    try:
        address = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if address.scheme in {"http", "https"} and address.netloc else ""


@cache
def _style() -> str:
    """The style sheet with the fonts in it."""
    folder = files("multivector.desk")
    faces = []
    for family, name, weights, letters in FACES:
        data = base64.b64encode((folder / "assets" / "fonts" / name).read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weights};font-display:swap;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{letters}}}"
        )
    sheet = (folder / "templates" / "brief.css").read_text(encoding="utf-8")
    return "".join(faces) + "\n" + sheet
