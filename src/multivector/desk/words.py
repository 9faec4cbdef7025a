"""Small words that every part of the desk writes alike."""

from __future__ import annotations

import math
import re


def percent_of(share: float) -> str:
    """An observed share as whole per cent; a dash where it is missing. For chances see `estimative`."""
    return "–" if not math.isfinite(share) else f"{100 * share:.0f}%"


def possessive(name: str) -> str:
    """The name with its possessive ending."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def listed(words: list[str]) -> str:
    """One, two and three."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def signed(number: float) -> str:
    """A signed number with a true minus."""
    return f"{number:+.4f}".replace("-", "−")


def the(name: str) -> str:
    """The name with its article where English asks for one: a union, a kingdom, states in the plural."""
    takes = name.startswith("United ") or name.rsplit(maxsplit=1)[-1] in {
        "Union",
        "States",
        "Kingdom",
        "Emirates",
    }
    return f"the {name}" if takes else name


def decimals(number: float, digits: int) -> str:
    """A signed number with so many digits after the point; what rounds to nothing has no sign."""
    text = f"{number:+.{digits}f}".replace("-", "−")
    return text[1:] if float(f"{number:.{digits}f}") == 0 else text


def slug(kind: str, name: str) -> str:
    """A name made fit to prefix ids in a page; two names stay apart where letters and digits do."""
    return f"{kind}-{re.sub('[^a-z0-9]', '-', name.lower())}"
