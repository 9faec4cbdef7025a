"""The hindcast as text: scores by subset and horizon, the best baseline marked, and each model's verdict."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.inference.hindcast import Hindcast
from multivector.inference.hindcast.evaluate import ROLLING
from multivector.inference.hindcast.rows import ALL, Row
from multivector.inference.hindcast.verdict import Against

_HEAD = (
    f"  {'model':<24}{'h':>4}{'n':>7}{'MAE':>9}{'CRPS':>9}{'cov80':>7}{'cov90':>7}{'PIT sd':>8}{'skill':>8}"
)


def family_text(done: Hindcast) -> str:
    """One family: its table for each subset, then the models beside the best baseline."""
    family = done.family
    lines = [f"{family.name}: {family.title} ({family.unit})", f"  {family.about}"]
    rolling = [row for row in done.rows if row["protocol"] == ROLLING]
    for subset in family.subsets:
        lines += ["", f" {subset.name}", _HEAD]
        lines += [_line(row) for row in rolling if row["subset"] == subset.name]
    lines += ["", *(f"  {sentence(one)}" for one in done.against)]
    return "\n".join(lines).rstrip()


def _line(row: Row) -> str:
    return (
        f"  {row['model']:<24}{row['horizon']:>4}{row['n']:>7}{_number(row['mae'], 9, 4)}"
        f"{_number(row['crps'], 9, 4)}{_number(row['cov80'], 7, 2)}{_number(row['cov90'], 7, 2)}"
        f"{_number(row['pit_sd'], 8, 3)}{_number(row['crps_skill_vs_persistence'], 8, 3)}"
    )


def _number(value: float | None, width: int, digits: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{digits}f}"


def sentence(one: Against) -> str:
    """What a model earns on a subset and horizon, in words and numbers."""
    low, high = one.by_state
    earned = "gains" if one.gains else "no sure gain" if not one.worse_than else "does not beat"
    rival = one.best if one.gains or not one.worse_than else ", ".join(one.worse_than)
    return (
        f"{one.model}, {one.subset}, {one.horizon} years ahead: {earned} ({rival}); CRPS {one.crps:.4f} beside "
        f"{one.best_crps:.4f}, difference {one.difference:+.4f} [{low:+.4f}, {high:+.4f}] by state, "
        f"[{one.by_year[0]:+.4f}, {one.by_year[1]:+.4f}] by target year; cov90 {one.cov90:.2f}"
    )


def best_rows(done: Hindcast) -> Iterator[tuple[Row, Row]]:
    """For each subset and horizon of the rolling protocol: persistence, and the row with the lowest CRPS.

    Only rows about every cell compete: a score on fewer cells is another score.
    """
    rolling = [row for row in done.rows if row["protocol"] == ROLLING]
    for subset in done.family.subsets:
        for horizon in (*done.family.horizons, ALL):
            here = [r for r in rolling if r["subset"] == subset.name and r["horizon"] == horizon]
            if here:
                persistence = next(row for row in here if row["model"] == "persistence")
                whole = [row for row in here if row["n"] == persistence["n"]]
                yield persistence, min(whole, key=lambda row: float(row["crps"]))
