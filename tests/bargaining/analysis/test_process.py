"""Bands, challenges and coalitions, on runs made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from multivector.bargaining.analysis.process import bands, challenged, coalitions
from multivector.bargaining.models.smp import Process, SMPOptions, Turns, run_smp
from multivector.bargaining.stakes import Stakes
from multivector.errors import InputError

STAKES = Stakes([1.0, 2.0, 3.0, 4.0], [[0.0], [40.0], [60.0], [100.0]], np.full((4, 1), 50.0), tuple("abcd"))


def made(final: list[list[float]], target: list[list[int]] | None = None) -> Turns:
    """A run of one turn a draw that ends at `final` `[draws, n]`."""
    ends = np.array(final)[:, None, :, None]
    draws, n = ends.shape[0], ends.shape[2]
    start = np.broadcast_to(STAKES.position, (draws, 1, n, 1))
    stakes = Stakes(
        np.broadcast_to(STAKES.capability, (draws, n)), STAKES.position, STAKES.salience, STAKES.names
    )
    nothing = np.full((draws, 1, n), np.nan)
    process = None
    if target is not None:
        aims = np.array(target)[:, None, :]
        bargain = np.full((draws, 1, n, 1, 2, 1), np.nan)
        votes = np.zeros((draws, 1, n, n))
        process = Process(nothing, aims, nothing, nothing, bargain, votes, np.full_like(aims, -1), nothing)
    ones = np.ones(draws, np.int64)
    return Turns(
        stakes, np.concatenate((start, ends), axis=1), ones, ones.astype(bool), ones.astype(bool), process
    )


def test_bands_are_quantiles_over_the_draws_at_every_turn() -> None:
    run = made([[0, 40, 60, 100], [10, 40, 60, 100], [20, 40, 60, 100]])
    found = bands(run, (0.0, 0.5, 1.0))
    assert found.shape == (3, 2, 4, 1)
    assert found[:, 0, 0, 0].tolist() == [0, 0, 0]
    assert found[:, 1, 0, 0].tolist() == [0, 10, 20]
    assert found[:, 1, 3, 0].tolist() == [100, 100, 100]


def test_a_draw_whose_election_did_not_settle_counts_nowhere() -> None:
    run = made([[0, 50, 50, 100], [10, 50, 50, 100], [np.nan] * 4])
    run = replace(run, settled=np.array([True, True, False]))
    assert bands(run, (1.0,))[0, 1, 0, 0] == 10
    (first, *_) = coalitions(run)
    assert first.members == ("b", "c")
    assert first.position == (50.0,)


def test_weights_and_challenges_are_those_of_settled_draws() -> None:
    run = made([[0, 50, 50, 100], [10, 50, 50, 100], [np.nan] * 4], [[1, -1, -1, -1], [-1] * 4, [2, 2, 1, 1]])
    capability = np.array([[1, 2, 3, 4.0], [1, 1, 1, 7], [97, 1, 1, 1]])
    run = replace(
        run, settled=np.array([True, True, False]), stakes=replace(run.stakes, capability=capability)
    )
    weight = {group.members: group.weight for group in coalitions(run)}
    assert weight == pytest.approx({("b", "c"): 0.35, ("a",): 0.1, ("d",): 0.55})
    assert challenged(run)[0].tolist() == [0, 0.5, 0, 0]
    assert not challenged(run)[1:].any()


def test_a_challenge_counts_once_a_draw() -> None:
    run = made([[0, 40, 60, 100]] * 4, [[1, -1, -1, 2], [1, -1, -1, -1], [2, -1, -1, 2], [-1, -1, -1, 2]])
    share = challenged(run)
    assert share[0].tolist() == [0, 0.5, 0.25, 0]
    assert share[3].tolist() == [0, 0, 0.75, 0]
    assert not share[[1, 2]].any()


def test_challenges_need_the_process() -> None:
    with pytest.raises(InputError, match=r"process of this run was not kept.*\n.*keep='process'"):
        challenged(made([[0, 40, 60, 100]]))


def test_who_ends_together_in_most_draws_is_a_coalition() -> None:
    # b and c meet in three of four draws, a joins them in one, d never.
    run = made([[0, 50, 50, 100], [0, 48, 50, 100], [49, 50, 52, 100], [0, 40, 60, 100]])
    first, *rest = coalitions(run, within=5.0, at_least=0.5)
    assert first.members == ("b", "c")
    assert first.together == 0.75
    assert first.position == ((50 + 48 + 50 + 40 + 50 + 50 + 52 + 60) / 8,)
    assert first.weight == pytest.approx(0.5)  # capabilities 2 and 3 of 10, saliences alike
    assert [group.members for group in rest] == [("d",), ("a",)]
    assert all(group.together == group.all_together == 1.0 for group in rest)
    assert first.all_together == 0.75  # a pair


def test_pairs_that_meet_in_turn_are_not_all_together() -> None:
    """Of three pairs two meet in each draw, never the third: 2 / 3 of the pairs, the three of them in no draw."""
    run = made([[0, 4, 8, 100], [4, 0, 8, 100], [0, 8, 4, 100], [1, 2, 3, 100]])
    first = coalitions(run, within=5.0)[0]
    assert first.members == ("a", "b", "c")
    assert first.together == pytest.approx((2 / 3 * 3 + 1) / 4)
    assert first.all_together == 0.25


def test_everybody_is_in_one_coalition_of_a_run() -> None:
    rng = np.random.default_rng(5)
    stakes = Stakes(
        rng.uniform(5, 50, (20, 7)), rng.uniform(0, 100, (20, 7, 1)), rng.uniform(20, 90, (20, 7, 1))
    )
    groups = coalitions(run_smp(stakes, SMPOptions(turns=4), form="plain"))
    assert sorted(name for group in groups for name in group.members) == sorted(stakes.names)
    assert sum(group.weight for group in groups) == pytest.approx(1.0)
