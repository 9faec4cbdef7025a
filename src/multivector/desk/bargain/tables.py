"""The small tables of an issue's page: settlements, models drawn along, what another outcome would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain.rows import Asked, Row, model_rows, reach_of, variants_of
from multivector.desk.bargain.wording import cell_name, cell_turned, share, share_name, shown, turned
from multivector.desk.context import Table

FEW: Final = 5
STEP: Final = 0.1
"""Part of a scale without marks by which another outcome is asked for."""
CHANCES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Other chances that are asked for; ours."""


def settlements_table(bargain: Bargain) -> Table:
    """Every model's settlement, its spread, and its error on past issues: a row a model and dimension."""
    rows, several = model_rows(bargain, Asked()), bargain.at_modes.d > 1
    numeric = ("at the modes", "median", "5–95% of the draws", "mean error on past issues, of 100")
    spans = {each.name: (each.high - each.low) / 10 for each in bargain.issue.dimensions}
    body = []
    for row in rows:
        settled, median, low, high = (
            shown(row[key], spans[row["dimension"]]) for key in ("settlement", "median", "low", "high")
        )
        past = "–" if row["past_error"] is None else f"{row['past_error']:.1f}"
        of = (row["dimension"],) if several else ()
        body.append((row["model"], *of, settled, median, f"{low} to {high}", past))
    left = max(row["unsettled"] for row in rows)
    return Table(
        ("model", *(("dimension",) if several else ()), *numeric),
        tuple(body),
        numeric=numeric,
        caption="Where each model settles with every cell at its mode, and over the draws; a model that jumps may differ much "
        f"between the two. Past issues: DEU III.{_unsettled(left)}",
        folded=f"What {len({row['model'] for row in rows})} models expect",
    )


def _unsettled(count: int) -> str:
    return f" {count} draws in which an election did not settle are left out." if count else ""


def variants_table(bargain: Bargain) -> Table:
    """The settlement where models and options are drawn along with the cells."""
    found, several = variants_of(bargain, Asked()), bargain.at_modes.d > 1
    spans = {each.name: each.high - each.low for each in bargain.issue.dimensions}
    told = [
        f"{row['dimension'] + ': ' if several else ''}{share_name(row)} {share(row)}"
        for row in found["shares"]
        if row["part"] != "option"
    ]
    body = []
    for row in found["families"]:
        low, median, high = (shown(row[key], spans[row["dimension"]]) for key in ("q10", "q50", "q90"))
        of = (row["dimension"],) if several else ()
        body.append((row["family"], *of, median, f"{low} to {high}", str(row["models"])))
    left = max(row["unsettled"] for row in found["families"])
    return Table(
        ("models", *(("dimension",) if several else ()), "median", "80% of the draws", "different models"),
        tuple(body),
        numeric=("median", "80% of the draws", "different models"),
        caption=f"{found['draws']} draws, each with its own cells and its own model: first the family, then its options, every "
        f"value as likely. Of the variance, estimated without bias: {'; '.join(told)}.{_unsettled(left)}",
        folded="If nobody knows which model is right",
    )


def reach_table(bargain: Bargain) -> Table:
    """What would have to be true for another outcome: the compromise mean elsewhere, or another chance by the day."""
    rows, of = [], ""
    for asked in _asked(bargain):
        quantity = bargain.quantity(asked.model, asked.dimension)
        now, of = float(quantity.of(bargain.at_modes)), quantity.name
        for target in _targets(bargain, asked, now):
            found = reach_of(bargain, Asked(asked.model, asked.dimension, target=target))
            what = " → ".join(turned(now, target, found))
            rows.append(_reached(found, f"{asked.dimension} {what}".strip(), bargain.at_modes.d > 1))
    about = "the compromise mean" if not bargain.waiting else f"the {of}"
    return Table(
        ("from → to", "draws that reach it", "one judgement alone", "all together, the largest changes"),
        tuple(rows),
        numeric=("draws that reach it",),
        caption=f"For {about}. Values outside the interval of their cell are marked *. “All together”: the smallest "
        "change of all cells that was found to reach it, in half-widths of their intervals.",
        folded="What would have to be true for another outcome",
    )


def _asked(bargain: Bargain) -> list[Asked]:
    if bargain.waiting:
        return [Asked()]
    return [Asked("compromise", scale.name) for scale in bargain.issue.dimensions]


def _targets(bargain: Bargain, asked: Asked, now: float) -> list[float]:
    """The next place below and above: of the scale's marks, a tenth of a scale without marks, or of some chances."""
    if bargain.waiting:
        return _around(CHANCES, now)
    scale = bargain.issue.dimensions[bargain.dimension(asked.dimension)]
    step = STEP * (scale.high - scale.low)
    marks = [mark.at for mark in scale.marks] or [max(scale.low, now - step), min(scale.high, now + step)]
    return _around(sorted(marks), now)


def _around(places: Sequence[float], now: float) -> list[float]:
    below, above = [x for x in places if x < now], [x for x in places if x > now]
    return [*below[-1:], *above[:1]]


def _reached(found: Row, what: str, several: bool) -> tuple[str, ...]:
    alone = [row for row in found["cells"] if row["value"] is not None][:FEW]
    together = found["together"]["cells"][:FEW] if found["together"] else []
    return (
        what,
        f"{found['reached']} of {found['draws']}",
        "; ".join(_change(row, several, row["where"] != "interval") for row in alone) or "none",
        "; ".join(_change(row, several, not row["inside"]) for row in together) or found["says"][-1],
    )


def _change(row: Row, several: bool, outside: bool) -> str:
    return f"{cell_name(row, several)} {' → '.join(cell_turned(row))}{'*' if outside else ''}"
