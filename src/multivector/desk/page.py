"""What every page shares: templates with escaping, fonts within the style sheet, addresses that are safe."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from multivector.desk import estimative

if TYPE_CHECKING:
    from jinja2 import Environment

LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02DC,U+2000-206F,U+20AC,U+2122,U+2190-2199,U+2212"
FACES = (  # family, file, weights, letters
    ("Inter", "inter-latin.woff2", "400 700", LATIN),
    ("Inter", "inter-latin-ext.woff2", "400 700", "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1EFF"),
    ("Source Serif 4", "source-serif-4-600.woff2", "600", LATIN),
)


@cache
def environment() -> Environment:
    """The templates; every value is escaped unless it is marked as safe."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("multivector.desk"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["percent"] = estimative.percent
    made.filters["link"] = safe_link
    return made


def safe_link(url: str) -> str:
    """The address if it is http or https with a host, else nothing: no script, no file, no data."""
    try:
        address = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if address.scheme in {"http", "https"} and address.netloc else ""


@cache
def style(*sheets: str) -> str:
    """Style sheets of the templates, one after the other, with the fonts in them."""
    folder = files("multivector.desk")
    faces = []
    for family, name, weights, letters in FACES:
        data = base64.b64encode((folder / "assets" / "fonts" / name).read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weights};font-display:swap;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{letters}}}"
        )
    read = [(folder / "templates" / sheet).read_text(encoding="utf-8") for sheet in sheets]
    return "".join(faces) + "\n" + "".join(read)
