"""What a page says of an issue in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain.rows import Asked, forecast_of
from multivector.desk.bargain.wording import forecast_in_words

NEAR: Final = 0.1
"""Part of a scale within which a place has the meaning of a mark; ours."""


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
        f"{_titled(bargain, k)}{forecast_in_words(each)}{_meaning(bargain, k, each['median'])}"
        for k, each in enumerate(found)
    ]
    several = len(places) > 1
    told = f"{'Calibrated forecasts:' if several else 'The calibrated forecast is'} {'; '.join(places)}."
    return told + (" The record behind it does not speak for this issue." if bargain.outside else "")


def _titled(bargain: Bargain, k: int) -> str:
    """The dimension, where there are several."""
    scale = bargain.issue.dimensions[k]
    return f"{scale.title or scale.name} " if bargain.at_modes.d > 1 else ""


def _meaning(bargain: Bargain, k: int, place: float) -> str:
    """What the scale's marks say of a place: the one that it is near, or the two that it lies between."""
    scale = bargain.issue.dimensions[k]
    marks = sorted(scale.marks, key=lambda mark: mark.at)
    near = [mark for mark in marks if abs(mark.at - place) <= NEAR * (scale.high - scale.low)]
    if near:
        mark = min(near, key=lambda each: abs(each.at - place))
        return f" (near {mark.at:g}: {mark.means})"
    below, above = [mark for mark in marks if mark.at < place], [mark for mark in marks if mark.at > place]
    if not (below and above):
        return ""
    return f" (between {below[-1].at:g}: {below[-1].means}, and {above[0].at:g}: {above[0].means})"


def record_in_words() -> str:
    """What past issues say of calibrated forecasts and of the models."""
    from multivector.bargaining.calibration.dynamic import dynamic_sentence
    from multivector.bargaining.calibration.page import headline_sentence
    from multivector.bargaining.calibration.record import shipped_record

    record = shipped_record()
    return (
        f"Calibrated forecasts are made from {record.domain}. {headline_sentence(record)} Those were tables of single values; "
        "here the forecasts of all draws of a table are pooled. Chances that heap at the ends and the middle of a scale follow "
        f"how past outcomes were coded. {dynamic_sentence(record)}"
    )


def paragraphs(bargain: Bargain) -> Iterator[str]:
    """Why the record does not speak for the issue, what was assumed to draw its cells, and the issue's own notes."""
    told = []
    if bargain.waiting:
        (each,) = forecast_of(bargain, Asked())["dimensions"]
        told.append(f"As a place on the scale, which is no date, the forecast is {forecast_in_words(each)}.")
    if bargain.outside:
        told.append(f"The record of past issues does not speak for this one: {bargain.outside}.")
    told.append("Every cell is drawn by itself; that two of them may go together is not in the table.")
    if bargain.spread is not None:
        told.append(
            f"The widths of cells that were points are assumed: {bargain.spread:g} % on either side, as the command asked."
        )
    if bargain.issue.as_of:
        told.append(f"The table stands as of {bargain.issue.as_of}, and nothing that happened since is used.")
    yield " ".join(told)
    yield from bargain.issue.notes
