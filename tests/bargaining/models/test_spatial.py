"""The Spatial Model of Politics as one settlement: its last positions, by three rules."""

from __future__ import annotations

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.models import MODELS, named_model
from multivector.bargaining.models.smp import SMPOptions, run_smp
from multivector.bargaining.models.spatial import SpatialModel
from multivector.errors import IssueError


def test_settlements_are_those_of_the_last_positions() -> None:
    stakes = Stakes([3.0, 2.0, 1.0], [[10.0], [60.0], [90.0]], [[60.0], [40.0], [80.0]])
    final = run_smp(stakes, keep="final").final
    last = stakes.moved(final)
    for settles_at, rule in (("mean", "compromise"), ("median", "weighted-median"), ("pce", "pce-mean")):
        model = SpatialModel(settles_at)  # type: ignore[arg-type]
        found = model.outcome(stakes)
        np.testing.assert_array_equal(found, named_model(rule).outcome(last))
        np.testing.assert_array_equal(model.settle(stakes, final), found)
        assert f"smp-{settles_at}" in MODELS


def test_nothing_to_bargain_over() -> None:
    with pytest.raises(IssueError, match="same position"):
        SpatialModel().outcome(Stakes([1.0, 2.0, 3.0], [[40.0]] * 3, [[50.0]] * 3))


def test_a_draw_whose_election_does_not_settle_has_no_settlement() -> None:
    lopsided = Stakes([[1e4, 1e6, 10.0], [3.0, 2.0, 1.0]], [[90.0], [0.0], [10.0]], [[50.0], [40.0], [60.0]])
    model = SpatialModel("pce", SMPOptions(pce="MarkovIncentive", turns=2))
    found = model.outcome(lopsided)
    assert np.isnan(found[0]).all()
    np.testing.assert_allclose(found[1], model.outcome(lopsided.at(1)))
