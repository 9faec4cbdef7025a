"""What the register of arms cannot carry: suppliers' silences, lumps, editions that differ."""

from __future__ import annotations

from multivector.desk.context import DataNote
from multivector.desk.facts import LOOK_BACK, QUIET
from multivector.desk.results import Results
from multivector.desk.words import percent_of


def data_notes(results: Results, sources: tuple[str, ...]) -> tuple[DataNote, ...]:
    """What the register cannot carry: silences, lumps, editions."""
    region, scenario = results.region, results.scenario
    notes = []
    if scenario.supplier is not None:
        notes += _silences(results, scenario.supplier, sources) + _lumps(results, scenario.supplier, sources)
    editions = region.table("ties/arms")["vintage"].unique().len()
    if editions > 1:
        text = (
            f"Deliveries come from {editions} editions of the register, which revise one another; where they differ the "
            "headline edition is used. Every run draws a revision of each pair's history before it starts. What was "
            "published at the time is not at hand: all scores are on today's edition."
        )
        notes.append(DataNote("Editions differ", text, sources))
    return tuple(notes)


def _silences(results: Results, supplier: str, sources: tuple[str, ...]) -> list[DataNote]:
    """Where the supplier had stopped before the scenario begins, and where nothing has come since."""
    region, start, last = results.region, results.scenario.start_year, results.last_year
    name = region.name(supplier)
    before = results.register.flows(supplier, start)
    stopped = [
        f"{region.name(f.state)} (last in {f.latest})"
        for f in before
        if f.latest and start - f.latest >= QUIET
    ]
    never = [region.name(f.state) for f in before if f.latest is None]
    notes = []
    if stopped or never:
        text = (
            f"No delivery of major arms in the {QUIET} years to {start} is recorded to: {', '.join(stopped)}. "
            if stopped
            else ""
        )
        text += f"None since the register begins to: {', '.join(never)}. " if never else ""
        text += f"What begins in {start + 1} cannot explain what ended before it."
        notes.append(DataNote(f"Where {name} had already stopped", text, sources))
    since = [
        f"{region.name(f.state)} (last in {f.latest})"
        for f, then in zip(results.register.flows(supplier, last), before, strict=True)
        if f.latest and last - f.latest >= QUIET and then.latest and start - then.latest < QUIET
    ]
    if since:
        text = (
            f"Nothing for {QUIET} years or more up to {last}: {', '.join(since)}. A supplier that cannot deliver and a "
            "contract that has run out look the same in the register."
        )
        notes.append(DataNote(f"Where {name} has fallen silent since", text, sources))
    return notes


def _lumps(results: Results, supplier: str, sources: tuple[str, ...]) -> list[DataNote]:
    region, register = results.region, results.register
    lumps = [f for f in register.flows(supplier, results.last_year) if f.years_with and f.largest > 0.5]
    if not lumps:
        return []
    text = "; ".join(
        f"{region.name(f.state)} {f.total:.0f} {register.unit} in {f.years_with} of {LOOK_BACK} years, "
        f"{percent_of(f.largest)} of it in one"
        for f in lumps
    )
    return [
        DataNote(
            "Flows that are small and lumpy",
            f"From {region.name(supplier)} to {text}. One contract more or less turns such shares around.",
            sources,
        )
    ]
