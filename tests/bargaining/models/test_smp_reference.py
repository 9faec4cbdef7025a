"""The Spatial Model of Politics held against what KTAB itself computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from multivector.bargaining.models.smp import SMPOptions, exact, run_smp
from multivector.bargaining.models.smp.contest import contest
from multivector.bargaining.stakes import Stakes

pytestmark = pytest.mark.reference
SCENARIOS = ("SOE-Policy", "SOE-Competitive", "dummyData_3Dim", "dummyData_6Dim")


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "reference" / "bargaining"


@pytest.fixture(scope="module")
def inputs(folder: Path) -> dict[str, Stakes]:
    rows = pl.read_csv(folder / "ktab_inputs.csv")
    found = {}
    for (scenario,), rows_of_one in rows.group_by("scenario"):
        part = rows_of_one.sort("actor_index", "dimension_index")
        d = part["dimension_index"].max() + 1
        names = tuple(str(name) for name in part["actor"][::d])
        if len(set(names)) < len(names):
            names = tuple(f"{name} {i}" for i, name in enumerate(names))
        position, salience = (part[each].to_numpy().reshape(-1, d) for each in ("position", "salience"))
        found[str(scenario)] = Stakes(part["capability"].to_numpy()[::d], position, salience, names)
    return found


@pytest.fixture(scope="module")
def positions(folder: Path) -> dict[str, np.ndarray]:
    rows = pl.read_csv(folder / "ktab_reference_positions.csv").sort("turn", "actor_index", "dimension_index")
    found = {}
    for (scenario,), part in rows.group_by("scenario", maintain_order=True):
        shape = [part[axis].max() + 1 for axis in ("turn", "actor_index", "dimension_index")]
        found[str(scenario)] = part["position"].to_numpy().reshape(shape)
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_turn_of_every_scenario(scenario, inputs, positions):
    run = run_smp(inputs[scenario], form="plain")
    assert run.position.shape == positions[scenario].shape, "KTAB stops after another turn"
    assert run.quiet
    np.testing.assert_allclose(run.position, positions[scenario], rtol=0, atol=1e-9)


def test_every_turn_in_the_compiled_form(inputs, positions):
    run = run_smp(inputs["dummyData_3Dim"], form="compiled")
    np.testing.assert_allclose(run.position, positions["dummyData_3Dim"], rtol=0, atol=1e-9)


def test_rows_are_those_of_the_reference_table(folder, inputs):
    scenario = "dummyData_3Dim"
    reference = pl.read_csv(folder / "ktab_reference_positions.csv").filter(pl.col("scenario") == scenario)
    ours = pl.DataFrame(run_smp(inputs[scenario]).rows(scenario))
    assert ours.columns == reference.columns[:-1]
    assert ours.drop("position").equals(reference.select(ours.drop("position").columns))


@pytest.fixture(scope="module")
def trace(folder):
    return pl.read_csv(folder / "ktab_trace_dummyData_3Dim.csv", schema_overrides={"index_1": pl.String})


@pytest.fixture(scope="module")
def run(inputs):
    return run_smp(inputs["dummyData_3Dim"], form="plain", keep="process")


@pytest.fixture(scope="module")
def views(inputs, run):
    stakes = inputs["dummyData_3Dim"]
    actors = exact.Actors(stakes.capability, stakes.salience / 100)
    return [exact.look(actors, SMPOptions(), *[run.position[t] / 100] * 2)[0] for t in (0, 1)]


class TestTrace:
    """What KTAB computes inside the first two turns of the scenario with three dimensions."""

    def test_utilities_as_each_sees_them(self, trace, views):
        for turn, cell, j, value in _cells(trace, "u_h_ij"):
            h, i = (int(part) for part in cell.split(":"))
            assert views[turn].utility(h, i, j) == pytest.approx(value, abs=1e-9)

    def test_probabilities_and_gains_of_challenges(self, trace, views):
        each = np.arange(7)
        for turn in (0, 1):
            p, gains = contest(views[turn], SMPOptions(), each[:, None], each[None, :], each[:, None])
            for quantity, found in (("prob_i_beats_j_own_view", p), ("gain_of_challenge_own_view", gains)):
                for t, i, j, value in _cells(trace, quantity):
                    if t == turn:
                        assert found[int(i), j] == pytest.approx(value, abs=1e-9)

    def test_bargains_and_the_chances_of_those_proposed(self, trace, run):
        process = run.process
        seen = 0
        for turn in (0, 1):
            of_turn = trace.filter(
                (pl.col("turn") == turn) & pl.col("quantity").str.ends_with("initiator_queue")
            )
            for quantity, i, j in of_turn.select("quantity", "index_1", "index_2").iter_rows():
                if int(i) == j:  # KTAB's name for the status quo
                    continue
                assert process.target[turn, int(i)] == j
                number = quantity.split("_")[1]
                for side, name in enumerate(("bargain_init_coord", "bargain_rcvr_coord")):
                    wanted = trace.filter((pl.col("quantity") == name) & (pl.col("index_1") == number))
                    got = process.bargain[turn, int(i), 0, side]
                    np.testing.assert_allclose(
                        got, wanted.sort("dimension_index")["value"], rtol=0, atol=1e-9
                    )
                    seen += 1
        assert seen == 28, "seven bargains a turn, two sides each"

    def test_each_takes_the_likeliest_with_its_chance(self, trace, run):
        tables = trace.filter(pl.col("quantity").str.contains("queue"))
        for turn in (0, 1):
            for k in range(7):
                mine = [
                    (value, int(i) if i != j else -1)
                    for quantity, i, j, value in tables.filter(pl.col("turn") == turn)
                    .with_columns(pl.col("index_1").cast(pl.Int64))
                    .select("quantity", "index_1", "index_2", "value")
                    .iter_rows()
                    if (k == i and "initiator" in quantity) or (k == j and "receiver" in quantity)
                ]
                value, taken = max(mine)
                assert run.process.taken[turn, k] == taken
                assert run.process.chance[turn, k] == pytest.approx(value, abs=1e-9)


def _cells(trace, quantity):
    return (
        trace.filter(pl.col("quantity") == quantity).select("turn", "index_1", "index_2", "value").iter_rows()
    )
