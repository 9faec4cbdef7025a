"""A forecast of one issue from its stakeholders: who wants what, how much they care, what they can bring to bear."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from multivector.bargaining.bargain import Bargain, bargain_over
from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import Issue
from multivector.bargaining.issue_file import read_issue, write_issue
from multivector.bargaining.stakes import Stakes
from multivector.bargaining.time_to_event import time_to_event
from multivector.bargaining.waiting import Waiting

if TYPE_CHECKING:
    from multivector.bargaining import analysis, calibration, models

_PARTS = ("analysis", "calibration", "models")
"""Parts that load when they are first used: `bargaining.models.named_model`."""

__all__ = [
    "Bargain",
    "Issue",
    "Stakes",
    "Waiting",
    "analysis",
    "bargain_over",
    "calibration",
    "draw_stakes",
    "models",
    "read_issue",
    "time_to_event",
    "write_issue",
]


def __getattr__(name: str) -> Any:
    """Load a part of it."""
    if name not in _PARTS:
        raise AttributeError(f"multivector.bargaining has no {name!r}; it has {', '.join(__all__)}")
    return import_module(f"multivector.bargaining.{name}")
