"""Factor 6, internal reform: how well and how accountably the state is governed; announced and done apart."""

from __future__ import annotations

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined, mean_of
from multivector.indicators.middle_power.roles import Row, begun, ended, rows_of, searched, weight

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
    """Reforms that stand / all steps of reform announced, done or taken back since the coding began, by weight.

    (p k + 1/2) / (k + 1), p the part of the weight that stands and k the number of steps: the mean under Jeffreys'
    prior, within the 90 % interval of Beta(p k + 1/2, (1 - p) k + 1/2). A step taken back stands until it is; one
    that is only announced never does. No window: what drops out of one would look like a change.
    """
    from scipy.special import betaincinv

    rows = rows_of(facts, "reform", "rollback")
    grid = Grid.blank(facts.shape, "no step of reform coded")
    if not rows:
        return grid
    first, last = searched(facts, ("reform", "rollback"))
    for s, state in enumerate(facts.states):
        own = [row for row in rows if row["actor"] == state]
        for t, year in enumerate(facts.years):
            here = [row for row in own if begun(row, year)]
            if not here or not first <= year <= last:
                grid.refuse((s, t), f"no step of reform coded by then in {first} to {last}")
                continue
            k = len(here)
            part = sum(weight(row) for row in here if _stands(row, year)) / sum(weight(row) for row in here)
            up, down = part * k + 0.5, (1 - part) * k + 0.5
            low, high = (float(betaincinv(up, down, tail)) for tail in (0.05, 0.95))
            grid.put((s, t), (up / (up + down), low, high), year, joined(*(row["source"] for row in here)))
    return grid


def _stands(row: Row, year: int) -> bool:
    """Whether the row is a reform that was done by the year's end and not yet taken back."""
    if row["kind"] != "reform":
        return False
    return row["status"] in DONE or (row["status"] == "reversed" and not ended(row, year))


def wbl(facts: Facts) -> Grid:
    """The index of Women, Business and the Law."""
    return facts.series("wbl_index")
