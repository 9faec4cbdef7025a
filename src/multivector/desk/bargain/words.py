"""What a page says of an issue in sentences and small tables."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain.report import Asked, Row, forecast_of, model_rows, reach_of, variants_of
from multivector.desk.bargain.text import FEW, adds_nothing, cell_name, in_words, share_name
from multivector.desk.context import Table

__all__ = [
    "bottom_line",
    "cell_name",
    "paragraphs",
    "reach_table",
    "record_in_words",
    "settlements_table",
    "variants_table",
]
STEP = 0.1
"""Share of a scale without marks by which another outcome is asked for."""


def bottom_line(bargain: Bargain) -> str:
    """The answer, with its spread and why it may be off."""
    return _when(bargain) if bargain.waiting else _where(bargain)


def _when(bargain: Bargain) -> str:
    day = bargain.day
    parts = [
        f"{float(waiting.by(day)):.0%} ({reading}; never {float(waiting.never):.0%})"
        for reading, waiting in bargain.waiting.items()
    ]
    return (
        f"By {day} it has happened in {', '.join(parts[:-1])} or {parts[-1]} of runs, as one reads how the stakeholders' "
        "dates go together. These are shares of runs under the issue's own priors; nothing has scored them."
    )


def _where(bargain: Bargain) -> str:
    found = forecast_of(bargain, Asked())["dimensions"]
    places = [
        f"{_titled(bargain, k)}{in_words(each)}{_nearest(bargain, k, each['median'])}"
        for k, each in enumerate(found)
    ]
    told = (
        f"{'Calibrated forecasts:' if len(places) > 1 else 'The calibrated forecast is'} {'; '.join(places)}."
    )
    return told + (" It was learnt on issues of another kind." if bargain.outside else "")


def _titled(bargain: Bargain, k: int) -> str:
    """The dimension, where there are several."""
    scale = bargain.issue.dimensions[k]
    return f"{scale.title or scale.name} " if bargain.at_modes.d > 1 else ""


def _nearest(bargain: Bargain, k: int, place: float) -> str:
    """The meaning of the nearest mark of the scale."""
    marks = bargain.issue.dimensions[k].marks
    if not marks:
        return ""
    mark = min(marks, key=lambda each: abs(each.at - place))
    return f" (nearest mark: {mark.at:g}, {mark.means})"


def record_in_words() -> str:
    """What past issues say of calibrated forecasts and of the models."""
    from multivector.bargaining.calibration.record import shipped_record

    record = shipped_record()
    scores = record.headline
    gap, low, high = scores["difference"]
    return (
        f"Calibrated forecasts are made from {record.domain}. On {scores['issues']} of these, each held out with its proposal, "
        f"they had a CRPS of {scores['crps']:.2f}, {-gap:.2f} [{-high:.2f}, {-low:.2f}] less than the compromise mean with its "
        f"past errors, and their 80 % intervals held {scores['coverage']:.1%}. {adds_nothing()}"
    )


def paragraphs(bargain: Bargain) -> Iterator[str]:
    """Why the record does not speak for the issue, where it does not, and the issue's own notes."""
    told = []
    if bargain.waiting:
        (each,) = forecast_of(bargain, Asked())["dimensions"]
        told.append(f"As a place on the scale, which is no date, the forecast is {in_words(each)}.")
    if bargain.outside:
        told.append(f"The record of past issues does not speak for this one: {bargain.outside}.")
    if told:
        yield " ".join(told)
    yield from bargain.issue.notes


def settlements_table(bargain: Bargain) -> Table:
    """Every model's settlement, its spread, and its error on past issues."""
    rows = model_rows(bargain, Asked())
    several = bargain.at_modes.d > 1
    numeric = ("at the modes", "median", "5–95% of the draws", "mean error on past issues")
    return Table(
        ("model", *(("dimension",) if several else ()), *numeric),
        tuple(
            (
                row["model"],
                *((row["dimension"],) if several else ()),
                f"{row['settlement']:.1f}",
                f"{row['median']:.1f}",
                f"{row['low']:.1f} to {row['high']:.1f}",
                "–" if row["past_error"] is None else f"{row['past_error']:.1f}",
            )
            for row in rows
        ),
        numeric=numeric,
        caption="Where each model settles with every cell at its mode, and over the draws; a model that jumps may differ much "
        "between the two. Past issues: DEU III.",
        folded=f"What {len({row['model'] for row in rows})} models expect",
    )


def variants_table(bargain: Bargain) -> Table:
    """The settlement where models and options are drawn along with the cells."""
    found, several = variants_of(bargain, Asked()), bargain.at_modes.d > 1
    told = [
        f"{row['dimension'] + ': ' if several else ''}{share_name(row)} {max(row['share'], 0.0):.0%} ± {row['error']:.0%}"
        for row in found["shares"]
        if row["part"] != "option"
    ]
    return Table(
        ("models", *(("dimension",) if several else ()), "median", "80% of the draws", "different models"),
        tuple(
            (
                row["family"],
                *((row["dimension"],) if several else ()),
                f"{row['q50']:.0f}",
                f"{row['q10']:.0f} to {row['q90']:.0f}",
                str(row["models"]),
            )
            for row in found["families"]
        ),
        numeric=("median", "80% of the draws", "different models"),
        caption=f"{found['draws']} draws, each with its own cells and its own model: first the family, then its options, every "
        f"value as likely. Of the variance: {'; '.join(told)}.",
        folded="If nobody knows which model is right",
    )


def reach_table(bargain: Bargain) -> Table:
    """What would have to be true for the compromise mean to come to the next marks of the scale on either side."""
    rows = []
    for scale in bargain.issue.dimensions:
        now = float(scale.from_top(bargain.settlement("compromise")[0][bargain.dimension(scale.name)]))
        for target in _targets([mark.at for mark in scale.marks], scale.low, scale.high, now):
            found = reach_of(bargain, Asked(model="compromise", dimension=scale.name, target=target))
            rows.append(_reached(found, f"{scale.name} {now:.1f} → {target:g}", bargain.at_modes.d > 1))
    return Table(
        ("from → to", "draws that reach it", "one judgement alone", "all together, the largest changes"),
        tuple(rows),
        numeric=("draws that reach it",),
        caption="For the compromise mean. Values outside the interval of their cell are marked *. “All together”: the smallest "
        "change of all cells that reaches it, in half-widths of their intervals.",
        folded="What would have to be true for another outcome",
    )


def _targets(marks: list[float], low: float, high: float, now: float) -> list[float]:
    """The next mark below and above, or a tenth of the scale where there are no marks."""
    step = STEP * (high - low)
    places = sorted(set(marks)) or [max(low, now - step), min(high, now + step)]
    below, above = [x for x in places if x < now], [x for x in places if x > now]
    return [*below[-1:], *above[:1]]


def _reached(found: Row, what: str, several: bool) -> tuple[str, ...]:
    alone = [row for row in found["cells"] if row["value"] is not None][:FEW]
    together = found["together"]["cells"][:FEW] if found["together"] else []
    return (
        what,
        f"{found['reached']} of {found['draws']}",
        "; ".join(_change(row, several, row["where"] != "interval") for row in alone) or "none",
        "; ".join(_change(row, several, not row["inside"]) for row in together) or "not found",
    )


def _change(row: Row, several: bool, outside: bool) -> str:
    return f"{cell_name(row, several)} {row['mode']:.3g} → {row['value']:.3g}{'*' if outside else ''}"
