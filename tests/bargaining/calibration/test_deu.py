"""DEU III: every model's errors to the second decimal, the yardstick, and the shipped record against its data."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.calibration import (
    Distribution,
    PastIssue,
    difference,
    outcomes,
    point_errors,
    read_deu,
    shipped_record,
)
from multivector.bargaining.calibration.compare import Record, cross_validated, folds, level_that_covers
from multivector.bargaining.calibration.council import agenda_setter
from multivector.bargaining.calibration.methods import PooledResiduals, SupportCurve, SupportRegression
from multivector.bargaining.calibration.predictors import Predictors, support
from multivector.bargaining.models import MODELS, Nash
from multivector.errors import InputError

NAMES = {
    "fifty": "constant",
    "mean": "mean",
    "median": "median",
    "smean": "salience-mean",
    "cmean": "capability-mean",
    "compromise": "compromise",
    "wmedian": "weighted-median",
    "pce0_mean": "pce-mean",
    "bdm_scholz_med": "expected-utility-scholz-median",
    "bdm_scholz_mean": "expected-utility-scholz-mean",
    "bdm_paper_med": "expected-utility-paper-median",
    "bdm_paper_mean": "expected-utility-paper-mean",
}
HITS_BY_A_HAIR = {"bdm_paper_mean"}
"""Weighted means of actors that have met miss the outcome by 10 points give or take rounding; the reference counts
by the last bit which of them are hits."""

HEAD = "prnr,isnr,proc,counvte,intro_year,rp,out\n"


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "reference" / "bargaining"


@pytest.fixture(scope="module")
def issues(folder: Path) -> tuple[PastIssue, ...]:
    return read_deu(folder)


@pytest.fixture(scope="module")
def record(issues: tuple[PastIssue, ...]) -> Record:
    proposals = np.array([issue.proposal for issue in issues])
    return Record(Predictors.of(issues), np.array([issue.outcome for issue in issues]), proposals)


@pytest.fixture(scope="module")
def yardstick(record: Record) -> np.ndarray:
    return cross_validated(PooledResiduals(), record, folds(record.proposals)).crps(record.y)


def reference(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "deu3_baseline_scores.csv").open(newline="") as file:
        return {row["model"]: row for row in csv.DictReader(file)}


def to_second_decimal(found: float, wanted: str) -> bool:
    return abs(found - float(wanted)) <= 0.005


@pytest.mark.reference
@pytest.mark.parametrize("theirs", sorted(NAMES))
def test_errors_of_models(issues: tuple[PastIssue, ...], record: Record, folder: Path, theirs: str) -> None:
    row, expected = reference(folder)[theirs], outcomes(MODELS[NAMES[theirs]], issues)
    found = point_errors(expected, record.y)._asdict()
    assert found.pop("n") == int(row["n"]) == 351
    hits = found.pop("hit10")
    assert theirs in HITS_BY_A_HAIR or to_second_decimal(hits, row["hit10"])
    assert {k: v for k, v in found.items() if not to_second_decimal(v, row[k])} == {}
    gap = difference(np.abs(expected - record.y), np.abs(record.x.compromise - record.y))
    assert to_second_decimal(gap.mean, row["diff_vs_compromise"])
    # their resamples are others: the ends of the interval agree to a tenth of its width
    assert gap.low == pytest.approx(float(row["ci_lo"]), abs=0.02 + 0.1 * (gap.high - gap.low))
    assert gap.high == pytest.approx(float(row["ci_hi"]), abs=0.02 + 0.1 * (gap.high - gap.low))


@pytest.mark.reference
def test_errors_with_a_reference_point(issues: tuple[PastIssue, ...], folder: Path) -> None:
    known = [issue for issue in issues if issue.reference_point is not None]
    points = np.array([issue.reference_point for issue in known], float)
    most = max(issue.stakes.n for issue in known)

    def padded(field: str, fill: float) -> np.ndarray:
        """Actors who do not care make all issues one batch; they have no part in the product of gains."""
        arrays = [np.ravel(getattr(issue.stakes, field)) for issue in known]
        return np.stack([np.pad(each, (0, most - each.size), constant_values=fill) for each in arrays])

    stakes = Stakes(
        padded("capability", 1), padded("position", 0)[..., None], padded("salience", 0)[..., None]
    )
    y = np.array([issue.outcome for issue in known])
    for name, expected in (("rp_out", points), ("nbs_rp", Nash(points[:, None]).outcome(stakes)[:, 0])):
        row, found = reference(folder)[name], point_errors(expected, y)._asdict()
        assert found["n"] == int(row["n"]) == 252
        assert all(to_second_decimal(found[k], row[k]) for k in ("mae", "rmse", "medae", "hit10")), name


@pytest.mark.reference
def test_rows_of_models_that_need_more_than_the_stakes(
    issues: tuple[PastIssue, ...], record: Record, folder: Path
) -> None:
    """The shipped rows are what the models give: exchange within proposals of several issues, and the agenda setter."""
    several = np.array([sum(other.proposal == each.proposal for other in issues) > 1 for each in issues])
    setters = [agenda_setter(issue) for issue in issues]
    defined = np.array([setter is not None for setter in setters])
    assert (int(several.sum()), int(defined.sum())) == (321, 247)
    procedural = [s.outcome(i.stakes)[0] for s, i in zip(setters, issues, strict=True) if s is not None]
    for name, part, expected in (
        ("exchange", several, record.x.exchange[several]),
        ("procedural", defined, np.array(procedural)),
    ):
        row = next(each for each in shipped_record().models if each["model"] == name)
        found = point_errors(expected, record.y[part])._asdict()
        assert {k: row[k] for k in found} == pytest.approx(found)
        gap = np.abs(expected - record.y[part]) - np.abs(record.x.compromise[part] - record.y[part])
        assert row["difference"][0] == pytest.approx(gap.mean())


@pytest.mark.reference
def test_scores_of_distributions(
    issues: tuple[PastIssue, ...], record: Record, yardstick: np.ndarray, folder: Path
) -> None:
    with (folder / "deu3_distribution_scores.csv").open(newline="") as file:
        wanted = {(row["forecast"], row["score"]): row["value"] for row in csv.DictReader(file)}
    split = "compromise mean + pooled residuals, leave one proposal out, split dichotomous/graded"
    assert to_second_decimal(float(yardstick.mean()), wanted[split, "CRPS"])
    held = np.stack([support(issue.stakes, issue.stakes.salience)[0] for issue in issues])
    positions = Distribution(np.concatenate([held, np.ones((len(held), 1))], axis=1)).crps(record.y).mean()
    name = "salience-weighted empirical distribution of positions"
    assert to_second_decimal(float(positions), wanted[name, "CRPS"])
    error = record.y - record.x.compromise
    for kind, graded in (("graded", True), ("dichotomous", False)):
        low, high = np.quantile(error[record.x.dichotomous != graded], [0.1, 0.9])
        name = f"compromise mean, {kind} issues"
        assert to_second_decimal(float(low), wanted[name, "residual 10 percent quantile"])
        assert to_second_decimal(float(high), wanted[name, "residual 90 percent quantile"])


@pytest.mark.reference
def test_the_shipped_forecast_is_what_the_data_give(record: Record, yardstick: np.ndarray) -> None:
    """Learnt again it has the shipped coefficients; cross-validated in other folds, it wins by as much."""
    shipped = shipped_record()
    method = SupportRegression(shipped.curve.terms)
    assert shipped.method == method.name
    again = method.fit(record.x, record.y)
    assert isinstance(again, SupportCurve)
    np.testing.assert_allclose(again.curve, shipped.curve.curve, atol=2e-3)
    np.testing.assert_allclose(again.slope, shipped.curve.slope, atol=2e-3)
    forecast = cross_validated(method, record, folds(record.proposals, 5, seed=7))
    row = next(each for each in shipped.forecasts if each["forecast"] == method.name)
    assert forecast.crps(record.y).mean() == pytest.approx(row["crps"], abs=0.15)
    gap = difference(forecast.crps(record.y), yardstick, record.proposals)
    assert gap.high < 0
    assert level_that_covers(forecast, record.y) == pytest.approx(shipped.level, abs=0.03)


@pytest.mark.reference
def test_the_data_that_the_record_names(folder: Path) -> None:
    import hashlib

    for name, digest in shipped_record().source["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    ("issues_text", "positions_text", "said"),
    [
        ("isnr,rp,out\n", "", "deu3_issues.csv: has no column prnr, proc, counvte, intro_year"),
        (
            f"{HEAD}p,i,COD,QMV,2004,,140\n",
            "",
            "deu3_issues.csv, row 2: out '140' is not a number from 0 to 100",
        ),
        (f"{HEAD}p,i,COD,QMV,2004,x,40\n", "", "row 2: rp 'x' is not a number"),
        (f"{HEAD}p,i,COD,QMV,,,40\n", "", "row 2: intro_year '' is not a number"),
        (f"{HEAD}p,i,ACC,QMV,2004,,40\n", "", "row 2: proc 'ACC' is none of CNS, COD"),
        (f"{HEAD}p,i,COD,half,2004,,40\n", "", "row 2: counvte 'half' is none of QMV, QMV(10), Unan"),
        (
            f"{HEAD}p,i,COD,QMV,2004,,40\n",
            "i,d,-3,50,1\n",
            "issue i, actor d: position '-3' is not a number from 0 to 100",
        ),
        (
            f"{HEAD}p,i,COD,QMV,2004,,40\n",
            "i,d,3,50,\n",
            "issue i, actor d: capability '' is not a number",
        ),
    ],
)
def test_bad_tables(tmp_path: Path, issues_text: str, positions_text: str, said: str) -> None:
    (tmp_path / "deu3_issues.csv").write_text(issues_text)
    rows = "".join(f"i,{actor},50,50,1\n" for actor in "abc")
    (tmp_path / "deu3_positions.csv").write_text(
        f"issue,actor,position,salience,capability\n{rows}{positions_text}"
    )
    with pytest.raises(InputError) as raised:
        read_deu(tmp_path)
    assert said in str(raised.value)
    assert raised.value.repair


def test_a_folder_without_the_data(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a folder with both tables of DEU III"):
        read_deu(tmp_path)
