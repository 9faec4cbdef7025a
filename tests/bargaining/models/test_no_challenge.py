"""Turns in which nobody challenges anybody: two who care about matters outside the issue, or too little to gain."""

from __future__ import annotations

import numpy as np
import pytest

from multivector.bargaining.models.smp import run_smp
from multivector.bargaining.stakes import Stakes


@pytest.mark.parametrize("form", ["plain", "arrays"])
def test_where_nobody_challenges_everybody_stays(form):
    """Equals that care fully gain nothing by challenging (b.8: a gain of (1 - U)(1 - 2 (1 - P)) is 0 at P = 1/2)."""
    stakes = Stakes(np.ones(2), np.array([[20.0], [70.0]]), np.full((2, 1), 100.0))
    run = run_smp(stakes, form=form, keep="process")
    assert run.quiet
    assert np.all(run.process.target == -1)
    assert np.all(run.process.taken == -1)
    assert np.array_equal(run.final, stakes.position)
