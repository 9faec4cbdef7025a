"""What `multivector bargain` prints, from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from multivector.desk.bargain.wording import (
    cell_name,
    cell_turned,
    forecast_in_words,
    gain,
    rested,
    share,
    share_name,
    shown,
    with_error,
)

Row = Mapping[str, Any]
MOST: Final = 12
FEW: Final = 5
"""Lines of a list that text shows; JSON has them all."""
STAY: Final = "stay"
"""How a lever's row says that no move was taken."""


def first_line(report: Row) -> str:
    """Which issue, how many actors, which dimensions with their units, as of when."""
    scales = [
        f"{name} ({scale['unit']})" if scale["unit"] else name for name, scale in report["scales"].items()
    ]
    as_of = f", as of {report['as_of']}" if report["as_of"] else ""
    return f"{report['issue']}: {report['actors']} actors, {', '.join(scales)}{as_of}"


def _span(report: Row, dimension: str) -> float:
    scale = report["scales"][dimension]
    return float(scale["high"] - scale["low"])


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
    rows, several = report["models"], len(report["dimensions"]) > 1
    wide = max(len(row["model"]) for row in rows)
    lines = [
        f"{'model':<{wide}}  at modes  median (5 % to 95 %) of the draws  mean error on past issues (of 100)"
    ]
    for row in rows:
        span = _span(report, row["dimension"]) / 10
        settled, median, low, high = (
            shown(row[key], span) for key in ("settlement", "median", "low", "high")
        )
        past = "–" if row["past_error"] is None else f"{row['past_error']:.1f}"
        of = f"  {row['dimension']}" if several else ""
        fewer = f"  {row['draws']} draws" if row["draws"] < report["draws"] else ""
        left = (
            f"{fewer}  {row['unsettled']} draws without an election that settled"
            if row["unsettled"]
            else fewer
        )
        between = f"{median} ({low} to {high})"
        lines.append(f"{row['model']:<{wide}}  {settled:>8}  {between:<33}  {past}{of}{left}")
    if report["points_only"]:
        lines.append(
            "every cell is a point, so the draws do not spread; --spread 10 assumes 10 % on either side"
        )
    if report["dynamic"] and any(row["model"].startswith(("smp", "expected")) for row in rows):
        lines.append(report["dynamic"])
    return lines


def forecast(report: Row) -> list[str]:
    """The calibrated forecast, its record, and why that may not speak for the issue."""
    row = report["forecast"]
    lines = ["", "calibrated forecast"]
    lines += [f"  {each['dimension']}: {forecast_in_words(each)}" for each in row["dimensions"]]
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
        span = _span(report, row["dimension"])
        low, median, high = (shown(row[key], span) for key in ("q10", "q50", "q90"))
        lines.append(
            f"  {of}{row['family']} ({row['models']} models, {row['draws']} draws{left}): {median}, 80 % {low} to {high}"
        )
    lines.append("  what its variance comes from")
    lines += [
        f"    {row['dimension'] + ': ' if several else ''}{share_name(row)} {share(row)}"
        for row in part["shares"]
        if row["part"] != "option" or row["share"] > 2 * row["error"]
    ]
    return lines


def process(report: Row) -> list[str]:
    """Who moves whom, and who ends together."""
    row = report["process"]
    rest = row["turns"]
    left = f", {row['unsettled']} without an election that settled" if row["unsettled"] else ""
    lines = [
        "",
        f"who moves whom (smp, {row['draws']} draws{left}; {rest['median']:.0f} turns in the middle one; hundredths of the "
        f"scale, summed over turns, mean and 10 to 90 % of {rested(row)})",
    ]
    for each in row["moves"][:MOST]:
        spread = zip(each["points"], each["low"], each["high"], strict=True)
        points = ", ".join(f"{x:+.0f} ({low:+.0f} to {high:+.0f})" for x, low, high in spread)
        lines.append(f"  {each['mover']} moves {each['moved']} by {points}")
    lines.append(f"who ends together (within {row['within']:g} hundredths of the scale, in most draws)")
    spans = [_span(report, name) for name in report["dimensions"]]
    for group in row["coalitions"]:
        if len(group["members"]) > 1:
            at = ", ".join(shown(x, span) for x, span in zip(group["position"], spans, strict=True))
            lines.append(
                f"  at {at}, {group['weight']:.0%} of the weight: {', '.join(group['members'])} (all of them in "
                f"{group['all_together']:.0%} of draws, a pair of them on average in {group['together']:.0%})"
            )
    alone = [name for group in row["coalitions"] if len(group["members"]) == 1 for name in group["members"]]
    if alone:
        lines.append(f"  alone: {', '.join(alone)}")
    return lines


def levers(report: Row) -> list[str]:
    """Each move, its gain with the spread over draws, and how often it helps."""
    part = report["levers"]
    points = "; pp: percentage points" if part["is_chance"] else ""
    draws = max((row["draws"] for row in part["moves"]), default=0)
    lines = [
        "",
        f"most effective moves, on {part['of']} (gain: how much nearer to the actor's own wish, over {draws} draws{points})",
    ]
    lines += [
        f"  {row['actor']}: {row['move']}: {gain(row['gain'], part)} ({gain(row['low'], part)} to "
        f"{gain(row['high'], part)}), helps in {row['helps']:.0%} of draws"
        for row in part["moves"]
        if row["move"] != STAY
    ]
    still = dict.fromkeys(row["actor"] for row in part["moves"] if row["move"] == STAY)
    moving = {row["actor"] for row in part["moves"] if row["move"] != STAY}
    if none := [actor for actor in still if actor not in moving]:
        lines.append(f"  no move that was tried helps: {', '.join(none)}")
    return lines


def reach(report: Row) -> list[str]:
    """Whether the target can be reached, by which cells alone, and what sets the draws that reach it apart."""
    part, several = report["reach"], len(report["dimensions"]) > 1
    lines = ["", f"what would have to be true for {part['of']} to reach {part['target']:g}"]
    lines += [f"  {each}" for each in part["says"]]
    alone = [row for row in part["cells"] if row["value"] is not None][:FEW]
    if alone:
        lines.append("  one cell alone, the least change first:")
    lines += [
        f"    {cell_name(row, several)}: {' instead of '.join(reversed(cell_turned(row)))}"
        f"{'' if row['where'] == 'interval' else ' (outside its interval)'}"
        for row in alone
    ]
    if part["together"]:
        lines.append("  all cells together, the largest changes:")
        lines += [
            f"    {cell_name(row, several)}: {' instead of '.join(reversed(cell_turned(row)))}"
            for row in part["together"]["cells"][:FEW]
        ]
    if part["apart"]:
        lines.append("  what sets the draws that reach it apart (difference of mean quantiles):")
    lines += [
        f"    {cell_name(row, several)}: {row['difference']:+.2f} ± {row['error']:.2f}"
        for row in part["apart"][:FEW]
    ]
    return lines


def worth(report: Row) -> list[str]:
    """What knowing each cell would save of the forecast's expected error."""
    part, several = report["worth"], len(report["dimensions"]) > 1
    lines = [
        "",
        f"what knowing a cell would save of the expected error ({part['whole']:.4g} in all), on {part['of']}",
    ]
    told = [row for row in part["cells"] if row["told"]]
    for row in told[:MOST]:
        saved = f"{with_error(row['saved'], row['error'])}, {row['share']:.1%}"
        lines.append(f"  {cell_name(row, several)} ({row['evidence']}): {saved}")
    rest = len(part["cells"]) - min(len(told), MOST)
    lines.append(f"  {rest} other cells save less, or nothing that {part['draws']} draws can tell")
    return lines


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
