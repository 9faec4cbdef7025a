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


def slug(kind: str, name: str) -> str:
    """A name made fit to prefix ids in a page; two names stay apart where letters and digits do."""
    return f"{kind}-{re.sub('[^a-z0-9]', '-', name.lower())}"
