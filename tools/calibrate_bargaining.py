"""Calibrate forecasts of bargaining on DEU III and write what the package ships (for its maintainer).

    python tools/calibrate_bargaining.py ../shared/reference/bargaining [--out record.json]

Printed, and kept in `bargaining/calibration/record.json`: every model's errors, with its past errors around it as
a distribution; every declared forecast, cross-validated by proposal; and the score of choosing among them, where
method, coefficients and interval are all found inside the training folds, for all issues and by kind and period.
About a quarter of an hour.

The forecasts that were compared are declared below. The form of the regressions was found by looking at these same
issues (curves that are not the same both ways, by polarisation or by voting rule were looked at too and left out, as
none was clearly better), so that a little of the gain may be luck that nesting does not take out. Of an issue outside
legislation nobody knows a proposing commission, the procedure or the other issues of a proposal, so the headline is
chosen among forecasts from stakes alone (FROM_STAKES); the choice among all (DECLARED) is kept beside it. The first
that is not clearly worse than the best is taken (`simplest_of_best`), so they stand in order of the number of their
coefficients, and of equally many the less shrunk first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.calibration.compare import (
    Nested,
    Record,
    cross_validated,
    folds,
    level_that_covers,
    nested,
    simplest_of_best,
)
from multivector.bargaining.calibration.council import agenda_setter
from multivector.bargaining.calibration.deu import ISSUES, POSITIONS, PastIssue, outcomes, read_deu
from multivector.bargaining.calibration.distribution import Distribution, Floats
from multivector.bargaining.calibration.errors import Difference, difference, point_errors
from multivector.bargaining.calibration.methods import (
    Forest,
    InflatedBeta,
    Isotonic,
    Method,
    NearResiduals,
    PooledResiduals,
    SupportCurve,
    SupportRegression,
)
from multivector.bargaining.calibration.predictors import Predictors, support
from multivector.bargaining.calibration.proposals import outcomes_together
from multivector.bargaining.calibration.record import FILE
from multivector.bargaining.models import MODELS, Model, Nash
from multivector.files import write_text_whole

PROPOSERS = ("support", "proposer", "parliament")
FROM_STAKES: tuple[Method, ...] = (
    PooledResiduals(),
    SupportRegression(),
    SupportRegression(ridge=0.1),
    SupportRegression(("plain support",)),
    SupportRegression(("support", "compromise")),
    SupportRegression(("support", "median")),
    SupportRegression(by_kind=True),
    SupportRegression(("support", "plain support", "median"), by_kind=True),
    InflatedBeta(),
    Isotonic(),
    NearResiduals(20.0),
    NearResiduals(10.0),
    Forest(trees=60),
)
OF_LEGISLATION: tuple[Method, ...] = (
    SupportRegression(("support", "procedural")),
    SupportRegression(("support", "exchange")),
    SupportRegression(PROPOSERS),
    SupportRegression((*PROPOSERS, "reference")),
    SupportRegression(PROPOSERS, by_kind=True),
)
DECLARED: tuple[Method, ...] = (*FROM_STAKES[:5], *OF_LEGISLATION, *FROM_STAKES[5:])
OUTER, INNER, SEED = 20, 10, 0
PERIODS = ((1996, 2000), (2003, 2008), (2012, 2018))
"""The years of the three rounds of the data; none of their issues were introduced in between."""


def scores(forecast: Distribution, y: Floats, low: Floats, high: Floats) -> dict[str, float]:
    """What is printed of a distribution; the point forecast is its median."""
    errors = point_errors(forecast.median, y)
    return {
        "mae": errors.mae,
        "medae": errors.medae,
        "crps": float(forecast.crps(y).mean()),
        "coverage": float(np.mean((low <= y) & (y <= high))),
        "width": float(np.mean(high - low)),
    }


def central(forecast: Distribution) -> tuple[Floats, Floats]:
    return forecast.quantile(0.1), forecast.quantile(0.9)


def expected_outcomes(issues: tuple[PastIssue, ...]) -> dict[str, Floats]:
    """What each model expects `[k]`; NaN where it is not defined or has nothing to add.

    Nash and the agenda setter need a reference point, and exchange another issue of the same proposal.
    """
    expected = {name: outcomes(model, issues) for name, model in MODELS.items()}
    size = Counter(issue.proposal for issue in issues)
    alone = np.array([size[issue.proposal] == 1 for issue in issues])
    expected["exchange"] = np.where(alone, np.nan, outcomes_together(MODELS["exchange"], issues))
    expected["nash"] = one_by_one(
        [None if i.reference_point is None else Nash(i.reference_point) for i in issues], issues
    )
    expected["procedural"] = one_by_one([agenda_setter(issue) for issue in issues], issues)
    points = [np.nan if issue.reference_point is None else issue.reference_point for issue in issues]
    return expected | {"reference-point": np.array(points)}


def one_by_one(models: Sequence[Model | None], issues: tuple[PastIssue, ...]) -> Floats:
    """`[k]`: each issue by a model of its own; NaN where there is none."""
    return np.array(
        [
            np.nan if model is None else model.outcome(issue.stakes)[0]
            for model, issue in zip(models, issues, strict=True)
        ]
    )


def to_compromise(point: Floats, record: Record) -> Difference:
    """Absolute errors of `point` `[k]` against the compromise model's, by proposal."""
    off, yardstick = np.abs(point - record.y), np.abs(record.x.compromise - record.y)
    return difference(off, yardstick, record.proposals)


def models_table(issues: tuple[PastIssue, ...], record: Record) -> list[dict[str, Any]]:
    """Each model as a point, and with its own past errors around it (by kind, one proposal left out)."""
    rows = []
    for name, each in expected_outcomes(issues).items():
        known = ~np.isnan(each)
        part, point = record.at(known), each[known]
        around = Record(replace(part.x, compromise=point), part.y, part.proposals)
        forecast = cross_validated(PooledResiduals(), around, folds(around.proposals))
        rows.append(
            {"model": name}
            | point_errors(point, part.y)._asdict()
            | {"difference": list(to_compromise(point, part))}
            | {
                k: v
                for k, v in scores(forecast, part.y, *central(forecast)).items()
                if k not in {"mae", "medae"}
            }
        )
    return rows


def forecasts_table(
    record: Record, yardstick: Floats, issues: tuple[PastIssue, ...]
) -> tuple[list[dict[str, Any]], list[Distribution]]:
    """Each declared forecast over the outer folds, its interval at the plain level of 80 %."""
    tests = folds(record.proposals, OUTER, seed=SEED)
    made = [cross_validated(method, record, tests) for method in DECLARED]
    held = np.stack([support(issue.stakes, issue.stakes.salience)[0] for issue in issues])
    positions = Distribution(np.concatenate([held, np.ones((len(held), 1))], axis=1))
    named = [(method.name, each) for method, each in zip(DECLARED, made, strict=True)]
    rows = []
    for name, forecast in [("positions by salience", positions), *named]:
        gap = difference(forecast.crps(record.y), yardstick, record.proposals)
        rows.append(
            {"forecast": name}
            | scores(forecast, record.y, *forecast.interval(0.8))
            | {"difference": list(gap)}
        )
    return rows, made


def fitted(record: Record, made: Sequence[Distribution]) -> dict[str, Any]:
    """The method that all issues choose, learnt from all of them."""
    forecasts = [each for method, each in zip(DECLARED, made, strict=True) if method in FROM_STAKES]
    pick = simplest_of_best([each.crps(record.y) for each in forecasts], record.proposals)
    chosen = FROM_STAKES[pick]
    curve = chosen.fit(record.x, record.y)
    if not isinstance(curve, SupportCurve):
        raise SystemExit(f"{chosen.name} was chosen, which the package does not yet ship")
    return {
        "method": chosen.name,
        "terms": list(curve.terms),
        "curve": curve.curve.tolist(),
        "slope": curve.slope.tolist(),
        "level": level_that_covers(forecasts[pick], record.y),
    }


def part_row(
    name: str, part: NDArray[np.bool_], choice: Nested, record: Record, yardstick: Floats
) -> dict[str, Any]:
    """The scores of a choice on part of the issues, with the coverage of its interval."""
    forecast, y = Distribution(choice.forecast.cdf[part]), record.y[part]
    gap = difference(forecast.crps(y), yardstick[part], record.proposals[part])
    return (
        {"subset": name, "n": int(part.sum())}
        | scores(forecast, y, choice.low[part], choice.high[part])
        | {"difference": list(gap)}
    )


def subsets_table(
    among: Sequence[Method], choice: Nested, record: Record, yardstick: Floats, years: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """By kind and period; and each period by a choice made, learnt and set without any issue of it."""
    periods = {f"{first} to {last}": (first <= years) & (years <= last) for first, last in PERIODS}
    subsets = {
        "all issues": np.ones(years.size, bool),
        "graded": ~record.x.dichotomous,
        "dichotomous": record.x.dichotomous,
    } | {f"introduced {name}": part for name, part in periods.items()}
    rows = [part_row(name, part, choice, record, yardstick) for name, part in subsets.items()]
    tests = list(periods.values())
    apart = nested(among, record, tests, inner=INNER, seed=SEED + 1)
    plain = cross_validated(PooledResiduals(), record, tests).crps(record.y)
    return rows + [
        part_row(f"{name}, learnt from other years", part, apart, record, plain)
        for name, part in periods.items()
    ]


def choosing(
    among: Sequence[Method], record: Record, yardstick: Floats, years: NDArray[np.int64]
) -> dict[str, Any]:
    """The score of the choice itself: everything inside the training folds."""
    tests = folds(record.proposals, OUTER, seed=SEED)
    choice = nested(among, record, tests, inner=INNER, seed=SEED + 1)
    crps = choice.forecast.crps(record.y)
    same = cross_validated(PooledResiduals(), record, tests).crps(record.y)
    groups = record.proposals
    inside = (choice.low <= record.y) & (record.y <= choice.high)
    return {
        "issues": int(record.y.size),
        "proposals": int(np.unique(groups).size),
        **scores(choice.forecast, record.y, choice.low, choice.high),
        "yardstick_crps": float(yardstick.mean()),
        "difference": list(difference(crps, yardstick, groups)),
        "difference_same_folds": list(difference(crps, same, groups)),
        "difference_mae_to_compromise": list(to_compromise(choice.forecast.median, record)),
        "coverage_interval": list(difference(inside, np.zeros(inside.size), groups)),
        "chosen": dict(Counter(choice.chosen)),
        "levels": [min(choice.levels), max(choice.levels)],
        "folds": {"outer": OUTER, "inner": INNER, "seed": SEED},
        "subsets": subsets_table(among, choice, record, yardstick, years),
    }


def show(rows: Sequence[Mapping[str, Any]], name: str) -> None:
    print(f"{name:58s} {'MAE':>6s} {'med.':>6s} {'CRPS':>6s} {'cover':>6s} {'width':>6s}  difference (95 %)")
    for row in rows:
        gap = Difference(*row["difference"])
        figures = " ".join(f"{row[k]:6.2f}" for k in ("mae", "medae", "crps", "coverage", "width"))
        print(f"{row[name]:58s} {figures}  {gap.mean:+.2f} [{gap.low:+.2f}, {gap.high:+.2f}]")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="with deu3_issues.csv and deu3_positions.csv")
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()

    issues = read_deu(given.folder)
    y = np.array([issue.outcome for issue in issues])
    record = Record(Predictors.of(issues), y, np.array([issue.proposal for issue in issues]))
    yardstick = cross_validated(PooledResiduals(), record, folds(record.proposals)).crps(y)

    models = models_table(issues, record)
    show(models, "model")
    forecasts, made = forecasts_table(record, yardstick, issues)
    show(forecasts, "forecast")
    years = np.array([issue.year for issue in issues])
    best, with_proposer = (choosing(among, record, yardstick, years) for among in (FROM_STAKES, DECLARED))
    show(best["subsets"], "subset")
    print(json.dumps({"from stakes": best, "all, with proposer": with_proposer}, indent=1))
    kept = {
        "what": "own computation on DEU III: coefficients and scores, none of the data",
        "made_by": "tools/calibrate_bargaining.py",
        "source": {
            "data": "DEU III, doi 10.34810/data53",
            "article": "Arregui & Perarnaud 2021, Journal of European Public Policy, doi 10.1080/13501763.2021.1991983",
            "sha256": {
                name: hashlib.sha256((given.folder / name).read_bytes()).hexdigest()
                for name in (ISSUES, POSITIONS)
            },
        },
        "domain": {
            "what": "legislative issues of the European Union introduced from 1996 to 2018",
            "actors": [min(i.stakes.n for i in issues), max(i.stakes.n for i in issues)],
        },
        "fitted": fitted(record, made),
        "headline": best,
        "with_proposer": with_proposer,
        "forecasts": forecasts,
        "models": models,
    }
    write_text_whole(given.out, json.dumps(kept, indent=1, default=float) + "\n")
    print(f"written to {given.out}")


if __name__ == "__main__":
    main()
