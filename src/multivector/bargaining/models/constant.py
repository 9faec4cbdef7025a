"""A forecast that looks at nobody: the least that a model must beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.models.model import Floats
from multivector.bargaining.stakes import Stakes


@dataclass(frozen=True)
class Constant:
    """The same `value` (0 to 100) for every issue and dimension; the middle of the scale as it stands."""

    value: float = 50.0
    name: str = "constant"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return np.full((*stakes.batch, stakes.d), self.value)
