"""The track record as tables in Markdown and in a sentence, for the documentation and the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from multivector.bargaining.calibration.errors import Difference
from multivector.bargaining.calibration.record import CalibrationRecord

_FIGURES: Final = ("mae", "medae", "crps", "coverage", "width")
_HEADS: Final = ("MAE", "median AE", "CRPS", "coverage of 80 %", "width", "difference (95 %)")


def models_page(record: CalibrationRecord) -> str:
    """Models as points; CRPS, coverage and width with their own past errors around them.

    The difference is of absolute errors to the compromise model's on the same issues, by proposal: some
    models are defined for some of them only.
    """
    return _table("model", record.models, counted=True)


def forecasts_page(record: CalibrationRecord) -> str:
    """Forecasts as chances, cross-validated by proposal; first the choice made inside the training folds.

    The difference is of CRPS to the compromise model with pooled errors, by proposal.
    """
    chosen = {"forecast": "chosen inside the training folds"} | dict(record.headline)
    return _table("forecast", [chosen, *record.forecasts])


def headline_sentence(record: CalibrationRecord) -> str:
    """The score of the choice in words: against the same folds and against one proposal left out, with the coverage.

    Intervals are of 95 %, by proposal; they take the folds as they were drawn.
    """
    row = record.headline
    held, low, high = (100 * share for share in row["coverage_interval"])
    return (
        f"On {row['issues']} past issues of {row['proposals']} proposals, held out in {row['folds']['outer']} folds of "
        f"whole proposals, the calibrated forecast has a CRPS of {row['crps']:.2f}. The difference to the compromise mean "
        f"with pooled past errors is {_signed(row['difference_same_folds'])} where both learn from the same folds, and "
        f"{_signed(row['difference'])} where those errors are learnt with one proposal left out at a time. Its 80 % "
        f"intervals held {held:.1f} % of outcomes [{low:.1f}, {high:.1f}] at a mean width of {row['width']:.1f}. The folds "
        "are of one seed."
    )


def subsets_page(record: CalibrationRecord) -> str:
    """The forecast chosen inside the training folds, by kind of issue and by period.

    The interval is meant to hold 80 % over all issues, and nothing makes it do so in each part of them. In the last
    rows method, coefficients and interval come from other periods only. The difference is of CRPS to the
    compromise model with pooled errors, learnt from the same issues in those rows, by proposal.
    """
    return _table("subset", record.headline["subsets"], counted=True)


def _signed(figures: Sequence[float]) -> str:
    gap = Difference(*figures)
    return f"{gap.mean:+.2f} [{gap.low:+.2f}, {gap.high:+.2f}]"


def _table(name: str, rows: Sequence[Mapping[str, Any]], *, counted: bool = False) -> str:
    heads = ("issues", *_HEADS) if counted else _HEADS
    lines = [(name, *heads), ("---", *("---:" for _ in heads))]
    for row in rows:
        issues = (str(row["n"]),) if counted else ()
        figures = (f"{row[each]:.2f}" for each in _FIGURES)
        lines.append((row[name], *issues, *figures, _signed(row["difference"])))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
