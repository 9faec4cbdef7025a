"""The track record as tables in Markdown, for the documentation and the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from multivector.bargaining.calibration.errors import Difference
from multivector.bargaining.calibration.record import CalibrationRecord

_FIGURES: Final = ("mae", "medae", "crps", "coverage", "width")
_HEADS: Final = ("MAE", "median AE", "CRPS", "coverage of 80 %", "width", "difference (95 %)")


def models_page(record: CalibrationRecord) -> str:
    """Models as points; CRPS, coverage and width with their own past errors around them.

    The difference is of absolute errors to the compromise model's, by issue.
    """
    return _table("model", record.models)


def forecasts_page(record: CalibrationRecord) -> str:
    """Forecasts as chances, cross-validated by proposal; first the choice made inside the training folds.

    The difference is of CRPS to the compromise model with pooled errors, by proposal.
    """
    chosen = {"forecast": "chosen inside the training folds"} | dict(record.headline)
    return _table("forecast", [chosen, *record.forecasts])


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [(name, *_HEADS), ("---", *("---:" for _ in _HEADS))]
    for row in rows:
        gap = Difference(*row["difference"])
        figures = (f"{row[each]:.2f}" for each in _FIGURES)
        lines.append((row[name], *figures, f"{gap.mean:+.2f} [{gap.low:+.2f}, {gap.high:+.2f}]"))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
