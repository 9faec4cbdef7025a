"""SVG text that the page may show as it is, and the few helpers that drawing needs."""

from __future__ import annotations

import math
import re
from html import escape

# Advance widths of Inter at weight 400 in thousandths of an em, by class of letter: for keeping labels apart.
_WIDE, _NARROW = frozenset("mwMW%@—"), frozenset("iljtfrI.,:;'’()|! ·")


class Svg(str):
    """Markup drawn by multivector: the page shows it unescaped. Every other string is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja's autoescape asks for."""
        return str(self)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return str(self)


def text(value: object) -> str:
    """A value as text inside SVG, escaped."""
    return escape(str(value), quote=True)


def number(value: float, digits: int = 1) -> str:
    """The shortest decimal: 12.0 -> 12, 0.50 -> .5, -0.0 -> 0."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a coordinate")
    shown = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    shown = re.sub(r"^(-?)0\.", r"\1.", shown)
    return "0" if shown in {"-0", "", "-"} else shown


def text_width(shown: str, size: float, *, bold: bool = False) -> float:
    """How wide a run of text is in Inter, in pixels, to about a tenth."""
    em = sum(0.88 if c in _WIDE else 0.31 if c in _NARROW else 0.66 if c.isupper() else 0.565 for c in shown)
    return em * size * (1.05 if bold else 1.0)


def heading(prefix: str, title: str, desc: str) -> tuple[str, str]:
    """The `<title>` and `<desc>` of a picture, and the attributes that bind them to its root."""
    ids = f"{prefix}-title", f"{prefix}-desc"
    words = f'<title id="{ids[0]}">{text(title)}</title><desc id="{ids[1]}">{text(desc)}</desc>'
    return words, f'role="img" aria-labelledby="{ids[0]} {ids[1]}"'


def check_prefix(prefix: str) -> str:
    """A prefix that is safe in ids and class names.

    Raises
    ------
    ValueError : it is not a letter followed by letters, digits and hyphens.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", prefix):
        raise ValueError(f"'{prefix}' cannot prefix ids: use a letter, then letters, digits and hyphens")
    return prefix
