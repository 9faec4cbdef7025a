"""The forecast record in words and rows, for the command line and the brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from multivector.desk.context import CalibrationRow, ForecastRecord
from multivector.desk.words import signed
from multivector.inference.ledger import Book, Score, open_ledger, resolved, score

NO_RECORD = (
    "No forecast of this record has been resolved yet, so there is no score: whether its probabilities can be trusted is "
    "not known."
)
NO_LEDGER = (
    "There is no forecast record yet: no judgement has been stored before its answer was known. "
    "`multivector ledger add --run FOLDER` stores those of a saved run."
)


@dataclass(frozen=True)
class Counts:
    """How many forecasts there are and what became of them; those made in hindsight are counted apart."""

    forecasts: int
    resolved: int
    open: int
    overdue: int
    revised: int
    conditional: int
    hindsight: int
    hindsight_resolved: int


def counts_of(book: Book, today: date) -> Counts:
    """Count a ledger's forecasts by a day."""
    ahead = [each for each in book.forecasts if not each.hindsight]
    late = [each for each in book.forecasts if each.hindsight]
    status = [book.status(each.id, today) for each in ahead]
    outcomes = [{said.outcome for said in book.resolutions.get(each.id, ())} for each in ahead]
    return Counts(
        forecasts=len(ahead),
        resolved=status.count("yes") + status.count("no"),
        open=status.count("open"),
        overdue=status.count("overdue"),
        revised=sum(len(said) > 1 for said in outcomes),
        conditional=sum(each.runs is not None and bool(each.runs.condition) for each in ahead),
        hindsight=len(late),
        hindsight_resolved=sum(book.latest(each.id) is not None for each in late),
    )


def score_text(counts: Counts, ahead: Score | None, late: Score | None) -> str:
    """The scores as the command line prints them."""
    lines = [_counted(counts), *([NO_RECORD] if ahead is None else _lines(ahead))]
    if counts.hindsight:
        lines += ["", f"{_hindsight(counts)}."]
        lines += [] if late is None else _lines(late)
    return "\n".join(lines)


def _counted(counts: Counts) -> str:
    overdue = f", {counts.overdue} overdue" if counts.overdue else ""
    more = f" {counts.conditional} suppose their scenario's levers." if counts.conditional else ""
    revised = f" {counts.revised} had an outcome revised; the last counts." if counts.revised else ""
    stored = f"{counts.forecasts} forecast{'s' if counts.forecasts != 1 else ''} stored before the answer was known"
    return f"{stored}: {counts.resolved} resolved, {counts.open} open{overdue}.{more}{revised}"


def _hindsight(counts: Counts) -> str:
    was = "s were" if counts.hindsight != 1 else " was"
    return (
        f"{counts.hindsight} judgement{was} stored when the answer could be known: "
        f"no forecast{'s' if counts.hindsight != 1 else ''}, and not in the record"
    )


def sentence(found: Score) -> str:
    """The scores in a sentence or two, beside the base rates."""
    said = f"{found.came_true} of {found.n} came true. Brier score {found.brier:.4f}, log score {found.log_score:.3f} bits"
    base = found.base
    if base is None:
        return f"{said}; no base rate to compare with."
    other = "" if base.n == found.n else f" (on the {base.n} that have one; ours there {base.brier:.4f})"
    skill = "" if base.skill is None else f", skill {base.skill:+.0%}".replace("-", "−")
    said += f"; base rates{other} {base.brier_base:.4f} and {base.log_score_base:.3f} bits{skill}."
    if base.low is None or base.high is None:
        return f"{said} One state is too few for an interval: nothing is claimed."
    verdict = (
        "a gain" if base.beats else "worse" if base.low > 0 else "no difference that can be told from chance"
    )
    return (
        f"{said} Difference in Brier {signed(base.difference)}, 95% interval {signed(base.low)} to {signed(base.high)}, "
        f"errors clustered by {base.states} states: {verdict}."
    )


def _lines(found: Score) -> list[str]:
    parts = (found.reliability, found.resolution, found.uncertainty)
    lines = [
        sentence(found),
        "Brier = reliability {:.4f} - resolution {:.4f} + uncertainty {:.4f} + within bins {:.4f}".format(
            *parts, found.within
        ),
        f"{'forecast':>10}{'n':>5}{'mean':>8}{'came true':>11}  95% interval",
    ]
    for row in found.bins:
        span = f"{row.lower:.1f}-{row.upper:.1f}"
        interval = f"{row.rate_low:.3f} to {row.rate_high:.3f}"
        lines.append(f"{span:>10}{row.n:>5}{row.mean:>8.3f}{row.rate:>11.3f}  {interval}")
    return lines


def record_of(ledger: Path | None, today: date) -> ForecastRecord:
    """The record as the brief prints it; a sentence where there is none.

    Raises
    ------
    LedgerError : the ledger does not hold.
    """
    if ledger is None:
        return ForecastRecord(NO_LEDGER)
    book = open_ledger(ledger)
    counts, found = counts_of(book, today), score(resolved(book))
    notes = (f"{_hindsight(counts)}.",) if counts.hindsight else ()
    return ForecastRecord(
        summary=f"{_counted(counts)} {NO_RECORD if found is None else sentence(found)}",
        rows=() if found is None else tuple(_row(found, k) for k in range(len(found.bins))),
        notes=notes,
        witness=(
            f"The ledger has {book.lines} line{'s' if book.lines != 1 else ''}; the SHA-256 of the last is {book.head}."
        ),
    )


def _row(found: Score, k: int) -> CalibrationRow:
    row = found.bins[k]
    label = f"{100 * row.lower:.0f}–{100 * row.upper:.0f}%"
    return CalibrationRow(label, row.n, row.mean, row.rate, row.rate_low, row.rate_high)
