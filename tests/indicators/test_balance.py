"""The balance of an invented region whose every number can be checked by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from multivector.atlas import load_region
from multivector.errors import InputError, RegionError
from multivector.indicators import COLUMNS, BalanceTable, leverage_faults, measure_balance

REGION = {
    "region.toml": """
id = "lagoon"
title = "The Lagoon <b>"
version = "1"
first_year = 1999
last_year = 2006
states = ["AAA", "BBB"]
powers = ["PPP", "QQQ", "GRP"]
""",
    "sources.csv": """key,title,publisher,year,url,licence,read_on,rank,note
log,Harbour log,Harbour office,2006,,public domain,2006-01-01,1,
assumed,Assumed,Nobody,2006,,public domain,2006-01-01,2,
""",
    "actors.csv": """code,name,kind,note,source
AAA,Atoll,state,,log
BBB,Bay,state,,log
PPP,Port,power,,log
QQQ,Quay,power,,log
GRP,Guild,group,sum of its members,log
MMM,Mole,partner,,log
NNN,Ness,partner,,log
ZZZ,Zone,partner,,log
""",
    "memberships.csv": """member,organization,from,to,status,source,confidence,known_to
MMM,GRP,1990,,member,log,high,
NNN,GRP,1990,,member,log,high,
""",
    "layers.csv": """layer,kind,unit,max_age,partial,title,higher_means,source,sentence
boats,supply,TIV,2,no,Boats,more boats,log,Boats delivered in the year.
fish,market,share,3,yes,Fish,more fish sold,log,Share of fish sold to the partner.
votes,symmetric,share,3,no,Votes,more votes alike,log,Share of votes cast alike.
""",
    "coverage.csv": """layer,vintage,first_year,last_year,states,partners,source
boats,2006,2000,2005,AAA|BBB,,log
""",
    "indicators.csv": """indicator,unit,title,higher_means,additive,max_age,source,sentence
sales,USD,Sales,more sold,no,3,log,Sold abroad.
output,USD,Output,more made,no,3,log,All that is made.
""",
    "observations.csv": """actor,year,indicator,value,low,high,unit,vintage,source
AAA,2005,sales,60,,,USD,2006,log
AAA,2005,output,100,,,USD,2006,log
""",
    # Atoll 2001-2005: 6 from Port, 2 from Quay, 2 from a third partner. Bay: nothing.
    "ties/boats.csv": """state,partner,year,value,low,high,unit,vintage,source
AAA,ZZZ,2000,50,,,TIV,2006,log
AAA,PPP,2001,6,,,TIV,2006,log
AAA,QQQ,2003,2,,,TIV,2006,log
AAA,ZZZ,2005,2,,,TIV,2006,log
""",
    # Only the largest are listed: Atoll's others have at most 0.2 each and 0.3 together.
    "ties/fish.csv": """state,partner,year,value,low,high,unit,vintage,source
AAA,PPP,2004,0.5,,,share,2006,log
AAA,MMM,2004,0.2,,,share,2006,log
BBB,PPP,2000,0.9,,,share,2006,log
PPP,AAA,2004,0.1,,,share,2006,log
""",
    "ties/votes.csv": """state,partner,year,value,low,high,unit,vintage,source
AAA,PPP,2005,0.7,,,share,2006,log
BBB,PPP,2000,0.4,,,share,2006,log
""",
    # Port's share times importance is 0.3 on both layers, so that no weighting moves its leverage.
    "leverage.csv": """name,layer,unit,distribution,low,mode,high,observed,over,source,sentence
weight,boats,concentration,dirichlet,,1,,,,assumed,Flat.
weight,fish,concentration,dirichlet,,1,,,,assumed,Flat.
importance,boats,share,triangular,0.5,0.5,0.5,,,assumed,Half.
importance,fish,share,observed,0.4,0.4,0.4,sales,output,log,Sales over output.
substitutability,boats,share,triangular,0,0,0,,,assumed,None.
substitutability,fish,share,triangular,0,0,0,,,assumed,None.
""",
}

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes the region, with some of its files changed (None leaves one out)."""

    def write(changes: dict[str, str | None] | None = None) -> Path:
        for name, text in (REGION | (changes or {})).items():
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            if text is not None:
                file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def lagoon(make: Make) -> BalanceTable:
    return measure_balance(load_region(make()), 2005, draws=400)


def row(table: BalanceTable, part: str, **where: str) -> dict[str, object]:
    [found] = [r for r in table.rows(part) if all(r[key] == value for key, value in where.items())]
    return found


def test_amounts_are_shares_of_five_years(lagoon: BalanceTable) -> None:
    boats = row(lagoon, "layers", state="AAA", layer="boats")
    p = np.array([0.75, 0.25])
    assert boats["exposure"] == pytest.approx(0.8)
    assert boats["evenness"] == pytest.approx(-(p * np.log(p)).sum() / math.log(3))
    assert boats["hhi"] == pytest.approx(0.625)
    assert boats["dominance"] == pytest.approx(1.6)
    assert boats["effective_powers"] == pytest.approx(math.exp(-(p * np.log(p)).sum()))
    assert (boats["top"], boats["top_share"], boats["year"], boats["age"]) == (
        "PPP",
        pytest.approx(0.6),
        2005,
        0,
    )
    assert boats["evenness_low"] == pytest.approx(boats["evenness_high"])
    assert boats["sources"] == "log"


def test_a_window_is_as_long_as_asked(make: Make) -> None:
    table = measure_balance(load_region(make()), 2005, window=6, draws=10)
    assert row(table, "shares", state="AAA", layer="boats", power="PPP")["share"] == pytest.approx(0.1)


def test_a_window_that_is_not_covered_gives_way_to_the_last_that_is(make: Make) -> None:
    table = measure_balance(load_region(make()), 2006, draws=10)
    boats = row(table, "layers", state="AAA", layer="boats")
    assert (boats["year"], boats["age"], boats["top_share"]) == (2005, 1, pytest.approx(0.6))


def test_where_only_the_largest_are_listed_there_are_bounds_and_no_point(lagoon: BalanceTable) -> None:
    fish = row(lagoon, "layers", state="AAA", layer="fish")
    assert (fish["year"], fish["evenness"], fish["hhi"], fish["exposure"]) == (2004, None, None, None)
    # Port has 0.5, Quay 0 to 0.2, the guild 0.2 to 0.4; together at most all.
    assert row(lagoon, "shares", state="AAA", layer="fish", power="QQQ")["share_high"] == pytest.approx(0.2)
    assert row(lagoon, "shares", state="AAA", layer="fish", power="GRP")["share_low"] == pytest.approx(0.2)
    assert row(lagoon, "shares", state="AAA", layer="fish", power="GRP")["share_high"] == pytest.approx(0.4)
    assert fish["exposure_low"] == pytest.approx(0.7)
    assert fish["exposure_high"] == pytest.approx(1.0)
    assert fish["hhi_high"] == pytest.approx((0.5**2 + 0.2**2) / 0.7**2)
    assert (fish["top"], fish["top_share"]) == ("PPP", pytest.approx(0.5))


def test_what_is_not_known_says_why(lagoon: BalanceTable) -> None:
    boats, fish = (row(lagoon, "layers", state="BBB", layer=layer) for layer in ("boats", "fish"))
    assert boats["missing"] == "nothing recorded in 2001-2005"
    assert fish["missing"] == "last known of 2000, older than 3 years"
    for found in (boats, fish):
        numbers = [name for name, (kind, _) in COLUMNS["layers"].items() if kind.is_float() and name != "age"]
        assert {found[name] for name in numbers} == {None}
        assert (found["top"], found["top_candidates"]) == (None, "")


def test_a_layer_of_which_nothing_is_known_could_be_the_worst(lagoon: BalanceTable) -> None:
    atoll, bay = (row(lagoon, "states", state=state) for state in ("AAA", "BBB"))
    boats, fish = (row(lagoon, "layers", state="AAA", layer=layer) for layer in ("boats", "fish"))
    assert atoll["worst_low"] == min(boats["evenness_low"], fish["evenness_low"])
    assert atoll["worst_high"] == min(boats["evenness_high"], fish["evenness_high"])
    assert (bay["worst_low"], bay["worst_high"], bay["worst"], bay["worst_layer"]) == (0, 1, None, None)
    assert (bay["geometric_mean_low"], bay["geometric_mean_high"]) == (pytest.approx(0.01), 1)
    assert (bay["layers_known"], bay["layers_missing"]) == ("", "boats|fish")


def test_leverage_by_hand(lagoon: BalanceTable) -> None:
    port = row(lagoon, "leverage", state="AAA", power="PPP")
    # 0.6 of the boats that are half of what matters, 0.5 of the fish that are 60 of 100 of output.
    assert port["leverage"] == pytest.approx(0.3)
    assert port["leverage_low"] == pytest.approx(0.3)
    assert port["leverage_high"] == pytest.approx(0.3)
    quay = row(lagoon, "leverage", state="AAA", power="QQQ")
    assert quay["leverage"] is None
    assert 0 <= quay["leverage_low"] < 0.1
    assert 0.1 < quay["leverage_high"] <= 0.2 * 0.6 + 1e-9


def test_a_missing_layer_counts_as_nothing_below_and_all_above(lagoon: BalanceTable) -> None:
    port = row(lagoon, "leverage", state="BBB", power="PPP")
    assert (port["leverage"], port["leverage_low"], port["main_layer"]) == (None, 0, None)
    # All of boats (0.5) and all of fish (the prior, 0.4).
    assert 0.4 <= port["leverage_high"] <= 0.5
    assert port["layers_missing"] == "boats|fish"


def test_asymmetry_is_measured_where_both_directions_are_known(lagoon: BalanceTable) -> None:
    port = row(lagoon, "leverage", state="AAA", power="PPP")
    assert port["asymmetry_layers"] == "fish"
    # On fish alone: Atoll's 0.5 * 0.6 against Port's 0.1 * 0.4, times whatever weight fish has.
    assert 0 < port["asymmetry_low"] < port["asymmetry_high"] < 0.5 * 0.6 - 0.1 * 0.4
    assert port["reverse_high"] < 0.1 * 0.4
    quay = row(lagoon, "leverage", state="AAA", power="QQQ")
    assert (quay["asymmetry_layers"], quay["asymmetry_low"]) == ("", None)


def test_assumptions_tell_the_observed_from_the_prior(lagoon: BalanceTable) -> None:
    atoll, bay = (
        row(lagoon, "assumptions", name="importance", layer="fish", state=state) for state in ("AAA", "BBB")
    )
    assert (atoll["basis"], atoll["source"], atoll["median"]) == ("observed", "log", pytest.approx(0.6))
    assert (bay["basis"], bay["source"], bay["median"]) == ("prior", "assumed", pytest.approx(0.4))


def test_symmetric_layers_stand_beside_balance(lagoon: BalanceTable) -> None:
    assert {r["layer"] for r in lagoon.rows("layers")} == {"boats", "fish"}
    assert row(lagoon, "agreement", state="AAA", power="PPP")["value"] == pytest.approx(0.7)
    bay = row(lagoon, "agreement", state="BBB", power="PPP")
    assert (bay["value"], bay["missing"]) == (None, "last known of 2000, older than 3 years")
    assert row(lagoon, "agreement", state="AAA", power="QQQ")["missing"] == "no data"


def test_the_order_of_powers_and_layers_changes_no_number(make: Make, lagoon: BalanceTable) -> None:
    powers = REGION["region.toml"].replace('"PPP", "QQQ", "GRP"', '"GRP", "QQQ", "PPP"')
    head, *layers = REGION["layers.csv"].strip().split("\n")
    other = measure_balance(
        load_region(make({"region.toml": powers, "layers.csv": "\n".join([head, *reversed(layers)])})),
        2005,
        draws=400,
    )
    for part, keys in {"layers": ("state", "layer"), "leverage": ("state", "power")}.items():
        numbers = [name for name, (kind, _) in COLUMNS[part].items() if kind.is_float()]
        for one in lagoon.rows(part):
            same = row(other, part, **{key: one[key] for key in keys})
            assert {n: one[n] for n in numbers} == pytest.approx({n: same[n] for n in numbers}, abs=1e-9)


def test_the_same_seed_gives_the_same_table(make: Make) -> None:
    region = load_region(make())
    one, two, other = (measure_balance(region, 2005, draws=50, seed=seed).as_dict() for seed in (1, 1, 2))
    assert one == two
    assert one["leverage"] != other["leverage"]
    assert one["layers"] == other["layers"]


def test_a_region_without_weights_is_measured_without_leverage(make: Make) -> None:
    table = measure_balance(load_region(make({"leverage.csv": None})), 2005)
    assert table.rows("leverage") == []
    assert table.frame("leverage").height == 0
    assert "no leverage.csv" in table.notes[-1]
    assert row(table, "layers", state="AAA", layer="boats")["top"] == "PPP"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("weight,fish,", "heft,fish,", "is not a quantity of leverage", id="quantity"),
        pytest.param("weight,fish,", "weight,votes,", "is not a layer on which one side depends", id="layer"),
        pytest.param("0.5,0.5,0.5", "0.5,0.4,0.5", "not in order within", id="order"),
        pytest.param("0.5,0.5,0.5", "0.5,much,0.5", "not in order within", id="number"),
        pytest.param(
            "dirichlet,,1,,,,assumed,Flat.\nimp",
            "dirichlet,,0,,,,assumed,Flat.\nimp",
            "concentration",
            id="w",
        ),
        pytest.param("sales,output", "sails,output", "no indicator has this name", id="indicator"),
        pytest.param("sales,output", ",output", "names no indicator", id="no indicator"),
        pytest.param("triangular,0.5", "dirichlet,0.5", "does not fit the quantity", id="distribution"),
        pytest.param("weight,fish,", "weight,boats,", "stands twice", id="twice"),
        pytest.param(",unit,", ",units,", "the column is missing", id="column"),
    ],
)
def test_faults_of_the_assumptions_name_their_place(make: Make, old: str, new: str, says: str) -> None:
    text = REGION["leverage.csv"]
    assert old in text
    region = load_region(make({"leverage.csv": text.replace(old, new, 1)}))
    assert any(says in str(fault) and fault.file == "leverage.csv" for fault in leverage_faults(region))
    with pytest.raises(RegionError, match=r"leverage\.csv"):
        measure_balance(region, 2005)


def test_json_holds_every_part(lagoon: BalanceTable) -> None:
    whole = json.loads(json.dumps(lagoon.as_dict(), allow_nan=False))
    assert set(COLUMNS) <= set(whole)
    for part, columns in COLUMNS.items():
        assert {frozenset(r) for r in whole[part]} == {frozenset(columns)}


@pytest.mark.parametrize("part", COLUMNS)
def test_frames_have_the_declared_columns(lagoon: BalanceTable, part: str) -> None:
    frame = lagoon.frame(part)
    assert dict(frame.schema) == {name: kind for name, (kind, _) in COLUMNS[part].items()}
    assert frame.height == len(lagoon.rows(part))


def test_an_unknown_part_is_refused(lagoon: BalanceTable) -> None:
    with pytest.raises(InputError, match="ask for one of layers, states"):
        lagoon.rows("tides")


def test_the_page_escapes_what_it_shows(make: Make) -> None:
    region = load_region(make({"region.toml": REGION["region.toml"].replace('"lagoon"', '"<i>lagoon"')}))
    page = measure_balance(region, 2005, draws=10)._repr_html_()
    assert "<i>" not in page
    assert "&lt;i&gt;lagoon" in page
    assert "nothing recorded in 2001-2005" in page


def test_the_text_tells_points_bounds_and_gaps_apart(lagoon: BalanceTable) -> None:
    lines = lagoon.text().splitlines()
    assert lines[0] == "Balance of lagoon at 2005-12-31"
    boats = next(line for line in lines if line.startswith("AAA") and "boats" in line)
    assert "0.51" in boats  # evenness of 6 and 2 over three powers
    assert " to " not in boats
    fish = next(line for line in lines if line.startswith("AAA") and "fish" in line)
    assert "0.70 to 1.00" in fish
    bay = next(line for line in lines if line.startswith("BBB") and "boats" in line)
    assert bay.endswith("not known: nothing recorded in 2001-2005")
    assert any(line.startswith("AAA") and "PPP 0.30" in line for line in lines)
    assert lines[-1] == "Balance is measured over 3 powers: PPP, QQQ, GRP."


@pytest.mark.parametrize("name", ["central-eurasia", "archipelago"])
def test_the_regions_at_hand_are_measured_whole(name: str) -> None:
    invented = Path(__file__).parents[1] / "regions" / name
    region = load_region(invented if invented.is_dir() else name)
    table = measure_balance(region, 2024, draws=100)
    assert list(leverage_faults(region)) == []
    layers = table.frame("layers")
    assert layers.height == len(region.states) * layers["layer"].n_unique()
    for value, low, high in (
        layers.select("evenness", "evenness_low", "evenness_high").drop_nulls().iter_rows()
    ):
        assert 0 <= low <= high <= 1 + 1e-9
        assert low - 1e-9 <= value <= high + 1e-9
    leverage = table.frame("leverage")
    assert leverage.filter(leverage["leverage_low"] > leverage["leverage_high"]).height == 0
    sources = set(region.table("sources")["key"])
    named = {key for cell in layers["sources"] for key in cell.split("|") if key}
    assert named | set(table.frame("assumptions")["source"]) <= sources


def test_central_eurasia_leans_as_the_register_says() -> None:
    table = measure_balance(load_region("central-eurasia"), 2020, draws=50)
    # SIPRI: Russia delivered 355.7 of 376.5 TIV to Armenia in 2016-20 (94.5 %).
    assert row(table, "shares", state="ARM", layer="arms", power="RUS")["share"] == pytest.approx(
        0.945, abs=0.001
    )
    # Whatever completes the other layers, Tajikistan took arms from Russia alone in 2020-24.
    later = measure_balance(load_region("central-eurasia"), 2024, draws=50)
    assert row(later, "states", state="TJK")["worst_layer"] == "arms"
    # Nobody listed Turkmenistan's remittances: missing, not zero.
    assert row(later, "layers", state="TKM", layer="remittances")["missing"] == "no data"
