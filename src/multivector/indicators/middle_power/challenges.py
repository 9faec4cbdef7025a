"""External and internal challenges: less of each is better for the state."""

from __future__ import annotations

import numpy as np

from multivector.atlas.dates import span
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined
from multivector.indicators.middle_power.roles import begun_within, counted

FORCE_WINDOW = 5
NEIGHBOUR = 0.5
"""What a conflict between others counts for a state that has a leg of transport to one of them."""


def norm_erosion(facts: Facts) -> Grid:
    """Interstate armed conflicts of five years: 1 for a party, one half for a neighbour of one."""
    grid = Grid.blank(facts.shape, "no table of conflicts")
    if "conflicts" not in facts.region.tables:
        return grid
    wars = [
        row for row in facts.region.table("conflicts").iter_rows(named=True) if row["kind"] == "interstate"
    ]
    near = facts.neighbours
    keys = joined(*(row["source"] for row in wars))
    for t, year in enumerate(facts.years):
        recent = [row for row in wars if _active(row, year - FORCE_WINDOW + 1, year)]
        # Several rows of one conflict (its episodes) are one conflict.
        parties = {row["conflict"]: _codes(row["a"]) | _codes(row["b"]) for row in recent}
        for s, state in enumerate(facts.states):
            weights = [
                1.0 if state in sides else NEIGHBOUR if sides & near.get(state, set()) else 0.0
                for sides in parties.values()
            ]
            total = float(sum(weights))
            grid.put((s, t), (total, total, total), year, keys)
    return grid


def gpr(facts: Facts) -> Grid:
    """Geopolitical risk of the powers, weighted by their shares of the state's exports and imports.

    sum_g p_g r_g / sum_g p_g, p the middle of a share's bounds.
    """
    grid = Grid.blank(facts.shape, "no index of risk of the powers")
    if not facts.has_indicator("gpr"):
        return grid
    risk = facts.powers_series("gpr")
    for t, year in enumerate(facts.years):
        layers = [
            facts.mixes(layer, year, 5) for layer in ("exports", "imports") if layer in facts.supply_layers
        ]
        for s in range(len(facts.states)):
            known = [of_state[s] for of_state in layers if not of_state[s].missing]
            if not known:
                continue
            share = np.mean([(mix.low + mix.high) / 2 for mix in known], axis=0)
            seen = np.isfinite(risk[:, t])
            if share[seen].sum() > 0:
                value = float(share[seen] @ risk[seen, t] / share[seen].sum())
                grid.put(
                    (s, t), (value, value, value), year, joined(*(k for mix in known for k in mix.sources))
                )
    return grid


def coerc(facts: Facts) -> Grid:
    """Coercion received in five years: transit stops, export bans, threats, by weight."""
    return counted(facts, ("coercion",), begun_within(FORCE_WINDOW), sampled=True)


def protest(facts: Facts) -> Grid:
    """Protest events of the newest year known, per million people."""
    return facts.per_head("protest_events", 1e6)


def pol_stab(facts: Facts) -> Grid:
    """Political stability and absence of violence (World Bank WGI)."""
    return facts.series("wgi_political_stability")


def inequal(facts: Facts) -> Grid:
    """The Gini coefficient of income."""
    gini = facts.series("gini")
    return gini if (gini.missing == "").any() else facts.figures("gini")


def debt(facts: Facts) -> Grid:
    """Public debt, per cent of GDP."""
    return facts.series("public_debt")


def succession(facts: Facts) -> Grid:
    """Years in office of the leader, where the region has them."""
    return facts.series("leader_tenure")


def _active(row: dict[str, object], first: int, last: int) -> bool:
    begun = span(str(row["from"]))
    ended = span(str(row["to"])) if row["to"] else None
    if begun is None:
        return False
    return begun[0].year <= last and (ended is None or ended[1].year >= first)


def _codes(cell: object) -> set[str]:
    return {code for code in str(cell or "").split("|") if code}
