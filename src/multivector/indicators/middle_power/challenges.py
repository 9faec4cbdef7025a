"""External and internal challenges: less of each is better for the state."""

from __future__ import annotations

import numpy as np

from multivector.indicators.middle_power.facts import Facts, held_within
from multivector.indicators.middle_power.grid import Grid, joined, mean_of
from multivector.indicators.middle_power.roles import counted, in_force_within

FORCE_WINDOW = 5
NEIGHBOUR = 0.5
"""What a conflict between others counts for a state that borders on one of them."""


def norm_erosion(facts: Facts) -> Grid:
    """Interstate armed conflicts of five years: 1 for a party, one half for a neighbour of one.

    The same sides fighting again within the window, or listed by a second source, are one conflict.
    """
    if lacking := [name for name in ("conflicts", "borders") if name not in facts.region.tables]:
        return Grid.blank(facts.shape, f"the region has no table of {' and '.join(lacking)}")
    grid = Grid.blank(facts.shape)
    wars = [
        row for row in facts.region.table("conflicts").iter_rows(named=True) if row["kind"] == "interstate"
    ]
    near = facts.neighbours
    keys = joined(*(row["source"] for row in wars))
    coded = max((int(row["known_to"]) for row in wars if row["known_to"]), default=facts.years[-1])
    for t, year in enumerate(facts.years):
        if year > coded:
            for s in range(len(facts.states)):
                grid.refuse((s, t), f"conflicts are coded to {coded}")
            continue
        recent = [row for row in wars if held_within(row, year - FORCE_WINDOW + 1, year)]
        fought = {frozenset(_codes(row["a"]) | _codes(row["b"])) for row in recent}
        for s, state in enumerate(facts.states):
            weights = [
                1.0 if state in sides else NEIGHBOUR if sides & near[state] else 0.0 for sides in fought
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


def axis_pull(facts: Facts) -> Grid:
    """Unbalanced triads around the state / all triads around it, in the signed network at the year's end."""
    from multivector.indicators.blocs.region_network import signed_network
    from multivector.indicators.blocs.triads import triads_around

    grid = Grid.blank(facts.shape, "no triad of ties around the state")
    for t, year in enumerate(facts.years):
        found = signed_network(facts.region, year)
        tied = {code for edge in found.edges for code in (edge["source"], edge["target"])}
        keys = joined(*(str(edge["sources"]) for edge in found.edges))
        for s, state in enumerate(facts.states):
            share = triads_around(found.network, state).unbalanced_share if state in tied else np.nan
            grid.put((s, t), (share, share, share), year, keys)
    return grid


def coerc(facts: Facts) -> Grid:
    """Coercion received in five years: closures, bans, sanctions, threats, by weight.

    A measure counts in every year in which it lasts, not only when it begins: a border shut for decades presses on.
    """
    return counted(facts, ("coercion",), in_force_within(FORCE_WINDOW), sampled=True)


def protest(facts: Facts) -> Grid:
    """Protest events of the newest year known, per million people."""
    return facts.per_head("protest_events", 1e6)


def pol_stab(facts: Facts) -> Grid:
    """Political stability and absence of violence (World Bank WGI)."""
    return facts.series("wgi_political_stability")


def inequal(facts: Facts) -> Grid:
    """The Gini coefficient of income."""
    return facts.series("gini")


def debt(facts: Facts) -> Grid:
    """External debt, public and private, per cent of gross national income."""
    return facts.series("external_debt_gni")


def succession(facts: Facts) -> Grid:
    """How near a change at the top is: the mean of years in office / 30 and (age - 40) / 50, each within 0 and 1."""
    tenure, age = facts.series("leader_tenure"), facts.series("leader_age")
    return mean_of(
        tenure.with_values(lambda years: np.clip(years / 30, 0, 1)),
        age.with_values(lambda years: np.clip((years - 40) / 50, 0, 1)),
    )


def _codes(cell: object) -> set[str]:
    return {code for code in str(cell or "").split("|") if code}
