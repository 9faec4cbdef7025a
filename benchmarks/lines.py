"""The form of a benchmark's result: one JSON line."""

from __future__ import annotations

import json
from typing import Any


def line(
    name: str,
    ours: float,
    unit: str,
    rival: float | None = None,
    rival_name: str | None = None,
    digits: int = 4,
    **more: Any,
) -> str:
    """A result beside its rival's; `ratio` is ours / rival, null where nothing is set beside it."""
    ratio = None if rival is None else _rounded(ours / rival, digits)
    row = {
        "name": name,
        "ours": _rounded(ours, digits),
        "rival": None if rival is None else _rounded(rival, digits),
        "rival_name": rival_name,
        "ratio": ratio,
        "unit": unit,
        **more,
    }
    return json.dumps(row)


def _rounded(value: float, digits: int) -> float:
    """To significant digits."""
    return float(f"{value:.{digits}g}")
