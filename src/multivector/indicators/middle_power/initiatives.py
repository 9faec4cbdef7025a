"""Factor 5, initiatives beyond the region: mediation, chairs, disarmament, presence in the world."""

from __future__ import annotations

import numpy as np

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined
from multivector.indicators.middle_power.roles import begun_within, counted, standing, years_held_within


def mediation(facts: Facts) -> Grid:
    """ln(1 + talks between others that the state hosted or mediated in five years, by weight).

    The logarithm, since one long series of rounds is coded round by round.
    """
    found = counted(facts, ("mediation",), begun_within(5), sampled=True)
    return found.with_values(np.log1p)


def chairs(facts: Facts) -> Grid:
    """Years in the chair of an organisation or in an elected seat within ten years, by weight."""
    return counted(facts, ("chair", "seat"), years_held_within(10), sampled=True)


def pko(facts: Facts) -> Grid:
    """UN peacekeepers sent per 100,000 people."""
    return facts.per_head("pko_personnel", 100_000.0)


def missions(facts: Facts) -> Grid:
    """ln(1 + diplomatic missions sent and received)."""
    sent, received = facts.series("missions_sent"), facts.series("missions_received")
    total = Grid(
        sent.value + received.value,
        sent.low + received.low,
        sent.high + received.high,
        np.minimum(sent.of, received.of),
        np.vectorize(joined, otypes=[object])(sent.source, received.source),
        np.where(sent.missing != "", sent.missing, received.missing),
    )
    return total.with_values(np.log1p)


def igo(facts: Facts) -> Grid:
    """Memberships held in the organisations of the region's table / the most that one of its states holds."""
    grid = Grid.blank(facts.shape, "no memberships")
    for t, year in enumerate(facts.years):
        held, sources = facts.memberships(year)
        number = held.sum(axis=1)
        if number.max(initial=0) > 0:
            for s in range(len(facts.states)):
                grid.put((s, t), (number[s] / number.max(),) * 3, year, joined(*sources))
    return grid


def nonprolif(facts: Facts) -> Grid:
    """Commitments to non-proliferation and disarmament that stand at the year's end, by weight.

    The steps of one denuclearisation are one commitment: the table has the one that binds.
    """
    return counted(facts, ("commitment",), standing, sampled=False)


def unga_sponsor(facts: Facts) -> Grid:
    """Resolutions of the General Assembly known to have been introduced by the state in ten years."""
    return counted(facts, ("un_initiative",), begun_within(10), sampled=True)
