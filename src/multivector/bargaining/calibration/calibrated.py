"""The headline forecast: where an issue ends, with the chances that past issues give."""

from __future__ import annotations

import numpy as np

from multivector.bargaining.calibration.distribution import Distribution, Floats
from multivector.bargaining.calibration.predictors import support
from multivector.bargaining.calibration.record import CalibrationRecord, shipped_record
from multivector.bargaining.stakes import Stakes


def calibrated(stakes: Stakes, record: CalibrationRecord | None = None) -> Distribution:
    """Chances `[..., d, 101]` of where each dimension ends, from the support at or below each point.

    `logit P(Y <= t) = a(t) + b (2 S(t) - 1)`, with S the share of capability times salience at or below t; a
    and b are learnt from past issues (`SupportCurve`). Each dimension is read as an issue of its own. For stakes
    with draws, `calibrated(stakes).pooled()` is the forecast that carries their uncertainty.

    Raises
    ------
    IssueError : nobody cares about a dimension.
    """
    fitted = (record or shipped_record()).curve
    share = support(stakes, stakes.weight)
    return fitted.chances(2.0 * share[..., None] - 1.0, np.ones(1))


def interval80(forecast: Distribution, record: CalibrationRecord | None = None) -> tuple[Floats, Floats]:
    """Ends `[...]` of the interval that held 80 % of past outcomes when forecast the same way."""
    return forecast.interval((record or shipped_record()).level)


def outside(
    stakes: Stakes, *, legislation: bool = False, when: bool = False, record: CalibrationRecord | None = None
) -> str:
    """Why the record does not speak for an issue, as a sentence; empty where it does.

    `legislation` says that the issue is of the kind that the record was made from, `when` that it asks for a date,
    for which there is no record of any kind.
    """
    kept = record or shipped_record()
    least, most = kept.actors
    reasons = []
    if not legislation:
        reasons.append(f"calibrated on {kept.domain}, and this issue is of another kind")
    if when:
        reasons.append("calibrated on places on a scale, and this is a question of when")
    if stakes.d > 1:
        reasons.append("calibrated on issues of one dimension")
    if not least <= stakes.n <= most:
        reasons.append(f"calibrated on {least} to {most} actors, and this issue has {stakes.n}")
    return "; ".join(reasons)
