"""A small family whose numbers can be followed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from multivector.atlas import load_region
from multivector.inference.hindcast import Family
from multivector.inference.hindcast.family import Subset


@pytest.fixture(scope="session")
def region():
    return load_region()


@pytest.fixture
def small():
    """Make a family from values [y, c], years from 2000; any attribute can be given."""

    def make(values, **given):
        values = np.asarray(values, float)
        n_years, n_cells = values.shape
        return Family(
            **{
                "name": "small",
                "title": "a small family",
                "unit": "share 0-1",
                "years": tuple(range(2000, 2000 + n_years)),
                "values": values,
                "cells": tuple(f"S{c}" for c in range(n_cells)),
                "group": tuple(f"S{c}" for c in range(n_cells)),
                "partner": ("",) * n_cells,
                "origins": tuple(range(2004, 2000 + n_years - 1)),
                "horizons": (1, 2),
                "edges": (0.0, 0.5, 1.0),
                "subsets": (Subset("all"),),
            }
            | given
        )

    return make
