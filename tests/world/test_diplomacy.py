"""Where ties and engagement start: nothing later than the origin, nothing missing taken for zero."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest

from multivector.atlas import Region, load_region
from multivector.errors import InputError
from multivector.mechanisms.affinity import AFFINITY
from multivector.mechanisms.alignment import ALIGNMENT
from multivector.mechanisms.engagement import ENGAGEMENT
from multivector.mechanisms.events import EVENTS
from multivector.mechanisms.pairs import number_of_pairs
from multivector.world.diplomacy import Diplomacy, diplomacy_at
from multivector.world.diplomacy_start import FACTS, INPUTS, PARAMETERS, STATE, arrays_of, begin_ties
from multivector.world.engine import World
from multivector.world.event_pairs import event_pairs
from multivector.world.run import run as run_scenario

ARCHIPELAGO = Path(__file__).resolve().parents[1] / "regions" / "archipelago"
ORIGIN = 2019


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region(ARCHIPELAGO)


@pytest.fixture(scope="module")
def start(region: Region) -> Diplomacy:
    return diplomacy_at(region, ORIGIN)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARCHIPELAGO, tmp_path / "archipelago"))


def rewritten(folder: Path, table: str, change) -> None:
    """Write a table anew after a change to its frame of texts."""
    path = folder / f"{table}.csv"
    change(pl.read_csv(path, infer_schema=False)).write_csv(path)


def test_actors_are_the_states_then_the_powers(start: Diplomacy) -> None:
    assert start.actors == ("XAL", "XBE", "XCY", "XNO", "XSU", "XUN")
    assert start.effort.shape == (20, 3, 3)


def test_what_came_after_the_origin_is_not_seen(copy: Path, start: Diplomacy) -> None:
    for table, column in (("observations", "year"), ("engagement", "year"), ("events", "date")):
        rewritten(copy, table, lambda frame, c=column: frame.filter(pl.col(c).str.slice(0, 4) <= str(ORIGIN)))
    for table in ("memberships", "rivalries", "institutions"):
        rewritten(copy, table, lambda frame: frame.filter(pl.col("from").str.slice(0, 4) <= str(ORIGIN)))
    assert diplomacy_at(load_region(copy), ORIGIN).hash == start.hash


def test_what_came_before_it_changes_the_hash(copy: Path, start: Diplomacy) -> None:
    rewritten(copy, "engagement", lambda frame: frame.filter(pl.col("year") != "2018"))
    assert diplomacy_at(load_region(copy), ORIGIN).hash != start.hash


def test_a_group_stands_at_the_mean_of_its_members_then(region: Region, start: Diplomacy) -> None:
    seen = region.series("un_ideal_point", ORIGIN, ORIGIN, actors=["XMA", "XMB", "XMC"])["value"].to_numpy()
    assert start.position[-1] == pytest.approx(seen.mean(), rel=1e-12)
    assert start.position_known[-1]
    # All three members are known: what is left is the error of measurement of their mean.
    assert start.position_error[-1] == pytest.approx(0.2 / 1.645 / np.sqrt(3), rel=1e-6)


def test_one_member_does_not_stand_for_its_group(copy: Path) -> None:
    rewritten(copy, "observations", lambda f: f.filter(~pl.col("actor").is_in(["XMB", "XMC"])))
    start = diplomacy_at(load_region(copy), ORIGIN)
    known = start.position[:-1]
    assert not start.position_known[-1]
    assert start.position[-1] == pytest.approx(known.mean(), rel=1e-12)
    assert start.position_error[-1] == pytest.approx(known.std(ddof=1), rel=1e-12)


def test_positions_must_be_there(region: Region) -> None:
    with pytest.raises(InputError, match="fewer than two actors have a position") as caught:
        diplomacy_at(region, 2030)
    assert "origin" in caught.value.repair


def test_a_rivalry_whose_source_stopped_is_taken_to_last(region: Region, start: Diplomacy) -> None:
    norholm, sudermark = 3, 4
    assert start.rivalry[norholm, sudermark] == start.rivalry[sudermark, norholm] == 1
    assert start.rivalry_known[norholm, sudermark]
    later = diplomacy_at(region, 2022)
    assert later.rivalry[norholm, sudermark] == 1
    assert not later.rivalry_known[norholm, sudermark]


def test_without_treaties_nothing_is_known_of_them(start: Diplomacy) -> None:
    assert not start.obligation_known.any()


def test_efforts_are_multiples_of_the_powers_own_median(region: Region, start: Diplomacy) -> None:
    rows = region.table("engagement").filter(pl.col("power") == "XNO", pl.col("year").is_between(2010, 2019))
    money = rows.filter(pl.col("measure") == "assistance", pl.col("value") > 0)["value"].to_numpy()
    given = rows.filter(pl.col("measure") == "assistance", pl.col("year") == 2019, pl.col("state") == "XCY")[
        "value"
    ].item()
    visits = rows.filter(pl.col("measure") == "visits", pl.col("year") == 2019, pl.col("state") == "XCY")[
        "value"
    ].item()
    expected = (given / np.median(money) + visits) / 2  # a visit is one: the median of those that took place
    assert start.effort[-1, 0, 2] == pytest.approx(expected, rel=1e-12)


def test_a_power_without_rows_is_a_prior_and_not_zero(start: Diplomacy) -> None:
    assert start.effort_known[:, 0].any()
    assert not start.effort_known[:, 1:].any()
    _, facts = begun(start)
    assert (facts["effort0"][1:] > 0).all()


def test_a_partial_year_is_left_out(region: Region) -> None:
    later = diplomacy_at(region, 2024)
    rows = region.table("engagement").filter(pl.col("year") == 2024, pl.col("measure") == "visits")
    visits = rows.sort("state")["value"].to_numpy()
    np.testing.assert_allclose(later.effort[-1, 0], visits, rtol=1e-12)


def test_institutions_are_counted_by_day(region: Region) -> None:
    def number(year: int) -> list[list[float]]:
        return diplomacy_at(region, year).institutions.tolist()

    assert number(2009) == [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert number(2015) == [[1, 1, 0], [0, 0, 0], [1, 1, 1]]
    assert number(2020)[2] == [0, 0, 0]
    assert diplomacy_at(region, 2015).institutions_known.tolist() == [True, False, True]


def test_origins_share_the_shapes_that_one_compilation_serves(region: Region, start: Diplomacy) -> None:
    early, late = (arrays_of(diplomacy_at(region, year)) for year in (2005, ORIGIN))
    assert [np.shape(array) for array in early] == [np.shape(array) for array in late]
    assert not np.any(late.event_pairs[len(start.events.ids) :])
    np.testing.assert_array_equal(late.event_pairs[: len(start.events.ids)], start.events.pairs)


def test_a_departure_moves_the_leaver_from_the_members_alone(region: Region) -> None:
    # 2012: Alder Isle leaves the Harbour Pact, which stands for Berun and, as its source knew, Norholm.
    events = event_pairs(
        region, ("XAL", "XBE", "XCY", "XNO", "XSU", "XUN"), date(2012, 1, 1), date(2012, 12, 31)
    )
    assert events.ids == ("inv_2012_1",)
    pairs = events.pairs[0]
    assert pairs[0, 1] < 0
    assert pairs[0, 3] < 0
    assert pairs[1, 3] == 0
    np.testing.assert_array_equal(pairs, pairs.T)


def test_an_event_moves_its_pair_in_its_quarter(region: Region) -> None:
    actors = ("XAL", "XBE", "XCY", "XNO", "XSU", "XUN")
    events = event_pairs(region, actors, date(2018, 12, 31), date(2019, 12, 31))
    # Known to the year, so it counts from the year's last quarter; an order of two steps, the only one.
    assert events.quarter.tolist() == [2019 * 4 + 3]
    path = events.path(2019 * 4, 4)
    assert path[:3].sum() == 0
    # One such row in twenty years, one in the decade's ten: weight one half.
    assert path[3, events.kinds.index("arms"), 0, 3] == pytest.approx(2 * 0.5)
    assert events.age(2020 * 4 + 3).tolist() == [1.0]


def test_a_kind_without_prior_is_refused(copy: Path) -> None:
    rewritten(copy, "event_kinds", lambda frame: frame.filter(pl.col("kind") != "pact"))
    with pytest.raises(InputError, match="kind 'pact'") as caught:
        diplomacy_at(load_region(copy), ORIGIN)
    assert "event_kinds.csv" in caught.value.repair


MODES = dict.fromkeys(PARAMETERS, 0.0) | {
    "affinity_half_life": 3.0,
    "alignment_temperature": 0.5,
    "alliance_shift": 0.5,
    "rivalry_shift": 1.0,
    "balance_pull": 0.05,
    "leverage_pull": 0.1,
    "engagement_effect": 0.05,
    "attention_effect": 0.02,
    "effectiveness_alone": 0.5,
    "ties_half_life": 3.0,
    "visit_half_life": 3.0,
}
WORLD = World(
    mechanisms=(EVENTS, ENGAGEMENT, AFFINITY, ALIGNMENT),
    state=STATE,
    facts=(*FACTS, "leverage0", *(name for name in PARAMETERS if not name.endswith("_shift"))),
    inputs=(*INPUTS, "leverage"),
    records=("alignment", "event_level"),
)


def begun(start: Diplomacy, seed: int = 0):
    with jax.enable_x64(True):
        state, facts = jax.jit(begin_ties)(arrays_of(start, np.float64), MODES, jax.random.key(seed))
    return jax.tree.map(np.asarray, state), jax.tree.map(np.asarray, facts)


def run(start: Diplomacy, quarters: int, **changed):
    """State and alignment after some quarters without noise, with inputs as at the origin but for changes."""
    with jax.enable_x64(True):
        state, facts = begun(start)
        leverage = jnp.full((len(start.states), len(start.powers)), 0.2)
        pairs = jnp.zeros((len(start.actors),) * 2)
        inputs = {
            "impulse": jnp.zeros((len(start.events.kinds), *pairs.shape)),
            "effort": jnp.ones_like(state["engagement"]),
            "institutions": jnp.asarray(start.institutions),
            "shared_change": pairs,
            "affinity_normal": jnp.zeros(number_of_pairs(len(start.actors))),
            "leverage": leverage,
        } | changed
        facts = facts | MODES | {"leverage0": leverage}
        facts = {name: facts[name] for name in WORLD.facts}
        for _ in range(quarters):
            state, record = WORLD.step(state, facts, inputs)
        return {name: np.asarray(value) for name, value in (state | record).items()}


def test_no_shock_no_change(start: Diplomacy) -> None:
    before, _ = begun(start)
    after = run(start, 20)
    for name in STATE:
        np.testing.assert_allclose(after[name], before[name], rtol=1e-10, atol=1e-12)


def test_inattention_costs_where_engagement_counts(start: Diplomacy) -> None:
    effort = np.ones((3, 3))
    effort[0] = 0.0
    still, idle = run(start, 20), run(start, 20, effort=jnp.asarray(effort))
    assert (idle["engagement"][0] < 0.5 * still["engagement"][0]).all()
    assert (idle["alignment"][:, 0] < still["alignment"][:, 0]).all()
    np.testing.assert_allclose(idle["alignment"].sum(-1), 1.0, atol=1e-12)


def test_a_lost_institution_weakens_the_same_effort(start: Diplomacy) -> None:
    assert start.institutions[0].tolist() == [1, 1, 0]
    still, alone = run(start, 8), run(start, 8, institutions=jnp.zeros((3, 3)))
    assert (alone["engagement"][0, :2] < still["engagement"][0, :2]).all()
    assert alone["engagement"][0, 2] == pytest.approx(still["engagement"][0, 2], rel=1e-12)


def test_members_differ_in_what_is_not_known(start: Diplomacy) -> None:
    first, second = begun(start, 0)[0]["affinity"], begun(start, 1)[0]["affinity"]
    assert np.abs(first - second).max() > 0.01
    certain = dataclasses.replace(start, position_error=np.zeros(6) + 1e-9)
    spread = begun(certain, 0)[0]["affinity"][0, 1] - begun(certain, 1)[0]["affinity"][0, 1]
    assert abs(spread) < 0.05  # only the priors of events differ


def test_the_regions_own_start() -> None:
    eurasia = load_region()
    start = diplomacy_at(eurasia, 2021)
    assert start.position_known.all()
    # Three members of the Union were read in 2021; the United Kingdom had left.
    seen = eurasia.series("un_ideal_point", 2021, 2021, actors=["DEU", "FRA", "ITA"])["value"].to_numpy()
    assert start.position[start.actors.index("EU")] == pytest.approx(seen.mean(), rel=1e-12)
    # Treaties were read up to 2018 and are one year good: they last, and are not known.
    armenia, russia = start.actors.index("ARM"), start.actors.index("RUS")
    assert start.obligation[armenia, russia] == 1.0
    assert not start.obligation_known.any()
    known = {start.powers[g] for g in range(len(start.powers)) if start.effort_known[:, g].any()}
    assert known == {"CHN", "USA"}
    state, _ = begun(start)
    affinity = np.asarray(state["affinity"])
    assert np.isfinite(affinity).all()
    assert affinity[armenia, russia] > affinity[armenia, start.actors.index("AZE")]


ACTORS = ("XAL", "XBE", "XCY", "XNO", "XSU", "XUN")


@pytest.mark.parametrize(
    ("actors", "target", "sign", "magnitude", "moved"),
    [
        ("XAL|XNO", "", "1", "2", {("XAL", "XNO"): 2.0}),
        ("XAL|XNO", "XNO", "1", "1", {("XAL", "XNO"): 1.0}),
        # A meeting of three is spread over two partners each.
        ("XAL|XBE|XNO", "", "1", "2", {("XAL", "XBE"): 1.0, ("XAL", "XNO"): 1.0, ("XBE", "XNO"): 1.0}),
        # Two against a third: both move from it in full, and not from one another.
        ("XAL|XBE", "XSU", "-1", "3", {("XAL", "XSU"): -3.0, ("XBE", "XSU"): -3.0}),
        # An organisation named alone stands for its members on the day.
        ("HARBOUR_PACT", "", "1", "1", {("XAL", "XBE"): 1.0}),
        # At home, and with nobody in the region.
        ("XAL", "", "-1", "3", {}),
        ("XAL|XPA", "", "1", "3", {}),
        ("XAL|XBE", "", "0", "3", {}),
    ],
)
def test_who_is_moved_by_how_much(copy: Path, actors, target, sign, magnitude, moved) -> None:
    row = {"actors": actors, "target": target or None, "sign": sign, "magnitude": magnitude}
    rewritten(
        copy,
        "events",
        lambda frame: frame.head(1).with_columns(
            pl.lit("2004-05-01").alias("date"),
            *(pl.lit(value, dtype=pl.String).alias(name) for name, value in row.items()),
        ),
    )
    events = event_pairs(load_region(copy), ACTORS, date(2003, 12, 31), date(2009, 12, 31))
    found = {
        (ACTORS[a], ACTORS[b]): events.pairs[0, a, b]
        for event in range(len(events.ids))
        for a, b in zip(*np.nonzero(np.triu(events.pairs[event])), strict=True)
    }
    assert found == pytest.approx(moved)


def test_the_present_decade_does_not_outweigh_the_past(copy: Path) -> None:
    def crowded(frame: pl.DataFrame) -> pl.DataFrame:
        base = frame.head(1).with_columns(pl.lit("XAL|XNO").alias("actors"))
        early = base.with_columns(pl.lit("2004").alias("date"), pl.lit("early").alias("id"))
        late = [
            base.with_columns(pl.lit("2014").alias("date"), pl.lit(f"late_{k}").alias("id")) for k in range(9)
        ]
        return pl.concat([early, *late])

    rewritten(copy, "events", crowded)
    events = event_pairs(load_region(copy), ACTORS, date(1999, 12, 31), date(2019, 12, 31))
    size = dict(zip(events.ids, events.pairs[:, 0, 3], strict=True))
    # Ten in twenty years; one in the first ten counts in full, nine in the next ten by (10/20) / (9/10).
    assert size["early"] == pytest.approx(3.0)
    assert size["late_0"] == pytest.approx(3.0 * 0.5 / 0.9)


def test_a_region_without_kinds_of_events_runs_without_events(copy: Path) -> None:
    (copy / "event_kinds.csv").unlink()
    bare = load_region(copy)
    assert not len(diplomacy_at(bare, ORIGIN).events.ids)
    done = run_scenario(bare, ARCHIPELAGO / "scenarios" / "norholm-pause.yaml", members=2, progress=False)
    assert np.isfinite(done.data["ties"]).all()
