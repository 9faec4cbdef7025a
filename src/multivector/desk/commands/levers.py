"""`multivector levers`: where a state's effort is best put."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import (
    InsteadOfNamed,
    Json,
    Members,
    Quiet,
    ScenarioName,
    Seed,
    print_report,
)

if TYPE_CHECKING:
    from multivector.inference.levers import BestSplit, Gain
    from multivector.inference.levers.gradients import Gradient

SEARCH_MEMBERS = 128  # members that choose; the gain is told on others
ROUNDS, CANDIDATES = 8, 24


def levers(
    scenario: ScenarioName,
    actor: Annotated[str, typer.Option("--actor", help="The state whose effort is split over the powers.")],
    year: Annotated[int, typer.Option("--year", help="The year whose balance counts; the last without.")] = 0,
    budget: Annotated[float, typer.Option("--budget", help="Share of the effort that may move.")] = 0.3,
    members: Members = 500,
    seed: Seed = 7,
    region: InsteadOfNamed = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """The split of a state's effort over the powers that makes its arms most balanced, within a budget."""
    import numpy as np

    from multivector.desk.cache import keep_compiled_code
    from multivector.inference.levers import best_split
    from multivector.inference.levers.effort import arms_balance, objective_of
    from multivector.inference.levers.gradients import gradient_to_levers, smooth_arms_balance
    from multivector.world.inputs import inputs_at
    from multivector.world.parameters import Priors
    from multivector.world.plan import Plan
    from multivector.world.scenario_file import region_of

    keep_compiled_code()
    atlas, what = region_of(scenario, region)
    plan = Plan.of(inputs_at(atlas, what.start_year), Priors.at(atlas, what.start_year), what)
    at = year or what.end_year
    quantity = arms_balance(plan, actor, at)
    search = objective_of(plan, actor, quantity, members=SEARCH_MEMBERS, first=0, seed=seed)
    appraise = objective_of(plan, actor, quantity, members=members, first=SEARCH_MEMBERS, seed=seed)
    powers = plan.inputs.powers
    now = np.full(len(powers), 1 / len(powers))  # as members start, see `RegionProgram`
    found = best_split(search, appraise, now, budget, seed=seed, rounds=ROUNDS, candidates=CANDIDATES)
    slope = gradient_to_levers(plan, actor, smooth_arms_balance(plan, actor, at), seed=seed)
    report = _report(found, slope, powers) | {"actor": actor, "year": at, "scenario": what.id, "seed": seed}
    print_report(report, _text(report), as_json, quiet)


def _report(found: BestSplit, slope: Gradient, powers: tuple[str, ...]) -> dict[str, Any]:
    return {
        "objective": "evenness of arms over the powers, five years to the year",
        "budget": found.budget,
        "now": dict(zip(powers, found.now.tolist(), strict=True)),
        "best": _gain(found.best) | {"split": dict(zip(powers, found.best.split.tolist(), strict=True))},
        "alone": [
            {"power": power, "gradient": slope.mean[g], "gradient_error": slope.error[g]} | _gain(gain)
            for g, (power, gain) in enumerate(zip(powers, found.alone, strict=True))
        ],
        "doses": [
            {"lever": name, "gradient": mean, "gradient_error": error}
            for name, mean, error in zip(slope.levers, slope.mean.tolist(), slope.error.tolist(), strict=True)
        ][len(powers) :],
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "gain": gain.mean,
        "low": gain.low,
        "high": gain.high,
        "sure": gain.sure,
        "helps": gain.helps,
        "members": gain.members,
    }


def _text(report: dict[str, Any]) -> str:
    best = report["best"]
    lines = [
        f"{report['actor']}, {report['objective']} {report['year']}; "
        f"{100 * report['budget']:.0f} % of the effort may move, now evenly split",
        f"best split: {_interval(best)} over {best['members']} members that did not choose it",
        "  " + ", ".join(f"{power} {100 * part:.0f} %" for power, part in best["split"].items()),
        f"  {'all of the budget to':<22}{'gain':>8}{'90 % interval':>20}{'sure':>7}{'helps':>7}{'slope':>9}{'error':>8}",
    ]
    lines += [
        f"  {row['power']:<22}{row['gain']:>+8.3f}{row['low']:>+11.3f} to {row['high']:>+.3f}"
        f"{100 * row['sure']:>6.0f}%{100 * row['helps']:>6.0f}%{row['gradient']:>+9.3f}{row['gradient_error']:>8.3f}"
        for row in report["alone"]
    ]
    lines += [
        f"  {row['lever']}: slope {row['gradient']:+.3f} (error {row['gradient_error']:.3f}) a whole dose more"
        for row in report["doses"]
    ]
    lines.append(
        "sure: chance that the mean gain is above zero; helps: share of members that gain; slope: by gradient,"
        " per whole effort, expected flows"
    )
    return "\n".join(lines)


def _interval(gain: dict[str, Any]) -> str:
    return (
        f"{gain['gain']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f}), "
        f"above zero with a chance of {100 * gain['sure']:.0f} %, helps in {100 * gain['helps']:.0f} % of members"
    )
