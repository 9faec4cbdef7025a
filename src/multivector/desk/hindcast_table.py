"""The hindcast as text: scores by subset and horizon, the best baseline marked, and each model's verdict."""

from __future__ import annotations

from collections.abc import Callable

from multivector.inference.hindcast import Hindcast
from multivector.inference.hindcast.evaluate import ROLLING
from multivector.inference.hindcast.rows import HEAD, Row
from multivector.inference.hindcast.verdict import Against

_HEAD = (
    f"  {'model':<24}{'h':>4}{'n':>7}{'MAE':>9}{'CRPS':>9}{'cov80':>7}{'cov90':>7}{'PIT sd':>8}{'skill':>8}"
)
_HEAD_YES_NO = (
    f"  {'model':<24}{'h':>4}{'n':>7}{'yes':>8}{'Brier':>9}{'bits':>8}{'AUC':>7}{'AP':>7}{'skill':>8}"
)


def family_text(done: Hindcast) -> str:
    """One family: its table for each subset, then the models beside the best baseline."""
    family = done.family
    lines = [f"{family.name}: {family.title} ({family.unit})", f"  {family.about}"]
    rolling = [row for row in done.rows if row["protocol"] == ROLLING]
    head, line = (_HEAD_YES_NO, _yes_no_line(done)) if family.yes_no else (_HEAD, _line)
    for subset in family.subsets:
        lines += ["", f" {subset.name}", head]
        lines += [line(row) for row in rolling if row["subset"] == subset.name]
    lines += ["", *(f"  {sentence(one, yes_no=family.yes_no)}" for one in done.against)]
    return "\n".join(lines).rstrip()


def _line(row: Row) -> str:
    return (
        f"  {row['model']:<24}{row['horizon']:>4}{row['n']:>7}{_number(row['mae'], 9, 4)}"
        f"{_number(row['crps'], 9, 4)}{_number(row['cov80'], 7, 2)}{_number(row['cov90'], 7, 2)}"
        f"{_number(row['pit_sd'], 8, 3)}{_number(row['crps_skill_vs_persistence'], 8, 3)}"
    )


def _yes_no_line(done: Hindcast) -> Callable[[Row], str]:
    """How a row of a family of yes and no is told: Brier and log score, ranks beside the base rate."""
    more = {tuple(row[key] for key in HEAD): row for row in done.beside}

    def line(row: Row) -> str:
        other = more[tuple(row[key] for key in HEAD)]
        return (
            f"  {row['model']:<24}{row['horizon']:>4}{row['n']:>7}{_number(other['base_rate'], 8, 4)}"
            f"{_number(row['crps'], 9, 4)}{_number(other['log_score_bits'], 8, 3)}{_number(other['auc'], 7, 3)}"
            f"{_number(other['average_precision'], 7, 3)}{_number(row['crps_skill_vs_persistence'], 8, 3)}"
        )

    return line


def _number(value: float | None, width: int, digits: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{digits}f}"


def sentence(one: Against, *, yes_no: bool = False) -> str:
    """What a model earns on a subset and horizon, in words and numbers."""
    low, high = one.by_state
    earned = "gains" if one.gains else "no sure gain" if not one.worse_than else "does not beat"
    rival = one.best if one.gains or not one.worse_than else ", ".join(one.worse_than)
    score, held = ("Brier score", "") if yes_no else ("CRPS", f"; 90 % intervals held {one.cov90:.0%}")
    ahead = "1 year" if one.horizon == 1 else f"{one.horizon} years"
    return (
        f"{one.model}, {one.subset}, {ahead} ahead: {earned} ({rival}); {score} {one.crps:.4f} beside "
        f"{one.best_crps:.4f}, difference {one.difference:+.4f} [{low:+.4f}, {high:+.4f}] by state, "
        f"[{one.by_year[0]:+.4f}, {one.by_year[1]:+.4f}] by target year{held}"
    )
