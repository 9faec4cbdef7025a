"""Whether models that play turns or rounds come nearer to past outcomes than the compromise mean."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final, NamedTuple

from multivector.bargaining.calibration.errors import Difference
from multivector.bargaining.calibration.record import CalibrationRecord
from multivector.bargaining.models import MODELS
from multivector.bargaining.models.expected_utility import ExpectedUtility
from multivector.bargaining.models.spatial import SpatialModel

PLAYED: Final = (SpatialModel, ExpectedUtility)
"""The kinds of model that play turns or rounds."""


class DynamicModel(NamedTuple):
    """A model's mean difference of absolute error to the compromise mean; below 0 the model is nearer.

    `gap` has the interval of 95 % by itself, `together` that of 95 % for all that are compared.
    """

    model: str
    gap: Difference
    together: Difference

    @property
    def nearer(self) -> bool:
        """Whether it is nearer than the compromise mean, however many are compared."""
        return self.together.high < 0


def dynamic_models(record: CalibrationRecord) -> tuple[DynamicModel, ...]:
    """The models of the record that play turns or rounds, the best first.

    `together` is Bonferroni's: with m models each interval has the level 1 - 0.05 / m. The record holds intervals
    of 95 %, so each side is lengthened as a normal distribution's would be, by z(1 - 0.025 / m) / z(0.975).
    """
    gaps = {
        row["model"]: Difference(*row["difference"])
        for row in record.models
        if isinstance(MODELS.get(row["model"]), PLAYED)
    }
    rows = [DynamicModel(name, gap, _together(gap, len(gaps))) for name, gap in gaps.items()]
    return tuple(sorted(rows, key=lambda row: row.gap.mean))


def dynamic_sentence(record: CalibrationRecord) -> str:
    """Which of them come nearer, or that none does and by how much the best differs; empty without any."""
    rows = dynamic_models(record)
    if not rows:
        return ""
    level = f"95 % for all {len(rows)} together, Bonferroni"
    nearer = [_told(row.model, row.together) for row in rows if row.nearer]
    if nearer:
        return (
            "Nearer to past outcomes than the compromise mean, in points of absolute error: "
            f"{', '.join(nearer)} ({level})."
        )
    best = rows[0]
    return (
        f"No model of turns or rounds adds to the compromise mean on past issues: the absolute error of the best of "
        f"{len(rows)}, {_told(best.model, best.gap)}, and no interval lies below zero ({level})."
    )


def _told(model: str, gap: Difference) -> str:
    return f"{model}, differs by {gap.mean:+.2f} [{gap.low:+.2f}, {gap.high:+.2f}]"


def _together(gap: Difference, count: int) -> Difference:
    normal = NormalDist()
    longer = normal.inv_cdf(1 - 0.025 / count) / normal.inv_cdf(0.975)
    return Difference(
        gap.mean, gap.mean - longer * (gap.mean - gap.low), gap.mean + longer * (gap.high - gap.mean)
    )
