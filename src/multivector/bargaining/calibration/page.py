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

    The difference is of absolute errors to the compromise model's on the same issues, by issue: some models are
    defined for some of them only.
    """
    return _table("model", record.models, counted=True)


def forecasts_page(record: CalibrationRecord) -> str:
    """Forecasts as chances, cross-validated by proposal; first the choice made inside the training folds.

    The difference is of CRPS to the compromise model with pooled errors, by proposal.
    """
    chosen = {"forecast": "chosen inside the training folds"} | dict(record.headline)
    return _table("forecast", [chosen, *record.forecasts])


def subsets_page(record: CalibrationRecord) -> str:
    """The forecast chosen inside the training folds, by kind of issue and by period.

    The interval is meant to hold 80 % over all issues, and nothing makes it do so in each part of them. In the last
    rows method, coefficients and interval come from other periods only. The difference is of CRPS to the
    compromise model with pooled errors, learnt from the same issues in those rows, by proposal.
    """
    return _table("subset", record.headline["subsets"], counted=True)


def _table(name: str, rows: Sequence[Mapping[str, Any]], *, counted: bool = False) -> str:
    heads = ("issues", *_HEADS) if counted else _HEADS
    lines = [(name, *heads), ("---", *("---:" for _ in heads))]
    for row in rows:
        gap = Difference(*row["difference"])
        issues = (str(row["n"]),) if counted else ()
        figures = (f"{row[each]:.2f}" for each in _FIGURES)
        lines.append((row[name], *issues, *figures, f"{gap.mean:+.2f} [{gap.low:+.2f}, {gap.high:+.2f}]"))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
