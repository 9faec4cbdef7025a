"""What `multivector bargain` prints, from the rows of `report`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]
MOST: Final = 12
FEW: Final = 5
SHORT: Final = 20
"""Lines of a list that text shows (JSON has them all), and the length of a scale below which decimals count."""


def first_line(report: Row) -> str:
    """Which issue, how many actors, which dimensions."""
    return f"{report['issue']}: {report['actors']} actors, {', '.join(report['dimensions'])}"


def turns(report: Row) -> list[str]:
    """A line an actor, a column a turn."""
    path: dict[tuple[int, str], list[float]] = defaultdict(list)
    for row in report["turns"]:
        path[row["dimension_index"], row["actor"]].append(row["position"])
    wide = max(len(name) for _, name in path)
    count = max(len(places) for places in path.values())
    lines = [f"{'turn':<{wide}}  " + " ".join(f"{t:>7}" for t in range(count))]
    for k, dimension in enumerate(report["dimensions"]):
        lines.append(dimension)
        lines += [
            f"{name:<{wide}}  " + " ".join(f"{x:7.2f}" for x in places)
            for (at, name), places in path.items()
            if at == k
        ]
    return [*lines, ""]


def when(report: Row) -> list[str]:
    """Each reading's share of never and its dates."""
    lines = [
        "when (no track record: priors of the issue file)",
        "reading    never  10 %        median      90 %",
    ]
    lines += [
        f"{row['reading']:<9} {row['never']:>6.0%}  "
        + "  ".join(f"{row[name] or '–':<10}" for name in ("early", "median", "late")).rstrip()
        for row in report["when"]
    ]
    return [*lines, ""]


def models(report: Row) -> list[str]:
    """Each model's settlement, its spread, and how far off it was on past issues."""
    rows, dimensions = report["models"], report["dimensions"]
    wide = max(len(row["model"]) for row in rows)
    lines = [f"{'model':<{wide}}  at modes  median (5 % to 95 %) of the draws  mean error on past issues"]
    for row in rows:
        of = f"  {row['dimension']}" if len(dimensions) > 1 else ""
        between = f"{row['median']:.1f} ({row['low']:.1f} to {row['high']:.1f})"
        past = "–" if row["past_error"] is None else f"{row['past_error']:.1f}"
        left = f"  {row['unsettled']} draws without an election that settled" if row["unsettled"] else ""
        lines.append(f"{row['model']:<{wide}}  {row['settlement']:>8.2f}  {between:<33}  {past}{of}{left}")
    if report["points_only"]:
        lines.append(
            "every cell is a point, so the draws do not spread; --spread 10 assumes 10 % on either side"
        )
    if any(row["model"].startswith(("smp", "expected")) for row in rows):
        lines.append(adds_nothing())
    return lines


def adds_nothing() -> str:
    """Whether any model of turns or rounds came nearer to past outcomes than the compromise mean."""
    from multivector.bargaining.calibration.record import shipped_record

    dynamic = [row for row in shipped_record().models if row["model"].startswith(("smp", "expected"))]
    nearer = [row["model"] for row in dynamic if row["difference"][2] < 0]
    if nearer:
        return f"Nearer to past outcomes than the compromise mean: {', '.join(nearer)}."
    best = min(dynamic, key=lambda row: row["difference"][0])
    gap, low, high = best["difference"]
    return (
        f"No model of turns or rounds adds to the compromise mean on past issues: the best, {best['model']}, "
        f"is off by {gap:.2f} points more [{low:+.2f}, {high:+.2f}]."
    )


def forecast(report: Row) -> list[str]:
    """The calibrated forecast, its record, and why that may not speak for the issue."""
    row = report["forecast"]
    lines = ["", "calibrated forecast"]
    lines += [f"  {each['dimension']}: {in_words(each)}" for each in row["dimensions"]]
    record = row["record"]
    lines.append(
        f"  on {record['issues']} past issues held out: CRPS {record['crps']:.2f}, "
        f"80 % intervals held {record['coverage']:.1%}"
    )
    if row["outside"]:
        lines.append(f"  {row['outside']}")
    return lines


def variants(report: Row) -> list[str]:
    """The settlement over cells and models together, and what its spread comes from."""
    part, several = report["variants"], len(report["dimensions"]) > 1
    lines = ["", f"models and options drawn along with the cells ({part['draws']} draws)"]
    for row in part["families"]:
        of = f"{row['dimension']}, " if several else ""
        left = f", {row['unsettled']} without an election that settled" if row["unsettled"] else ""
        lines.append(
            f"  {of}{row['family']} ({row['models']} models, {row['draws']} draws{left}): "
            f"{row['q50']:.0f}, 80 % {row['q10']:.0f} to {row['q90']:.0f}"
        )
    lines.append("  what its variance comes from")
    lines += [
        f"    {row['dimension'] + ': ' if several else ''}{share_name(row)} {max(row['share'], 0.0):.0%} ± {row['error']:.0%}"
        for row in part["shares"]
        if row["part"] != "option" or row["share"] > 2 * row["error"]
    ]
    return lines


def share_name(row: Row) -> str:
    """What a share of the variance belongs to, in words."""
    if row["part"] == "option":
        return f"{row['option']} of {row['family']}"
    return {"family": "family of models", "options": "options within families", "cells": "cells"}[row["part"]]


def in_words(forecast: Row) -> str:
    """A forecast of one dimension with its interval, in as many decimals as the length of its scale asks for."""
    digits = 0 if forecast["at"][-1] - forecast["at"][0] >= SHORT else 2
    median, low, high = (f"{forecast[key]:.{digits}f}" for key in ("median", "low80", "high80"))
    return f"{median}, 80 % interval {low} to {high}"


def process(report: Row) -> list[str]:
    """Who moves whom, and who ends together."""
    row = report["process"]
    rest = row["turns"]
    lines = [
        "",
        f"who moves whom (smp, mean of {row['draws']} draws; {rest['median']:.0f} turns in the middle one, "
        f"{rest['came_to_rest']:.0%} came to rest)",
    ]
    for each in row["moves"][:MOST]:
        points = ", ".join(f"{x:+.1f}" for x in each["points"])
        lines.append(f"  {each['mover']} moves {each['moved']} by {points}")
    lines.append("who ends within 5 points of each other in most draws")
    for group in row["coalitions"]:
        if len(group["members"]) > 1:
            at = ", ".join(f"{x:.0f}" for x in group["position"])
            lines.append(
                f"  at {at}, {group['weight']:.0%} of the weight, in {group['together']:.0%} of draws: "
                f"{', '.join(group['members'])}"
            )
    alone = [name for group in row["coalitions"] if len(group["members"]) == 1 for name in group["members"]]
    if alone:
        lines.append(f"  alone: {', '.join(alone)}")
    return lines


def levers(report: Row) -> list[str]:
    """Each move, its gain with the spread over draws, and how often it helps."""
    part = report["levers"]
    lines = ["", f"most effective moves, on {part['of']} (gain: how much nearer to the actor's own wish)"]
    lines += [
        f"  {row['actor']}: {row['move']}: {amount(row['gain'], part['unit'], signed=True)} "
        f"({amount(row['low'], part['unit'], signed=True)} to {amount(row['high'], part['unit'], signed=True)}), "
        f"helps in {row['helps']:.0%} of draws"
        for row in part["moves"]
    ]
    return lines


def reach(report: Row) -> list[str]:
    """Whether the target can be reached, by which cells alone, and what sets the draws that reach it apart."""
    part = report["reach"]
    lines = ["", f"what would have to be true for {part['of']} to reach {part['target']:g}"]
    lines += [f"  {each}" for each in part["says"]]
    several = len(report["dimensions"]) > 1
    alone = [row for row in part["cells"] if row["value"] is not None][:FEW]
    if alone:
        lines.append("  one cell alone, the least change first:")
        lines += [
            f"    {cell_name(row, several)}: {row['value']:.3g} instead of {row['mode']:.3g}"
            f"{'' if row['where'] == 'interval' else ' (outside its interval)'}"
            for row in alone
        ]
    if part["together"]:
        lines.append("  all cells together, the largest changes:")
        lines += [
            f"    {cell_name(row, several)}: {row['value']:.3g} instead of {row['mode']:.3g}"
            for row in part["together"]["cells"][:FEW]
        ]
    told = [row for row in part["apart"] if abs(row["difference"]) > 2 * row["error"]][:FEW]
    if told:
        lines.append("  what sets the draws that reach it apart (difference of mean quantiles):")
        lines += [
            f"    {cell_name(row, several)}: {row['difference']:+.2f} ± {row['error']:.2f}" for row in told
        ]
    return lines


def cell_name(row: Row, several: bool) -> str:
    """A cell in words: "position of X", with its dimension where there are several."""
    on = f" on {row['dimension']}" if several and row["dimension"] else ""
    return f"{row['attribute']} of {row['stakeholder']}{on}"


def worth(report: Row) -> list[str]:
    """What knowing each cell would save of the forecast's expected error."""
    part = report["worth"]
    lines = [
        "",
        f"what knowing a cell would save of the expected error ({part['whole']:.4g} in all), on {part['of']}",
    ]
    told = [row for row in part["cells"] if row["saved"] > 2 * row["error"]]
    several = len(report["dimensions"]) > 1
    for row in told[:MOST]:
        saved = f"{row['saved']:.2g} ± {row['error']:.1g}, {row['share']:.1%}"
        lines.append(f"  {cell_name(row, several)} ({row['evidence']}): {saved}")
    rest = len(part["cells"]) - min(len(told), MOST)
    lines.append(f"  {rest} other cells save less, or nothing that {part['draws']} draws can tell")
    return lines


def amount(value: float, unit: str, *, signed: bool = False) -> str:
    """A number of a quantity: percentage points of a chance, else one decimal of the scale."""
    sign = "+" if signed else ""
    return f"{100 * value:{sign}.1f} %" if unit == "share" else f"{value:{sign}.1f}"


TEXT: Final[Mapping[str, Callable[[Row], list[str]]]] = {
    "turns": turns,
    "when": when,
    "models": models,
    "forecast": forecast,
    "variants": variants,
    "process": process,
    "levers": levers,
    "reach": reach,
    "worth": worth,
}
"""How each part of a report reads."""
