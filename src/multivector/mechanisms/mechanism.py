"""What a moving part of the world declares: what it reads, what it writes, and the function between.

A field is a named array. It is one of four kinds, and the world that a mechanism joins says which:

    state    carried from one quarter to the next (`backlog`, `attention`)
    fact     the same in all quarters of a member; a parameter is a fact with the parameter's name
    input    given for each quarter: forcings and random numbers
    flow     written within the quarter and gone after it (`deliveries`, `leverage`)

A mechanism that reads a state field before the one that writes it sees the quarter before. That is how
the loop closes while a step stays one pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mechanism:
    """One moving part.

    Attributes
    ----------
    name : one word or two, as errors and the figure of the flow show it.
    title : what it does, as one line.
    reads, writes : names of fields.
    apply : called with the fields that it reads as keyword arguments; returns an array for each field
        that it writes, in that order (the bare array where it writes one). Pure, in JAX.
    """

    name: str
    title: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    apply: Callable[..., Any]
