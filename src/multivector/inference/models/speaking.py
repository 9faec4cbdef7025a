"""Members that say nothing, in a sample where others speak."""

from __future__ import annotations

import numpy as np

from multivector.inference.hindcast.family import Floats


def speaking(sample: Floats) -> Floats:
    """The sample [m, c] with silent members replaced by those that speak, cell by cell.

    A member whose window holds no delivery says nothing about shares: the forecast is of the share given
    that there is one. A cell in which nobody speaks stays missing.
    """
    filled = sample.copy()
    for cell in np.flatnonzero(~np.isfinite(sample).all(axis=0)):
        known = np.isfinite(sample[:, cell])
        heard, silent = np.flatnonzero(known), np.flatnonzero(~known)
        if heard.size:
            filled[silent, cell] = sample[heard[np.arange(silent.size) % heard.size], cell]
    return filled
