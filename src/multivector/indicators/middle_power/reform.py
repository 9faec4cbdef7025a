"""Factor 6, internal reform: how well and how accountably the state is governed; announced and done apart."""

from __future__ import annotations

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined, mean_of
from multivector.indicators.middle_power.roles import begun_within, rows_of

WINDOW = 10
DONE = ("done", "in force")


def wgi(facts: Facts) -> Grid:
    """Mean of government effectiveness, rule of law and control of corruption (World Bank WGI)."""
    names = ("wgi_government_effectiveness", "wgi_rule_of_law", "wgi_control_of_corruption")
    return mean_of(*(facts.series(name) for name in names))


def vdem(facts: Facts) -> Grid:
    """V-Dem's liberal democracy index; where the region holds only the electoral one, that."""
    liberal = facts.series("liberal_democracy")
    return liberal if (liberal.missing == "").any() else facts.series("polyarchy")


def bti_gov(facts: Facts) -> Grid:
    """The governance index of the Bertelsmann Transformation Index."""
    return facts.series("bti_governance")


def cpi(facts: Facts) -> Grid:
    """The Corruption Perceptions Index."""
    return facts.series("corruption_perceptions_index")


def reform_events(facts: Facts) -> Grid:
    """Reforms done / reforms announced, done or taken back, of ten years, by weight.

    (d + m/2) / (n + m) within d / (n + m) and (d + m) / (n + m), d and n the weights of what was done and of all
    steps, m their mean weight: as if one more step had been coded either way.
    """
    rows = rows_of(facts, "reform", "rollback")
    grid = Grid.blank(facts.shape, "no step of reform coded in the window")
    weight = begun_within(WINDOW)
    for s, state in enumerate(facts.states):
        own = [row for row in rows if row["actor"] == state]
        for t, year in enumerate(facts.years):
            here = [(row, heavy) for row in own if (heavy := weight(row, year)) > 0]
            if not here:
                continue
            n = sum(heavy for _, heavy in here)
            done = sum(heavy for row, heavy in here if row["kind"] == "reform" and row["status"] in DONE)
            more = n / len(here)
            low, value, high = ((done + part * more) / (n + more) for part in (0, 0.5, 1))
            grid.put((s, t), (value, low, high), year, joined(*(row["source"] for row, _ in here)))
    return grid


def wbl(facts: Facts) -> Grid:
    """The index of Women, Business and the Law."""
    return facts.series("wbl_index")
