"""What a method takes by name: a number, a number for each child, or one of several words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np

from multivector.errors import InputError

Kind: TypeAlias = Literal["number", "numbers"] | tuple[str, ...]


def require_parameters(
    method: str, kinds: Mapping[str, Kind], given: Mapping[str, object], children: int, where: str
) -> None:
    """The parameters given to a method are known to it and of their kind.

    Raises
    ------
    InputError : with the parameter, what it is, and what it must be.
    """
    for name, value in given.items():
        if name not in kinds:
            repair = f"it takes {', '.join(kinds) or 'none'}"
            raise InputError(f"{method} takes no parameter {name!r}", where=where, repair=repair)
        kind = kinds[name]
        if isinstance(kind, tuple):
            fits, wanted = value in kind, f"one of {', '.join(kind)}"
        elif kind == "number":
            fits, wanted = _number(value), "a finite number"
        else:
            listed = list(value) if isinstance(value, list | tuple | np.ndarray) else []
            fits = len(listed) == children and all(_number(v) for v in listed)
            wanted = f"a list of {children} finite numbers, one for each child"
        if not fits:
            raise InputError(f"{name} is {value!r}", where=where, repair=f"give {wanted}")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
