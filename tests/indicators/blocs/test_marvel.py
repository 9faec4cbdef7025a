"""Balance as dynamics: the closed form beside the reference, the inverse and an integration of the equation."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from scipy.integrate import solve_ivp

from multivector.errors import InputError
from multivector.indicators.blocs import blow_up_time, factions, relations_at, share_of_harmony

CASES = ("caucasus5", "caucasus7", "triad_friendly")


@pytest.fixture(scope="module")
def cases(signed):
    """Name -> (nodes, X0, rows of the closed form, summary)."""
    tables = [
        pl.read_csv(signed / f"marvel_{name}.csv").partition_by("case", as_dict=True)
        for name in ("initial", "closed_form", "summary")
    ]
    found = {}
    for case in CASES:
        closed = tables[1][case,]
        at_start = closed.filter(pl.col("t") == 0).rename({"x": "x0"})  # the triad is given there alone
        start, summary = tables[0].get((case,), at_start), tables[2][case,]
        nodes = list(dict.fromkeys([*start["a"], *start["b"]]))
        relations = np.zeros((len(nodes), len(nodes)))
        for a, b, x in start.select("a", "b", "x0").iter_rows():
            i, j = nodes.index(a), nodes.index(b)
            relations[i, j] = relations[j, i] = x
        found[case] = nodes, relations, closed, dict(summary.select("key", "value").iter_rows())
    return found


@pytest.mark.reference
@pytest.mark.parametrize("case", CASES)
def test_the_closed_form(cases, case):
    nodes, start, closed, _ = cases[case]
    for (t,), rows in closed.group_by("t"):
        now = relations_at(start, t)
        inverse = start @ np.linalg.inv(np.eye(len(nodes)) - start * t)
        scale = np.abs(inverse).max()
        assert np.abs(now - inverse).max() <= 1e-10 * scale
        wanted = np.array(
            [now[nodes.index(a), nodes.index(b)] - x for a, b, x in rows.select("a", "b", "x").iter_rows()]
        )
        assert np.abs(wanted).max() <= 1e-10 * scale


@pytest.mark.reference
@pytest.mark.parametrize("case", CASES)
def test_the_closed_form_is_the_solution_of_the_equation(cases, case):
    nodes, start, _, _ = cases[case]
    n = len(nodes)
    times = np.array([0.25, 0.5, 0.9, 0.99]) * blow_up_time(start)
    path = solve_ivp(
        lambda _, x: (x.reshape(n, n) @ x.reshape(n, n)).ravel(), (0, times[-1]), start.ravel(),
        method="DOP853", t_eval=times, rtol=1e-12, atol=1e-13,
    ).y.T.reshape(-1, n, n)  # fmt: skip
    ours = relations_at(start, times)
    assert ours.shape == (4, n, n)
    assert (np.abs(ours - path).max(axis=(1, 2)) <= 1e-8 * np.abs(ours).max(axis=(1, 2))).all()


@pytest.mark.reference
@pytest.mark.parametrize("case", CASES)
def test_blow_up_and_factions(cases, case):
    nodes, start, _, summary = cases[case]
    found = factions(start)
    assert found.decided
    assert found.blow_up == pytest.approx(summary["t_star"], rel=1e-12)
    assert 1 / blow_up_time(start) == pytest.approx(summary["lambda_max"], rel=1e-12)
    assert found.flips == summary["n_sign_flips"]
    wanted = np.array([2 * summary[f"faction_{node}"] - 1 for node in nodes])
    assert (found.side == wanted * wanted[0]).all()  # an eigenvector has no sign of its own
    late = relations_at(start, found.blow_up * (1 - 1e-9))
    assert (np.sign(late) == np.outer(found.side, found.side)).all()


@pytest.mark.reference
def test_the_share_of_harmony(signed):
    """200 networks in the reference, 40 here, below the change and above: within four standard errors of their difference."""
    for row in pl.read_csv(signed / "marvel_threshold.csv")[6::2].to_dicts():
        mean = row["mu_sqrt_n_over_sigma"] / math.sqrt(row["n"])
        share, wanted = share_of_harmony(row["n"], mean, sd=row["sigma"], networks=40), row["share_harmony"]
        spread = math.sqrt(max(wanted * (1 - wanted), 0.01) * (1 / 40 + 1 / row["reps"]))
        assert abs(share - wanted) <= 4 * spread


def test_relations_that_fade():
    """All hostile to one another: lambda_max of two rivals is 1, of none 0."""
    found = factions(np.zeros((3, 3)))
    assert (found.side == 0).all()
    assert (found.blow_up, found.decided) == (math.inf, False)
    assert relations_at(-np.eye(3), 1000.0) == pytest.approx(-np.eye(3) / 1001)


def test_two_pairs_without_contact_are_undecided():
    pair = np.kron(np.eye(2), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert not factions(pair).decided


@pytest.mark.parametrize(
    ("relations", "times", "what"),
    [
        (np.ones((2, 3)), 0.1, "shape"),
        (np.zeros((0, 0)), 0.1, "shape"),
        ([[0, 1], [0.5, 0]], 0.1, "not symmetric"),
        ([[0, math.nan], [math.nan, 0]], 0.1, "no finite number"),
        ([[0, 1], [1, 0]], 1.0, "a time of 1"),
        ([[0, 1], [1, 0]], math.nan, "a time of nan"),
        ([[0, 1], [1, 0]], [0.5, 2.0], "a time of 2"),
    ],
)
def test_what_cannot_be(relations, times, what):
    with pytest.raises(InputError, match=what):
        relations_at(relations, times)


def test_a_share_of_nothing():
    with pytest.raises(InputError, match="give positive numbers"):
        share_of_harmony(10, 0.1, sd=0.0)
