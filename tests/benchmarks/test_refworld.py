"""RefWorld's plain versions against one another, against its laws and against the reference files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest

import lines
from refworld import mesa_version, numpy_version
from refworld.facts import LAYERS, POWERS, RANGES, STATES, Draws, draw_member, facts, reference_draws

FACTS = facts()


def _short(draws: Draws, members: int, quarters: int) -> Draws:
    return Draws(draws.parameters[:members], draws.eps[:members, :quarters], draws.shock[:members, :quarters])


def test_agents_and_arrays_agree() -> None:
    draws = _short(reference_draws(), 2, 3)
    y, align = numpy_version.reproduce(FACTS, draws)
    agents_y, agents_align = mesa_version.reproduce(FACTS, draws)
    assert np.abs(y - agents_y).max() < 1e-13
    assert np.abs(align - agents_align).max() < 1e-13


def test_half_the_digits_give_the_same_world() -> None:
    draws = _short(reference_draws(), 4, 40)
    exact, _ = numpy_version.reproduce(FACTS, draws)
    short, _ = numpy_version.reproduce(FACTS, draws, np.float32)
    assert short.dtype == np.float32
    assert 0 < np.abs(exact - short).max() < 1e-6


@pytest.mark.reference
@pytest.mark.parametrize("version", [numpy_version, mesa_version])
def test_reference_files(version: ModuleType, shared: Path) -> None:
    y, align = version.reproduce(FACTS, reference_draws())
    folder = shared / "reference" / "refworld"
    expected_y = pl.read_csv(folder / "ref_y.csv").drop("member", "quarter").to_numpy()
    expected_align = pl.read_csv(folder / "ref_align.csv").drop("member", "state").to_numpy()
    assert np.abs(y.reshape(expected_y.shape) - expected_y).max() < 1e-12
    assert np.abs(align.reshape(expected_align.shape) - expected_align).max() < 1e-12


def test_facts_are_shares_where_they_say_so() -> None:
    assert FACTS.importance.sum(axis=0) == pytest.approx(np.ones(STATES))
    assert np.exp(FACTS.mass).sum(axis=1) == pytest.approx(np.ones(LAYERS))
    assert FACTS.share.sum(axis=2) == pytest.approx(np.ones((LAYERS, STATES)))
    assert (FACTS.share[:, np.arange(STATES), np.arange(STATES)] == 0).all()
    assert FACTS.align.sum(axis=1) == pytest.approx(np.ones(STATES))
    assert (FACTS.align[:POWERS] == np.eye(POWERS)).all()
    # Capacity exceeds the world's need by 15 % in each layer.
    assert FACTS.capacity.sum(axis=1) == pytest.approx(1.15 * FACTS.need.sum(axis=1))


def test_no_pull_and_no_noise_leave_alignment_alone() -> None:
    draws = _short(reference_draws(), 1, 8)
    still = draws.parameters.copy()
    for name in ("alpha", "sigma", "psi"):
        still[:, list(RANGES).index(name)] = 0.0
    _, align = numpy_version.reproduce(FACTS, replace(draws, parameters=still))
    assert np.abs(align[0] - FACTS.align).max() < 1e-7  # the 1e-9 inside the logarithm moves a little
    y, _ = numpy_version.reproduce(FACTS, draws)
    assert y[0, :, 2:].sum(axis=1) == pytest.approx(np.ones(8))  # leverage is a share
    assert ((y[0, :, 1] > 0) & (y[0, :, 1] < 1)).all()  # so is unmet need


def test_world_without_limits_meets_every_need() -> None:
    draws = _short(reference_draws(), 1, 4)
    plenty = replace(FACTS, capacity=FACTS.capacity * 1e3)
    for version in (numpy_version, mesa_version):
        y, _ = version.reproduce(plenty, draws)
        assert np.abs(y[0, :, 1]).max() < 1e-12


def test_a_member_is_the_same_whoever_else_runs() -> None:
    together = numpy_version.simulate(FACTS, 3, seed=5)
    alone = draw_member(5, 2, np.float32)
    y, _ = numpy_version.World(FACTS, np.float32).run(alone.parameters[0], alone.eps[0], alone.shock[0])
    assert (together[2] == y).all()
    assert (draw_member(5, 1).eps != draw_member(5, 2).eps).all()
    low, high = np.array(list(RANGES.values())).T
    assert ((alone.parameters[0] >= low) & (alone.parameters[0] <= high)).all()


def test_line_of_a_benchmark() -> None:
    row = json.loads(lines.line("name", 10.0, "s", 4.0, "another", threads=2))
    assert row == {
        "name": "name", "ours": 10.0, "rival": 4.0, "rival_name": "another", "ratio": 2.5, "unit": "s", "threads": 2,
    }  # fmt: skip
    assert json.loads(lines.line("name", 1 / 3, "s"))["ratio"] is None
