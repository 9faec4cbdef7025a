"""Whether a model of turns or rounds is nearer than the compromise mean, on invented records and the shipped one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from multivector.bargaining.calibration import CalibrationRecord, shipped_record
from multivector.bargaining.calibration.dynamic import dynamic_models, dynamic_sentence

PLAYED = {
    *("smp-mean", "smp-median", "smp-pce"),
    *("expected-utility-scholz-mean", "expected-utility-scholz-median"),
    *("expected-utility-paper-mean", "expected-utility-paper-median"),
}
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bargaining.md").read_text("utf-8")


def invented(**gaps: tuple[float, float, float]) -> CalibrationRecord:
    """The shipped record with other differences, and every other model of turns far off."""
    names = [row["model"] for row in shipped_record().models]
    given = {name.replace("_", "-"): gap for name, gap in gaps.items()}
    rows = [{"model": name, "difference": given.get(name, (9.0, 8.0, 10.0))} for name in names]
    return replace(shipped_record(), models=tuple(rows))


def test_none_is_nearer_on_past_issues() -> None:
    rows = dynamic_models(shipped_record())
    assert {row.model for row in rows} == PLAYED
    assert [row.gap.mean for row in rows] == sorted(row.gap.mean for row in rows)
    assert not any(row.nearer for row in rows)
    said = dynamic_sentence(shipped_record())
    assert said.startswith("No model of turns or rounds adds")
    assert said in PAGE


def test_one_that_is_clearly_nearer_is_named() -> None:
    record = invented(smp_median=(-4.0, -5.0, -3.0), median=(-8.0, -9.0, -7.0))
    first, *others = dynamic_models(record)
    assert (first.model, first.nearer) == ("smp-median", True)
    assert not any(row.nearer for row in others)
    assert dynamic_sentence(record) == (
        "Nearer to past outcomes than the compromise mean, in points of absolute error: "
        "smp-median, differs by -4.00 [-5.37, -2.63] (95 % for all 7 together, Bonferroni)."
    )


def test_one_that_only_seems_nearer_since_seven_were_tried_is_not() -> None:
    """By itself its interval lies below zero; with 7 it is 2.690 standard errors to each side instead of 1.960."""
    gap = (-2.0, -3.9, -0.1)
    record = invented(smp_median=gap)
    best = dynamic_models(record)[0]
    assert best.gap.high < 0
    assert not best.nearer
    assert best.together[1:] == pytest.approx(
        (-2 - 1.9 * 2.6901 / 1.95996, -2 + 1.9 * 2.6901 / 1.95996), abs=1e-3
    )
    assert "the best of 7, smp-median, differs by -2.00 [-3.90, -0.10]" in dynamic_sentence(record)
    alone = replace(record, models=({"model": "smp-median", "difference": gap},))
    assert dynamic_models(alone)[0].together == pytest.approx(gap)
    assert dynamic_models(alone)[0].nearer


def test_a_record_without_any() -> None:
    record = replace(shipped_record(), models=({"model": "median", "difference": (1.0, 0.5, 1.5)},))
    assert dynamic_models(record) == ()
    assert dynamic_sentence(record) == ""
