"""The brief's sentences, each built from numbers of this run and of the register; none names a country."""

from __future__ import annotations

from multivector.desk import story_arms, story_register, story_ties
from multivector.desk.context import Alternative, DataNote
from multivector.desk.results import Results


def bottom_line(results: Results) -> str:
    """What the scenario does, what happened, and how far to trust it, in a few sentences."""
    told = [part.bottom_line(results) for part in (story_arms, story_ties)]
    said = " ".join(sentence for sentence in told if sentence)
    return said or f"{results.scenario.title}: {len(results.judged)} judgements, see below."


def alternatives(results: Results, sources: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Other readings of the same figures, each set against the register or the runs."""
    return (*story_arms.alternatives(results, sources), *story_ties.alternatives(results, sources))


def data_notes(results: Results, sources: tuple[str, ...]) -> tuple[DataNote, ...]:
    """What the data cannot carry, and what the scenario's author adds."""
    notes = story_register.data_notes(results, sources) if results.about_arms else ()
    said = (DataNote(caveat.title, caveat.text, caveat.sources) for caveat in results.scenario.caveats)
    return (*notes, *said)
